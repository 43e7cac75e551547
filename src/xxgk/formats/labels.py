"""The cells of a printed table, and the labels by which people know its numbers."""

from __future__ import annotations

from collections.abc import Sequence

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

    Where nothing stands to the left (表四) all headings above count, from the top down.
    """
    at = {(y, x): cell for cell in cells for y in _rows(cell) for x in _columns(cell)}
    labels = {}
    for cell in cells:
        if cell.address:
            left = _walk(at, cell, 0, -1)
            top = _walk(at, cell, -1, 0)
            labels[cell.address] = (*left, *top[-1:]) if left else tuple(top)
    return labels


def _rows(cell: GridCell) -> range:
    return range(cell.row, cell.row + cell.height)


def _columns(cell: GridCell) -> range:
    return range(cell.column, cell.column + cell.width)


def _walk(at: dict[tuple[int, int], GridCell], start: GridCell, down: int, right: int) -> list[str]:
    found: list[GridCell] = []
    y, x = start.row + down, start.column + right
    while (y, x) in at:
        cell = at[y, x]
        if cell.address and found:
            break
        if not cell.address and cell not in found:
            found.append(cell)
        y, x = y + down, x + right
    return [cell.text for cell in reversed(found)]
