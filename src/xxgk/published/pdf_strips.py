"""Lines of tables without borders between all cells, parted into the words in front and the figures at the end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from xxgk.formats import Form
from xxgk.labels import fold
from xxgk.published.labels import likeness
from xxgk.published.pdf_lines import SeenLine, line_text
from xxgk.published.pdf_page import Glyph
from xxgk.records import Record

SIGNS = frozenset("0123456789０１２３４５６７８９.．,，/／—–-+＋－")  # what figures and the signs for none are made of
MARKS = frozenset(".．,，")  # which by themselves are no figure
LIKE = 0.8  # likeness of a line and the heading of a section
LONGEST = 40  # characters of such a line


class Strip(Record, eq=False):
    """A line of a page: its ``words`` and the ``figures`` behind them, spaces left out; either may be none."""

    page: int
    line: SeenLine
    words: tuple[Glyph, ...]
    figures: tuple[Glyph, ...]


def strip_of(line: SeenLine, page: int) -> Strip:
    """Return ``line`` of ``page``, parted where the figures at its end begin."""
    glyphs = tuple(glyph for glyph in line.glyphs if glyph.text.strip())
    begin = len(glyphs)
    while begin and glyphs[begin - 1].text in SIGNS:
        begin -= 1
    while begin < len(glyphs) and glyphs[begin].text in MARKS:
        begin += 1
    if glyphs[-1].text in MARKS:  # "1." is the numeral of a label
        begin = len(glyphs)
    return Strip(page, line, glyphs[:begin], glyphs[begin:])


def plain(text: str) -> str:
    """Return the letters and digits of ``text``, full-width forms made narrow."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def plain_text(glyphs: Iterable[Glyph]) -> str:
    """Return the letters and digits that ``glyphs`` show."""
    return "".join(plain(glyph.text) for glyph in glyphs)


def words_seen(lines: Iterable[Sequence[Glyph]]) -> str:
    """Return what stands on ``lines``, with its line breaks."""
    return "\n".join(line_text(glyphs) for glyphs in lines if glyphs)


def zones(form: Form, strips: Sequence[Strip]) -> list[tuple[str, int, int]]:
    """Return the table of each section with one, and from which to before which of ``strips`` the section goes."""
    titles = [fold(section.heading) for section in form.sections]
    found = []
    for at, strip in enumerate(strips):
        if len(strip.line.glyphs) > LONGEST or strip.figures:
            continue
        text = fold(strip.line.text)
        scores = [likeness(text, title) for title in titles]
        if max(scores) >= LIKE:
            found.append((form.sections[scores.index(max(scores))].table, at))
    found.append(("", len(strips)))
    return [(table, at + 1, end) for (table, at), (_, end) in pairwise(found) if table]
