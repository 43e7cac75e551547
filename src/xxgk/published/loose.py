"""A table of which only its texts are left, one after the other, as many programs copy it: rows by known labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xxgk.labels import fold
from xxgk.published.blocks import Cell, Line, Table
from xxgk.published.pattern import TablePattern
from xxgk.published.tables import is_value
from xxgk.texts import BLANKS

MOST_BROKEN = 4  # lines over which one label may be spread


def loose_table(pattern: TablePattern, lines: Sequence[Line]) -> tuple[int, int, Table | None]:
    """Return from which of ``lines`` and before which the form's table stands, and the table; None where it does not.

    A label with numbers behind it is a row; what stands between rows are headings. No cell stands under another, so
    that the columns can only be told by their order.
    """
    own = [at for at, line in enumerate(lines) if _belongs(pattern, line)]
    if not own:
        return 0, 0, None
    first, last = own[0], own[-1] + 1
    rows: list[list[str]] = []
    for text in _tokens(pattern, lines[first:last]):
        numbered = bool(rows) and is_value(rows[-1][-1])
        if not rows or (numbered and not is_value(text)) or (pattern.across and is_value(text) and not numbered):
            rows.append([])
        rows[-1].append(text)
    if not any(is_value(text) for row in rows for text in row):
        return 0, 0, None
    split = [part for row in rows for part in _at_label(row)]
    cells = [Cell(text, y, x) for y, row in enumerate(split) for x, text in enumerate(row)]
    return first, last, Table(tuple(cells), lines[first].page)


def _belongs(pattern: TablePattern, line: Line) -> bool:
    return any(is_value(piece) or fold(piece) in pattern.words for piece in _pieces(pattern, line.text))


def _tokens(pattern: TablePattern, lines: Sequence[Line]) -> Iterator[str]:
    """Yield the texts of cells: labels put together again, numbers on one line taken apart."""
    pieces = [piece for line in lines for piece in _pieces(pattern, line.text)]
    known = set(pattern.words) | {row.folded for row in pattern.rows}
    at = 0
    while at < len(pieces):
        ends = range(min(len(pieces), at + MOST_BROKEN), at + 1, -1)
        joined = ("".join(pieces[at:end]) for end in ends)
        end = next((end for end, text in zip(ends, joined, strict=True) if fold(text) in known), at + 1)
        if any(map(is_value, pieces[at:end])):
            end = at + 1
        yield "".join(pieces[at:end])
        at = end


def _pieces(pattern: TablePattern, text: str) -> list[str]:
    """Return a label and the numbers behind it on the same line, each for itself, and several labels so too."""
    words = re.split(rf"[{BLANKS}]+", text.strip(BLANKS))
    first = len(words)
    while first and is_value(words[first - 1]):
        first -= 1
    labels = words[:first]
    if sum(fold(word) in pattern.words for word in labels) > 1:
        return words
    return ["".join(labels), *words[first:]] if labels else words


def _at_label(row: list[str]) -> list[list[str]]:
    """Return the headings before the last label of a row on their own, and the label with its numbers."""
    labels = sum(not is_value(text) for text in row)
    return [row[: labels - 1], row[labels - 1 :]] if 1 < labels < len(row) else [row]
