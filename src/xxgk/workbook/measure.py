"""How much room a text takes: lines in a column of a given width, and the height of a row.

Spreadsheet programs do not fit the height of merged cells, so it is worked out beforehand. The
figures are on the safe side of what Excel, WPS and LibreOffice show at usual screen scalings.
"""

from __future__ import annotations

import math
import unicodedata

POINTS_PER_UNIT = 5.3  # of column width, with a normal font of 11 points
PADDING = 6.0  # points of a column's width that no text uses
LINE = 1.46  # height of a line, in font sizes
ROW_PADDING = 5.0  # points above and below the text of a row
HIGHEST = 409.0  # points; no program has higher rows

PARAGRAPH_UNITS = 88.0  # width of the column in which paragraphs are typed
PARAGRAPH_SIZE = 11.0
EMPTY_PARAGRAPH = 22.0  # points


def text_width(text: str) -> float:
    """Return the width of ``text`` in font sizes: a Chinese character is 1 wide, a Latin one about a half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.56 for character in text)


def line_count(text: str, units: float, size: float) -> int:
    """Return how many lines ``text`` needs at ``size`` points in a column ``units`` wide."""
    room = max(1.0, (units * POINTS_PER_UNIT - PADDING) / size)
    lines = 0
    for paragraph in text.split("\n"):
        width = text_width(paragraph)
        # A line that must not begin with punctuation ends one character early.
        lines += 1 if width <= room else math.ceil(width / max(1.0, room - 0.6))
    return lines


def height_of(lines: int, size: float) -> float:
    """Return the height in points of a row that shows ``lines`` at ``size`` points."""
    return min(HIGHEST, round(lines * size * LINE + ROW_PADDING, 1))


def paragraph_height(text: str) -> float:
    """Return the height in points of the row of a narrative sheet in which ``text`` stands."""
    return max(EMPTY_PARAGRAPH, height_of(line_count(text, PARAGRAPH_UNITS, PARAGRAPH_SIZE), PARAGRAPH_SIZE))
