"""A list of units as a small workbook: empty, or with the units that were found."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from xxgk.consolidate.model import Unit
from xxgk.consolidate.roster import DATES, HEADINGS, LIST
from xxgk.formats import Form
from xxgk.records import replace
from xxgk.report import UNKNOWN_LEVEL
from xxgk.workbook.building.archive import save_workbook
from xxgk.workbook.building.book import set_up
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.pieces import TAB_INPUT
from xxgk.workbook.building.styles import HEAD, INPUT, SUBTITLE, TEXT, TITLE
from xxgk.workbook.reading.dates import serial
from xxgk.xlsx.a1 import column_letter

HEAD_ROW, FIRST_ROW = 4, 5
DRAWN_ROWS = 200  # with a frame; what is typed below them is read as well
WIDTHS = {"name": 30.0, "code": 14.0, "level": 24.0, "parent": 26.0, "contact": 24.0, "file": 30.0}
DATE_WIDTH = 14.0
HINT = (
    "一个单位一行。汇总单位自己也写一行，它的“上级单位”空着；有几级的，逐级写明上级单位，一次可以汇总各级。"
    "填好存盘、关闭，运行：xxgk consolidate 文件夹 -o 汇总.xlsx --roster 本文件"
)
CELL = replace(INPUT, name="名单 文字")
CHOSEN = replace(CELL, name="名单 选项", number="General", wrap=False)
DAY = replace(CELL, name="名单 日期", number="yyyy-mm-dd", across="center", indent=0)


def build_roster(form: Form, units: Sequence[Unit] = ()) -> bytes:
    """Return a list of ``units`` as an .xlsx file, with room for more."""
    workbook = Workbook()
    set_up(workbook, LIST, f"{form.name}（{form.document}）")
    canvas = Canvas(workbook.create_sheet(LIST))
    canvas.widths({n: WIDTHS.get(one.field, DATE_WIDTH) for n, one in enumerate(HEADINGS, 1)})
    canvas.put(1, 1, LIST, TITLE, width=len(HEADINGS))
    canvas.put(2, 1, HINT, SUBTITLE, width=len(HEADINGS))
    canvas.at_least([1, 2], 34)
    for column, heading in enumerate(HEADINGS, 1):
        canvas.put(3, column, heading.guidance, TEXT)
        canvas.put(HEAD_ROW, column, heading.text, HEAD)
    names = {unit.id: unit.name for unit in units}
    last = FIRST_ROW + max(DRAWN_ROWS, len(units)) - 1
    for row in range(FIRST_ROW, last + 1):
        unit = units[row - FIRST_ROW] if row - FIRST_ROW < len(units) else None
        for column, heading in enumerate(HEADINGS, 1):
            look = DAY if heading.field in DATES else CHOSEN if heading.field == "level" else CELL
            canvas.put(row, column, _value(form, unit, heading.field, names) if unit else None, look)
    _choices(canvas, form, last)
    end = column_letter(len(HEADINGS))
    canvas.freeze(FIRST_ROW, 2)
    canvas.printing(f"A1:{end}{last}", "landscape", f"{HEAD_ROW}:{HEAD_ROW}")
    canvas.finish(TAB_INPUT)
    # People sort, add columns of their own, and paste whole lists.
    canvas.sheet.protection.sheet = False
    return save_workbook(workbook)


def _value(form: Form, unit: Unit, field: str, names: dict[str, str]) -> str | int | None:
    if field in DATES:
        day = unit.due if field == "due" else unit.received
        return serial(day, date1904=False) if day else None
    if field == "level":
        level = form.level(unit.level) if unit.level != UNKNOWN_LEVEL else None
        return level.label if level else None
    text = str(getattr(unit, field))
    return (names.get(text, text) if field == "parent" else text) or None


def _choices(canvas: Canvas, form: Form, last: int) -> None:
    column = column_letter(1 + next(n for n, one in enumerate(HEADINGS) if one.field == "level"))
    labels = ",".join(level.label for level in form.levels if level.id != UNKNOWN_LEVEL)
    rule = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "请从列表中选择", "请点格子右边的小箭头，从列表中选一项。"
    rule.add(f"{column}{FIRST_ROW}:{column}{last}")
    canvas.sheet.add_data_validation(rule)
