"""The workbook that is open in Excel, read by the same code as a file: whole ranges, unsaved changes included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xxgk.excel import com
from xxgk.excel.caller import home_of_book
from xxgk.excel.opened import Opened, Traces, read_opened
from xxgk.formats import newest_form
from xxgk.output.marks.looks import RULE
from xxgk.workbook.layout import layout_of
from xxgk.workbook.reading.index import MAX_COLUMN, MAX_ROW
from xxgk.xlsx.a1 import Cell, Slot
from xxgk.xlsx.book import parse_area
from xxgk.xlsx.cells import SheetCells, Stored, escaped, reference
from xxgk.xlsx.numberformats import Shows, shows

TYPE_CHECKING = False
if TYPE_CHECKING:
    import xlwings

SHOWN = (True, -1)  # xlSheetVisible
LOCAL = r"(?:'(?:[^']|'')*'|[^!']*)!"  # before the name, where it belongs to one sheet
LINKS = "别的文件的链接"

Spot = tuple[int, int]
Box = tuple[int, int, int, int]  # top, left, bottom, right


def open_live(book: xlwings.Book) -> Opened:
    """Return the open workbook as it stands. Raise ``UnreadableWorkbook`` when it is none of ours."""
    boxes = _boxes(layout_of(newest_form()).figures.values())
    opened = _read(book, boxes)
    here = _boxes(opened.places.figures.values())
    # What is merged was looked for where the numbers should be; they may be elsewhere.
    return opened if here == boxes else _read(book, here)


def _read(book: xlwings.Book, boxes: Mapping[str, Box]) -> Opened:
    source = LiveBook(book, boxes)
    return read_opened(source, _traces(source), home_of_book(book))


def _boxes(cells: Iterable[Cell]) -> dict[str, Box]:
    """Return the area around ``cells`` on each sheet."""
    boxes: dict[str, Box] = {}
    for cell in cells:
        top, left, bottom, right = boxes.get(cell.sheet, (cell.row, cell.column, cell.row, cell.column))
        rows, columns = (top, bottom, cell.row), (left, right, cell.column)
        boxes[cell.sheet] = min(rows), min(columns), max(rows), max(columns)
    return boxes


def is_ours(rule: xlwings.main.ConditionalFormat) -> bool:
    """Tell whether a conditional format is one of our marks."""
    return rule.type == "custom" and "".join((rule.formula or "").split()) == f"={RULE}"


class LiveBook:
    """A ``Source`` over an open workbook. Each sheet is read once, so make a new one after every change.

    What is merged is looked for in ``boxes``, by sheet: in the whole book it would take thousands of questions.
    """

    def __init__(self, book: xlwings.Book, boxes: Mapping[str, Box]) -> None:
        self._book, self._boxes = book, boxes
        self._codes: dict[str, Shows | None] = {}
        self._read: dict[str, SheetCells] = {}
        self.sheets: Mapping[str, xlwings.Sheet] = {sheet.name: sheet for sheet in book.sheets}
        self.hidden = frozenset(name for name, sheet in self.sheets.items() if sheet.visible not in SHOWN)
        self.names = _areas((name.name, name.refers_to or "") for name in book.names)
        self.date1904 = com.counts_from_1904(book)

    def cells(self, sheet: str) -> SheetCells:
        """Return the cells of ``sheet``, as far down and right as anything of ours may be."""
        if sheet not in self._read:
            self._read[sheet] = _cells(self.sheets[sheet], self._size(sheet), self._boxes.get(sheet))
            self._codes.update({code: shows(code) for *_, code in self._read[sheet].stored.values() if code})
        return self._read[sheet]

    def size(self, sheet: str) -> int:
        """Return how many cells there are to read."""
        rows, columns = self._size(sheet)
        return rows * columns

    def formats(self) -> Mapping[str, Shows]:
        """Return which number formats, of the cells read so far, show a date or a percentage."""
        return {code: kind for code, kind in self._codes.items() if kind is not None}

    def foreign(self) -> tuple[str, ...]:
        """Return what reaches outside the workbook."""
        return (LINKS,) if com.has_links(self._book) else ()

    def _size(self, sheet: str) -> Spot:
        last = self.sheets[sheet].used_range.last_cell
        return min(last.row, MAX_ROW), min(last.column, MAX_COLUMN)


def _traces(source: LiveBook) -> Traces:
    notes = {
        name: {note.location.get_address(False, False): note.text for note in sheet.notes}
        for name, sheet in source.sheets.items()
    }
    coloured = tuple(
        name for name, sheet in source.sheets.items() if any(map(is_ours, sheet.cells.conditional_formats))
    )
    return Traces({name: found for name, found in notes.items() if found}, coloured)


def _areas(names: Iterable[tuple[str, str]]) -> dict[str, Slot]:
    """Return what names stand for; one of the whole workbook goes before one of a copied sheet."""
    found = {}
    for name, text in sorted(names, key=lambda entry: "!" not in entry[0]):
        own = re.sub(LOCAL, "", name).lower()
        area = parse_area(own, text.removeprefix("="))
        if area is not None:
            found[own] = area
    return found


def _cells(sheet: xlwings.Sheet, size: Spot, box: Box | None) -> SheetCells:
    """Return the cells down to ``size``, and what is merged in ``box``."""
    area = sheet.range((1, 1), size)
    values, found_formulas = com.raw_values(area), area.formula
    formulas = ((found_formulas,),) if isinstance(found_formulas, str) else found_formulas
    strings: list[str] = []
    found: dict[Spot, Stored] = {}
    for row, line in enumerate(zip(values, formulas, strict=True), 1):
        for column, (value, formula) in enumerate(zip(*line, strict=True), 1):
            stored = _stored(value, formula, strings)
            if stored is not None:
                found[row, column] = stored
    numbers = [spot for spot, (kind, text, *_) in found.items() if kind == "n" and text]
    for spot, code in _number_formats(sheet, numbers):
        found[spot] = *found[spot][:3], code
    stored_by_reference = {reference(*spot): stored for spot, stored in found.items()}
    merged = dict.fromkeys(_merged(sheet, box)) if box else {}
    return SheetCells(stored_by_reference, strings, tuple(merged))


def _stored(value: Any, formula: str, strings: list[str]) -> Stored | None:
    """Return a cell as files have it, None for a blank one; texts are added to ``strings``."""
    # A text that begins with "=" is its own formula; a real one never gives its own text.
    made = escaped(formula[1:]) if formula.startswith("=") and formula != value else None
    if value is None or value == "":
        return None if made is None else ("str", "", made, None)
    if isinstance(value, str):
        strings.append(value)
        return "s", str(len(strings) - 1), made, None
    if isinstance(value, bool):
        return "b", str(int(value)), made, None
    if isinstance(value, float):
        return "n", str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value), made, None
    return "e", com.error_text(value), made, None


def _number_formats(sheet: xlwings.Sheet, spots: Iterable[Spot]) -> Iterator[tuple[Spot, str]]:
    """Yield each cell with its number format, asking for areas: Excel gives None for one with several."""
    inside = list(spots)
    if not inside:
        return
    top, bottom = min(row for row, _ in inside), max(row for row, _ in inside)
    left, right = min(column for _, column in inside), max(column for _, column in inside)
    code = sheet.range((top, left), (bottom, right)).number_format
    if code is not None:
        yield from ((spot, code) for spot in inside)
        return
    for box in _halves((top, left, bottom, right)):
        yield from _number_formats(sheet, (spot for spot in inside if _within(spot, box)))


def _merged(sheet: xlwings.Sheet, box: Box) -> Iterator[str]:
    """Yield the merged areas that reach into ``box``, asking for areas: None is one that is merged in part."""
    top, left, bottom, right = box
    area = sheet.range((top, left), (bottom, right))
    if area.merge_cells is False:
        return
    if (top, left) != (bottom, right):
        for half in _halves(box):
            yield from _merged(sheet, half)
        return
    yield area.merge_area.get_address(False, False)


def _halves(box: Box) -> tuple[Box, Box]:
    top, left, bottom, right = box
    if bottom - top >= right - left:
        middle = (top + bottom) // 2
        return (top, left, middle, right), (middle + 1, left, bottom, right)
    middle = (left + right) // 2
    return (top, left, bottom, middle), (top, middle + 1, bottom, right)


def _within(spot: Spot, box: Box) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]
