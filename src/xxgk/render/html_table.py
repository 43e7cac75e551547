"""The official tables as rows of HTML cells, with what tells each number its headers (WCAG 2.1, 1.3.1)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from xxgk.records import Record
from xxgk.render.document import Cell, TableBlock

Place = tuple[int, int]
_DIGITS = re.compile(r"[-.\d]+")


class Shape(NamedTuple):
    """A cell without its text."""

    row: int
    column: int
    height: int
    width: int
    header: bool


class HtmlCell(Record):
    """A th or td. ``id`` and ``scope`` are set on headers, ``headers`` (ids) on numbers.

    ``classes`` tell how it is set, and which of the columns of labels a label begins in.
    """

    cell: Cell
    id: str
    scope: str
    headers: str
    classes: str


class RowGroup(Record):
    """A thead or tbody."""

    tag: str
    rows: tuple[tuple[HtmlCell, ...], ...]


class HtmlTable(Record):
    """A table with its row groups; ``number`` makes ids unique, ``widths`` are percentages.

    ``digits`` is the length of its longest number.
    """

    number: int
    block: TableBlock
    groups: tuple[RowGroup, ...]
    widths: tuple[float, ...]
    digits: int


def html_table(block: TableBlock, number: int) -> HtmlTable:
    """Return ``block``, the page's table of that ``number``."""
    whole = sum(block.widths)
    widths = tuple(round(100 * width / whole, 2) for width in block.widths)
    numbers = (digits for cell in block.cells if not cell.header for digits in _DIGITS.findall(cell.text))
    return HtmlTable(number, block, row_groups(block, number), widths, max(map(len, numbers), default=1))


def row_groups(block: TableBlock, number: int) -> tuple[RowGroup, ...]:
    """Return the rows of ``block``: a head that holds for all of them, or groups that begin with their own headers."""
    shapes = tuple(Shape(cell.row, cell.column, cell.height, cell.width, cell.header) for cell in block.cells)
    headers = headers_of(shapes, number)
    rows = [tuple(_html_cell(block, cell, number, headers) for cell in row) for row in block.rows()]
    starts = [n for n in range(block.height) if n == 0 or (n in block.header_rows and n - 1 not in block.header_rows)]
    if block.head:
        starts = [0, block.head]
    ends = [*starts[1:], block.height]
    return tuple(
        RowGroup("thead" if end <= block.head else "tbody", tuple(rows[start:end]))
        for start, end in zip(starts, ends, strict=True)
    )


def _html_cell(block: TableBlock, cell: Cell, number: int, headers: Mapping[Place, str]) -> HtmlCell:
    if not cell.header:
        return HtmlCell(cell, "", "", headers[cell.row, cell.column], "")
    classes = ["left"] if block.reads_left(cell) else []
    if cell.column < block.header_columns:
        classes.append(f"label{cell.column}")
    return HtmlCell(cell, _id(number, cell), _scope(block, cell), "", " ".join(classes))


def _scope(block: TableBlock, cell: Cell) -> str:
    if cell.width == block.width:
        return "rowgroup"
    if cell.row in block.header_rows:
        return "col" if cell.width == 1 else "colgroup"
    return "row" if cell.height == 1 else "rowgroup"


@functools.lru_cache(maxsize=16)
def headers_of(shapes: tuple[Shape, ...], number: int) -> Mapping[Place, str]:
    """Return for each number the ids of its headers, outermost first.

    Those are the headers to its left, then those above it up to other numbers. The tables of a form have always the
    same shapes, and to look for headers takes longer than all the rest of a page.
    """
    at = {
        (row, column): shape
        for shape in shapes
        for row in range(shape.row, shape.row + shape.height)
        for column in range(shape.column, shape.column + shape.width)
    }
    return {
        (shape.row, shape.column): " ".join(
            _id(number, header) for header in (*_walk(shape, at, 0, -1), *_walk(shape, at, -1, 0))
        )
        for shape in shapes
        if not shape.header
    }


def _walk(start: Shape, at: Mapping[Place, Shape], down: int, right: int) -> list[Shape]:
    found: list[Shape] = []
    place = (start.row + down, start.column + right)
    while (shape := at.get(place)) is not None and not (found and not shape.header):
        if shape.header and shape not in found:
            found.insert(0, shape)
        place = (place[0] + down, place[1] + right)
    return found


def _id(number: int, cell: Cell | Shape) -> str:
    return f"t{number}-{cell.row}-{cell.column}"
