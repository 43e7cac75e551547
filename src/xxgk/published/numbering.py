"""Numbers that Word writes before paragraphs by itself: 一、 （一） 1. and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xxgk.records import Record

HAN = "〇一二三四五六七八九"
CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "ideographTraditional",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    )
)
SILENT = frozenset(("bullet", "none"))
CIRCLED_LAST = 20


class Level(Record):
    """One level of a list: how it counts, what it prints (``%1、``), and what it counts from."""

    format: str
    text: str
    start: int


class Numbering:
    """Counts the paragraphs of a document. ``lists`` has the levels of each list, by its numId and level.

    ``shared`` names for each numId the list that it counts on with.
    """

    def __init__(self, lists: Mapping[str, Mapping[int, Level]], shared: Mapping[str, str]) -> None:
        self._lists, self._shared = lists, shared
        self._counts: dict[str, dict[int, int]] = {}

    def next(self, number: str, level: int) -> str:
        """Return what stands before the next paragraph of list ``number`` at ``level``; "" where nothing is printed."""
        levels = self._lists.get(number, {})
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._counts.setdefault(self._shared.get(number, number), {})
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if own.format in SILENT:
            return ""

        def spelt(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            one = levels.get(at, own)
            return spell(counts.setdefault(at, one.start), one.format)

        return re.sub(r"%([1-9])", spelt, own.text)


def spell(value: int, style: str) -> str:
    """Return ``value`` in one of Word's number formats; in plain digits where the format is another."""
    if style in CHINESE and 0 < value < 100:
        return _chinese(value)
    if style == "decimalEnclosedCircle" and 0 < value <= CIRCLED_LAST:
        return chr(ord("①") + value - 1)
    if style in ("lowerLetter", "upperLetter") and 0 < value <= 26:
        return chr(ord("a" if style == "lowerLetter" else "A") + value - 1)
    return str(value)


def _chinese(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十"
    return head + (HAN[ones] if ones else "")
