"""Cells that turn red by themselves: conditional formats, each of which looks at its own sheet only.

(Excel 2007's file format knows no reference to another sheet here, and some programs still do not.)
"""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle

from xxgk.figures import State
from xxgk.formats import Kind
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.styles import OLD_MARK, RIGHT_MARK, UNKNOWN_MARK, WRONG_MARK
from xxgk.workbook.formulas import RIGHT_MARK as RIGHT
from xxgk.workbook.formulas import WRONG
from xxgk.workbook.layout import PREVIEW, PREVIEW_SOURCE
from xxgk.workbook.printed import PREVIEW_BEGIN
from xxgk.xlsx.a1 import Cell, Slot, column_letter
from xxgk.xlsx.references import literal, ranges


def mark_no_numbers(canvas: Canvas, cells: Iterable[Cell], kind: Kind) -> None:
    """Turn a cell red that holds anything but blank or a number of ``kind`` (a text, a fraction, mostly a negative)."""
    for area in ranges(cells, canvas.title).split(","):
        first = area.partition(":")[0]
        faults = [*([] if kind.signed else [f"{first}<0"]), *([f"INT({first})<>{first}"] if kind.integer else [])]
        _mark(canvas, area, f"IF(ISNUMBER({first}),OR({','.join(faults)}),NOT(ISBLANK({first})))", WRONG_MARK)


def mark_failing(canvas: Canvas, cells: Iterable[Cell], status: Cell) -> None:
    """Turn ``cells`` and ``status`` red while ``status`` begins with the sign for wrong."""
    fixed = f"${status.ref.rstrip('0123456789')}${status.row}"
    for area in ranges([*cells, status], canvas.title).split(","):
        _mark(canvas, area, f"LEFT({fixed},1)={literal(WRONG)}", WRONG_MARK)
    _mark(canvas, status.ref, f"{fixed}={literal(RIGHT)}", RIGHT_MARK)


def mark_states(canvas: Canvas, cells: Iterable[Cell]) -> None:
    """Colour the outcomes of rules: failed red, passed green, the others grey."""
    looks = dict.fromkeys(State, UNKNOWN_MARK) | {State.FAIL: WRONG_MARK, State.PASS: RIGHT_MARK}
    area = ranges(cells, canvas.title)
    first = area.partition(":")[0]
    for state, look in looks.items():
        _mark(canvas, area, f"{first}={literal(state.value)}", look)


def mark_counted(canvas: Canvas, cell: Cell) -> None:
    """Turn ``cell`` red while the count that its text begins with, such as ``3 条``, is not 0."""
    _mark(canvas, cell.ref, f'AND({cell.ref}<>"",LEFT({cell.ref},2)<>"0 ")', WRONG_MARK)


def mark_outdated(canvas: Canvas, slot: Slot) -> None:
    """Turn the previews beside a written part grey whose paragraph, or any number, has changed since they were made."""
    shown, source = (column_letter(slot.column + column) for column in (PREVIEW, PREVIEW_SOURCE))
    body, row = column_letter(slot.end.column), slot.row
    now = f"{literal(PREVIEW_BEGIN)}&${body}{row}&${source}${row - 1}"
    area = f"{shown}{row}:{shown}{slot.end.row}"
    _mark(canvas, area, f'AND(${source}{row}<>"",NOT(EXACT(${source}{row},{now})))', OLD_MARK)


def mark_beyond(canvas: Canvas, cell: Cell, expression: str, limit: int) -> None:
    """Turn ``cell`` red while ``expression`` is more than ``limit``."""
    _mark(canvas, cell.ref, f"{expression}>{limit}", WRONG_MARK)


def _mark(canvas: Canvas, area: str, formula: str, look: DifferentialStyle) -> None:
    canvas.sheet.conditional_formatting.add(area, Rule(type="expression", dxf=look, formula=[formula]))
