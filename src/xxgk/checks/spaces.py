"""Spaces inside Chinese text, as far as they are certainly not meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xxgk.texts import is_han

# Plain character tests below, since compiling large character classes would cost more than the whole check.
_BLANKS = " \t\u00a0\u2002\u2003\u3000"
_CLOSING = frozenset("，。；：、！？”’）》】〕")
_OPENING = frozenset("“‘（《【〔")
_MARKER = r"[0-9０-９]{1,2}[.．]"
_CHAPTER = r"第\S{1,4}[章节条]$"
_ENTRY = r"\S{2,5}[：:]"

NEARBY = 8  # characters on either side that decide


def inner_spaces(line: str) -> Iterator[tuple[int, int]]:
    """Yield where spaces stand between Chinese characters, or between a number such as 1、 and its text.

    Left alone: spaces beside Latin words and figures, at either end, in 王 芳 and 电 话 (two
    characters set to the width of three), after 第一章, and before the next entry of a line (地址：… 电话：…).
    """
    if not any(blank in line for blank in _BLANKS):
        return
    for match in re.finditer(rf"(?<=\S)[{_BLANKS}]+(?=\S)", line):
        start, end = match.span()
        before, after = line[max(0, start - NEARBY) : start], line[end : end + NEARBY]
        right = is_han(after[0]) or after[0] in _OPENING
        left = is_han(before[-1]) or before[-1] in _CLOSING or re.fullmatch(_MARKER, before)
        meant = _is_spaced_word(before, after) or re.search(_CHAPTER, before) or re.match(_ENTRY, after)
        if left and right and not meant:
            yield start, end


def _is_spaced_word(before: str, after: str) -> bool:
    alone = not is_han(before[-2:-1] or " ") and not is_han(after[1:2] or " ")
    return alone and is_han(before[-1]) and is_han(after[0])
