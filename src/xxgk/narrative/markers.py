"""Numbering at the head of a line: 一、（一）1.（1）, the four levels of GB/T 9704-2012, 7.3.3, and 一是."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.records import Record
from xxgk.texts import NARROW

# Levels of headings inside the whole report: the form's own are 1.
CHAPTER, SECTION, ITEM, SUBITEM = 1, 2, 3, 4
WORD = 0  # 一是、二是: no level of its own
LONGEST = 8  # characters of a marker, with blanks inside
SHAPES = {CHAPTER: "一、", SECTION: "（一）", ITEM: "1.", SUBITEM: "（1）"}

_NUMERALS = "一二三四五六七八九十"
_DIGITS = "0123456789"
_CLAUSE_ENDS = "。；：，、？！\n 　"


class Marker(Record):
    """A number at the head of a line: its level (or ``WORD``), its value, how it is written, and the mark after it."""

    level: int
    number: int
    written: str
    mark: str = ""


def marker_of(line: str) -> Marker | None:
    """Return the numbering that ``line`` begins with, or None. 1.5万 and 12月 are none."""
    text = line.lstrip()[:LONGEST].translate(NARROW)
    bracketed = text.startswith("(")
    inner = text[1:] if bracketed else text
    for signs, levels in ((_NUMERALS, (CHAPTER, SECTION)), (_DIGITS, (ITEM, SUBITEM))):
        rest = inner.lstrip(signs)
        written = inner[: len(inner) - len(rest)]
        number = _value(written)
        if not number:
            continue
        rest = rest.lstrip()
        if bracketed:
            return Marker(levels[1], number, f"（{written}）", ")") if rest.startswith(")") else None
        if rest[:1] == "、" or (rest[:1] == "." and rest[1:2] not in tuple(_DIGITS)):
            return Marker(levels[0], number, written + rest[0], rest[0])
        if rest[:1] == "是" and signs is _NUMERALS:
            return Marker(WORD, number, f"{written}是")
    return None


def words_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield place and number of each 一是, 二是, … that begins a clause of ``text``."""
    at = text.find("是")
    while at >= 0:
        start = at
        while start and text[start - 1] in _NUMERALS and at - start < 3:
            start -= 1
        number = _value(text[start:at])
        if number and (start == 0 or text[start - 1] in _CLAUSE_ENDS):
            yield start, number
        at = text.find("是", at + 1)


def numeral(number: int) -> str:
    """Return ``number``, from 1 to 99, in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens - 1] + "十") + (
        _NUMERALS[ones - 1] if ones else ""
    )


def written_like(marker: Marker, number: int) -> str:
    """Return how ``number`` would be written in the manner of ``marker``."""
    signs = numeral(number) if marker.level in (CHAPTER, SECTION, WORD) else str(number)
    if marker.level == WORD:
        return f"{signs}是"
    return f"（{signs}）" if marker.mark == ")" else signs + marker.mark


def _value(written: str) -> int:
    """Return the value of one or two digits, or of a Chinese number up to 99; 0 where it is neither."""
    if not written or len(written) > 3:
        return 0
    if written[0] in _DIGITS:
        return int(written) if len(written) <= 2 else 0
    for number in range(1, 100):
        if numeral(number) == written:
            return number
    return 0
