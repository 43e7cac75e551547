"""The sheets of the official tables: the printed grid, and beside or below it all that helps to fill it."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.formats import Form, GridCell, Rule, Table
from xxgk.workbook.building.canvas import Canvas, Orientation
from xxgk.workbook.building.marks import mark_failing, mark_no_numbers
from xxgk.workbook.building.pieces import TAB_INPUT, heading, hints, legend
from xxgk.workbook.building.styles import (
    BASIS,
    COMPUTED,
    HEAD,
    LABEL,
    LABEL_BAND,
    LABEL_LEFT,
    NOTE,
    NUMBER,
    STATUS,
    TABLE_NOTE,
    TEXT,
    Look,
)
from xxgk.workbook.building.validation import allow_numbers
from xxgk.workbook.layout import MARGIN, TABLE_TOP, Layout, TablePlan
from xxgk.workbook.printed import NOTE_HEADING, TABLE_NOTE_HEADING
from xxgk.xlsx.a1 import Cell, column_letter

UNIT = 4.8  # of column width, for each unit of the form's relative widths
SMALLEST = 90.0  # width units: no table is narrower
LANDSCAPE_FROM = 135.0  # width units
GRID_ROW, NOTE_ROW = 24.0, 60.0  # points
HINT_ROW, LEGEND_ROW, GAP_ROW = 2, 3, 4


def build_table(canvas: Canvas, layout: Layout, plan: TablePlan) -> None:
    """Fill the sheet of one table."""
    section = next(section for section in layout.form.sections if section.table == plan.table.id)
    units = _grid_units(plan.table)
    canvas.widths(_widths(layout.form, plan, units))
    heading(canvas, section.heading, plan.table.width)
    hints(canvas, HINT_ROW, section.prompts, plan.table.width)
    legend(canvas, LEGEND_ROW, units)
    canvas.at_least([GAP_ROW], 8)
    _grid(canvas, layout, plan)
    _status(canvas, layout, plan)
    _guidance(canvas, plan)
    _notes(canvas, layout, plan)
    _table_note(canvas, plan)
    for kind, cells in _inputs_by_kind(layout, plan):
        allow_numbers(canvas, cells, layout.form.kinds[kind])
        mark_no_numbers(canvas, cells, layout.form.kinds[kind])
    canvas.freeze(*_frozen(plan))
    canvas.select(layout.figures[plan.table.addresses[0]])
    orientation: Orientation = "landscape" if sum(units) >= LANDSCAPE_FROM else "portrait"
    end = column_letter(plan.grid.end.column)
    # The title repeats from outside the area, so that hints and legend between the two stay off the paper.
    canvas.printing(f"{plan.grid.cell.ref}:{end}{plan.table_note.row}", orientation, "1:1")
    canvas.finish(TAB_INPUT)


def _grid_units(table: Table) -> list[float]:
    unit = max(UNIT, SMALLEST / sum(table.widths))
    return [round(unit * width, 1) for width in table.widths]


def _widths(form: Form, plan: TablePlan, units: list[float]) -> dict[int, float]:
    widths = {1: 2.0, **dict(enumerate(units, MARGIN))}
    if plan.table.across:
        # Headings of the rows below the table have no other place than the margin.
        return {**widths, 1: 20.0, plan.grid.end.column + 1: 12.0}
    for cell in plan.status.values():
        widths.setdefault(cell.column, 12.0)
    guidance = next(iter(plan.guidance.values())).column
    widths.update({guidance: 66.0, guidance + 1: 30.0})
    widths.update(dict.fromkeys(range(plan.notes.column, plan.notes.end.column + 1), 15.0))
    return widths


def _grid(canvas: Canvas, layout: Layout, plan: TablePlan) -> None:
    canvas.at_least(range(plan.grid.row, plan.grid.end.row + 1), GRID_ROW)
    for cell in plan.table.grid:
        place = Cell(canvas.title, plan.grid.row + cell.row, plan.grid.column + cell.column)
        if cell.address:
            look = COMPUTED if cell.address in layout.form.totals else NUMBER
            canvas.put_cell(place, None, look, height=cell.height, width=cell.width)
        else:
            canvas.put_cell(place, cell.text, _label_look(plan.table, cell), height=cell.height, width=cell.width)


def _label_look(table: Table, cell: GridCell) -> Look:
    if cell.width == table.width:
        return LABEL_BAND
    beside_numbers = cell.row not in table.header_rows and cell.height == 1
    corner = cell.row in table.header_rows and cell.column == 0 and cell.height > 1
    return LABEL_LEFT if table.header_columns > 1 and (beside_numbers or corner) else LABEL


def _status(canvas: Canvas, layout: Layout, plan: TablePlan) -> None:
    for rule in (rule for rule in layout.form.rules if rule.table == plan.table.id):
        cells = []
        for instance in (one for one in layout.form.instances if one.rule == rule):
            status = plan.status[instance.id]
            canvas.put_cell(status, None, STATUS)
            mark_failing(canvas, [layout.figures[term.address] for term in instance.left if not term.previous], status)
            cells.append(status)
        _status_heading(canvas, plan, rule, cells[0])


def _status_heading(canvas: Canvas, plan: TablePlan, rule: Rule, first: Cell) -> None:
    if first.column > plan.grid.end.column:
        canvas.put(TABLE_TOP, first.column, rule.title, LABEL, height=_lead(plan))
    elif plan.table.header_columns:
        canvas.put(first.row, MARGIN, rule.title, LABEL, width=plan.table.header_columns)
    else:
        canvas.put(first.row, MARGIN - 1, rule.title, HEAD)


def _guidance(canvas: Canvas, plan: TablePlan) -> None:
    if plan.table.across:
        _guidance_below(canvas, plan)
        return
    column = next(iter(plan.guidance.values())).column
    canvas.put(TABLE_TOP, column, "填报口径", HEAD, height=_lead(plan))
    canvas.put(TABLE_TOP, column + 1, "依据", HEAD, height=_lead(plan))
    for row in plan.table.rows:
        canvas.put_cell(plan.guidance[row.id], row.guidance, TEXT)
        canvas.put(plan.guidance[row.id].row, column + 1, row.basis, BASIS)


def _guidance_below(canvas: Canvas, plan: TablePlan) -> None:
    wide = plan.grid.width * 2 // 3
    top = next(iter(plan.guidance.values())).row
    canvas.put(top - 1, MARGIN - 1, "栏目", HEAD)
    canvas.put(top - 1, MARGIN, "填报口径", HEAD, width=wide)
    canvas.put(top - 1, MARGIN + wide, "依据", HEAD, width=plan.grid.width - wide)
    for row in plan.table.rows:
        cell = plan.guidance[row.id]
        canvas.put(cell.row, MARGIN - 1, plan.table.member_label("rows", row.id), HEAD)
        canvas.put_cell(cell, row.guidance, TEXT, width=wide)
        canvas.put(cell.row, MARGIN + wide, row.basis, BASIS, width=plan.grid.width - wide)


def _notes(canvas: Canvas, layout: Layout, plan: TablePlan) -> None:
    table, notes = plan.table, plan.notes
    if table.across:
        canvas.put(notes.row, MARGIN - 1, NOTE_HEADING, HEAD)
        canvas.at_least([notes.row], NOTE_ROW)
    else:
        _mirrored_headings(canvas, plan)
    for address in table.addresses:
        canvas.put_cell(layout.notes[address], None, NOTE, width=table.cells[address].width)


def _mirrored_headings(canvas: Canvas, plan: TablePlan) -> None:
    """Repeat the column headings above the remarks, which stand far to the right of the numbers."""
    table, notes = plan.table, plan.notes
    headings = [cell for cell in table.grid if not cell.address and cell.column >= table.header_columns]
    above = notes.row + min(cell.row for cell in headings) - 1
    canvas.put(above, notes.column, NOTE_HEADING, HEAD, width=notes.width)
    for cell in headings:
        place = Cell(canvas.title, notes.row + cell.row, notes.column + cell.column - table.header_columns)
        canvas.put_cell(place, cell.text, HEAD, height=cell.height, width=cell.width)


def _table_note(canvas: Canvas, plan: TablePlan) -> None:
    note = plan.table_note
    canvas.put(note.row, MARGIN, TABLE_NOTE_HEADING, LABEL, width=note.column - MARGIN)
    canvas.put_cell(note.cell, None, TABLE_NOTE, width=plan.grid.end.column - note.column + 1)
    canvas.at_least([note.row], GRID_ROW)


def _inputs_by_kind(layout: Layout, plan: TablePlan) -> Iterator[tuple[str, list[Cell]]]:
    inputs = [address for address in plan.table.addresses if address not in layout.form.totals]
    for kind in layout.form.kinds:
        cells = [layout.figures[address] for address in inputs if plan.table.column(address).kind == kind]
        if cells:
            yield kind, cells


def _lead(plan: TablePlan) -> int:
    """Return the number of rows above the first row of numbers."""
    return min(cell.row for cell in plan.table.cells.values())


def _frozen(plan: TablePlan) -> tuple[int, int]:
    """Return the first row and column that scroll."""
    headers = plan.table.header_rows
    if headers == tuple(range(len(headers))):
        return TABLE_TOP + len(headers), MARGIN + plan.table.header_columns
    return TABLE_TOP, 1
