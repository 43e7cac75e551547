"""Any single cell of a sound workbook changed gives exactly the findings it must, and no other.

What must follow is told here from the form alone: a rule is the difference of its sides, a sum of cells
with signs once its totals are taken apart, so a changed cell moves it by sign times change; a cell that
is no number leaves every rule that holds it unjudged. The checks are not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby, islice
from random import Random
from typing import Any

from xxgk.checks import check
from xxgk.checks.narrative_tables import STEP
from xxgk.formats import RuleInstance
from xxgk.records import replace
from xxgk.report import Number
from xxgk.workbook.reading.dates import serial
from xxgk.workbook.reading.read import read_report
from xxgk.xlsx.a1 import Cell

from support.rawcells import Raw, RawBook, error, number, text
from support.reports import FORM, UNPAID, report_of, sound_previous, sound_values
from support.sizes import FULL
from support.workbooks import LAYOUT, filled

LEVEL = next(level for level in FORM.levels if level.id == "city")  # may make 规章
OTHER_LEVEL = next(level for level in FORM.levels if not level.makes_regulations)
(NOTICES,), (DIRECT,) = FORM.roles["fee_notices"], FORM.roles["direct_suits"]
(RECEIVED,), (FEES,), AMOUNTS = (FORM.roles[role] for role in ("fee_received", "fees", "fee_amounts"))
YEAR = 2023
DAY = date(YEAR + 1, 1, 20)

THIS = sound_values(Random(2023))
LAST = sound_previous(THIS)
SOUND = replace(report_of(THIS, LAST), level=LEVEL.id, year=YEAR, date=DAY)
BOOK = RawBook(filled(SOUND))

Key = tuple[bool, str]  # whether of last year's report, and the address
Found = tuple[str, str, Cell]  # a finding's code, its address, and where it stands
VALUES: Mapping[Key, Number] = {(False, a): v for a, v in THIS.items()} | {(True, a): v for a, v in LAST.items()}


@dataclass(frozen=True)
class Mutation:
    """A cell changed, and the findings that must follow."""

    name: str
    cell: Cell
    raw: Raw
    findings: frozenset[Found]


# ------------------------------------------------------------------ what the rules say of a changed number


def parts(key: Key, stated: Key | None) -> Iterator[Key]:
    """Yield the cells that the figure at ``key`` is the sum of; the total ``stated`` stands for itself."""
    previous, address = key
    if address in FORM.totals and key != stated:
        for part in FORM.totals[address].parts:
            yield from parts((previous, part), stated)
    else:
        yield key


@cache
def difference(instance: RuleInstance, stated: Key | None) -> Mapping[Key, int]:
    """Return left side less right side of a rule: how often each cell counts in it, 0 where it cancels out."""
    counts: dict[Key, int] = {}
    for side, terms in ((1, instance.left), (-1, instance.right)):
        for term in terms:
            for part in parts((term.previous, term.address), stated):
                counts[part] = counts.get(part, 0) + side * term.sign
    return counts


@cache
def sum_of(key: Key) -> Number | None:
    """Return what the sound workbook has at ``key``, a total included; None where a part is blank."""
    found = [VALUES.get(part) for part in parts(key, None)]
    return None if None in found else sum(value for value in found if value is not None)


def broken_rules(changed: Key, value: Number | None) -> Iterator[Found]:
    """Yield the rules that fail when ``changed`` holds ``value`` (None: no number); all others hold as before."""
    stated = changed if changed[1] in FORM.totals else None
    for instance in FORM.instances:
        counts = difference(instance, stated)
        if changed not in counts:
            continue
        values = {key: value if key == changed else sum_of(key) for key in counts}
        if None in values.values():
            continue
        total = sum(count * (values[key] or 0) for key, count in counts.items())
        holds = {"=": total == 0, "<=": total <= 0, ">=": total >= 0}[instance.rule.op]
        if not holds:
            address = instance.left[0].address
            yield instance.rule.code, address, LAYOUT.figures[address]


def stale_total(address: str, value: Number | None) -> Iterator[Found]:
    """Yield the first total that was the sum of ``address`` and others, and is no more: nobody recalculated."""
    if value is not None and value != sum_of((False, address)):
        totals = (total.address for total in FORM.totals.values() if address in total.parts)
        yield from (("S114", total, LAYOUT.figures[total]) for total in islice(totals, 1))


def follows(address: str, value: Number | None) -> Iterator[Found]:
    """Yield what follows when the figure at ``address`` of this year is ``value`` (None: no number)."""
    yield from broken_rules((False, address), value)
    yield from stale_total(address, value)
    if address.startswith(UNPAID) and value is not None and value > 0:
        yield "N108", NOTICES, LAYOUT.fields[NOTICES]


def of_fee(field: str, value: Number | None) -> Iterator[Found]:
    """Yield what follows when a single number about 信息处理费 is ``value`` (None: no number)."""
    if field in AMOUNTS and value is not None:
        if value % STEP:
            yield "N106", field, LAYOUT.fields[field]
        if field == RECEIVED and value != 0:
            slot = LAYOUT.narrative["matters"]  # where the sound text says that nothing was received
            yield "N102", "narrative.matters[0]", Cell(slot.sheet, slot.row, slot.end.column)
        if field == RECEIVED and value > THIS[FEES] * 10_000:
            yield "N107", field, LAYOUT.fields[field]


# ------------------------------------------------------------------ numbers


def numeric_changes(before: Number) -> Iterator[tuple[str, Raw, Number | None, tuple[str, ...]]]:
    """Yield changes of a cell that holds a number: what it holds then, the number read, codes of its own."""
    for name, value in (
        ("plus one", before + 1),
        ("minus one", before - 1),
        ("plus a million", before + 10**6),
        ("negative", -before - 1),
        ("fraction", before + Decimal("0.5")),
    ):
        yield name, number(str(value)), value, ()
    yield "formula", Raw("n", str(before + 1), "1+1"), before + 1, ("S105",)
    yield "spaced", text(f"　{before} "), before, ("V104",)
    yield "full-width", text(f"{before}".translate({48 + n: 0xFF10 + n for n in range(10)})), before, ("V104",)
    yield "remarked", text(f"{before}（其中修订1件）"), before, ("V108",)
    yield "slash", text("/"), None, ("V105",)
    yield "word", text("十二"), None, ("V106",)
    yield "truth value", Raw("b", "1"), None, ("V106",)
    yield "error value", error("#N/A"), None, ("V106",)


def of_kind(address: str, value: Number | None) -> tuple[str, ...]:
    """Return the code for a number that is not what the column asks for."""
    kind = FORM.kind_of(address)
    fits = value is None or (value >= 0 and (not kind.integer or value == int(value)))
    return () if fits else (kind.code,)


def input_mutations() -> Iterator[Mutation]:
    for address, before in THIS.items():
        cell = LAYOUT.figures[address]
        changes = [
            *numeric_changes(before),
            ("blank", Raw(), None, ("V101",)),
            ("formula without a value", Raw("n", "", "1+1"), None, ("S105", "V101")),
        ]
        for name, raw, value, codes in changes:
            own = ((code, address, cell) for code in (*codes, *of_kind(address, value)))
            yield Mutation(name, cell, raw, frozenset((*own, *follows(address, value))))


def total_mutations() -> Iterator[Mutation]:
    """Yield constants typed over the formulas of totals; a formula there is ours to compute."""
    for address in FORM.totals:
        cell, before = LAYOUT.figures[address], sum_of((False, address))
        assert before is not None
        for name, raw, value, codes in numeric_changes(before):
            if not raw.formula:
                own = ((code, address, cell) for code in (*codes, *of_kind(address, value)))
                yield Mutation(name, cell, raw, frozenset((*own, *follows(address, value))))
        yield Mutation("the sum itself", cell, number(str(before)), frozenset())
        yield Mutation("another formula", cell, Raw("n", str(before), "1+1"), frozenset())
        stale = frozenset((("S114", address, cell),))
        yield Mutation("a result that is not the sum", cell, Raw("n", str(before + 1), "1+1"), stale)
        yield Mutation("blank", cell, Raw(), stale)


def previous_mutations() -> Iterator[Mutation]:
    """Yield changes of last year's figures: of their own they can only be unreadable."""
    for address, cell in LAYOUT.previous.items():
        before = sum_of((True, address))
        for name, raw, value, codes in numeric_changes(before or 0):
            if address in FORM.totals and raw.formula:
                continue
            own: Iterable[Found] = ((code, f"previous.{address}", cell) for code in codes)
            if raw.formula:
                own = (("S105", "", cell),)
            yield Mutation(name, cell, raw, frozenset((*own, *broken_rules((True, address), value))))
        expected = () if address in FORM.totals else broken_rules((True, address), None)
        yield Mutation("blank", cell, Raw(), frozenset(expected))


