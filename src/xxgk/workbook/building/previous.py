"""The sheets of last year's report: its figures as plain lists, reasons for differences, and, hidden, its text."""

from __future__ import annotations

from xxgk.formats import Section, Table
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.marks import mark_no_numbers
from xxgk.workbook.building.pieces import TAB_HELP, band, heading, hints
from xxgk.workbook.building.styles import ABSENT, FOUND, HEAD, INPUT_LONG, INPUT_NUMBER, ITEM, SMALL_ITEM, TEXT, YEAR
from xxgk.workbook.building.validation import FIRST_YEAR, allow_numbers, allow_years
from xxgk.workbook.layout import MARGIN, PREVIOUS, PREVIOUS_FIELDS, PREVIOUS_TEXT, Layout
from xxgk.workbook.printed import (
    LIST_HEADING,
    REASON_HEADINGS,
    REASONS_TITLE,
    TEXT_HEADINGS,
    TEXT_TITLE,
    list_title,
    reason_label,
)
from xxgk.xlsx.a1 import Cell, column_letter

FIRST = MARGIN + 1  # column of the first figure
HINTS = (
    "照上年报告填写，用来核对结转等前后两年要衔接的数字。浅黄色的格子要填，灰色的自动计算，深灰色的没有此项。",
    "没有上年报告的可以整页不填，有关的规则显示“未判”。",
)


def build_previous(canvas: Canvas, layout: Layout) -> None:
    """Fill the 上年数据 sheet."""
    wide = max(slot.width for slot in layout.previous_tables.values())
    last = FIRST + wide - 1
    canvas.widths({1: 2.0, MARGIN: 66.0, **dict.fromkeys(range(FIRST, last + 1), 12.0), last + 1: 10.0})
    heading(canvas, PREVIOUS, wide + 1)
    hints(canvas, 2, HINTS, wide + 1)
    _fields(canvas, layout, wide)
    for section in layout.form.sections:
        if section.table:
            _table(canvas, layout, section, layout.form.tables[section.table])
    _kinds(canvas, layout)
    bottom = (
        _explanations(canvas, layout, wide)
        if layout.explanations
        else max(slot.end.row for slot in layout.previous_tables.values())
    )
    canvas.freeze(3, 1)
    canvas.select(layout.slots["previous_year"].cell)
    canvas.printing(f"B1:{column_letter(last)}{bottom}")
    canvas.finish(TAB_HELP)


def build_previous_text(canvas: Canvas, layout: Layout) -> None:
    """Fill the hidden sheet on which programs keep last year's text; a row has no look of its own."""
    slot = layout.previous_text
    canvas.widths({1: 2.0, slot.column: 24.0, slot.column + 1: 18.0, slot.end.column: 100.0, slot.end.column + 1: 10.0})
    heading(canvas, PREVIOUS_TEXT, slot.width)
    band(canvas, slot.row - 2, slot.column, TEXT_TITLE, slot.width)
    for column, text in enumerate(TEXT_HEADINGS, slot.column):
        canvas.put(slot.row - 1, column, text, HEAD)
        canvas.wrap_column(column)
    canvas.freeze(slot.row, 1)
    # No print area: LibreOffice prints hidden sheets that have one.
    canvas.sheet.sheet_state = "hidden"
    canvas.finish(TAB_HELP)


def _fields(canvas: Canvas, layout: Layout, wide: int) -> None:
    first = layout.slots[PREVIOUS_FIELDS[0][0]].row
    band(canvas, first - 1, MARGIN, "上年报告", wide + 1)
    for key, label, guidance in PREVIOUS_FIELDS:
        cell = layout.slots[key].cell
        canvas.put(cell.row, MARGIN, label, ITEM)
        canvas.put_cell(cell, None, YEAR)
        canvas.put(cell.row, FIRST + 1, guidance, TEXT, width=wide - 1)
        allow_years(canvas, cell, FIRST_YEAR, f"{guidance}。")


def _table(canvas: Canvas, layout: Layout, section: Section, table: Table) -> None:
    slot = layout.previous_tables[table.id]
    band(canvas, slot.row - 2, MARGIN, list_title(table, section), slot.width + 1)
    canvas.put(slot.row - 1, MARGIN, LIST_HEADING, HEAD)
    for x, column in enumerate(table.columns):
        canvas.put(slot.row - 1, slot.column + x, table.member_label("columns", column.id), HEAD)
    for y, row in enumerate(table.rows):
        canvas.put(slot.row + y, MARGIN, table.member_label("rows", row.id), SMALL_ITEM)
        for x, column in enumerate(table.columns):
            address = f"{table.id}.{row.id}.{column.id}"
            computed = FOUND if address in layout.form.totals else INPUT_NUMBER
            canvas.put(slot.row + y, slot.column + x, None, computed if address in table.cells else ABSENT)


def _kinds(canvas: Canvas, layout: Layout) -> None:
    for kind in layout.form.kinds.values():
        cells = [
            cell
            for address, cell in layout.previous.items()
            if address not in layout.form.totals and layout.form.kind_of(address) == kind
        ]
        allow_numbers(canvas, cells, kind)
        mark_no_numbers(canvas, cells, kind)


def _explanations(canvas: Canvas, layout: Layout, wide: int) -> int:
    """Write the room for reasons and return the last row."""
    rows = {cell.row: address for address, cell in layout.explanations.items()}
    top = min(rows)
    band(canvas, top - 2, MARGIN, REASONS_TITLE, wide + 1)
    figure, reason = REASON_HEADINGS
    canvas.put(top - 1, MARGIN, figure, HEAD)
    canvas.put(top - 1, FIRST, reason, HEAD, width=wide)
    for row, address in rows.items():
        canvas.put(row, MARGIN, reason_label(layout, address), ITEM)
        canvas.put_cell(Cell(PREVIOUS, row, FIRST), None, INPUT_LONG, width=wide)
    canvas.at_least(rows, 32)
    return max(rows)
