"""The live 校验 sheet and the Python rules never differ: the same random books through both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from xxgk.figures import State, judge, judge_kinds, known_values
from xxgk.records import replace
from xxgk.report import Figure, Number, Reading, Report
from xxgk.workbook.formulas import DIFFERENCE, LEFT, RIGHT, STATE, formulas
from xxgk.workbook.layout import CHECKS, META, layout_of
from xxgk.workbook.template import new_workbook
from xxgk.xlsx.a1 import Cell

from conftest import FULL
from support.office import Office
from support.reports import FORM, report_of, sound_previous, sound_values

BOOKS = 2500 if FULL else 120
LAYOUT = layout_of(FORM)


@dataclass(frozen=True)
class Book:
    """Figures of both years, and what was done to them."""

    this: Mapping[str, Number]
    last: Mapping[str, Number]
    breaks: frozenset[str] | None  # the rules that the planted fault must break; None: whatever follows


def random_book(random: Random) -> Book:
    """Return a sound book, one with a single planted fault, or one with faults and blanks anywhere."""
    this = sound_values(random)
    last = sound_previous(this)
    kind = random.choice(("sound", "fault", "fault", "blanks", "wild"))
    if kind == "sound":
        return Book(this, last, frozenset())
    if kind == "fault":
        return Book(this, last, frozenset(random.choice(FAULTS)(random, this, last)))
    for values in (this, last):
        for address in random.sample(sorted(values), min(len(values), random.choice((1, 1, 3, 40)))):
            if kind == "blanks":
                del values[address]
            else:
                values[address] = random.choice((values[address] + 1, -3, Decimal("2.5"), 10**9))
    return Book(this, last, None)


# A planted fault changes one figure and returns the rules that it must break, told from the form's
# meaning, not from its data: (一) to (七) and 结转 of 表三, the totals of 表四, both years of 表二.

PEOPLE = ("person", "business", "research", "charity", "legal", "other")
ITEMS = [row.id for row in FORM.tables["applications"].rows[2:-2]]


def known(this: dict[str, Number], address: str) -> Number:
    return known_values(FORM, report_of(this).figures)[address]


def fault_received(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    """One more application than was settled or carried over."""
    who = random.choice(PEOPLE)
    this[f"applications.new.{who}"] += 1
    return {f"A101.{who}", "A101.total"}


def fault_carried_in(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    who = random.choice(PEOPLE)
    this[f"applications.carried_in.{who}"] += 1
    return {f"A101.{who}", "A101.total", f"Y101.{who}", "Y101.total"}


def fault_last_carried_out(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    who = random.choice(PEOPLE)
    last[f"applications.carried_out.{who}"] += 1
    return {f"Y101.{who}", "Y101.total"}


def fault_item(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    """One more settled in a row; （七）总计 follows, the balance does not."""
    who = random.choice(PEOPLE)
    this[f"applications.{random.choice(ITEMS)}.{who}"] += 1
    return {f"A101.{who}", "A101.total"}


def fault_stated_column(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    """（七）总计 typed over: 平潭 2020 in this form."""
    who = random.choice(PEOPLE)
    this[f"applications.processed.{who}"] = known(this, f"applications.processed.{who}") + 6
    return {f"A101.{who}", f"A102.{who}", "A103.processed"}


def fault_stated_item_total(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    row = random.choice(ITEMS)
    this[f"applications.{row}.total"] = known(this, f"applications.{row}.total") + 1
    return {f"A103.{row}", "A103.processed", "A101.total"}


def fault_stated_grand_total(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    this["applications.processed.total"] = known(this, "applications.processed.total") - 1
    broken = {"A101.total", "A102.total", "A103.processed"}
    return broken | ({"V102.applications"} if this["applications.processed.total"] < 0 else set())


def fault_stated_dispute_total(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    """A total of 表四 typed over: 洪泽 2023."""
    row = random.choice(("review", "suit_direct", "suit_after_review"))
    this[f"disputes.{row}.total"] = known(this, f"disputes.{row}.total") + 1
    return {f"A104.{row}"}


def fault_in_force(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    row = random.choice(("regulations", "normative"))
    this[f"disclosure.{row}.in_force"] += 1
    return {f"Y102.{row}"}


def fault_repealed_too_many(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    row = random.choice(("regulations", "normative"))
    this[f"disclosure.{row}.repealed"] += 10**6
    return {f"Y102.{row}", f"Y103.{row}"}


def fault_made_too_many(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    row = random.choice(("regulations", "normative"))
    this[f"disclosure.{row}.made"] += 10**6
    return {f"Y102.{row}", f"Y104.{row}"}


def fault_fraction(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    this["disclosure.penalties.decisions"] = Decimal("2.5")
    return {"V102.disclosure"}


def fault_negative(random: Random, this: dict[str, Number], last: dict[str, Number]) -> set[str]:
    this["disclosure.fees.amount"] = Decimal("-0.01")
    return {"V103.disclosure"}


FAULTS = [value for name, value in sorted(globals().items()) if name.startswith("fault_")]


class Sheet:
    """The open workbook, filled block by block."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.formulas = {formula.cell for formula in formulas(LAYOUT)}
        self.blocks = {}
        for slot in (*(p.grid for p in LAYOUT.tables.values()), *LAYOUT.previous_tables.values()):
            area = self.area(slot.cell, slot.end)
            self.blocks[slot.name] = (slot, area, [list(row) for row in area.getFormulaArray()])
        for sheet in document.Sheets:
            sheet.unprotect("")

    def area(self, first: Cell, last: Cell) -> Any:
        return self.document.Sheets.getByName(first.sheet).getCellRangeByName(f"{first.ref}:{last.ref}")

    def fill(self, book: Book) -> None:
        for slot, area, blank in self.blocks.values():
            content = [list(row) for row in blank]
            for cells, values in ((LAYOUT.figures, book.this), (LAYOUT.previous, book.last)):
                for address, cell in cells.items():
                    if cell in slot and (address in values or cell not in self.formulas):
                        value = values.get(address, "")
                        content[cell.row - slot.row][cell.column - slot.column] = str(value)
            area.setFormulaArray(tuple(map(tuple, content)))
        self.document.calculateAll()

    def put(self, cell: Cell, content: str) -> None:
        """Type ``content`` into a cell, as a formula where it is one."""
        self.area(cell, cell).setFormulaArray(((content,),))
        self.document.calculateAll()

    def shown(self, cell: Cell) -> Any:
        return self.area(cell, cell).getDataArray()[0][0]

    def verdicts(self) -> dict[str, tuple[Any, Any, Any, str]]:
        rows = LAYOUT.checks
        first, last = min(rows.values()), max(rows.values())
        data = self.area(Cell(CHECKS, first, LEFT), Cell(CHECKS, last, STATE)).getDataArray()
        wanted = [column - LEFT for column in (LEFT, RIGHT, DIFFERENCE, STATE)]
        return {key: tuple(data[row - first][n] for n in wanted) for key, row in rows.items()}  # type: ignore[misc]


