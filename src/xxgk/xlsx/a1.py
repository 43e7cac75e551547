"""Cells, rectangles and column letters."""

from __future__ import annotations

import re

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record
from xxgk.xlsx.package import DAMAGED

Position = tuple[int, int]  # row and column, from 1
CORNER = r"\$?([A-Z]{1,3})\$?([0-9]{1,7})"


class Cell(Record):
    """A cell of a workbook; row and column count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def ref(self) -> str:
        """The reference within the sheet, such as ``D7``."""
        return f"{column_letter(self.column)}{self.row}"


class Slot(Record):
    """A named rectangle. ``name`` is the workbook's defined name."""

    name: str
    sheet: str
    row: int
    column: int
    height: int = 1
    width: int = 1

    @property
    def cell(self) -> Cell:
        """The top left cell."""
        return Cell(self.sheet, self.row, self.column)

    @property
    def end(self) -> Cell:
        """The bottom right cell."""
        return Cell(self.sheet, self.row + self.height - 1, self.column + self.width - 1)

    def __contains__(self, cell: Cell) -> bool:
        return (
            cell.sheet == self.sheet
            and self.row <= cell.row < self.row + self.height
            and self.column <= cell.column < self.column + self.width
        )


def column_letter(number: int) -> str:
    """Return the letters of column ``number`` (1 is A)."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_reference(text: str) -> tuple[int, int]:
    """Return row and column of a reference such as ``D7``. Raise ``UnreadableWorkbook`` when it is none."""
    found = re.fullmatch(CORNER, text)
    if found is None:
        raise UnreadableWorkbook(DAMAGED)
    return int(found[2]), column_number(found[1])


def column_number(letters: str) -> int:
    """Return the number of the column with these letters (A is 1)."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
