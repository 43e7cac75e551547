"""Where a box beside a cell lies: the cells under its corners, by the widths and heights of a sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from xxgk.xlsx.a1 import Position
from xxgk.xlsx.merges import area_of, merged_areas
from xxgk.xlsx.spans import Span, find_spans

Size = tuple[int, int]  # pixels across and down

COLUMNS, ROWS = 16_384, 1_048_576
UNIT, MARGIN = 7.0, 5.0  # pixels of a unit of column width with the usual fonts, and what a column has besides
POINT = 4 / 3  # pixels
COLUMN_WIDTH, ROW_HEIGHT = 59 / 7, 15.0  # in units and points, where a sheet says nothing
BESIDE, BELOW = 12, 2  # pixels from the right edge, and from the top, of the cell to its box
LEAST = 1.0  # pixels that a line takes when measuring; hidden ones have none
TRUE = ("1", "true")


def anchors(xml: bytes, sizes: Mapping[Position, Size]) -> dict[Position, str]:
    """Return for each cell of the sheet ``xml`` the anchor, as VML has it, of a box of its size to the right of it."""
    spans = find_spans(xml, ("sheetFormatPr", "col", "row"))
    usual = next((span for span in spans if span.name == "sheetFormatPr"), None)
    width = _number(usual, "defaultColWidth", COLUMN_WIDTH) * UNIT + MARGIN
    height = _number(usual, "defaultRowHeight", ROW_HEIGHT) * POINT
    heights: dict[int, float] = {}
    columns: list[tuple[float, float, float]] = []
    for span in spans:
        shown = 0.0 if span.attributes.get("hidden") in TRUE else 1.0
        if span.name == "col":
            pixels = shown * (_number(span, "width", COLUMN_WIDTH) * UNIT + MARGIN)
            columns.append((_number(span, "min", 0), _number(span, "max", 0), pixels))
        elif span.name == "row":
            heights[int(_number(span, "r", 0))] = shown * _number(span, "ht", height / POINT) * POINT

    def column(number: int) -> float:
        return next((pixels for low, high, pixels in columns if low <= number <= high), width)

    def row(number: int) -> float:
        return heights.get(number, height)

    areas = merged_areas(xml)
    found = {}
    for (down, right), (across, deep) in sizes.items():
        left = min(area_of(areas, (down, right))[3] + 1, COLUMNS)
        last, over = _walk(column, left, BESIDE + across, COLUMNS)
        bottom, below = _walk(row, down, BELOW + deep, ROWS)
        corners = (left - 1, BESIDE, down - 1, BELOW, last - 1, over, bottom - 1, below)
        found[down, right] = ", ".join(str(number) for number in corners)
    return found


def _walk(size: Callable[[int], float], line: int, pixels: float, limit: int) -> tuple[int, int]:
    """Return the line, and the pixels into it, that lie ``pixels`` behind the start of ``line``."""
    while line < limit and pixels > size(line):
        pixels -= max(size(line), LEAST)
        line += 1
    return line, max(0, int(min(pixels, size(line))))


def _number(span: Span | None, name: str, otherwise: float) -> float:
    try:
        number = float(span.attributes[name]) if span is not None else otherwise
    except (KeyError, ValueError):
        return otherwise
    return number if math.isfinite(number) and number >= 0 else otherwise
