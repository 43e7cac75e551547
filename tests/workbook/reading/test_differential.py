"""Every cell of random workbooks: what was written, what we read, and what openpyxl and calamine read.

What was written decides. Where the others are known to differ, and why that is no fault of ours:

| reader | what | it says | we say |
|---|---|---|---|
| openpyxl | ``_x005F_x000D_`` and the like in a text | once too often or never resolved | resolved once, as in Excel |
| calamine | an error value | blank | the error |
| calamine | a formula without a stored value | blank | a formula, text "" |
| both | a date | a date, from the cell's format | the number of days that is stored |
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable
from random import Random

import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel
from python_calamine import CalamineWorkbook

from xxgk.xlsx.book import open_book
from xxgk.xlsx.cells import Content, Holds, reference, unescape

from support.hostile_random import COLUMNS, ROWS, SHEET, Contents, Written, by_openpyxl, by_xlsxwriter
from support.sizes import FULL

COUNT = 1_000 if FULL else 30  # workbooks of each writer
BELOW = 6  # rows below the random ones
DAYS = 1e-6  # a tenth of a second

WRITERS: dict[str, Callable[[Random], tuple[bytes, Contents]]] = {"xlsxwriter": by_xlsxwriter, "openpyxl": by_openpyxl}


@pytest.mark.parametrize("writer", WRITERS)
def test_every_cell_is_what_was_written(writer: str) -> None:
    for seed in range(COUNT):
        data, contents = WRITERS[writer](Random(seed))
        book = open_book(data)
        assert list(book.sheets) == [SHEET]
        cells = book.cells(SHEET)
        theirs, stored = openpyxl_values(data), calamine_values(data)
        for row in range(1, ROWS + BELOW):
            for column in range(1, COLUMNS + 1):
                at = reference(row, column)
                ours, written = cells.at(at), contents.get((row, column))
                where = f"{writer} seed {seed} {at}"
                assert same_as_written(ours, written), f"{where}: {ours} for {written}"
                assert agrees_with_openpyxl(ours, theirs.get((row, column))), f"{where}: openpyxl"
                assert agrees_with_calamine(ours, stored.get((row, column))), f"{where}: calamine"


def same_as_written(ours: Content | None, written: Written | None) -> bool:
    if ours is None or written is None:
        return ours is None and written is None
    if (ours.holds, ours.formula) != (written.holds, written.formula):
        return False
    if written.value is None:
        return ours.text == ""
    if written.holds is Holds.NUMBER:
        return same_number(ours.text, float(written.value))
    return ours.text == (str(written.value).upper() if written.holds is Holds.BOOLEAN else written.value)


def same_number(text: str, value: float) -> bool:
    """Return whether a stored number is ``value``; writers keep 16 or 17 digits."""
    return math.isclose(float(text), value, rel_tol=1e-15, abs_tol=1e-300)


def agrees_with_openpyxl(ours: Content | None, theirs: object) -> bool:
    if ours is None or not ours.text:
        return theirs is None
    if ours.holds is Holds.TEXT:
        return isinstance(theirs, str) and settled(theirs) == settled(ours.text)
    return theirs == ours.text if ours.holds is Holds.ERROR else same_value(ours, theirs)


def settled(text: str) -> str:
    """Return ``text`` with no escape left, however often it had been escaped."""
    resolved = unescape(text)
    return text if resolved == text else settled(resolved)


def agrees_with_calamine(ours: Content | None, theirs: object) -> bool:
    if ours is None or not ours.text or ours.holds is Holds.ERROR:
        return theirs in (None, "")
    return theirs == ours.text if ours.holds is Holds.TEXT else same_value(ours, theirs)


def same_value(ours: Content, theirs: object) -> bool:
    """Return whether a boolean, a number or a date is what another reader says."""
    if isinstance(theirs, bool):
        return ours.holds is Holds.BOOLEAN and ours.text == str(theirs).upper()
    if ours.holds is not Holds.NUMBER:
        return False
    if isinstance(theirs, dt.date | dt.time | dt.timedelta):
        return abs(to_excel(theirs) - float(ours.text)) < DAYS
    return isinstance(theirs, int | float) and same_number(ours.text, theirs)


def openpyxl_values(data: bytes) -> dict[tuple[int, int], object]:
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[SHEET]
    return {(cell.row, cell.column): cell.value for line in sheet.iter_rows() for cell in line}


def calamine_values(data: bytes) -> dict[tuple[int, int], object]:
    lines = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    return {(row, column): value for row, line in enumerate(lines, 1) for column, value in enumerate(line, 1)}
