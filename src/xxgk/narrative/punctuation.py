"""Slips of punctuation: half-width and doubled marks, wrong brackets of document numbers, marks without partners."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from xxgk.records import Record
from xxgk.texts import is_han

_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_OPENING = "“‘（《【〔"
_CLOSING = "”’）》】〕"
_PARTNERS = {"》": "《", "”": "“", "）": "（", "】": "【", "〕": "〔"}
_FULL_BRACKETS = {"(": "（", ")": "）"}
_LIKE = "，、；：。"
# Two marks of which the second makes the first needless; of all other pairs nobody knows which one was meant.
_SWALLOWED = ("，。", "、。", "；。")
_CROWDED = ("。，", "。；", "。、", "，、", "、，", "；，", "，；", "：。", "：，")


class Slip(Record):
    """A slip from ``start`` to ``end``, and what is to stand there; None where only the writer knows."""

    start: int
    end: int
    right: str | None


@functools.cache
def _marks(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def mended(text: str, slips: Iterator[Slip]) -> str:
    """Return ``text`` with those of ``slips`` put right that are certain. They must not overlap."""
    for slip in sorted(slips, key=lambda slip: slip.start, reverse=True):
        if slip.right is not None:
            text = text[: slip.start] + slip.right + text[slip.end :]
    return text


def outside_placeholders(text: str, slips: Iterator[Slip]) -> Iterator[Slip]:
    """Yield those of ``slips`` that do not lie in a placeholder, whose punctuation is no prose."""
    if "{{" not in text:
        yield from slips
        return
    from xxgk.narrative.placeholders import find_placeholders

    placeholders = [(found.start, found.end) for found in find_placeholders(text)]
    for slip in slips:
        if not any(start <= slip.start < end for start, end in placeholders):
            yield slip


def half_width(text: str) -> Iterator[Slip]:
    """Yield half-width marks that stand in Chinese text; those in numbers, times, addresses and English are left."""
    for match in _marks("[,;:?!.]").finditer(text):
        at, mark = match.start(), match[0]
        if mark != ".":
            if _in_chinese(text, at):
                yield Slip(at, at + 1, _FULL_WIDTH[mark])
        elif is_han(text[at - 1 : at]):
            after = text[at + 1 : at + 2]
            if after in ("", "\n"):
                yield Slip(at, at + 1, "。")
            elif is_han(after) or after in _OPENING:
                yield Slip(at, at + 1, None)
    yield from _brackets(text)
    yield from _quotes(text)
    yield from _angles(text)


def _in_chinese(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if is_han(before) or (before and before in _CLOSING):
        return True
    # 126,其中: a comma after a number ends a clause only where Chinese follows.
    return text[at] in ",;" and before.isdigit() and is_han(after)


def _brackets(text: str) -> Iterator[Slip]:
    """Yield half-width brackets around Chinese words, and one half-width bracket of a pair."""
    if "(" not in text and ")" not in text:
        return
    opened: list[int] = []
    for match in _marks("[(（)）]").finditer(text):
        at, mark = match.start(), match[0]
        if mark in "(（":
            opened.append(at)
        elif mark in ")）" and opened:
            start = opened.pop()
            if text[start] + mark == "（）":
                continue
            if text[start] + mark != "()" or any(map(is_han, text[start + 1 : at])):
                for place in (start, at):
                    if text[place] in _FULL_BRACKETS:
                        yield Slip(place, place + 1, _FULL_BRACKETS[text[place]])


def _quotes(text: str) -> Iterator[Slip]:
    if '"' not in text:
        return
    offset = 0
    for line in text.split("\n"):
        places = [at for at, mark in enumerate(line) if mark == '"']
        pairs = list(zip(places[::2], places[1::2], strict=False))
        if len(places) % 2 == 0 and all(any(map(is_han, line[start:end])) for start, end in pairs):
            for start, end in pairs:
                yield Slip(offset + start, offset + start + 1, "“")
                yield Slip(offset + end, offset + end + 1, "”")
        offset += len(line) + 1


def _angles(text: str) -> Iterator[Slip]:
    if "<" in text and ">" in text:
        for match in re.finditer("(<<?)([^<>\n]{2,40}?)(>>?)", text):
            if len(match[1]) == len(match[3]) and all(map(is_han, match[2])):
                yield Slip(match.start(1), match.end(1), "《")
                yield Slip(match.start(3), match.end(3), "》")


def doubled_marks(text: str) -> Iterator[Slip]:
    """Yield marks that stand twice, or beside another with which they cannot stand."""
    for match in _marks(f"[{_LIKE}]{{2,}}").finditer(text):
        marks = match[0]
        if len(marks) > 2:
            if marks.strip("。"):  # 。。。 may stand for an ellipsis
                yield Slip(*match.span(), None)
        elif marks[0] == marks[1] or marks in _SWALLOWED:
            yield Slip(*match.span(), marks[1])
        elif marks in _CROWDED:
            yield Slip(*match.span(), None)


def number_brackets(text: str) -> Iterator[Slip]:
    """Yield brackets around the year of a document number that are not 〔〕 (GB/T 9704-2012, 7.2.5)."""
    if "号" in text:
        for match in _document_year().finditer(text):
            yield Slip(match.start(1), match.end(1), "〔")
            yield Slip(match.end(2), match.end(2) + 1, "〕")


@functools.cache
def _document_year() -> re.Pattern[str]:
    return re.compile(
        r"(?<=[\u4e00-\u9fff]{2})([\[（(【［])((?:19|20)[0-9]{2})(?=[\]）)】］]第?[0-9]{1,5}号)[\]）)】］]"
    )


def unbalanced(text: str) -> Iterator[Slip]:
    """Yield each quotation mark or bracket that has no partner in ``text``; 1） at the start of a clause needs none."""
    opened: list[tuple[int, str]] = []
    for match in _marks("[《》“”（）【】〔〕()]").finditer(text):
        at, mark = match.start(), _FULL_BRACKETS.get(match[0], match[0])
        if mark in _PARTNERS.values():
            if mark == "“" and any(other == mark for _, other in opened):
                yield Slip(at, at + 1, None)
            else:
                opened.append((at, mark))
        elif mark in _PARTNERS:
            places = [n for n, (_, other) in enumerate(opened) if other == _PARTNERS[mark]]
            if places:
                for left, _ in opened[places[-1] + 1 :]:
                    yield Slip(left, left + 1, None)
                del opened[places[-1] :]
            elif not (mark == "）" and _is_item(text, at)):
                yield Slip(at, at + 1, None)
    for left, _ in opened:
        yield Slip(left, left + 1, None)


def _is_item(text: str, at: int) -> bool:
    """Tell whether the bracket at ``at`` belongs to a numbering such as 1） or 一）."""
    start = at
    while start and at - start < 3 and text[start - 1] in "0123456789一二三四五六七八九十abcdefABCDEF":
        start -= 1
    return start < at and (start == 0 or text[start - 1] in "。；：，、\n 　")
