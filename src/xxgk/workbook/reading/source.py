"""What the reader needs of a workbook: a file has it, and so has one that is open in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from xxgk.xlsx.a1 import Slot
from xxgk.xlsx.cells import SheetCells
from xxgk.xlsx.numberformats import Shows


class Source(Protocol):
    """A workbook to read; see ``xxgk.xlsx.book.Book``, the one in a file."""

    @property
    def sheets(self) -> Mapping[str, object]:
        """The sheets by name, in order."""

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the sheets that are not shown."""

    @property
    def names(self) -> Mapping[str, Slot]:
        """The rectangles that defined names, in lower case, stand for."""

    @property
    def date1904(self) -> bool:
        """Whether days count from 1904."""

    def cells(self, sheet: str) -> SheetCells:
        """Read the cells of a sheet."""

    def size(self, sheet: str) -> int:
        """Return how much there is to read in a sheet, in bytes or the like."""

    def formats(self) -> Mapping[str, Shows]:
        """Return which cell formats, by the style that cells name, show a date or a percentage."""

    def foreign(self) -> tuple[str, ...]:
        """Return what reaches outside the workbook or could run, in words for staff."""
