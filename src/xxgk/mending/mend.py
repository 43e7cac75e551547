"""The safe mendings made in the bytes of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xxgk.checks.subject import Spot
from xxgk.mending.safe import Mending, harmless, safe_mendings
from xxgk.narrative.words import Words
from xxgk.records import Record
from xxgk.report import Report
from xxgk.workbook.reading.locate import Places, locate
from xxgk.workbook.reading.read import read_report, report_in
from xxgk.workbook.writing.placed import formulas_elsewhere, stale_formulas
from xxgk.xlsx.a1 import Cell, parse_reference
from xxgk.xlsx.book import Book, open_book
from xxgk.xlsx.numberformats import Shows
from xxgk.xlsx.patch import Changes, patch_book
from xxgk.xlsx.richtext import rich_cells
from xxgk.xlsx.sheetpatch import CellChange


class Mended(Record):
    """A mended workbook and what was mended; ``formatted`` are the places left alone for the sake of their formats.

    ``report`` is what the workbook says now.
    """

    data: bytes
    mendings: tuple[Mending, ...]
    formatted: tuple[Spot, ...]
    report: Report


def mend_workbook(data: bytes, words: Words | None = None) -> Mended:
    """Return the workbook ``data`` with its safe mendings made; without any it is returned as it is.

    Only the mended cells change, and the values that our formulas carry where they depend on them. Formulas in
    input cells stay; so does what an office's ``words`` let stand. Raise ``UnreadableWorkbook`` when ``data`` is no
    workbook of ours.
    """
    book = open_book(data)
    places = locate(book)
    report = report_in(places, book)
    shows = book.formats()
    typed = [mending for mending in safe_mendings(report, words) if _is_plain(places, shows, mending)]
    rich = _formatted(book, typed)
    formatted = tuple(mending.spot for mending in typed if _cell(mending) in rich)
    mendings, mended = harmless(report, [mending for mending in typed if _cell(mending) not in rich])
    if not mendings:
        return Mended(data, (), formatted, report)
    data = patch_book(book, _changes(book, places, mendings, mended))
    return Mended(data, mendings, formatted, read_report(data))


def _cell(mending: Mending) -> Cell:
    row, column = parse_reference(mending.spot.place.cell)
    return Cell(mending.spot.place.sheet, row, column)


def _is_plain(places: Places, shows: Mapping[str, Shows], mending: Mending) -> bool:
    """Tell whether the cell holds a constant, in a format that would not show a number as a date or a percentage."""
    content = places.content(_cell(mending))
    return content is not None and not content.formula and content.style not in shows


def _formatted(book: Book, mendings: Iterable[Mending]) -> frozenset[Cell]:
    cells = {_cell(mending) for mending in mendings}
    rich = {sheet: rich_cells(book, sheet) for sheet in {cell.sheet for cell in cells}}
    return frozenset(cell for cell in cells if cell.ref in rich[cell.sheet])


def _changes(book: Book, places: Places, mendings: Iterable[Mending], report: Report) -> Changes:
    changes: dict[str, dict[tuple[int, int], CellChange]] = {}
    for cell, change in (*stale_formulas(places, report), *formulas_elsewhere(book, places, report)):
        changes.setdefault(cell.sheet, {})[cell.row, cell.column] = change
    for mending in mendings:
        cell = _cell(mending)
        changes.setdefault(cell.sheet, {})[cell.row, cell.column] = CellChange(mending.after)
    return changes
