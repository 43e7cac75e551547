"""Merged cells: the rectangles of a sheet that show only what their top left cell holds."""

from __future__ import annotations

from collections.abc import Iterable

from xxgk.xlsx.a1 import Position, parse_reference
from xxgk.xlsx.spans import find_spans

Rectangle = tuple[int, int, int, int]  # top, left, bottom, right


def merged_areas(xml: bytes) -> list[Rectangle]:
    """Return the merged rectangles of the sheet ``xml``. Raise ``UnreadableWorkbook`` when one is none."""
    found = []
    for span in find_spans(xml, ("mergeCell",)):
        first, _, last = span.attributes.get("ref", "").partition(":")
        found.append((*parse_reference(first), *parse_reference(last or first)))
    return found


def area_of(areas: Iterable[Rectangle], cell: Position) -> Rectangle:
    """Return the one of ``areas`` that ``cell`` is in, or else the cell as a rectangle of its own."""
    row, column = cell
    inside = (area for area in areas if area[0] <= row <= area[2] and area[1] <= column <= area[3])
    return next(inside, (row, column, row, column))
