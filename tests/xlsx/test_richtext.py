"""Cells whose text has formatted runs, however the program stores them."""

from __future__ import annotations

import io

import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from xxgk.xlsx.book import open_book
from xxgk.xlsx.richtext import rich_cells


def test_runs_in_shared_strings_are_found() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        bold = workbook.add_format({"bold": True})
        latin, chinese = (workbook.add_format({"font_name": name}) for name in ("Calibri", "宋体"))
        first, second = workbook.add_worksheet("甲"), workbook.add_worksheet("乙")
        for row, text in enumerate(("平", "平文", "三")):
            first.write_string(row, 0, text)
        first.write_rich_string("B2", "一是", bold, "加强", "领导")
        first.write_string("B3", "全格加粗", bold)
        first.write_number("B4", 3)
        first.write_rich_string("B5", latin, "Excel", chinese, "表格")  # as LibreOffice stores mixed scripts
        second.write_string("B2", "平")
    book = open_book(out.getvalue())
    assert rich_cells(book, "甲") == {"B2"}
    assert rich_cells(book, "乙") == frozenset()


def test_runs_in_the_cell_itself_are_found() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = "平"
    sheet["C3"] = CellRichText("一是", TextBlock(InlineFont(b=True), "加强"))
    sheet["C4"] = 5
    out = io.BytesIO()
    workbook.save(out)
    assert rich_cells(open_book(out.getvalue()), sheet.title) == {"C3"}
