"""An official table laid out for Word: widths and heights in twips, merges, numbers that stay in one piece."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import accumulate, pairwise

from xxgk.records import Record
from xxgk.render.document import Cell, TableBlock
from xxgk.render.docx_style import DocxStyle
from xxgk.render.setting import characters

# A table with more rows is set in the small style, so that it fits one page.
TALL = 20
ROOMY_ROW, TIGHT_ROW, STEP = 440, 260, 20
MARGIN, MARGIN_ABOVE, BORDER = 30, 20, 10
TWIPS_PER_HALF_POINT = 10
# Estimates in parts of the font size, on the safe side of whatever font stands in for 宋体.
DIGIT_WIDTH = 0.65
LINE_HEIGHT = 1.4
HEADING_HEIGHT = 2.2
SMALLEST = 8
_NUMBER = re.compile(r"[-.\d]+")


class DocxCell(Record):
    """A w:tc. ``merge`` is "", ``restart`` or ``continue``; ``size`` (half-points) is 0 where the style's will do."""

    text: str
    width: int
    span: int
    merge: str
    left: bool
    size: int


class DocxRow(Record):
    """A w:tr. ``repeated`` rows come again on each page; ``keep`` holds the row on the page of the next one."""

    cells: tuple[DocxCell, ...]
    repeated: bool
    keep: bool


class DocxTable(Record):
    """A w:tbl with the notes below it. All lengths are in twips, ``style`` is the id for the paragraphs in cells."""

    caption: str
    rows: tuple[DocxRow, ...]
    columns: tuple[int, ...]
    row_height: int
    style: str
    notes: tuple[str, ...]
    margin: int = MARGIN
    margin_above: int = MARGIN_ABOVE


def lay_out(block: TableBlock, look: DocxStyle) -> DocxTable:
    """Return ``block`` laid out over the whole width of the text, on one page with its heading where it can be."""
    key = "small" if block.height > TALL else "cell"
    columns = column_widths(block.widths, look.text_width)
    contents = _contents(block, columns, look.sizes[key])
    room = look.text_height - _around(block, look)
    lines = [_lines(row, look.sizes[key]) for row in contents]
    line = round(look.sizes[key] * TWIPS_PER_HALF_POINT * LINE_HEIGHT)
    heights = {row: _height(lines, row, line) for row in range(ROOMY_ROW, TIGHT_ROW - 1, -STEP)}
    row_height = next((row for row, height in heights.items() if height <= room), TIGHT_ROW)
    # What no page can hold must be free to break, or its heading would stand alone.
    together = block.height - 1 if heights[row_height] <= room else block.head + 1
    return DocxTable(
        caption=block.caption,
        rows=tuple(
            DocxRow(row, repeated=n < block.head, keep=n < together or (n == block.height - 1 and bool(block.notes)))
            for n, row in enumerate(contents)
        ),
        columns=columns,
        row_height=row_height,
        style=look.ids[key],
        notes=block.notes,
    )


def column_widths(proportions: tuple[int, ...], total: int) -> tuple[int, ...]:
    """Share ``total`` twips among columns, so that the widths add up to it exactly."""
    whole = sum(proportions)
    edges = [total * sum(proportions[:n]) // whole for n in range(len(proportions) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def fitting_size(cell: Cell, width: int, size: int) -> int:
    """Return the half-points at which the longest number in ``cell`` fits ``width`` twips; 0 if ``size`` does.

    A number that goes on in the next line would be read as two.
    """
    a_digit = DIGIT_WIDTH * size * TWIPS_PER_HALF_POINT
    if cell.header or len(cell.text) * a_digit <= width:
        return 0
    digits = max((len(number) for number in _NUMBER.findall(cell.text)), default=0)
    if digits * a_digit <= width:
        return 0
    return max(SMALLEST, int(width / (digits * DIGIT_WIDTH * TWIPS_PER_HALF_POINT)))


def _contents(block: TableBlock, columns: tuple[int, ...], size: int) -> list[tuple[DocxCell, ...]]:
    rows: list[dict[int, DocxCell]] = [{} for _ in range(block.height)]
    edges = (0, *accumulate(columns))
    for cell in block.cells:
        width = edges[cell.column + cell.width] - edges[cell.column]
        own_size = fitting_size(cell, width - 2 * MARGIN, size)
        left = block.reads_left(cell)
        merge = "restart" if cell.height > 1 else ""
        rows[cell.row][cell.column] = DocxCell(cell.text, width, cell.width, merge, left, own_size)
        for row in range(cell.row + 1, cell.row + cell.height):
            rows[row][cell.column] = DocxCell("", width, cell.width, "continue", left, 0)
    return [tuple(row[column] for column in sorted(row)) for row in rows]


def _lines(row: Iterable[DocxCell], size: int) -> int:
    """Return how many lines the longest text of a row may need; texts that run over several rows have room."""
    lines = 1
    for cell in row:
        a_line = (cell.width - 2 * MARGIN) // ((cell.size or size) * TWIPS_PER_HALF_POINT)
        if len(cell.text) > a_line and not cell.merge:
            lines = max(lines, math.ceil(characters(cell.text) / max(a_line, 1)))
    return lines


def _height(lines: Iterable[int], row_height: int, line: int) -> int:
    return sum(max(row_height, number * line + 2 * MARGIN_ABOVE) + BORDER for number in lines)


def _around(block: TableBlock, look: DocxStyle) -> int:
    """Return the height of the heading above ``block`` and the notes below it."""
    note = look.sizes["note"] * TWIPS_PER_HALF_POINT
    lines = sum(math.ceil(characters(text) * note / look.text_width) + 1 for text in block.notes)
    return round(look.sizes["heading1"] * TWIPS_PER_HALF_POINT * HEADING_HEIGHT + lines * note * LINE_HEIGHT)
