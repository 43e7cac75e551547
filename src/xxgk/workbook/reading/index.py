"""The texts of a sheet and where they stand, for finding labels anywhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from xxgk.labels import fold
from xxgk.records import Record
from xxgk.xlsx.a1 import column_number
from xxgk.xlsx.cells import SheetCells

MAX_ROW, MAX_COLUMN = 2_000, 200  # beyond these nobody has put a table
MAX_LABEL = 80  # characters; a longer text is no label
REFERENCE = r"([A-Z]{1,3})([0-9]{1,7})"


class TextIndex(Record, eq=False):
    """``places`` maps a folded text to the cells that hold it; ``rows`` has the folded texts by row and column."""

    places: Mapping[str, tuple[tuple[int, int], ...]]
    rows: Mapping[int, Mapping[int, str]]


def index_texts(cells: SheetCells) -> TextIndex:
    """Return the texts of a sheet that may be labels."""
    places: dict[str, list[tuple[int, int]]] = {}
    rows: dict[int, dict[int, str]] = {}
    for row, column, at in positions(cells):
        if row <= MAX_ROW and column <= MAX_COLUMN:
            text = cells.text(at)
            folded = fold(text) if len(text) <= MAX_LABEL else ""
            if folded and not folded.isdecimal():
                places.setdefault(folded, []).append((row, column))
                rows.setdefault(row, {})[column] = folded
    return TextIndex({text: tuple(found) for text, found in places.items()}, rows)


def positions(cells: SheetCells) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and reference of each cell of a sheet that is not blank."""
    columns: dict[str, int] = {}
    split = re.compile(REFERENCE).fullmatch
    for at in cells.stored:
        found = split(at)
        if found is None:
            continue
        letters, digits = found.groups()
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters)
        yield int(digits), column, at
