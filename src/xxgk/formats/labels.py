"""The cells of a printed table, and the labels by which people know its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xxgk.records import Record


class GridCell(Record, eq=False):
    """A printed cell with its merge. ``address`` is set on numbers, ``text`` on labels."""

    row: int
    column: int
    height: int
    width: int
    text: str
    address: str
    header: bool


def derive_labels(cells: Sequence[GridCell]) -> dict[str, tuple[str, ...]]:
    """Return for each address the printed labels: those to its left, then its column heading.

    Where nothing stands to the left (表四) all headings above count, from the top down. ``cells`` come in reading
    order.
    """
    at = {(y, x): cell for cell in cells for y in _rows(cell) for x in _columns(cell)}
    before: dict[GridCell, tuple[str, ...]] = {}
    above: dict[GridCell, tuple[str, ...]] = {}
    labels = {}
    for cell in cells:
        if cell.address:
            left = before[cell] = _heads(at, cell, 0, -1, before)
            top = above[cell] = _heads(at, cell, -1, 0, above)
            labels[cell.address] = (*left, *top[-1:]) if left else top
    return labels


def _rows(cell: GridCell) -> range:
    return range(cell.row, cell.row + cell.height)


def _columns(cell: GridCell) -> range:
    return range(cell.column, cell.column + cell.width)


def _heads(
    at: Mapping[tuple[int, int], GridCell],
    start: GridCell,
    down: int,
    right: int,
    known: Mapping[GridCell, tuple[str, ...]],
) -> tuple[str, ...]:
    """Return the labels that lie in one direction from a number, the nearest last; ``known`` are those of others."""
    y, x = start.row + down, start.column + right
    if (y, x) in at and at[y, x].address:
        return known[at[y, x]]
    found: dict[GridCell, None] = {}
    while (y, x) in at and not at[y, x].address:
        found[at[y, x]] = None
        y, x = y + down, x + right
    return tuple(cell.text for cell in reversed(found))
