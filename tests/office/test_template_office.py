"""The built template in LibreOffice: no formula fails, every value is the one we write, no text is cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from xxgk.report import Report
from xxgk.workbook.building.book import build_template
from xxgk.workbook.formula import snapshot
from xxgk.workbook.formulas import formulas
from xxgk.workbook.layout import META, layout_of
from xxgk.xlsx.a1 import Cell

from support.office import Office
from support.reports import FORM, example

LAYOUT = layout_of(FORM)
FORMULAS = formulas(LAYOUT)
EMPTY = Report(form=FORM.id)
TOLERANCE = 35  # hundredths of a millimetre, one point


@pytest.fixture(scope="module")
def document(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path: Path = tmp_path_factory.mktemp("template") / "年报模板.xlsx"
    path.write_bytes(build_template(FORM))
    opened = office.open(path)
    for sheet in opened.Sheets:
        sheet.unprotect("")
    yield opened
    opened.close(True)


def cell_of(document: Any, cell: Cell) -> Any:
    return document.Sheets.getByName(cell.sheet).getCellByPosition(cell.column - 1, cell.row - 1)


def type_in(document: Any, report: Report) -> None:
    """Type what staff would: the unit, every figure that is no total, the texts."""
    for key in ("unit", "short_name"):
        cell_of(document, LAYOUT.cover[key]).setString(getattr(report, key))
    cell_of(document, LAYOUT.cover["year"]).setValue(report.year)
    for address, figure in report.figures.items():
        if address not in FORM.totals:
            cell_of(document, LAYOUT.figures[address]).setValue(float(figure.value or 0))
    for field, figure in report.fields.items():
        cell_of(document, LAYOUT.fields[field]).setValue(float(figure.value or 0))
    for part_id, paragraphs in report.narrative.items():
        slot = LAYOUT.narrative[part_id]
        for n, paragraph in enumerate(paragraphs):
            cell_of(document, Cell(slot.sheet, slot.row + n, slot.column + 1)).setString(paragraph.text)


def shown_on(sheet: Any) -> Any:
    """Return the texts and numbers of all cells, row by row; an error is None."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()


def assert_shows(document: Any, report: Report) -> None:
    document.calculateAll()
    state = snapshot(FORM, report)
    shown = {name: shown_on(document.Sheets.getByName(name)) for name in LAYOUT.sheets}
    for formula in FORMULAS:
        expected = formula.value(state)
        value = shown[formula.cell.sheet][formula.cell.row - 1][formula.cell.column - 1]
        assert value == (expected if isinstance(expected, str) else float(expected)), (formula.cell, formula.text)


@pytest.mark.office
def test_every_formula_gives_what_we_write_beside_it(document: Any) -> None:
    assert_shows(document, EMPTY)
    type_in(document, example())
    assert_shows(document, example())


@pytest.fixture(scope="module")
def empty_template(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("模板") / "年报模板.xlsx"
    path.write_bytes(build_template(FORM))
    opened = office.open(path)
    yield opened
    opened.close(True)


@pytest.mark.office
@pytest.mark.parametrize("name", [name for name in LAYOUT.sheets if name != META])
def test_no_text_is_higher_than_its_row(empty_template: Any, name: str) -> None:
    sheet = empty_template.Sheets.getByName(name)
    sheet.unprotect("")
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress.EndRow
    empty = sheet.Rows.getByIndex(last + 5).Height
    cut = []
    for number in range(last + 1):
        row = sheet.Rows.getByIndex(number)
        given = row.Height
        row.OptimalHeight = True
        if row.Height > max(given, empty) + TOLERANCE:
            cut.append((number + 1, given, row.Height))
    assert not cut
