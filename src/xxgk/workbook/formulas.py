"""Every formula of the workbook, each with the value it has for a given report.

The value is written beside the formula, so that previews, phones and Protected View show it before
any program has recalculated. Only functions that Excel 2010, WPS and LibreOffice all have are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from xxgk.figures import PLACES, WHOLE_PLACES, State
from xxgk.formats import Fold, Form, Kind, Rule, RuleInstance, Term
from xxgk.wording import character_count, default_title
from xxgk.workbook.formula import CellValue, Formula, Snapshot, blank, signed_sum
from xxgk.workbook.layout import CHECK_TOP, CHECKS, COVER, COVER_FIELDS, COVER_TOP, Layout
from xxgk.workbook.reading.dates import FIRST_YEAR, LAST_YEAR
from xxgk.workbook.text_formulas import text_formulas
from xxgk.xlsx.a1 import Cell, Slot, column_letter
from xxgk.xlsx.references import literal, quoted, ranges, reference

# Columns of the 校验 sheet.
CODE, SENTENCE, LEFT, RIGHT, DIFFERENCE, STATE, JUMP = range(2, 9)
COVER_PREVIEW_ROW = COVER_TOP + len(COVER_FIELDS)
PROGRESS_TOP = COVER_PREVIEW_ROW + 3
WRONG = "✗"
RIGHT_MARK = "√"


def formulas(layout: Layout) -> tuple[Formula, ...]:
    """Return all formulas of the workbook."""
    return (
        *_totals(layout),
        *_folds(layout),
        *_checks(layout),
        *_kind_checks(layout),
        *_status(layout),
        *_cover(layout),
        *(_characters(layout, part_id, cell) for part_id, cell in layout.counts.items()),
        *text_formulas(layout),
    )


def _totals(layout: Layout) -> Iterator[Formula]:
    for address, total in layout.form.totals.items():
        cell = layout.figures[address]
        # The total of an absent row stays blank, and the fold's own formula looks at it.
        folds = [fold for fold in layout.form.folds if address not in fold.absent_addresses]
        known, text = signed_sum(layout, [Term(part) for part in total.parts], cell.sheet, folds)
        yield Formula(cell, f'=IF({known},{text},"")', partial(_total, address))
        cell = layout.previous[address]
        parts = ranges((layout.previous[part] for part in total.parts), cell.sheet)
        text = f'=IF(COUNT({parts})={len(total.parts)},SUM({parts}),"")'
        yield Formula(cell, text, partial(_previous_total, address))


def _total(address: str, found: Snapshot) -> CellValue:
    return blank(found.values.get(address))


def _previous_total(address: str, found: Snapshot) -> CellValue:
    return blank(found.previous.get(address))


def _folds(layout: Layout) -> Iterator[Formula]:
    for fold in layout.form.folds:
        cell = layout.folds[fold.id]
        # Totals of the absent rows are formulas that give "" here, but COUNTA would see them.
        typed = [layout.figures[a] for a in fold.absent_addresses if a not in layout.form.totals]
        totals = [layout.figures[a] for a in fold.absent_addresses if a in layout.form.totals]
        conditions = [
            f"{reference(layout.notes[fold.marker], cell.sheet)}={literal(fold.remark)}",
            f"COUNTA({ranges(typed, cell.sheet)})=0",
        ]
        if totals:
            conditions += [f'SUMPRODUCT(--({area}<>""))=0' for area in ranges(totals, cell.sheet).split(",")]
        text = f"=IFERROR(IF(AND({','.join(conditions)}),1,0),0)"
        yield Formula(cell, text, partial(_is_folded, fold))


def _is_folded(fold: Fold, found: Snapshot) -> CellValue:
    return int(found.folded.issuperset(fold.absent_addresses))


# ------------------------------------------------------------------ the 校验 sheet


def _row(layout: Layout, check_id: str, column: int) -> Cell:
    return Cell(CHECKS, layout.checks[check_id], column)


def _checks(layout: Layout) -> Iterator[Formula]:
    for instance in layout.form.instances:
        key = instance.id
        left, right, difference, state = (_row(layout, key, column) for column in (LEFT, RIGHT, DIFFERENCE, STATE))
        yield Formula(left, _side(layout, instance, instance.left), partial(_verdict_number, key, "left"))
        yield Formula(right, _side(layout, instance, instance.right), partial(_verdict_number, key, "right"))
        text = f'=IF(COUNT({left.ref},{right.ref})=2,ROUND({left.ref}-{right.ref},{PLACES}),"")'
        yield Formula(difference, text, partial(_verdict_number, key, "difference"))
        text = (
            f'=IF({difference.ref}="","{State.UNJUDGED.value}",'
            f'IF({difference.ref}{instance.rule.op}0,"{State.PASS.value}",{_failed(layout, instance)}))'
        )
        yield Formula(state, text, partial(_verdict_state, key))


def _failed(layout: Layout, instance: RuleInstance) -> str:
    """Return what the outcome of a failed rule is: whether staff have given the reason for it."""
    reason = layout.slots.get(f"explanation.{instance.left[0].address}") if instance.rule.explainable else None
    if reason is None:
        return f'"{State.FAIL.value}"'
    typed = reference(reason.cell, CHECKS)
    given = f'IFERROR(LEN(SUBSTITUTE(SUBSTITUTE({typed}," ",""),"　","")),0)>0'
    return f'IF({given},"{State.EXPLAINED.value}","{State.FAIL.value}")'


def _verdict_number(key: str, side: str, found: Snapshot) -> CellValue:
    verdict = found.verdicts[key]
    return blank({"left": verdict.left, "right": verdict.right, "difference": verdict.difference}[side])


def _verdict_state(key: str, found: Snapshot) -> CellValue:
    return found.verdicts[key].state.value


def _side(layout: Layout, instance: RuleInstance, terms: Sequence[Term]) -> str:
    known, total = signed_sum(layout, terms, CHECKS, layout.form.folds)
    if instance.rule.limited:
        known = f"AND({_in_years(layout, instance.rule)},{known})"
    forms = instance.rule.previous_forms
    if forms and any(term.previous for term in terms):
        cell = reference(layout.slots["previous_form"].cell, CHECKS)
        # The cell may hold the number 2021 or the text "2021".
        accepted = ",".join(f'{cell}&""={literal(form)}' for form in forms)
        known = f"AND(IFERROR(OR({accepted}),FALSE),{known})"
    return f'=IF({known},{total},"")'


def _in_years(layout: Layout, rule: Rule) -> str:
    """Return whether the report is of a year of ``rule``; a year nobody can read is in none."""
    typed = reference(layout.cover["year"], CHECKS)
    year = f'IFERROR(VALUE(SUBSTITUTE(SUBSTITUTE({typed},"度",""),"年","")),0)'
    return f"{year}>={max(rule.since, FIRST_YEAR)},{year}<={min(rule.until, LAST_YEAR)}"


def _kind_checks(layout: Layout) -> Iterator[Formula]:
    for check in layout.form.kind_checks:
        where = [layout.figures.get(address) or layout.fields[address] for address in check.addresses]
        left, right, difference, state = (_row(layout, check.id, column) for column in (LEFT, RIGHT, DIFFERENCE, STATE))
        areas = ranges(where, CHECKS)
        counts = [_wrong_numbers(area, check.kind) for area in areas.split(",")]
        yield Formula(left, f'=IFERROR({"+".join(counts)},"")', partial(_wrong_count, check.id))
        yield Formula(right, "=0", _zero)
        text = f'=IF(COUNT({left.ref})=1,{left.ref}-{right.ref},"")'
        yield Formula(difference, text, partial(_wrong_count, check.id))
        text = (
            f'=IF(ISERROR(SUM({areas})),"{State.UNJUDGED.value}",IF(COUNT({areas})=0,"{State.UNJUDGED.value}",'
            f'IF({difference.ref}=0,"{State.PASS.value}","{State.FAIL.value}")))'
        )
        yield Formula(state, text, partial(_kind_state, check.id))


def _wrong_count(key: str, found: Snapshot) -> CellValue:
    return blank(found.kinds[key].count)


def _zero(found: Snapshot) -> CellValue:
    return 0


def _kind_state(key: str, found: Snapshot) -> CellValue:
    return found.kinds[key].state.value


def _wrong_numbers(area: str, kind: Kind) -> str:
    """Count numbers that are not of ``kind``: below 0, fractions; texts and blanks do not count."""
    # In Excel a truth value is greater than any number, so it is made one before it is compared.
    wrong = "0" if kind.signed else f"0+({area}<0)"
    if kind.integer:
        # Arithmetic on a text gives #VALUE!, comparing two renderings of it does not. Optional
        # digits ("0.##") would not do: Excel leaves the decimal point behind, LibreOffice does not.
        zeros = "0" * WHOLE_PLACES
        wrong += f'+(TEXT({area},"0")&".{zeros}"<>TEXT({area},"0.{zeros}"))'
    return f"SUMPRODUCT(ISNUMBER({area})*(({wrong})>0))"


def _status(layout: Layout) -> Iterator[Formula]:
    """Show each rule's outcome beside the table itself; conditional formats look only there."""
    explainable = {instance.id for instance in layout.form.instances if instance.rule.explainable}
    for plan in layout.tables.values():
        for instance_id, cell in plan.status.items():
            state = reference(_row(layout, instance_id, STATE), cell.sheet)
            difference = reference(_row(layout, instance_id, DIFFERENCE), cell.sheet)
            otherwise = '""'
            if instance_id in explainable:
                otherwise = f'IF({state}="{State.EXPLAINED.value}","{State.EXPLAINED.value}","")'
            text = (
                f'=IF({state}="{State.FAIL.value}","{WRONG} 差"&{difference},'
                f'IF({state}="{State.PASS.value}","{RIGHT_MARK}",{otherwise}))'
            )
            yield Formula(cell, text, partial(_outcome, instance_id))


