"""Headings of tables without drawn borders: which of them are one row, and over which columns each of them stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

from xxgk.published.blocks import Cell
from xxgk.published.pdf_lines import SeenLine
from xxgk.published.pdf_page import Glyph
from xxgk.records import Record, replace

UNPLAIN = 0.3  # of the distance of two columns: a heading further off may as well stand over others


class Block(Record):
    """Lines one below another that make up one label."""

    lines: tuple[SeenLine, ...]

    @property
    def left(self) -> float:
        """Where its leftmost line begins."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """Where its rightmost line ends."""
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.lines[-1].bottom

    @property
    def middle(self) -> float:
        """Half-way from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half-way from left to right."""
        return (self.left + self.right) / 2

    @property
    def size(self) -> float:
        """The size of its characters."""
        return self.lines[0].size

    @property
    def glyphs(self) -> list[Glyph]:
        """Its characters, line by line."""
        return [glyph for line in self.lines for glyph in line.glyphs]


def levels_of(heads: Sequence[Block]) -> dict[Block, float]:
    """Return at which height each heading counts: those side by side are one row, whether of one line or of three."""
    found: dict[Block, float] = {}
    for head in sorted(heads, key=lambda head: head.middle):
        beside = [
            other for other in found if other.top < head.middle < other.bottom or head.top < other.middle < head.bottom
        ]
        found[head] = found[beside[-1]] if beside else head.middle
    return found


def reaching_down(cell: Cell, cells: Sequence[Cell]) -> Cell:
    """Return a heading as reaching down to the next cell below it."""
    end = cell.column + cell.columns
    below = [
        other.row
        for other in cells
        if other.row > cell.row and other.column < end and cell.column < other.column + other.columns
    ]
    return replace(cell, rows=min(below) - cell.row) if below else cell


def spans_of(
    heads: Sequence[Block], rows: Sequence[SeenLine], columns: Sequence[tuple[float, float]]
) -> dict[Block, tuple[int, int]]:
    """Return the first and the last column of the headings for which that is plain."""
    found: dict[Block, tuple[int, int]] = {}
    edges = [float("-inf"), *(row.middle for row in rows), float("inf")]
    for above, below in pairwise(edges):
        zone = sorted((head for head in heads if above < head.middle < below), key=lambda head: head.left)
        if lowest := _lowest(zone, columns):
            found |= _by_lowest(zone, lowest)
        elif not any(_beside(one, other) for one, other in combinations(zone, 2)):
            found |= dict.fromkeys(zone, (0, len(columns) - 1))
    return found


def _beside(one: Block, other: Block) -> bool:
    return one.top < other.middle < one.bottom or other.top < one.middle < other.bottom


def _lowest(zone: Sequence[Block], columns: Sequence[tuple[float, float]]) -> list[Block]:
    """Return the headings right above the figures, one for each column, or nothing when they are not all there."""
    by_height = sorted(zone, key=lambda head: (-round(head.bottom / 2), head.right - head.left))
    lowest = sorted(by_height[: len(columns)], key=lambda head: head.left)
    apart = (columns[-1][1] - columns[0][0]) / len(columns)
    near = all(abs(head.centre - sum(span) / 2) < apart for head, span in zip(lowest, columns, strict=False))
    clear = all(left.right <= right.left for left, right in pairwise(lowest))
    return lowest if len(lowest) == len(columns) and near and clear else []


def _by_lowest(zone: Sequence[Block], lowest: Sequence[Block]) -> dict[Block, tuple[int, int]]:
    """Return the columns of all headings of a table, of which the ``lowest`` have one each.

    Those above divide the columns of what stands above them, or all columns, without leaving one out. They stand in
    the middle of theirs or begin where the first of them begins, all in the same way.
    """
    found = {head: (index, index) for index, head in enumerate(lowest)}
    bands: list[list[Block]] = []
    for head in sorted((head for head in zone if head not in found), key=lambda head: head.middle):
        if bands and _beside(bands[-1][-1], head):
            bands[-1].append(head)
        else:
            bands.append([head])
    best: tuple[float, dict[Block, tuple[int, int]]] = (float("inf"), {})
    for place in (_middle, _start):
        off, spans = 0.0, dict[Block, tuple[int, int]]()
        for band in bands:
            row = sorted({*band, *(head for head in lowest if _beside(band[0], head))}, key=lambda head: head.left)
            for (first, last), part in _parts(row, spans, lowest):
                worst, divided = _divided(part, lowest, first, last, place)
                off = max(off, worst)
                # One under another, each over the same columns: the lower one rather stands over some of them.
                spans |= {head: span for head, span in divided.items() if span not in spans.values()}
        best = min(best, (off, spans), key=lambda pair: pair[0])
    apart = (lowest[-1].centre - lowest[0].centre) / max(1, len(lowest) - 1)
    return best[1] | found if best[0] <= UNPLAIN * apart else found


def _parts(
    row: Sequence[Block], above: Mapping[Block, tuple[int, int]], lowest: Sequence[Block]
) -> list[tuple[tuple[int, int], list[Block]]]:
    """Return the headings of ``row`` with the columns that they divide: those of the heading above them."""
    narrow: dict[tuple[int, int], list[Block]] = {}
    for head in row:
        spans = [
            (first, last)
            for first, last in above.values()
            if lowest[first].left - head.size <= head.centre <= lowest[last].right + head.size
        ]
        span = min(spans, key=lambda span: span[1] - span[0], default=(0, len(lowest) - 1))
        narrow.setdefault(span, []).append(head)
    return list(narrow.items())


def _middle(first: Block, last: Block) -> float:
    return (first.left + last.right) / 2


def _start(first: Block, _last: Block) -> float:
    return first.left


def _divided(
    heads: Sequence[Block], lowest: Sequence[Block], start: int, end: int, place: Callable[[Block, Block], float]
) -> tuple[float, dict[Block, tuple[int, int]]]:
    """Return how far off ``heads`` are at most when they divide the columns from ``start`` to ``end``, and how."""

    @cache
    def best(index: int, first: int) -> tuple[float, float, tuple[tuple[int, int], ...]]:
        if index == len(heads):
            return (0.0 if first > end else float("inf")), 0.0, ()
        found: tuple[float, float, tuple[tuple[int, int], ...]] = (float("inf"), 0.0, ())
        aim = heads[index].centre if place is _middle else heads[index].left
        for last in range(first, end + 1):
            off = abs(place(lowest[first], lowest[last]) - aim)
            total, worst, spans = best(index + 1, last + 1)
            found = min(found, (off + total, max(off, worst), ((first, last), *spans)))
        return found

    total, worst, spans = best(0, start)
    return (worst, dict(zip(heads, spans, strict=True))) if total < float("inf") else (total, {})
