"""Which number formats show a date or a percentage, as openpyxl and the programs have them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from xxgk.xlsx.book import open_book
from xxgk.xlsx.numberformats import Shows, shows

CODES = [
    ("General", None),
    ("G/通用格式", None),
    ("0", None),
    ("#,##0.00", None),
    ("0.00E+00", None),
    ('#,##0"件"', None),
    ('0" days"', None),
    ("[Red]0;-0", None),
    ("_ * #,##0_ ;_ * -#,##0_ ", None),
    ("@", None),
    ("0%", Shows.PERCENT),
    ("0.00%;[Red]-0.00%", Shows.PERCENT),
    ("yyyy-mm-dd", Shows.DATE),
    ('yyyy"年"m"月"d"日"', Shows.DATE),
    ("[$-804]yyyy年m月d日", Shows.DATE),
    ("[DBNum1][$-804]m月d日", Shows.DATE),
    ("h:mm:ss", Shows.DATE),
    ("[h]:mm", Shows.DATE),
]


@pytest.mark.parametrize(("code", "expected"), CODES)
def test_what_a_format_shows(code: str, expected: Shows | None) -> None:
    assert shows(code) is expected


@given(st.sampled_from([code for code in BUILTIN_FORMATS.values() if code != "General"]))
def test_the_built_in_formats_agree_with_openpyxl(code: str) -> None:
    assert (shows(code) is Shows.DATE) == is_date_format(code)


def test_the_formats_of_a_workbook() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row, code in enumerate(("0", "0%", "yyyy-mm-dd", '0"件"', "0.0%", "mm-dd-yy"), start=1):
        sheet.cell(row, 1, 45000).number_format = code
    out = io.BytesIO()
    workbook.save(out)
    book = open_book(out.getvalue())
    cells, formats = book.cells(sheet.title), book.formats()
    found = [formats.get(content.style) for row in range(1, 7) if (content := cells.at(f"A{row}"))]
    assert found == [None, Shows.PERCENT, Shows.DATE, None, Shows.PERCENT, Shows.DATE]
