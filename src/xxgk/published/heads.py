"""The headings of a published table: each once, and which says which of the form's."""

from __future__ import annotations

from collections.abc import Sequence

from xxgk.labels import fold
from xxgk.published.blocks import Cell
from xxgk.published.columns import Heading
from xxgk.published.labels import align
from xxgk.published.pattern import Band


def once(cells: list[Heading]) -> list[Heading]:
    """Return headings without those that stand again directly below, as editors write what was merged.

    Only rows that reach over the whole table say what is below what.
    """
    whole = [(cell, row) for cell, row in cells if max(c.column + c.columns for c in row.covering) == row.width]
    below = {(fold(cell.text), cell.row, cell.column, cell.columns) for cell, _ in whole}
    again = {cell for cell, _ in whole if (fold(cell.text), cell.row + cell.rows, cell.column, cell.columns) in below}
    return [(cell, row) for cell, row in cells if cell not in again]


def pairs_of(band: Band, cells: Sequence[Cell]) -> dict[int, tuple[int, float]]:
    """Return for heads of the band, by index, which cell says each, and how well; see ``align``.

    Where they do not come in the form's order, in fewer rows than it has, those over the numbers do from the left.
    """
    pairs = align(band.folded, [cell.text for cell in cells])
    if all(leaf in pairs for leaf in band.leaves):
        return pairs
    order = sorted(range(len(cells)), key=lambda at: (cells[at].column, cells[at].row))
    aligned = align([band.folded[leaf] for leaf in band.leaves], [cells[at].text for at in order])
    if len(aligned) <= sum(leaf in pairs for leaf in band.leaves):
        return pairs
    return {band.leaves[y]: (order[x], score) for y, (x, score) in aligned.items()}