def python_verdicts(report: Report) -> dict[str, tuple[Any, Any, Any, str]]:
    """Return what the 校验 sheet must show for ``report``."""
    found = {}
    for verdict in judge(FORM, report):
        sides = [verdict.left, verdict.right, verdict.difference]
        found[verdict.instance.id] = (*("" if side is None else float(side) for side in sides), verdict.state.value)
    for kind in judge_kinds(FORM, report):
        count = "" if kind.count is None else float(kind.count)
        found[kind.check.id] = (count, 0.0, count, kind.state.value)
    return found  # type: ignore[return-value]


@pytest.fixture(scope="module")
def sheet(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("agree") / "年报 校验.xlsx"
    path.write_bytes(new_workbook(FORM, report_of({})).data)
    document = office.open(path)
    yield Sheet(document)
    document.close(True)


@pytest.mark.office
def test_workbook_and_python_agree_on_every_rule_of_every_book(sheet: Sheet) -> None:
    random = Random(20231231)
    for number in range(BOOKS):
        book = random_book(random)
        sheet.fill(book)
        report = report_of(book.this, book.last)
        assert sheet.verdicts() == python_verdicts(report), f"book {number}: {book}"
        if book.breaks is not None:
            broken = {key for key, verdict in sheet.verdicts().items() if verdict[3] == State.FAIL.value}
            assert broken == book.breaks, f"book {number}"


@pytest.mark.office
@pytest.mark.parametrize("instance", [i for i in FORM.instances if i.rule.computes], ids=lambda i: i.id)
def test_a_stated_total_breaks_its_rule_in_the_workbook(sheet: Sheet, instance: Any) -> None:
    this = sound_values(Random(5))
    address = instance.left[0].address
    this[address] = known_values(FORM, report_of(this).figures)[address] + 1
    sheet.fill(Book(this, {}, None))
    assert sheet.verdicts()[instance.id][2:] == (1.0, State.FAIL.value)


@pytest.mark.office
def test_the_single_other_row_counts_in_the_workbook(sheet: Sheet) -> None:
    (fold,) = FORM.folds
    this = {a: v for a, v in sound_values(Random(9)).items() if a not in fold.absent_addresses}
    marker = LAYOUT.notes[fold.marker]
    note = sheet.area(marker, marker)
    note.setFormulaArray(((fold.remark,),))
    sheet.fill(Book(this, {}, None))
    shown = sheet.verdicts()
    flag = LAYOUT.folds[fold.id]
    assert flag.sheet == META
    assert sheet.area(flag, flag).getDataArray() == ((1.0,),)
    note.setFormulaArray((("",),))
    sheet.fill(Book(this, {}, None))
    assert shown["A102.person"][3] != State.UNJUDGED.value
    assert sheet.verdicts()["A102.person"][3] == State.UNJUDGED.value


@pytest.mark.office
@pytest.mark.parametrize(
    ("typed", "folded"), [("nothing", True), ("remark", True), ("total", False), ("cell", False), ("error", False)]
)
def test_a_fold_breaks_alike_in_both(sheet: Sheet, typed: str, folded: bool) -> None:
    (fold,) = FORM.folds
    this = {a: v for a, v in sound_values(Random(9)).items() if a not in fold.absent_addresses}
    total = next(address for address in fold.absent_addresses if address in FORM.totals)
    cell = next(address for address in fold.absent_addresses if address not in FORM.totals)
    figures = {**report_of(this).figures, fold.marker: Figure(this[fold.marker], fold.remark)}
    planted: dict[str, tuple[str, Cell, str, Figure]] = {
        "remark": (cell, LAYOUT.notes[cell], "没有这一项", Figure(None, "没有这一项")),
        "total": (total, LAYOUT.figures[total], "3", Figure(3)),
        "cell": (cell, LAYOUT.figures[cell], "0", Figure(0)),
        "error": (cell, LAYOUT.figures[cell], "=NA()", ERROR),
    }
    sheet.put(LAYOUT.notes[fold.marker], fold.remark)
    sheet.fill(Book(this, {}, None))
    if typed in planted:
        address, where, text, figures[address] = planted[typed]
        sheet.put(where, text)
    report = replace(report_of(this, {}), figures=figures)
    assert sheet.verdicts() == python_verdicts(report)
    assert sheet.shown(LAYOUT.folds[fold.id]) == float(folded)
    for cleared in (LAYOUT.notes[fold.marker], LAYOUT.notes[cell]):
        sheet.put(cleared, "")


ERROR = Figure(None, reading=Reading.UNREADABLE, seen="#N/A")
ERROR_PLACES = (
    "applications.new.person",
    "applications.processed.total",
    "disclosure.fees.amount",
    "disclosure.licences.decisions",
    "disputes.review.upheld",
    *(field.id for field in FORM.fields),
)


@pytest.mark.office
@pytest.mark.parametrize("address", ERROR_PLACES)
def test_an_error_value_leaves_the_same_rules_unjudged_in_both(sheet: Sheet, address: str) -> None:
    this = sound_values(Random(11))
    last = sound_previous(this)
    sheet.fill(Book(this, last, None))
    sound = report_of(this, last)
    assert sheet.verdicts() == python_verdicts(sound)
    cell = LAYOUT.figures.get(address) or LAYOUT.fields[address]
    sheet.put(cell, "=NA()")
    if address in LAYOUT.fields:
        broken = replace(sound, fields={**sound.fields, address: ERROR})
    else:
        broken = replace(sound, figures={**sound.figures, address: ERROR})
    found = sheet.verdicts()
    if address in LAYOUT.fields:
        sheet.put(cell, "0")
    assert found == python_verdicts(broken)
    assert [key for key, verdict in found.items() if verdict[3] == State.UNJUDGED.value and key.startswith("V10")]


@pytest.mark.office
def test_an_error_value_in_a_text_does_not_spread(sheet: Sheet) -> None:
    part = FORM.parts[1]
    slot = LAYOUT.narrative[part.id]
    text = Cell(slot.sheet, slot.row + 1, slot.column + 1)
    sound = sheet.shown(LAYOUT.counts[part.id])
    sheet.put(text, "=NA()")
    broken = sheet.shown(LAYOUT.counts[part.id])
    sheet.put(text, "")
    assert broken.startswith("0 字")
    assert not sound.startswith("0 字")
