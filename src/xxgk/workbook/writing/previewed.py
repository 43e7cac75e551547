"""Previews of paragraphs with placeholders put into a workbook's bytes, and taken out again."""

from __future__ import annotations

from collections.abc import Iterable

from xxgk.workbook.previews import preview_changes, previews
from xxgk.workbook.reading.locate import locate
from xxgk.workbook.reading.read import report_in
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.book import Book, open_book
from xxgk.xlsx.patch import patch_book
from xxgk.xlsx.sheetpatch import CellChange


def with_previews(data: bytes) -> bytes:
    """Return the workbook ``data`` with the previews of its paragraphs, in place of older ones.

    Raise ``UnreadableWorkbook`` when it is none of ours.
    """
    book = open_book(data)
    places = locate(book)
    return _changed(book, data, preview_changes(places, previews(places, report_in(places, book))))


def without_previews(data: bytes) -> bytes:
    """Return the workbook ``data`` without previews. Raise ``UnreadableWorkbook`` when it is none of ours."""
    book = open_book(data)
    return _changed(book, data, preview_changes(locate(book), {}))


def _changed(book: Book, data: bytes, found: Iterable[tuple[Cell, str | None]]) -> bytes:
    changes: dict[str, dict[tuple[int, int], CellChange]] = {}
    for cell, text in found:
        changes.setdefault(cell.sheet, {})[cell.row, cell.column] = CellChange(text)
    return patch_book(book, changes) if changes else data
