"""The printed grid of a table, drawn line by line: merges and addresses."""

from __future__ import annotations

from collections.abc import Sequence

from xxgk.formats.labels import GridCell


class GridError(ValueError):
    """The grid of a table does not describe a table; the message says where."""


def parse_grid(
    table: str, lines: Sequence[Sequence[str]], columns: Sequence[str], header_rows: Sequence[int], header_columns: int
) -> tuple[tuple[GridCell, ...], int, int]:
    """Return the cells of ``lines`` in reading order, the height and the width.

    ``lines`` holds labels, ``<`` and ``^`` (merged with the left or upper neighbour),
    ``{row.column}`` and ``{row.*}``. Raise ``GridError`` on ragged lines and impossible merges.
    """
    rows = [_expand(line, columns) for line in lines]
    width = len(rows[0]) if rows else 0
    for number, row in enumerate(rows):
        if len(row) != width:
            raise GridError(f"grid line {number + 1} has {len(row)} cells, the first has {width}")
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    extent: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            anchor = owner.get((r, c - 1)) if text == "<" else owner.get((r - 1, c)) if text == "^" else (r, c)
            if anchor is None:
                raise GridError(f"grid line {r + 1}, cell {c + 1}: {text!r} has no neighbour to merge with")
            owner[r, c] = anchor
            height, wide = extent.get(anchor, (1, 1))
            extent[anchor] = (max(height, r - anchor[0] + 1), max(wide, c - anchor[1] + 1))
    cells = []
    for (r, c), (height, wide) in extent.items():
        area = [(y, x) for y in range(r, r + height) for x in range(c, c + wide)]
        if [owner.get(place) for place in area] != [(r, c)] * len(area):
            raise GridError(f"grid line {r + 1}, cell {c + 1}: the merge is no rectangle")
        text = rows[r][c]
        address = f"{table}.{text[1:-1]}" if text.startswith("{") else ""
        header = not address and (r in header_rows or c < header_columns)
        cells.append(GridCell(r, c, height, wide, "" if address else text, address, header))
    return tuple(cells), len(rows), width


def _expand(line: Sequence[str], columns: Sequence[str]) -> list[str]:
    row: list[str] = []
    for text in line:
        if text.endswith(".*}"):
            row += [f"{text[:-2]}{column}}}" for column in columns]
        else:
            row.append(text)
    return row
