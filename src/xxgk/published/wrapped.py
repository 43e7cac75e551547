"""Texts whose lines were broken at a width, as what is copied out of a PDF is: paragraphs put together again."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from xxgk.published.drawn import is_drawn
from xxgk.texts import BLANKS

TAB = "\t"
LEAST, MOST = 40, 110  # columns of a text that is broken at a width
NEAR = 4  # columns by which its lines may fall short
ENOUGH = 3  # of such lines
ENDS = "。！？：；!?:;"


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Return ``lines`` with those put together that were one, where they reach a common width; others as they are."""
    # Rows of tables are as long as they are.
    widths = [0 if TAB in line or is_drawn(line) else _width(line) for line in lines]
    most = max(widths, default=0)
    full = [width > most - NEAR for width in widths]
    if not LEAST <= most <= MOST or sum(full) < ENOUGH:
        return list(lines)
    indented = any(line[:1] in BLANKS and line.strip(BLANKS) for line in lines)
    result: list[str] = []
    for at, line in enumerate(lines):
        begins = line[:1] in BLANKS or not widths[at]
        ended = at > 0 and not indented and lines[at - 1][-1:] in ENDS
        if at and full[at - 1] and not begins and not ended:
            result[-1] += line
        else:
            result.append(line)
    return result


def _width(line: str) -> int:
    return sum(1 + (east_asian_width(sign) in "WFA") for sign in line)