def field_mutations() -> Iterator[Mutation]:
    for field in FORM.fields:
        cell = LAYOUT.fields[field.id]
        for name, raw, value, codes in (
            *numeric_changes(0),
            ("blank", Raw(), None, ("V107",)),
            ("formula without a value", Raw("n", "", "1+1"), None, ("S105", "V107")),
        ):
            own = ((code, field.id, cell) for code in (*codes, *of_kind(field.id, value)))
            yield Mutation(name, cell, raw, frozenset((*own, *of_fee(field.id, value))))


# ------------------------------------------------------------------ texts


def text_mutations(
    cell: Cell, address: str = "", blank: Iterable[Found] = (), other: Iterable[Found] = ()
) -> Iterator[Mutation]:
    """Yield changes of a cell that may hold any text; ``blank`` is what follows when it says nothing.

    ``other`` is what follows when it says what has nothing to do with what it has to say.

    Of a cell with an ``address`` it is not also said that it is blank when it cannot be read.
    """
    yield Mutation("text", cell, text("=1+1"), frozenset(other))
    yield Mutation("blank", cell, Raw(), frozenset(blank))
    yield Mutation(
        "error value", cell, error("#NAME?"), frozenset((("V106", address, cell), *(() if address else blank)))
    )
    yield Mutation("formula", cell, Raw("str", "=1+1", '"=1+1"'), frozenset((("S105", address, cell), *other)))


