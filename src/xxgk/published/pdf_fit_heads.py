"""The headings of a table without borders, found by their words: who stands further left heads what stands there."""

from __future__ import annotations

from collections.abc import Sequence

from xxgk.formats import GridCell
from xxgk.published.blocks import Cell
from xxgk.published.labels import likeness
from xxgk.published.pdf_page import Glyph
from xxgk.published.pdf_strips import Strip, plain, plain_text, words_seen
from xxgk.records import Record

SURE = 0.75  # likeness of a heading with a slip in it
TOUCHING = 0.5  # points that cells may seem to reach into each other
MOST_LINES = 16  # of all headings of a table


class Headed(Record, eq=False):
    """The cells of the headings, and the first of the strips that they stand on."""

    cells: tuple[Cell, ...]
    begin: int


# A letter of a heading: its line, its glyph, and the same with the marks around it.
Letter = tuple[int, Glyph, tuple[Glyph, ...]]


def fit_heads(
    strips: Sequence[Strip], heads: Sequence[GridCell], spans: Sequence[tuple[float, float]], first: int
) -> Headed | None:
    """Return the ``heads`` of the form as they stand at the end of ``strips``; None where they cannot all be told.

    ``spans`` is from where to where the figures of each column reach, ``first`` the form's column of the first of them.
    """
    leaves = _leaves(heads, first)
    corner = [head for head in heads if head.column + head.width <= first]
    over = [head for head in heads if head not in leaves and head not in corner]
    if len(leaves) != len(spans):
        return None
    for begin in range(len(strips) - 1, max(-1, len(strips) - MOST_LINES - 1), -1):
        letters = [letter for row, strip in enumerate(strips[begin:]) for letter in _letters(row, strip)]
        cells = _cells(letters, over, [*corner, *leaves], len(corner), spans)
        if cells is not None:
            return Headed(tuple(cells), begin)
    return None


def _leaves(heads: Sequence[GridCell], first: int) -> list[GridCell]:
    """Return the headings right over the figures, from the left."""
    found: dict[int, GridCell] = {}
    for head in heads:
        for column in range(head.column, head.column + head.width):
            if column >= first and (column not in found or found[column].row < head.row):
                found[column] = head
    return list(dict.fromkeys(found[column] for column in sorted(found)))


def _letters(row: int, strip: Strip) -> list[Letter]:
    """Return the letters of a line; a mark goes with the letter before it, the first ones with the first letter."""
    found: list[Letter] = []
    before: tuple[Glyph, ...] = ()
    for glyph in (*strip.words, *strip.figures):
        if plain(glyph.text):
            found.append((row, glyph, (*before, glyph)))
            before = ()
        elif found:
            found[-1] = (row, found[-1][1], (*found[-1][2], glyph))
        else:
            before = (*before, glyph)
    return found


def _cells(
    letters: list[Letter],
    over: Sequence[GridCell],
    low: Sequence[GridCell],
    corner: int,
    spans: Sequence[tuple[float, float]],
) -> list[Cell] | None:
    if sum(len(plain(head.text)) for head in (*over, *low)) != len(letters):
        return None
    cells = []
    for head in over:
        own = _run(letters, plain(head.text))
        if not own:
            return None
        letters = [letter for letter in letters if letter not in own]
        cells.append(_cell(head, own))
    ordered = sorted(letters, key=lambda letter: letter[1].left + letter[1].right)
    edge = float("-inf")
    for number, head in enumerate(low):
        own, ordered = ordered[: len(plain(head.text))], ordered[len(plain(head.text)) :]
        own.sort(key=lambda letter: (letter[0], letter[1].left))
        if likeness(plain_text(glyph for _, glyph, _ in own), plain(head.text)) < SURE:
            return None
        xs = [x for _, glyph, _ in own for x in (glyph.left, glyph.right)]
        if number >= corner:
            xs += spans[number - corner]
        if min(xs) < edge - TOUCHING:
            return None
        edge = max(xs)
        cells.append(_cell(head, own))
    return cells


def _run(letters: Sequence[Letter], wanted: str) -> list[Letter]:
    """Return the letters of one line, side by side, that make up ``wanted``."""
    for start in range(len(letters) - len(wanted) + 1):
        own = letters[start : start + len(wanted)]
        if own[0][0] == own[-1][0] and plain_text(glyph for _, glyph, _ in own) == wanted:
            return list(own)
    return []


def _cell(head: GridCell, own: Sequence[Letter]) -> Cell:
    rows = sorted({row for row, *_ in own})
    lines = [[glyph for row, _, glyphs in own if row == each for glyph in glyphs] for each in rows]
    return Cell(words_seen(lines), head.row, head.column, head.height, head.width)
