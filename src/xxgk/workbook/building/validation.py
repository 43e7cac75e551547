"""What the spreadsheet program refuses to take into a cell, with a Chinese message that says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl.worksheet.datavalidation import DataValidation

from xxgk.formats import Kind
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.reading.numbers import MAX_DIGITS
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.references import literal, ranges

FIRST_YEAR = 2008  # the 条例 is in force since 2008-05-01
LAST_YEAR = 2099
LARGEST = 10**MAX_DIGITS - 1  # of whole numbers that a spreadsheet program keeps exactly
DAY_ZERO = date(1899, 12, 30)  # of a workbook's dates


def allow_numbers(canvas: Canvas, cells: Iterable[Cell], kind: Kind) -> None:
    """Take only numbers of ``kind``: from 0 on or signed, whole ones or any."""
    least = str(-LARGEST) if kind.signed else "0"
    rule = DataValidation(type="whole" if kind.integer else "decimal", operator="greaterThanOrEqual", formula1=least)
    _add(canvas, cells, rule, kind.title, kind.message)


def allow_choices(canvas: Canvas, cells: Iterable[Cell], choices: Sequence[str]) -> None:
    """Take only one of ``choices``, offered as a drop-down list."""
    rule = DataValidation(type="list", formula1=literal(",".join(choices)))
    _add(canvas, cells, rule, "请从列表中选择", "请点格子右边的小箭头，从下拉列表中选一项。")


def allow_years(canvas: Canvas, cell: Cell, first: int, message: str, last: int = LAST_YEAR) -> None:
    """Take only a year from ``first`` to ``last``."""
    rule = DataValidation(type="whole", operator="between", formula1=str(first), formula2=str(min(last, LAST_YEAR)))
    _add(canvas, [cell], rule, "请填四位数字的年份", message)
    _prompt(rule, message)


def allow_dates(canvas: Canvas, cell: Cell) -> None:
    """Take only a date."""
    first, last = (str((date(year, 1, 1) - DAY_ZERO).days) for year in (FIRST_YEAR, LAST_YEAR + 1))
    rule = DataValidation(type="date", operator="between", formula1=first, formula2=last)
    message = "请填日期，如 2024-1-23，会显示成“2024年1月23日”。"
    _add(canvas, [cell], rule, "请填日期", message)
    _prompt(rule, message)


def _add(canvas: Canvas, cells: Iterable[Cell], rule: DataValidation, title: str, message: str) -> None:
    rule.allow_blank = True
    rule.errorStyle = "stop"
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = title, message
    for area in ranges(cells, canvas.title).split(","):
        rule.add(area)
    canvas.sheet.add_data_validation(rule)


def _prompt(rule: DataValidation, message: str) -> None:
    rule.showInputMessage = True
    rule.promptTitle, rule.prompt = rule.errorTitle, message