def note_mutations() -> Iterator[Mutation]:
    beside = [Cell(cell.sheet, cell.row, cell.column + 1) for cell in LAYOUT.fields.values()]
    for cell in (*LAYOUT.notes.values(), *LAYOUT.table_notes.values(), *LAYOUT.explanations.values(), *beside):
        yield from text_mutations(cell)
        yield Mutation("number", cell, number("12"), frozenset())


def label_mutations() -> Iterator[Mutation]:
    for table in FORM.tables.values():
        grid = LAYOUT.tables[table.id].grid
        for label in table.grid:
            if not label.text:
                continue
            cell = Cell(grid.sheet, grid.row + label.row, grid.column + label.column)
            for name, raw in (
                ("another text", text("另一行")),
                ("a letter less", text(label.text[:-1])),
                ("number", number("12")),
                ("error value", error("#REF!")),
                ("blank", Raw()),
            ):
                yield Mutation(name, cell, raw, frozenset((("S101", "", cell),)))
            yield Mutation("spaced", cell, text(f" {'　'.join(label.text)}\n"), frozenset())


# What is said of a part that has only a few words, which are about something else.
LACKING = {"overview": "P108", "problems": "P107", "matters": "P110"}


def narrative_mutations() -> Iterator[Mutation]:
    required = {section.part.id for section in FORM.sections if section.part}
    for part in FORM.parts:
        slot = LAYOUT.narrative[part.id]
        kind, words = slot.cell, Cell(slot.sheet, slot.row, slot.end.column)
        empty = [("P101", f"narrative.{part.id}", words)] if part.id in required else []
        other = [(LACKING[part.id], f"narrative.{part.id}", words)] if part.id in LACKING else []
        yield from text_mutations(words, blank=empty, other=other)
        yield Mutation("number", words, number("45292"), frozenset((("V106", "", words), *other)))
        yield Mutation("unknown kind", kind, text("九级标题"), frozenset((("S106", "", kind),)))
        yield Mutation("error value", kind, error("#N/A"), frozenset((("V106", "", kind),)))
        yield Mutation("blank", kind, Raw(), frozenset())
        for choice in FORM.paragraph_kinds:
            yield Mutation(f"kind {choice.label}", kind, text(choice.label), frozenset())


# ------------------------------------------------------------------ 首页, 上年数据


def found(code: str, key: str) -> Found:
    return code, key, LAYOUT.slots[key].cell


