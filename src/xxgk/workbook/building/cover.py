"""The 首页: the unit, how far the work is, the steps, the legend. Its right side has room for buttons."""

from __future__ import annotations

from xxgk.formats import LAST_YEAR, Form, last_year
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.marks import mark_counted
from xxgk.workbook.building.pieces import TAB_RESULT, band, steps
from xxgk.workbook.building.styles import (
    DATE,
    HEAD,
    INPUT,
    ITEM,
    LEGEND,
    LEVEL,
    LINK_CELL,
    RESULT,
    SHOWN,
    SUBTITLE,
    TEXT,
    TITLE,
    YEAR,
)
from xxgk.workbook.building.validation import allow_choices, allow_dates, allow_years
from xxgk.workbook.formulas import COVER_PREVIEW_ROW, PROGRESS_TOP, STATE, progress_rows
from xxgk.workbook.layout import CHECK_TOP, CHECKS, COVER, COVER_FIELDS, COVER_TOP, MARGIN, Layout
from xxgk.xlsx.a1 import Cell, column_letter

NAME = "政府信息公开工作年度报告填报工作簿"
LABEL, VALUE, HELP, GAP, SIDE, LAST = range(MARGIN, MARGIN + 6)
# All of it, buttons included, on a screen of 1366 pixels.
WIDTHS = {1: 2.0, LABEL: 22.0, VALUE: 37.0, HELP: 35.0, GAP: 2.0, SIDE: 14.0, LAST: 14.0}
LOOKS = {"level": LEVEL, "year": YEAR, "date": DATE}
EXAMPLE_YEAR = 2023
ROW = 24.0  # points
RESULT_ROW = 30.0  # two lines


def build_cover(canvas: Canvas, layout: Layout) -> None:
    """Fill the 首页."""
    form = layout.form
    canvas.widths(WIDTHS)
    canvas.put(1, MARGIN, NAME, TITLE, width=LAST - MARGIN + 1)
    canvas.at_least([1], 40)
    canvas.put(2, MARGIN, f"按《{form.name}》（{form.document}）编制，用于{_years(form)}的报告。", SUBTITLE, width=3)
    canvas.put_cell(layout.status, None, RESULT, width=LAST - SIDE + 1)
    canvas.at_least([layout.status.row], RESULT_ROW)
    _unit(canvas, layout)
    _progress(canvas, layout)
    bottom = _steps(canvas, layout)
    _legend(canvas)
    canvas.select(layout.cover["unit"])
    canvas.printing(f"B1:{column_letter(LAST)}{bottom}", "landscape")
    canvas.finish(TAB_RESULT)


def _unit(canvas: Canvas, layout: Layout) -> None:
    band(canvas, COVER_TOP - 1, LABEL, "单位和年度", 3)
    for key, label, guidance in COVER_FIELDS:
        cell = layout.cover[key]
        canvas.put(cell.row, LABEL, label, ITEM)
        canvas.put_cell(cell, None, LOOKS.get(key, INPUT))
        canvas.put(cell.row, HELP, guidance, TEXT)
    canvas.put(COVER_PREVIEW_ROW, LABEL, "标题预览", ITEM)
    canvas.put(COVER_PREVIEW_ROW, VALUE, None, SHOWN)
    canvas.put(COVER_PREVIEW_ROW, HELP, "按单位、简称和年度自动生成", TEXT)
    canvas.at_least(range(COVER_TOP, COVER_PREVIEW_ROW), ROW)
    canvas.at_least([COVER_PREVIEW_ROW], 34)
    allow_choices(canvas, [layout.cover["level"]], [level.label for level in layout.form.levels])
    first, last = layout.form.since, last_year(layout.form)
    message = f"如 {min(EXAMPLE_YEAR, last)}。这本工作簿用于{_years(layout.form)}的报告。"
    allow_years(canvas, layout.cover["year"], first, message, last)
    allow_dates(canvas, layout.cover["date"])


def _years(form: Form) -> str:
    last = last_year(form)
    return f"{form.since}年度及以后" if last == LAST_YEAR else f"{form.since}至{last}年度"


def _progress(canvas: Canvas, layout: Layout) -> None:
    band(canvas, PROGRESS_TOP - 1, LABEL, "填报进度", 3)
    for n, (kind, key) in enumerate(progress_rows(layout)):
        row = PROGRESS_TOP + n
        label, target = _line(layout, kind, key)
        canvas.put(row, LABEL, label, ITEM)
        canvas.put(row, VALUE, None, SHOWN)
        canvas.link(row, HELP, f"到“{target.sheet}”页", target, LINK_CELL)
        if kind == "failed":
            mark_counted(canvas, Cell(COVER, row, VALUE))
    canvas.at_least(range(PROGRESS_TOP, PROGRESS_TOP + n + 1), 21)


def _line(layout: Layout, kind: str, key: str) -> tuple[str, Cell]:
    """Return the label of a line of the progress list, and where its link leads."""
    if kind == "table":
        plan = layout.tables[key]
        return plan.grid.sheet, layout.figures[plan.table.addresses[0]]
    if kind == "part":
        slot = layout.narrative[key]
        return slot.sheet, slot.cell
    label = "不通过的规则" if kind == "failed" else "未判（数字没填全）"
    return label, Cell(CHECKS, CHECK_TOP, STATE)


def _steps(canvas: Canvas, layout: Layout) -> int:
    """Write the steps and return the last row."""
    row = PROGRESS_TOP + len(progress_rows(layout)) + 1
    band(canvas, row, LABEL, "怎么做", 3)
    for number, step in enumerate(steps(layout), 1):
        row += 1
        canvas.put(row, LABEL, f"第 {number} 步", HEAD)
        canvas.put(row, VALUE, step, TEXT, width=2)
        canvas.at_least([row], ROW)
    return row


def _legend(canvas: Canvas) -> None:
    band(canvas, PROGRESS_TOP - 1, SIDE, "颜色", 2)
    for row, (look, text) in enumerate(LEGEND, PROGRESS_TOP):
        canvas.put(row, SIDE, text, look, width=2)
