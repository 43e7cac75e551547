"""The same findings from a workbook as from JSON, and damage to a workbook named where it was done."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from xxgk.checks import Finding, check
from xxgk.report import Report
from xxgk.workbook.building.book import build_template
from xxgk.workbook.layout import layout_of
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.writing.write import fill_workbook
from xxgk.xlsx.a1 import Cell

from support.reports import FORM, example, zero_report

LAYOUT = layout_of(FORM)


@pytest.fixture(scope="module")
def template() -> bytes:
    return build_template(FORM)


def from_workbook(template: bytes, report: Report, damage: Callable[[Workbook], None] | None = None) -> list[Finding]:
    """Return the findings of a workbook that holds ``report``, after ``damage`` was done to it."""
    data = fill_workbook(template, report, FORM).data
    if damage is not None:
        book = load_workbook(io.BytesIO(data))
        damage(book)
        stream = io.BytesIO()
        book.save(stream)
        data = stream.getvalue()
    return list(check(read_report(data), FORM))


def put(book: Workbook, cell: Cell, value: object) -> None:
    book[cell.sheet][cell.ref] = value


def label_of_row(address: str) -> Cell:
    """Return the cell with the printed label of the row that ``address`` stands in."""
    table = FORM.table_of(address)
    assert table is not None
    own = table.cells[address]
    label = max(
        (c for c in table.grid if c.text and c.row == own.row and c.column < own.column), key=lambda c: c.column
    )
    grid = LAYOUT.tables[table.id].grid
    return Cell(grid.sheet, grid.row + label.row, grid.column + label.column)


def test_a_workbook_gives_the_findings_of_its_json(template: bytes) -> None:
    assert tuple(from_workbook(template, example())) == check(example(), FORM)
    assert from_workbook(template, zero_report()) == []


def test_each_damaged_cell_is_named(template: bytes) -> None:
    figure = "disclosure.licences.decisions"
    label, kind = label_of_row("disclosure.penalties.decisions"), LAYOUT.narrative["overview"].cell
    wrong = {
        ("S101", label): "行政处分",
        ("S104", LAYOUT.meta["version"]): "0",
        ("S105", LAYOUT.figures[figure]): "=0+0",
        ("S106", kind): "标题",
        ("S107", LAYOUT.cover["level"]): "乡镇府",
        ("V106", LAYOUT.cover["year"]): "二〇二三",
        ("V105", LAYOUT.figures["disclosure.coercion.decisions"]): "/",
        ("V105", LAYOUT.previous[figure]): "—",
    }

    def damage(book: Workbook) -> None:
        for (_, cell), value in wrong.items():
            put(book, cell, value)

    found = [(f.code, f.sheet, f.cell) for f in from_workbook(template, zero_report(), damage)]
    # openpyxl stores no value for a formula, so what it gives is unknown: a blank.
    blank = LAYOUT.figures[figure]
    expected = [(code, cell.sheet, cell.ref) for code, cell in wrong] + [("V101", blank.sheet, blank.ref)]
    assert sorted(found) == sorted(expected)


def test_a_lost_name_and_a_lost_row_are_named(template: bytes) -> None:
    slot = LAYOUT.slots["applications"]

    def lose_name(book: Workbook) -> None:
        del book.defined_names[slot.name]

    (finding,) = from_workbook(template, zero_report(), lose_name)
    assert (finding.code, finding.sheet, finding.cell) == ("S115", slot.sheet, slot.cell.ref)

    def lose_row(book: Workbook) -> None:
        sheet = book[slot.sheet]
        row = LAYOUT.figures["applications.withheld.inquiry.person"].row
        for merge in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(merge.coord)
        sheet.delete_rows(row)
        area = book.defined_names[slot.name]
        area.attr_text = area.attr_text.replace(f"${slot.end.row}", f"${slot.end.row - 1}")

    missing = [f for f in from_workbook(template, zero_report(), lose_row) if f.code == "S103"]
    assert [f.labels[-1] for f in missing] == [FORM.labels_of("applications.withheld.inquiry.person")[-2]]
