"""The sheets of a workbook, each read and searched once, and what its defined names say about them."""

from __future__ import annotations

from collections.abc import Mapping

from xxgk.errors import UnreadableWorkbook
from xxgk.records import replace
from xxgk.workbook.layout import Layout
from xxgk.workbook.printed import Pattern, slots_by_pattern
from xxgk.workbook.reading.index import TextIndex, index_texts
from xxgk.xlsx.a1 import Slot
from xxgk.xlsx.cells import SheetCells

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.workbook.reading.source import Source

MAX_EXTENT = 1_000  # rows or columns of a slot that are looked at, whatever a name claims
MAX_SEARCHED = 4_000_000  # bytes of sheets that are looked through; the standard workbook has 0.3 million
NOTHING = TextIndex({}, {})


class Sheets:
    """Sheets by name. Reading and indexing one is remembered."""

    def __init__(self, book: Source, read: Mapping[str, SheetCells]) -> None:
        self.book = book
        self._read = dict(read)
        self._indexes: dict[str, TextIndex] = {}
        self._room = MAX_SEARCHED

    def cells(self, sheet: str) -> SheetCells:
        """Return the cells of a sheet. Raise ``UnreadableWorkbook`` when it is damaged."""
        if sheet not in self._read:
            self._read[sheet] = self.book.cells(sheet)
        return self._read[sheet]

    def index(self, sheet: str) -> TextIndex:
        """Return the texts of a sheet; none when it is damaged or there is too much to look through."""
        if sheet not in self._indexes:
            self._indexes[sheet] = index_texts(self.cells(sheet)) if self._within_reach(sheet) else NOTHING
        return self._indexes[sheet]

    def _within_reach(self, sheet: str) -> bool:
        if sheet in self._read:
            return True
        size = self.book.size(sheet)
        if size > self._room:
            return False
        self._room -= size
        try:
            self.cells(sheet)
        except UnreadableWorkbook:
            return False
        return True


def named_area(book: Source, slot: Slot) -> Slot | None:
    """Return what the name of ``slot`` stands for in ``book``, or None where it is lost or points nowhere."""
    area = book.names.get(slot.name)
    if area is None or area.sheet not in book.sheets:
        return None
    return replace(area, height=min(area.height, MAX_EXTENT), width=min(area.width, MAX_EXTENT))


def home_sheets(book: Source, layout: Layout, pattern: Pattern) -> list[str]:
    """Return the sheets on which ``pattern`` should be: where its names point, and that of the standard name."""
    areas = [named_area(book, slot) for slot in slots_by_pattern(layout.form)[pattern.key].values()]
    named = [area.sheet for area in areas if area is not None]
    return [sheet for sheet in dict.fromkeys((*named, pattern.sheet)) if sheet in book.sheets]


def named_shift(book: Source, layout: Layout, pattern: Pattern, sheet: str) -> tuple[int, int] | None:
    """Return by how many rows and columns the names say that all of ``pattern`` moved; None when they disagree."""
    shifts = set()
    for slot in slots_by_pattern(layout.form)[pattern.key].values():
        area = named_area(book, slot)
        if area is None or area.sheet != sheet or (area.height, area.width) != (slot.height, slot.width):
            return None
        shifts.add((area.row - slot.row, area.column - slot.column))
    return shifts.pop() if len(shifts) == 1 else None
