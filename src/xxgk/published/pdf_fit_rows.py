"""Which lines make up the label of which row: the form's labels, in their order, say where each of them ends."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from xxgk.labels import fold
from xxgk.published.labels import likeness
from xxgk.published.pdf_page import Glyph
from xxgk.published.pdf_strips import Strip, plain, plain_text
from xxgk.records import Record, replace

MOST_LINES = 20  # above the first or below the last figures, that a label may have
IDLE = 0.01  # what a line costs that has no part of a row's label
OPENING = frozenset(("Ps", "Pi"))  # Unicode's categories of what opens brackets and quotations
BESIDE = 0.3  # of the size: texts of two cells stand further apart
SURE = 0.75  # likeness of a label with a slip in it


class RowFit(Record, eq=False):
    """A row: the strips from ``begin`` to before ``end``, and what of their words is its label, line by line.

    ``figures`` are those at the ends of its strips; ``fits`` tells whether the label is the form's.
    """

    begin: int
    end: int
    figures: tuple[Glyph, ...]
    label: tuple[tuple[Glyph, ...], ...]
    fits: bool


def figures_apart(strips: Sequence[Strip], count: int) -> list[tuple[int, int]]:
    """Return the first and the last strip of each of ``count`` rows of figures; nothing when there are fewer.

    More lines than rows are figures that go on in the next line: these stand closer together than any rows.
    """
    lines = [at for at, strip in enumerate(strips) if strip.figures]
    apart = [_apart(strips[above], strips[below]) for above, below in pairwise(lines)]
    closer = len(lines) - count
    if closer < 0:
        return []
    least, *_ = (*sorted(apart)[closer:], float("inf"))
    if closer and sorted(apart)[closer - 1] > least - 1:
        return []
    rows: list[tuple[int, int]] = []
    for at, distance in zip(lines, (float("inf"), *apart), strict=True):
        if distance < least and rows:
            rows[-1] = (rows[-1][0], at)
        else:
            rows.append((at, at))
    return rows if len(rows) == count else []


def _apart(above: Strip, below: Strip) -> float:
    return below.line.bottom - above.line.bottom if above.page == below.page else float("inf")


def fit_rows(
    strips: Sequence[Strip], figures: Sequence[tuple[int, int]], labels: Sequence[str], headed: frozenset[int]
) -> list[RowFit]:
    """Return the rows of the form with these ``labels``, whose ``figures`` stand on the strips from one to another.

    Between two rows, each line goes with the one above or the one below, as their labels demand. Headings stand only
    in front of the rows ``headed``.
    """
    texts = [plain_text(strip.words) for strip in strips]
    wanted = [plain(label) for label in labels]
    final = len(figures) - 1

    @cache
    def score(row: int, begin: int, end: int) -> float:
        left, takes = _taken(wanted[row], tuple(texts[begin:end]))
        idle = sum(1 for text, take in zip(texts[begin:end], takes, strict=True) if text and not take)
        return 1 - left / max(1, len(wanted[row])) - IDLE * idle

    @cache
    def best(row: int, begin: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        """Return the best score for the rows from ``row``, whose label begins with strip ``begin``, and their ends."""
        last = figures[row][1]
        if row == final:
            limit = min(len(strips), last + 1 + MOST_LINES)
            return max(((score(row, begin, end), ((begin, end),)) for end in range(last + 1, limit + 1)), key=_first)
        below = figures[row + 1][0]
        found: tuple[float, tuple[tuple[int, int], ...]] = (float("-inf"), ())
        for end in range(last + 1, below + 1):
            own = score(row, begin, end)
            for start in range(end, below + 1) if row + 1 in headed else (end,):
                total, ends = best(row + 1, start)
                found = max(found, (own + total, ((begin, end), *ends)), key=_first)
        return found

    first = figures[0][0]
    _, ends = max((best(0, begin) for begin in range(first, max(-1, first - MOST_LINES - 1), -1)), key=_first)
    rows = [_row(strips, begin, end, want) for (begin, end), want in zip(ends, wanted, strict=True)]
    return _with_slips(strips, rows, labels)


def _first(pair: tuple[float, object]) -> float:
    return pair[0]


def _row(strips: Sequence[Strip], begin: int, end: int, wanted: str) -> RowFit:
    own = strips[begin:end]
    left, takes = _taken(wanted, tuple(plain_text(strip.words) for strip in own))
    label = tuple(_last(strip.words, take) for strip, take in zip(own, takes, strict=True))
    return RowFit(begin, end, tuple(glyph for strip in own for glyph in strip.figures), label, left == 0)


def _last(glyphs: tuple[Glyph, ...], count: int) -> tuple[Glyph, ...]:
    """Return the glyphs at the end that show ``count`` letters, with the mark in front of them that is theirs."""
    begin = len(glyphs)
    while count > 0:
        begin -= 1
        count -= len(plain(glyphs[begin].text))
    if 0 < begin < len(glyphs) and not plain(glyphs[begin - 1].text):
        mark, letter = glyphs[begin - 1 : begin + 1]
        # Any other mark ends what stands in front, unless it was broken off to the beginning of this line.
        alone = begin == 1 and letter.left - mark.right < BESIDE * letter.size
        begin -= alone or unicodedata.category(mark.text[-1]) in OPENING
    return glyphs[begin:]


@cache
def _taken(wanted: str, texts: tuple[str, ...]) -> tuple[int, tuple[int, ...]]:
    """Return how much of ``wanted`` is not found at the ends of ``texts``, and how much of each of them is part of it.

    To the left of a row's label others may stand that reach over several rows.
    """
    if not texts:
        return len(wanted), ()
    skipped, takes = _taken(wanted, texts[:-1])
    found = (skipped, (*takes, 0))
    common, slips = _common_end(wanted, texts[-1])
    if common:
        left, takes = _taken(wanted[: len(wanted) - common], texts[:-1])
        found = min(found, (left + slips, (*takes, common)), key=lambda pair: pair[0])
    return found


def _common_end(one: str, other: str) -> tuple[int, int]:
    """Return how many letters both end with, and whether one of them (1 or 0) is another letter between equal ones."""
    same = [x == y for x, y in zip(reversed(one), reversed(other), strict=False)]
    plainly = (*same, False).index(False)
    beyond = (*same[plainly + 1 :], False).index(False)
    return (plainly + 1 + beyond, 1) if plainly + beyond > 2 and beyond > 1 else (plainly, 0)


def _with_slips(strips: Sequence[Strip], rows: list[RowFit], labels: Sequence[str]) -> list[RowFit]:
    """Return ``rows`` with the labels that are not quite the form's: what begins no further left than the others."""
    lefts = [glyphs[0].left for row in rows if row.fits for glyphs in row.label if glyphs]
    return [row if row.fits else _slip(strips, row, label, lefts) for row, label in zip(rows, labels, strict=True)]


def _slip(strips: Sequence[Strip], row: RowFit, label: str, lefts: Sequence[float]) -> RowFit:
    found = replace(row, label=())
    best = SURE
    for left in {float("-inf"), *lefts}:
        seen = tuple(
            tuple(glyph for glyph in strip.words if glyph.left >= left - 1) for strip in strips[row.begin : row.end]
        )
        score = likeness(fold("".join(glyph.text for glyphs in seen for glyph in glyphs)), fold(label))
        if score > best:
            best, found = score, replace(row, label=seen, fits=True)
    return found
