"""The steps of a verb taken in a workbook file by openpyxl, as the macro takes them in the program."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import absolute_coordinate
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from xxgk.excel import actions as do
from xxgk.excel.actions import Action
from xxgk.excel.batch import link_formula
from xxgk.excel.job import open_copy
from xxgk.excel.opened import Home, Opened
from xxgk.excel.questions import decided
from xxgk.output.marks.looks import RULE
from xxgk.xlsx.references import quoted

from support.loaded import loaded

NOWHERE = Home(None, "没有存过盘。")


def opened(data: bytes, folder: Path, home: Home = NOWHERE) -> Opened:
    """Return a workbook as a job sees it."""
    path = folder / "in.xlsx"
    path.write_bytes(data)
    return open_copy(path, home)


def state_of(data: bytes) -> Opened:
    """Return the same without a folder to keep it in."""
    with tempfile.TemporaryDirectory() as folder:
        return opened(data, Path(folder))


def taken(data: bytes, actions: Sequence[Action], agreed: Callable[[str], bool] = lambda _: True) -> bytes:
    """Return the workbook ``data`` after ``actions``."""
    workbook = loaded(data)
    steps, _ = decided(actions, agreed)
    for step in steps:
        _take(workbook, step)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _take(workbook: Workbook, step: Action) -> None:
    if step.op == do.ADD_SHEET:
        if step.sheet not in workbook.sheetnames:
            workbook.create_sheet(step.sheet)
    elif step.op == do.DELETE_SHEET:
        del workbook[step.sheet]
    elif step.op == do.NAME:
        workbook.defined_names.pop(step.text, None)
        if step.cell:
            area = f"{quoted(step.sheet)}!{absolute_coordinate(step.cell)}"
            workbook.defined_names[step.text] = DefinedName(step.text, attr_text=area)
    elif step.op not in (do.STATUS, do.SELECT, do.MESSAGE):
        _take_on_sheet(workbook[step.sheet], step)


def _take_on_sheet(sheet: Worksheet, step: Action) -> None:
    if step.op == do.HIDE:
        sheet.sheet_state = "veryHidden"
    elif step.op == do.UNFILL:
        _without_own_rules(sheet)
    elif step.op == do.FILL:
        fill = PatternFill("solid", start_color=f"FF{step.text}", end_color=f"FF{step.text}")
        sheet.conditional_formatting.add(step.cell, FormulaRule(formula=[RULE], fill=fill))
    elif step.op == do.NOTE:
        sheet[step.cell].comment = Comment(step.text, "校验") if step.text else None
    elif step.op in do.VALUES:
        _set_value(sheet, step)
    else:
        _dress(sheet, step)


def _set_value(sheet: Worksheet, step: Action) -> None:
    cell = sheet[step.cell]
    if step.op == do.CLEAR:
        cell.value = None
    elif step.op == do.NUM:
        cell.value = Decimal(step.text)
    elif step.op == do.LINK:
        cell.value = link_formula(step.text, str(cell.value))
    else:
        assert step.op == do.STR, step
        cell.value, cell.data_type = step.text, "s"


def _dress(sheet: Worksheet, step: Action) -> None:
    if step.op == do.WIDTH:
        sheet.column_dimensions[step.cell].width = float(step.text)
    elif step.op == do.HEIGHT:
        sheet.row_dimensions[int(step.cell)].height = float(step.text)
    elif step.op == do.TAB:
        sheet.sheet_properties.tabColor = f"FF{step.text}"
    elif step.op == do.FREEZE:
        sheet.freeze_panes = step.cell
    elif step.op == do.MERGE:
        sheet.merge_cells(step.cell)
    else:
        area = sheet[step.cell]
        for cell in (one for row in (area if isinstance(area, tuple) else ((area,),)) for one in row):
            _dress_cell(cell, step)


def _dress_cell(cell: Cell, step: Action) -> None:
    if step.op == do.ALIGN:
        cell.alignment = Alignment(horizontal=step.text, vertical="center", wrap_text=True)
    elif step.op == do.LINES:
        side = Side("thin", f"FF{step.text}")
        cell.border = Border(side, side, side, side)
    elif step.op == do.PAINT:
        cell.fill = PatternFill("solid", start_color=f"FF{step.text}")
    else:
        assert step.op in (do.BOLD, do.UNDERLINE), step
        under = "single" if step.op == do.UNDERLINE else None
        cell.font = Font(bold=step.op == do.BOLD, underline=under, color=f"FF{step.text}")


def _without_own_rules(sheet: Worksheet) -> None:
    kept = ConditionalFormattingList()
    for block in sheet.conditional_formatting:
        for rule in block.rules:
            if rule.formula != [RULE]:
                kept.add(str(block.sqref), rule)
    sheet.conditional_formatting = kept
