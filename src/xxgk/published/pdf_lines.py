"""Glyphs become lines as they are seen, and lines become text without spaces that nobody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from xxgk.published.pdf_page import UNKNOWN, Glyph
from xxgk.records import Record

SAME_BASE = 0.4  # of the smaller size: how far apart the base lines of one line may be
WORD_GAP = 0.25  # of the size: a wider gap between two Latin letters or digits is a space
DIGIT_GAP = 0.3  # of the size: digits further apart may not be one number
LINE_PITCH = 2.4  # of the size: lines farther apart are not one text
SAME_GAP = 0.1  # of the size: gaps that differ by less are the same letter spacing
UNEVEN = 0.15  # of the size: gaps that differ by more are not of one number
ALNUM = re.compile(r"[0-9A-Za-z]")
NUMBER = re.compile(r"[-+]?[0-9０-９][0-9０-９.,．，]*%?")


class SeenLine(Record):
    """Glyphs on one base line, from left to right, spaces left out at both ends."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        """Where the first glyph begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where the last glyph ends."""
        return max(glyph.right for glyph in self.glyphs)

    @property
    def top(self) -> float:
        """The upper edge of the highest glyph."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        """The lower edge of the lowest glyph."""
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def middle(self) -> float:
        """Half-way between the upper and the lower edge."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The size of most of its glyphs."""
        sizes = sorted(glyph.size for glyph in self.glyphs)
        return sizes[len(sizes) // 2]

    @property
    def text(self) -> str:
        """The characters; a gap is a space only between two Latin letters or digits."""
        return line_text(self.glyphs)


def seen_lines(glyphs: Iterable[Glyph]) -> list[SeenLine]:
    """Return the lines of upright ``glyphs`` from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((glyph for glyph in glyphs if glyph.upright), key=lambda glyph: glyph.bottom):
        # Superscripts and marks sit a little higher: the nearest line within reach has them.
        near = [
            row for row in rows[-3:] if abs(row[0].bottom - glyph.bottom) <= SAME_BASE * min(row[0].size, glyph.size)
        ]
        if near:
            min(near, key=lambda row: abs(row[0].bottom - glyph.bottom)).append(glyph)
        else:
            rows.append([glyph])
    lines = []
    for row in rows:
        inner = _trimmed(sorted(row, key=lambda glyph: glyph.left))
        if inner:
            lines.append(SeenLine(inner))
    return lines


def _trimmed(row: Sequence[Glyph]) -> tuple[Glyph, ...]:
    filled = [index for index, glyph in enumerate(row) if glyph.text.strip()]
    return tuple(row[filled[0] : filled[-1] + 1]) if filled else ()


def split_at_gaps(line: SeenLine, gap: float) -> list[SeenLine]:
    """Return the pieces of ``line`` between gaps wider than ``gap`` times its size; spaces are gaps too.

    Two digits that stand too far apart for one number are parted in any case.
    """
    pieces: list[list[Glyph]] = [[]]
    for glyph in line.glyphs:
        if not glyph.text.strip():
            continue
        before = pieces[-1][-1] if pieces[-1] else glyph
        digits = before.text.isdecimal() and glyph.text.isdecimal()
        if glyph.left - before.right > (min(gap, DIGIT_GAP) if digits else gap) * line.size:
            pieces.append([])
        pieces[-1].append(glyph)
    return [SeenLine(_trimmed(_between(line.glyphs, piece))) for piece in pieces]


def _between(glyphs: Sequence[Glyph], piece: Sequence[Glyph]) -> Sequence[Glyph]:
    return glyphs[glyphs.index(piece[0]) : glyphs.index(piece[-1]) + 1]


def line_text(glyphs: Sequence[Glyph]) -> str:
    """Return the text of glyphs of one line, in order."""
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and glyph.left - before.right > WORD_GAP * glyph.size and _both(ALNUM, before, glyph):
            parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    return re.sub(" {2,}", " ", "".join(parts)).strip()


def _both(pattern: re.Pattern[str], one: Glyph, other: Glyph) -> bool:
    return pattern.match(one.text[-1:]) is not None and pattern.match(other.text) is not None


def cell_text(glyphs: Sequence[Glyph], spacing: float = 0.0, room: float = 0.0) -> tuple[str, str]:
    """Return the text of a cell, with its line breaks, and what is doubtful about it, or "".

    ``spacing`` is the gap between digits, in parts of their size, that is usual in the table. ``room`` is how wide a
    line of the cell can be, in points; 0 where nothing tells.
    """
    lines = seen_lines(glyphs)
    # Vertical and turned writing is drawn in the order in which it is read.
    turned = "".join(glyph.text for glyph in glyphs if not glyph.upright).strip()
    texts = [*(line.text for line in lines), *([turned] if turned else [])]
    if UNKNOWN in "".join(texts):
        return "\n".join(texts), "有的字认不出：文件里没有写明它是什么字"
    if not NUMBER.fullmatch("".join("".join(texts).split())):
        return "\n".join(texts), ""
    if len(texts) > 1 and not turned and _is_wrapped(lines, room):
        return "".join(texts), ""
    if len(texts) > 1:
        return "\n".join(texts), f"数字分在 {len(texts)} 行：{'／'.join(texts)}"
    gaps = digit_gaps(glyphs)
    uneven = max(gaps, default=0.0) - min(gaps, default=0.0) > UNEVEN
    if uneven or any(gap > DIGIT_GAP and abs(gap - spacing) > SAME_GAP for gap in gaps):
        return texts[0], f"数字之间有空当：{' '.join(''.join(texts[0].split()))}"
    return "".join(texts[0].split()), ""


def _is_wrapped(lines: Sequence[SeenLine], room: float) -> bool:
    """Tell whether digits go on in the next line only because a line is full: one more would not have fitted."""
    digits = all(glyph.text.isdecimal() for line in lines for glyph in line.glyphs)
    full = all(0 < room < line.right - line.left + _advance(line) for line in lines[:-1])
    close = all(below.bottom - above.bottom < LINE_PITCH * above.size for above, below in pairwise(lines))
    return digits and full and close and all(gap <= DIGIT_GAP for line in lines for gap in digit_gaps(line.glyphs))


def _advance(line: SeenLine) -> float:
    """Return how much longer ``line`` would be with one more digit."""
    last = line.glyphs[-1]
    return last.right - (line.glyphs[-2].right if len(line.glyphs) > 1 else last.left)


def digit_gaps(glyphs: Sequence[Glyph]) -> list[float]:
    """Return the gaps between neighbouring digits on each line, in parts of their size; a typed space is a gap too."""
    return [
        (after.left - before.right) / after.size
        for line in seen_lines(glyphs)
        for before, after in pairwise([glyph for glyph in line.glyphs if glyph.text.strip()])
        if before.text.isdecimal() and after.text.isdecimal()
    ]
