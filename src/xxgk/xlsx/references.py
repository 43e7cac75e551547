"""How cells, ranges, sheets and texts are written in a formula."""

from __future__ import annotations

from collections.abc import Iterable

from xxgk.xlsx.a1 import Cell


def reference(cell: Cell, sheet: str = "") -> str:
    """Return a reference to ``cell``, with its sheet unless that is ``sheet``."""
    return cell.ref if cell.sheet == sheet else f"{quoted(cell.sheet)}!{cell.ref}"


def ranges(cells: Iterable[Cell], sheet: str = "") -> str:
    """Return ``cells``, all of one sheet, as comma separated ranges without overlap.

    Runs down a column are joined, then equal runs side by side: A1, A2, B1, B2, I9 → ``A1:B2,I9``.
    """
    blocks: list[tuple[Cell, Cell]] = []
    for cell in sorted(set(cells), key=lambda cell: (cell.column, cell.row)):
        if blocks and (cell.row - 1, cell.column) == (blocks[-1][1].row, blocks[-1][1].column):
            blocks[-1] = (blocks[-1][0], cell)
        else:
            blocks.append((cell, cell))
    joined: list[tuple[Cell, Cell]] = []
    for first, last in sorted(blocks, key=lambda block: (block[0].row, block[1].row, block[0].column)):
        if joined:
            start, end = joined[-1]
            if (start.row, end.row, end.column + 1) == (first.row, last.row, first.column):
                joined[-1] = (start, last)
                continue
        joined.append((first, last))
    return ",".join(reference(first, sheet) + ("" if first == last else f":{last.ref}") for first, last in joined)


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas quote it."""
    return "'" + sheet.replace("'", "''") + "'"


def literal(value: str) -> str:
    """Return ``value`` as a text constant of a formula."""
    return '"' + value.replace('"', '""') + '"'
