"""Text on a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

# What must not begin a line, and what must not end one.
_NOT_FIRST = frozenset("，。；：、！？”’）》】〕…,.;:!?)%")
_NOT_LAST = frozenset("“‘（《【〔(")


def display_width(text: str) -> int:
    """Return how many columns ``text`` takes. Where terminals differ (“ ” …) the wider answer counts."""
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


def pad(text: str, width: int) -> str:
    """Return ``text`` with spaces up to ``width`` columns."""
    return text + " " * (width - display_width(text))


@functools.lru_cache(maxsize=1024)  # the same hints, headings and messages come again in a thousand files
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Return ``text`` as lines of at most ``width`` columns (at least 2), never empty.

    Lines break between Chinese characters or at spaces; a word, a number or a cell stays whole where
    it fits on a line, and closing punctuation does not begin one unless nothing else would fit.
    """
    if display_width(text) <= width:
        return (text.rstrip(),)
    lines: list[str] = []
    line, used = "", 0
    for piece, size in _pieces(text):
        if line and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()
            size = display_width(piece)
        while size > width:
            head = _head(piece, width)
            lines.append(head)
            piece = piece[len(head) :]
            size = display_width(piece)
        line += piece
        used += size
    return (*lines, line.rstrip()) if line.rstrip() or not lines else tuple(lines)


@functools.lru_cache(maxsize=8192)  # a few thousand characters, asked for a million times
def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Yield what must stay on one line, a narrow word or a wide character with its punctuation, and its columns."""
    start = size = 0
    left, before = "", 0
    for at, char in enumerate(text):
        wide = _char_width(char)
        narrow = before == wide == 1 and not left.isspace() and not char.isspace()
        if left and not (narrow or char in _NOT_FIRST or left in _NOT_LAST):
            yield text[start:at], size
            start, size = at, 0
        size += wide
        left, before = char, wide
    if text:
        yield text[start:], size


def _head(text: str, width: int) -> str:
    used = 0
    for index, char in enumerate(text):
        used += _char_width(char)
        if used > width:
            return text[: max(index, 1)]
    return text
