"""Lines as they are seen become paragraphs: indents, short last lines and gaps tell where one ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from xxgk.published.blocks import Line
from xxgk.published.pdf_lines import SeenLine
from xxgk.records import Record

INDENT = 0.8  # of the size: a line that begins further in than this begins a paragraph
LOOSE = 1.35  # times the usual distance of lines: paragraphs, not lines, stand so far apart
WIDEST = 3.0  # of the size: lines of one paragraph never stand so far apart
LARGER = 1.15  # times the size of the text: titles
SIZES = 0.12  # of the size: lines of one paragraph differ by less
MARKED = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[0-9０-９]{1,2}[.．、](?![0-9０-９])"
)
WORD = re.compile(r"[0-9A-Za-z./:@_%-]+")
CLOSING = "，。、；：！？）》”’〉】」』％…,.;:!?)"


class Measure(Record):
    """Where lines of running text begin and end, how far apart they stand, their size, whether they indent."""

    left: float
    right: float
    pitch: float
    size: float
    indented: bool


class PlacedLine(Record):
    """A line and its page."""

    line: SeenLine
    page: int


def measure(pages: Sequence[Sequence[SeenLine]]) -> Measure:
    """Return the measure of the running text of ``pages``, all of one width."""
    lines = [line for own in pages for line in own]
    if not lines:
        return Measure(0, 0, 0, 0, False)
    rights = sorted(line.right for line in lines)
    right = rights[int(len(rights) * 0.9)]
    # Only what comes near the right edge is running text; titles and signatures say nothing about the left edge.
    full = [line for line in lines if line.right > right - 3 * line.size] or lines
    lefts = sorted(line.left for line in full)
    left = lefts[len(lefts) // 10]
    pitches = [
        after.bottom - before.bottom
        for own in pages
        for before, after in pairwise(own)
        if after.left - left < INDENT * after.size and before.right > right - 3 * before.size
    ]
    indents = sum(1.5 < (line.left - left) / line.size < 2.7 for line in lines)
    return Measure(left, right, median(pitches) if pitches else 0, median(line.size for line in lines), indents > 1)


def paragraphs(lines: Sequence[PlacedLine], measures: Sequence[Measure]) -> list[Line]:
    """Return the paragraphs that ``lines``, with nothing between them, make up; ``measures`` by page from 1."""
    groups: list[list[PlacedLine]] = []
    for placed in lines:
        if groups and _continues(groups[-1][-1], placed, measures):
            groups[-1].append(placed)
        else:
            groups.append([placed])
    return [Line(_joined([placed.line.text for placed in group]), group[0].page) for group in groups]


def _continues(upper: PlacedLine, lower: PlacedLine, measures: Sequence[Measure]) -> bool:
    before, after = upper.line, lower.line
    above, below = measures[upper.page - 1], measures[lower.page - 1]
    if abs(before.size - after.size) > SIZES * before.size:
        return False
    if _is_title(before, above) and _is_title(after, below):
        return upper.page == lower.page
    if after.left - below.left > INDENT * after.size:
        return False
    if before.right + _first_word(after) <= above.right:
        return False  # it would have had room in the line above
    reach = min(LOOSE * (above.pitch or float("inf")), WIDEST * after.size)
    if upper.page == lower.page and after.bottom - before.bottom > reach:
        return False
    return below.indented or not MARKED.match(after.text)


def _is_title(line: SeenLine, text: Measure) -> bool:
    """Tell whether ``line`` is larger than the text and in the middle: a title, which may take more than one line."""
    off = abs(line.left + line.right - text.left - text.right) / 2
    return line.size > LARGER * text.size and off < line.size


def _first_word(line: SeenLine) -> float:
    """Return the width of what could not be broken at the beginning of ``line``."""
    count = 1
    text = [glyph.text for glyph in line.glyphs]
    word = WORD.match("".join(text))
    if word:
        count = min(len(text), len(word[0]))
    while count < len(text) and text[count] in CLOSING:
        count += 1
    return line.glyphs[count - 1].right - line.left


def _joined(texts: Sequence[str]) -> str:
    whole = ""
    for text in texts:
        # Only words in Latin letters are parted by a space; a number or an address broken in two is not.
        apart = whole[-1:].isascii() and whole[-1:].isalpha() and text[:1].isascii() and text[:1].isalpha()
        whole += (" " if apart else "") + text
    return whole
