"""Random workbooks for other readers to read too, with what was put into each cell."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from random import Random

import openpyxl
import xlsxwriter
from openpyxl.utils.datetime import to_excel

from xxgk.records import Record
from xxgk.xlsx.cells import Holds, unescape

ROWS, COLUMNS, CELLS = 40, 30, 60
PIECES = (
    "公开", "信息", " ", "　", "\n", "\t", "a", "Z", "0", "12", ",", "<", ">", "&", "&amp;", '"', "'", "]]>",
    "<c r='A1'>", "😀", "\u200b", "é", "_x000D_", "_x0041_", "_x005F_", "_x", "x_",
    "=", "+", "-", "@", "#N/A", "TRUE", "１２", "٣", "\u00a0",
)  # fmt: skip
ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
FORMULAS = ("=1+1", "=SUM(A1:B2)", '=A1&"<&>"', "=IF(A1>0,1,2)", "='表 一'!A1")
FIRST_DAY = dt.datetime(1900, 3, 1)  # before it, programs differ on which day is which
NUMBER_FORMATS = ("General", "0", "0.00%", "#,##0", "@")
DATE_FORMATS = ("yyyy-mm-dd", "yyyy/m/d h:mm", 'yyyy"年"m"月"d"日"')
SHEET = "表 一"


class Written(Record):
    """What was put into a cell; a date is the number of its days, and ``value`` None a value that is not stored."""

    holds: Holds
    value: float | str | bool | None
    formula: str = ""


# By row and column, counted from 1; cells that are not in it are blank.
Contents = Mapping[tuple[int, int], Written]


def by_xlsxwriter(random: Random) -> tuple[bytes, Contents]:
    """Return a random workbook written by XlsxWriter, with shared or with inline strings."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"constant_memory": random.random() < 0.5})
    sheet = workbook.add_worksheet(SHEET)
    dates = [workbook.add_format({"num_format": shape}) for shape in DATE_FORMATS]
    numbers = [workbook.add_format({"num_format": shape}) for shape in NUMBER_FORMATS]
    bold = workbook.add_format({"bold": True})
    found: dict[tuple[int, int], Written] = {}
    for row, column in _places(random):
        at, shape = (row - 1, column - 1), random.choice(numbers)
        match random.randrange(8):
            case 0 | 1:
                found[row, column] = Written(Holds.TEXT, text := _text(random))
                sheet.write_string(*at, text, shape)
            case 2 | 3:
                found[row, column] = Written(Holds.NUMBER, number := _number(random))
                sheet.write_number(*at, number, shape)
            case 4:
                day = _day(random)
                found[row, column] = Written(Holds.NUMBER, to_excel(day))
                sheet.write_datetime(*at, day, random.choice(dates))
            case 5:
                found[row, column] = Written(Holds.BOOLEAN, truth := random.random() < 0.5)
                sheet.write_boolean(*at, truth)
            case 6:
                formula = random.choice(FORMULAS)
                holds, value = _result(random)
                found[row, column] = Written(holds, value, formula)
                sheet.write_formula(*at, formula, shape, value)
            case _:
                # XlsxWriter escapes what looks like an escape twice in runs, so there is none here.
                first, second, third = (_text(random).replace("_", "-") for _ in range(3))
                found[row, column] = Written(Holds.TEXT, first + second + third)
                assert sheet.write_rich_string(*at, first, bold, second, third) == 0
    sheet.merge_range(ROWS + 1, 0, ROWS + 2, 3, "合并")
    found[ROWS + 2, 1] = Written(Holds.TEXT, "合并")
    sheet.write_blank(ROWS + 4, 0, None, bold)
    workbook.close()
    return out.getvalue(), found


def by_openpyxl(random: Random) -> tuple[bytes, Contents]:
    """Return a random workbook written by openpyxl, whose formulas have no stored values."""
    out = io.BytesIO()
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet
    sheet.title = SHEET
    found: dict[tuple[int, int], Written] = {}
    for row, column in _places(random):
        cell = sheet.cell(row, column)
        match random.randrange(7):
            case 0 | 1:
                text = _text(random)
                # openpyxl writes what only looks like an escape as it is, and Excel then reads an escape.
                found[row, column] = Written(Holds.TEXT, unescape(text))
                cell.value = text
                cell.data_type = "s"
            case 2:
                found[row, column] = Written(Holds.NUMBER, number := _number(random))
                cell.value = number
                cell.number_format = random.choice(NUMBER_FORMATS)
            case 3:
                day = _day(random)
                found[row, column] = Written(Holds.NUMBER, to_excel(day))
                cell.value = day
                cell.number_format = random.choice(DATE_FORMATS)
            case 4:
                found[row, column] = Written(Holds.BOOLEAN, truth := random.random() < 0.5)
                cell.value = truth
            case 5:
                cell.value, cell.data_type = error, _ = random.choice(ERRORS), "e"
                found[row, column] = Written(Holds.ERROR, error)
            case _:
                formula = random.choice(FORMULAS)
                found[row, column] = Written(Holds.NUMBER, None, formula)
                cell.value = formula
    sheet.cell(ROWS + 2, 1).value = "合并"
    sheet.merge_cells(start_row=ROWS + 2, start_column=1, end_row=ROWS + 3, end_column=4)
    found[ROWS + 2, 1] = Written(Holds.TEXT, "合并")
    workbook.save(out)
    return out.getvalue(), found


def _places(random: Random) -> Iterator[tuple[int, int]]:
    """Yield random places in order, as a writer that keeps nothing in memory wants them."""
    yield from sorted({(random.randint(1, ROWS), random.randint(1, COLUMNS)) for _ in range(CELLS)})


def _text(random: Random) -> str:
    return "".join(random.choice(PIECES) for _ in range(random.randint(1, 8)))


def _number(random: Random) -> float:
    return random.choice(
        (
            random.randint(0, 50),
            -random.randint(0, 10**9),
            random.randint(0, 10**15),
            random.uniform(-1, 1) * 10 ** random.randint(-9, 14),
            round(random.uniform(0, 1_000), 2),
        )
    )


def _day(random: Random) -> dt.datetime:
    hours = random.choice((0, 0, random.randint(0, 23)))
    return FIRST_DAY + dt.timedelta(days=random.randint(0, 60_000), hours=hours)


def _result(random: Random) -> tuple[Holds, float | str | bool]:
    """Return what a formula gives. XlsxWriter tells its kind from the value and escapes nothing in it."""
    return random.choice(
        (
            (Holds.NUMBER, _number(random)),
            (Holds.TEXT, "文" + _text(random).replace("_", "-")),
            (Holds.BOOLEAN, random.random() < 0.5),
            (Holds.ERROR, random.choice(ERRORS)),
        )
    )
