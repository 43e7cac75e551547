"""Grids and glyphs become tables; a table that goes on over the end of a page becomes one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from xxgk.published.blocks import Cell, Table
from xxgk.published.pdf_lines import cell_text, digit_gaps, seen_lines
from xxgk.published.pdf_page import Glyph
from xxgk.published.pdf_rules import NEAR, Box, Grid
from xxgk.records import Record, replace

ENOUGH_GAPS = 5  # pairs of digits that tell how a table is spaced
WIDEST_SPACING = 0.8  # of the size: wider is not letter spacing
MOST_PADDING = 8.0  # points; Word keeps 5.4
STRADDLING = "数字压在格线上，分不清属于哪一格"
NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]+[、）)．.]|[0-9０-９]+[.．、])")


class PlacedTable(Record):
    """A table with what tells whether another one goes on with it.

    For a drawn one that is where its column borders are; for one without borders, from where to where the figures of
    each column reach, and how many columns of labels are in ``front`` of them.
    """

    table: Table
    borders: tuple[float, ...] = ()
    spans: tuple[tuple[float, float], ...] = ()
    front: int = 0


def in_grid(glyph: Glyph, grid: Grid) -> bool:
    """Tell whether ``glyph`` stands in the drawn table."""
    x, y = glyph.middle
    return grid.columns[0] <= x <= grid.columns[-1] and grid.rows[0] <= y <= grid.rows[-1]


def rows_are_drawn(grid: Grid, glyphs: Iterable[Glyph]) -> bool:
    """Tell whether ``grid`` parts the rows too: not so where figures stand one below another in its only row."""
    inside = _inside(grid, glyphs)
    return len(grid.rows) > 2 or sum(len(seen_lines(own)) > 1 for own in inside.values()) <= len(inside) / 2


def drawn_table(grid: Grid, glyphs: Iterable[Glyph], page: int) -> PlacedTable:
    """Return the table that is drawn as ``grid``, with the ``glyphs`` that stand in it."""
    inside = _inside(grid, glyphs)
    straddling = _straddling(inside)
    gaps = [gap for own in inside.values() for gap in digit_gaps(own)]
    spacing = usual_spacing(gaps)
    padding = _padding(inside)
    cells = []
    for box in sorted(grid.boxes, key=lambda box: (box.row, box.column)):
        text, doubt = cell_text(inside[box], spacing, box.right - box.left - 2 * padding)
        cells.append(Cell(text, box.row, box.column, box.rows, box.columns, STRADDLING if box in straddling else doubt))
    return PlacedTable(Table(tuple(cells), page), grid.columns)


def usual_spacing(gaps: Sequence[float]) -> float:
    """Return how far apart the digits of a table stand by its style, in parts of their size.

    ``gaps`` are those between digits that only spacing can part. Where they are few, none is usual.
    """
    return median(gaps) if len(gaps) >= ENOUGH_GAPS and median(gaps) < WIDEST_SPACING else 0.0


def _inside(grid: Grid, glyphs: Iterable[Glyph]) -> dict[Box, list[Glyph]]:
    """Return which glyphs stand in which cell."""
    inside: dict[Box, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        x, y = glyph.middle
        box = next((box for box in grid.boxes if box.left <= x <= box.right and box.top <= y <= box.bottom), None)
        if box is not None:
            inside[box].append(glyph)
    return inside


def _padding(inside: Mapping[Box, Sequence[Glyph]]) -> float:
    """Return how far texts keep from the borders at their sides: the least distance, since some line fills its cell."""
    gaps = [
        gap
        for box, glyphs in inside.items()
        for line in seen_lines(glyphs)
        for gap in (line.left - box.left, box.right - line.right)
    ]
    return min(max(min(gaps, default=0.0), 0.0), MOST_PADDING)


def _straddling(inside: Mapping[Box, Sequence[Glyph]]) -> set[Box]:
    """Return the cells between which a number goes on without a gap."""
    ends = [
        (glyph, box) for box, glyphs in inside.items() for glyph in glyphs if glyph.upright and glyph.text.isdecimal()
    ]
    ends.sort(key=lambda end: (round(end[0].bottom), end[0].left))
    found: set[Box] = set()
    for (one, first), (other, second) in pairwise(ends):
        if first != second and abs(one.bottom - other.bottom) < 1 and -1 < other.left - one.right < 0.1 * one.size:
            found |= {first, second}
    return found


def goes_on(upper: PlacedTable, lower: PlacedTable) -> bool:
    """Tell whether ``lower``, at the top of a page, can be the rest of ``upper``, at the end of the page before."""
    if upper.borders and lower.borders:
        return all(abs(upper.borders[end] - lower.borders[end]) <= 2 * NEAR for end in (0, -1))
    pairs = list(zip(upper.spans, lower.spans, strict=False))
    same = len(upper.spans) == len(lower.spans) > 0
    return same and all(one[0] < other[1] and other[0] < one[1] for one, other in pairs)


def joined(upper: PlacedTable, lower: PlacedTable) -> PlacedTable:
    """Return both parts as one table; heading rows repeated at the top of ``lower`` are left out."""
    borders = _all_places(upper.borders, lower.borders)
    front = max(upper.front, lower.front)
    above = _on_columns(upper, borders) if borders else _behind(upper, front)
    below = _on_columns(lower, borders) if borders else _behind(lower, front)
    below = _without_repeated(above, below)
    height = max((cell.row + cell.rows for cell in above), default=0)
    shifted = [replace(cell, row=cell.row + height) for cell in below]
    table = Table(tuple(_mended_row(above, shifted, height)), upper.table.page)
    spans = (
        tuple((min(a, c), max(b, d)) for (a, b), (c, d) in zip(upper.spans, lower.spans, strict=True))
        if not borders
        else ()
    )
    return PlacedTable(table, borders, spans, front)


def _behind(placed: PlacedTable, front: int) -> list[Cell]:
    """Return the cells with ``front`` columns of labels: what was the last of them reaches up to the figures."""
    more = front - placed.front
    return [
        replace(cell, column=cell.column + more)
        if cell.column >= placed.front
        else replace(cell, columns=cell.columns + (more if cell.column + cell.columns == placed.front else 0))
        for cell in placed.table.cells
    ]


def _all_places(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    places = list(one)
    places += [x for x in other if all(abs(x - known) > 2 * NEAR for known in one)]
    return tuple(sorted(places))


def _on_columns(placed: PlacedTable, columns: Sequence[float]) -> list[Cell]:
    """Return the cells with columns counted in the finer ``columns``."""
    index = [min(range(len(columns)), key=lambda i: abs(columns[i] - x)) for x in placed.borders]
    return [
        replace(cell, column=index[cell.column], columns=index[cell.column + cell.columns] - index[cell.column])
        for cell in placed.table.cells
    ]


def _without_repeated(above: Sequence[Cell], below: Sequence[Cell]) -> list[Cell]:
    first, second = _shape(above), _shape(below)
    count = 0
    while count in second and second[count] == first.get(count) and any(text for _, _, text in second[count]):
        count += 1
    # A row of numbers may be like another by chance; headings hold none.
    if any(cell.text.strip().isdecimal() for cell in below if cell.row < count):
        return list(below)
    return [replace(cell, row=cell.row - count) for cell in below if cell.row >= count]


def _shape(cells: Iterable[Cell]) -> dict[int, list[tuple[int, int, str]]]:
    rows: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append((cell.column, cell.columns, "".join(cell.text.split())))
    return rows


def _mended_row(above: Sequence[Cell], below: Sequence[Cell], height: int) -> list[Cell]:
    """Put a row together that the end of the page cut: the rest of a label, and figures on one of both pages only.

    The rest of a label has no number of its own; a row that is only blank in the report keeps its own label.
    """
    last = {cell.column: cell for cell in above if cell.row == height - 1 and cell.rows == 1}
    first = {cell.column: cell for cell in below if cell.row == height and cell.rows == 1}
    both = [column for column, cell in first.items() if cell.text and column in last and last[column].text]
    same = first.keys() <= last.keys() and all(last[column].columns == cell.columns for column, cell in first.items())
    if not same or len(both) != 1 or not _is_rest(first[both[0]].text):
        return [*above, *below]
    upper, lower = ({column for column, cell in row.items() if cell.text} - set(both) for row in (last, first))
    if upper & first.keys() and lower:
        return [*above, *below]
    mended = [
        replace(cell, text="\n".join(filter(None, (cell.text, rest.text))), doubt=cell.doubt or rest.doubt)
        if (rest := first.get(cell.column)) is not None and cell is last.get(cell.column)
        else cell
        for cell in above
    ]
    return [*mended, *(replace(cell, row=cell.row - 1) for cell in below if cell is not first.get(cell.column))]


def _is_rest(text: str) -> bool:
    return NUMBERED.match(text) is None and not text.replace(".", "", 1).isdecimal()