def _outcome(key: str, found: Snapshot) -> CellValue:
    verdict = found.verdicts[key]
    if verdict.state is State.FAIL:
        return f"{WRONG} 差{verdict.difference}"
    return {State.PASS: RIGHT_MARK, State.EXPLAINED: State.EXPLAINED.value}.get(verdict.state, "")


# ------------------------------------------------------------------ the 首页


def progress_rows(layout: Layout) -> tuple[tuple[str, str], ...]:
    """Return (kind, id) for each line of the progress list on the 首页, in order."""
    rows = [("table", section.table) if section.table else ("part", section.id) for section in layout.form.sections]
    return (*rows, ("failed", ""), ("unjudged", ""))


def _cover(layout: Layout) -> Iterator[Formula]:
    preview = Cell(COVER, COVER_PREVIEW_ROW, layout.cover["title"].column)
    yield Formula(preview, _title_text(layout), partial(_default_title, layout.form))
    states = f"{column_letter(STATE)}{CHECK_TOP}:{column_letter(STATE)}{CHECK_TOP + len(layout.checks) - 1}"
    column = layout.cover["title"].column
    for n, (kind, key) in enumerate(progress_rows(layout)):
        cell = Cell(COVER, PROGRESS_TOP + n, column)
        if kind == "table":
            yield _filled(layout, key, cell)
        elif kind == "part":
            yield _characters(layout, key, cell)
        else:
            state = State.FAIL if kind == "failed" else State.UNJUDGED
            text = f'=COUNTIF({quoted(CHECKS)}!{states},"{state.value}")&" 条"'
            yield Formula(cell, text, partial(_count_states, state))


