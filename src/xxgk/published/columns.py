"""Which cell of a row stands under which heading: by where the cells are, else by their order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xxgk.published.blocks import Cell
from xxgk.published.found import Spot
from xxgk.records import Record
from xxgk.report import Reading
from xxgk.texts import BLANKS
from xxgk.workbook.reading.numbers import read_number

NUMBER = re.compile(r"\d[\d.,．，]*")


class PlacedRow(Record, eq=False):
    """A row of a published table: the cells that cover it, from the left, and those that begin in it.

    ``width`` is how many columns the whole table has; rows of equal width share their columns. A ``longer`` row ends
    farther to the right than most: a cell of it may have been split.
    """

    covering: tuple[Cell, ...]
    beginning: tuple[Cell, ...]
    spot: Spot
    width: int
    longer: bool


# A heading's cell and the row in which it begins.
Heading = tuple[Cell, PlacedRow]
# The cells over the numbers of a band (None where not found), and the others among the headings.
Heads = tuple[list[Heading | None], list[Heading]]


class Assigned(Record):
    """The cell for each heading (None where there is none), whether only their order tells, and which are unclear."""

    cells: tuple[Cell | None, ...]
    by_order: bool = False
    unclear: tuple[int, ...] = ()


def assign(values: Sequence[Cell], heads: Heads, row: PlacedRow, lost: int) -> Assigned:
    """Return the cells of ``values`` for the headings; those that cannot be told are unclear.

    ``lost`` is how many blank cells the label of the row may have left behind where it is no longer merged.
    """
    leaves, others = heads
    crowded = any(_is_crowded(cell) for cell in values)
    cells = None if crowded else by_columns(values, leaves, others, row)
    if cells is not None:
        return Assigned(tuple(cells))
    own = values[: len(values) - _remarks(values, others)]
    cells = None if crowded else by_sequence(own, leaves, lost)
    if cells is not None:
        return Assigned(tuple(cells), by_order=True)
    merged = merged_columns(values, leaves, row)
    if merged:
        over = [head[0] for n in merged if (head := leaves[n]) is not None]
        whole = [cell for cell in values if not any(_overlap(head, cell) for head in over)]
        cells = by_columns(whole, [None if n in merged else head for n, head in enumerate(leaves)], others, row)
    if cells is not None:
        return Assigned(tuple(cells), unclear=tuple(merged))
    return Assigned((None,) * len(leaves), unclear=tuple(range(len(leaves))))


def by_columns(
    values: Sequence[Cell],
    heads: Sequence[Heading | None],
    others: Sequence[Heading],
    row: PlacedRow,
) -> list[Cell | None] | None:
    """Return for each heading the cell that stands under it, or None when some cell stands under none or two.

    A cell under a heading that the form does not have is left aside.
    """
    known = [head for head in heads if head is not None]
    if row.longer or not known or any(placed.width != row.width for _, placed in known):
        return None
    if any(_overlap(one, other) for n, (one, _) in enumerate(known) for other, _ in known[n + 1 :]):
        return None
    under: list[list[Cell]] = [[] for _ in heads]
    for value in values:
        hits = [n for n, head in enumerate(heads) if head is not None and _overlap(head[0], value)]
        written = bool(value.text.strip(BLANKS))
        foreign = any(_overlap(other, value) for other, placed in others if placed.width == row.width)
        if len(hits) > 1 or (not hits and written and not foreign):
            return None
        if hits:
            under[hits[0]].append(value)
    found: list[Cell | None] = []
    for head, cells in zip(heads, under, strict=True):
        written_cells = [cell for cell in cells if cell.text.strip(BLANKS)]
        if len(written_cells) > 1 or (head is not None and not cells):
            return None
        found.append((*written_cells, *cells, None)[0])
    return found


def merged_columns(values: Sequence[Cell], heads: Sequence[Heading | None], row: PlacedRow) -> list[int]:
    """Return which headings have one cell for two or more of them under it, exactly as wide as they are together."""
    known = [head[0] for head in heads if head is not None]
    if any(_overlap(one, other) for n, one in enumerate(known) for other in known[n + 1 :]):
        return []
    found: list[int] = []
    for value in values:
        over = [(n, head[0]) for n, head in enumerate(heads) if head is not None and _overlap(head[0], value)]
        if len(over) > 1 and (value.column, _end(value)) == (over[0][1].column, _end(over[-1][1])):
            found += [n for n, _ in over]
    return found


def by_sequence(values: Sequence[Cell], heads: Sequence[Heading | None], lost: int) -> list[Cell | None] | None:
    """Return the cells one by one for the headings, or None when they are not as many, or a heading is missing.

    ``lost`` is how many blank cells the label of the row may have left behind where it is no longer merged.
    """
    if any(head is None for head in heads):
        return None
    if len(values) == len(heads) + lost and not any(cell.text.strip(BLANKS) for cell in values[:lost]):
        values = values[lost:]
    return list(values) if len(values) == len(heads) else None


def _remarks(values: Sequence[Cell], others: Sequence[Heading]) -> int:
    """Return how many columns at the right, each with a heading of its own, have no number in this row."""
    columns = 0
    for cell, row in others:
        written = [one for one in row.beginning if one.text.strip(BLANKS)]
        columns += len(written) > 1 and written[-1] is cell
    last = values[len(values) - columns :]
    return columns if columns < len(values) and not any(NUMBER.search(cell.text) for cell in last) else 0


def _is_crowded(cell: Cell) -> bool:
    """Tell whether several numbers stand in a cell: then those beside it may stand in the wrong ones, too.

    Not so where the reader itself says what it could not tell within this one cell.
    """
    if cell.doubt:
        return False
    figure = read_number(cell.text)
    return figure is not None and figure.reading is Reading.UNREADABLE and len(NUMBER.findall(cell.text)) > 1


def _end(cell: Cell) -> int:
    return cell.column + cell.columns


def _overlap(one: Cell, other: Cell) -> bool:
    return one.column < other.column + other.columns and other.column < one.column + one.columns