def cover_mutations() -> Iterator[Mutation]:
    cell = LAYOUT.cover
    yield from text_mutations(cell["unit"], "unit", [found("P102", "unit")], [found("P114", "unit")])
    for key, other in (
        ("short_name", []),
        ("title", [found("P111", "title")]),
        ("signature", [found("P113", "signature")]),
    ):
        yield from text_mutations(cell[key], key, other=other)
    changes: dict[str, list[tuple[Raw, list[str]]]] = {
        "year": [
            (Raw(), ["P102 year"]),
            (text("２０２３年"), []),
            (text("二〇二三"), ["V106 year"]),
            (error("#N/A"), ["V106 year"]),
            (number("1823"), ["V106 year"]),
            (number("2023.5"), ["V106 year"]),
            (number(str(YEAR - 1)), ["Y105 previous_year", "P104 date"]),
            (number(str(YEAR + 1)), ["Y105 previous_year", "P105 date"]),
        ],
        "date": [
            (Raw(), ["P103 date"]),
            (text("2024年1月20日"), []),
            (text("年后"), ["V106 date"]),
            (error("#VALUE!"), ["V106 date"]),
            (number(str(serial(date(YEAR, 12, 31), False))), ["P105 date"]),
            (number(str(serial(date(YEAR + 1, 1, 1), False))), []),
            (number(str(serial(last_day(), False))), []),
            (number(str(serial(last_day(), False) + 1)), ["P104 date"]),
        ],
        "level": [
            (Raw(), ["P106 level"]),
            (text(f" {LEVEL.label}"), []),
            (text("区"), ["S107 level"]),
        ],
        "previous_year": [
            (Raw(), []),
            (number(str(YEAR)), ["Y105 previous_year"]),
            (text("去年"), ["V106 previous_year"]),
            (error("#N/A"), ["V106 previous_year"]),
        ],
        "previous_form": [(Raw(), []), (number("2019"), []), (text("旧"), ["V106 previous_form"])],
    }
    for key, pairs in changes.items():
        for raw, expected in pairs:
            where = LAYOUT.slots[key].cell
            direct = [("N110", DIRECT, LAYOUT.figures[DIRECT])] if raw == number(str(YEAR + 1)) else []
            followed = frozenset((*(found(*one.split()) for one in expected), *direct))
            yield Mutation(f"{key} {raw}", where, raw, followed)
    reserved = [f"{t.id}.{row.id}." for t in FORM.tables.values() for row in t.rows if row.reserved]
    regulations = (a for a, value in THIS.items() if value and a.startswith(tuple(reserved)))
    planted = frozenset(("V109", address, LAYOUT.figures[address]) for address in regulations)
    yield Mutation("no right to make 规章", cell["level"], text(OTHER_LEVEL.label), planted)


def last_day() -> date:
    month, day = map(int, LEVEL.deadline.split("-"))
    return date(YEAR + 1, month, day)


# ------------------------------------------------------------------ the test


@cache
def all_mutations() -> list[Mutation]:
    return [
        *input_mutations(),
        *total_mutations(),
        *previous_mutations(),
        *field_mutations(),
        *note_mutations(),
        *label_mutations(),
        *narrative_mutations(),
        *cover_mutations(),
    ]


def sheet_and_codes(mutation: Mutation) -> tuple[object, ...]:
    return mutation.cell.sheet, sorted({code for code, *_ in mutation.findings})


def cell_and_codes(mutation: Mutation) -> tuple[object, ...]:
    return *sheet_and_codes(mutation), mutation.cell.row, mutation.cell.column


def one_of_each(mutations: Iterable[Mutation], kind: Callable[[Mutation], tuple[Any, ...]]) -> list[Mutation]:
    random = Random(20240131)
    return [random.choice(list(group)) for _, group in groupby(sorted(mutations, key=kind), key=kind)]


def findings_in(data: bytes) -> list[tuple[str, str, str, str]]:
    """Return all but the jumps from last year, which random numbers have (see test_years)."""
    found = (finding for finding in check(read_report(data), FORM) if finding.code != "Y106")
    return sorted((f.code, f.address, f.sheet, f.cell) for f in found)


def test_the_book_is_sound() -> None:
    assert findings_in(BOOK.with_cells({})) == []


def test_a_changed_cell_gives_exactly_the_findings_it_must() -> None:
    mutations = all_mutations()
    wrong = []
    for mutation in one_of_each(mutations, cell_and_codes if FULL else sheet_and_codes):
        expected = sorted((code, address, cell.sheet, cell.ref) for code, address, cell in mutation.findings)
        seen = findings_in(BOOK.with_cells({mutation.cell: mutation.raw}))
        if seen != expected:
            wrong.append(f"{mutation.name} in {mutation.cell}: {seen}, must be {expected}")
    assert not wrong, "\n".join(wrong)


def test_every_kind_of_cell_is_changed() -> None:
    changed = {mutation.cell for mutation in all_mutations()}
    for cells in (LAYOUT.figures, LAYOUT.notes, LAYOUT.previous, LAYOUT.fields, LAYOUT.cover, LAYOUT.explanations):
        assert changed.issuperset(cells.values())
    assert changed.issuperset(slot.cell for slot in LAYOUT.narrative.values())