def _default_title(form: Form, found: Snapshot) -> CellValue:
    return default_title(form, found.report)


def _count_states(wanted: State, found: Snapshot) -> CellValue:
    states = [verdict.state for verdict in found.verdicts.values()]
    states += [verdict.state for verdict in found.kinds.values()]
    return f"{states.count(wanted)} 条"


def _filled(layout: Layout, table_id: str, cell: Cell) -> Formula:
    table = layout.form.tables[table_id]
    folds = [fold for fold in layout.form.folds if fold.table == table_id]
    count = f"COUNT({ranges((layout.figures[a] for a in table.addresses), cell.sheet)})"
    needed = str(len(table.addresses))
    for fold in folds:
        needed += f"-{len(fold.absent_addresses)}*{reference(layout.folds[fold.id], cell.sheet)}"

    def value(found: Snapshot) -> CellValue:
        needed = [address for address in table.addresses if address not in found.folded]
        return f"已填 {sum(address in found.values for address in needed)} 格，共 {len(needed)} 格"

    return Formula(cell, f'="已填 "&{count}&" 格，共 "&({needed})&" 格"', value)


def _characters(layout: Layout, part_id: str, cell: Cell) -> Formula:
    part = next(part for part in layout.form.parts if part.id == part_id)
    limit = f"（原则上不超过 {part.limit} 字）" if part.limit else ""

    def value(found: Snapshot) -> CellValue:
        count = sum(character_count(p.text) for p in found.report.narrative.get(part_id, ()))
        return f"{count} 字{limit}"

    return Formula(cell, f'={character_sum(layout.narrative[part_id], cell.sheet)}&" 字{limit}"', value)


def character_sum(slot: Slot, sheet: str) -> str:
    """Return the expression, for a cell of ``sheet``, that counts the characters of a narrative part.

    It gives 0 where a cell of the part holds an error value.
    """
    text = Cell(slot.sheet, slot.row, slot.column + 1)
    area = f"{reference(text, sheet)}:{slot.end.ref}"
    return f'IFERROR(SUMPRODUCT(LEN(SUBSTITUTE(SUBSTITUTE({area}," ",""),"　",""))),0)'


def _title_text(layout: Layout) -> str:
    cover = {key: cell.ref for key, cell in layout.cover.items()}
    unit, short = cover["unit"], cover["short_name"]
    bare = unit
    for ending in layout.form.short_name_drops:
        size = len(ending)
        ends = f"AND(LEN({unit})>{size},RIGHT({unit},{size})={literal(ending)})"
        bare = f"IF({ends},LEFT({unit},LEN({unit})-{size}),{bare})"
    name = f'IF({short}<>"",{short},{bare})'
    pieces = layout.form.title.replace("{year}", "\0{year}\0").replace("{short_name}", "\0{short_name}\0").split("\0")
    values = {"{year}": cover["year"], "{short_name}": name}
    joined = "&".join(values.get(piece, literal(piece)) for piece in pieces if piece)
    return f'=IF(OR({unit}="",{cover["year"]}=""),"",{joined})'
