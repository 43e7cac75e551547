"""What stands in a workbook's cells already: values, and our formulas wherever rows and sheets have moved."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.records import replace
from xxgk.report import Number, Report
from xxgk.workbook.formula import Formula, snapshot
from xxgk.workbook.formulas import formulas
from xxgk.workbook.layout import Layout
from xxgk.workbook.reading.locate import Places
from xxgk.workbook.reading.numbers import stored_number
from xxgk.workbook.reading.read import cell_text
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.book import Book
from xxgk.xlsx.cells import Content, Holds
from xxgk.xlsx.sheetpatch import CellChange


def says(content: Content | None, value: Number | str | None) -> bool:
    """Tell whether a cell holds ``value`` already, typed or as what a formula gives."""
    if content is None:
        return value is None
    if value is None:
        return bool(content.formula) and not content.text
    if isinstance(value, str):
        return cell_text(content) == value
    return content.holds is Holds.NUMBER and stored_number(content.text) == value


def placed_formulas(places: Places) -> Iterator[Formula]:
    """Yield our formulas where they stand in this workbook; where rows have moved, only those whose place is known."""
    layout = places.layout
    if places.standard:
        yield from (formula for formula in formulas(layout) if formula.cell.sheet in places.sheets)
        return
    folds = {fold: places.slots[key].cell for fold in layout.folds if (key := f"fold.{fold}") in places.slots}
    whole = (
        places.figures.keys() == layout.figures.keys()
        and places.notes.keys() == layout.notes.keys()
        and places.previous.keys() == layout.previous.keys()
        and folds.keys() == layout.folds.keys()
    )
    if not whole:
        return
    # All other formulas were moved along by the program that moved the cells.
    here: Layout = replace(
        layout,
        tables={table_id: replace(plan, status={}) for table_id, plan in layout.tables.items()},
        slots={**layout.slots, **places.slots},
        figures=places.figures,
        notes=places.notes,
        previous=places.previous,
        folds=folds,
    )
    ours = {*folds.values()}
    for address in layout.form.totals:
        ours |= {places.figures[address], places.previous[address]}
    yield from (formula for formula in formulas(here) if formula.cell in ours)


def formulas_elsewhere(book: Book, places: Places, report: Report) -> Iterator[tuple[Cell, CellChange]]:
    """Yield, with their values for ``report``, our formulas on sheets that nobody reads, where they are still ours."""
    state = snapshot(places.form, report)
    for formula in formulas(places.layout):
        sheet = formula.cell.sheet
        if sheet not in places.sheets and sheet in book.sheets:
            content = book.cells(sheet).at(formula.cell.ref)
            if content is not None and content.formula == formula.text:
                yield formula.cell, CellChange(formula.value(state), formula.text)


def stale_formulas(places: Places, report: Report) -> Iterator[tuple[Cell, CellChange]]:
    """Yield our formulas that stand where they belong but carry another value than ``report`` gives them."""
    state = snapshot(places.form, report)
    for formula in placed_formulas(places):
        content = places.content(formula.cell)
        if content is not None and content.formula == formula.text:
            value = formula.value(state)
            if not says(content, value):
                yield formula.cell, CellChange(value, formula.text)
