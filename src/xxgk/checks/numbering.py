"""Two kinds of numbering on one level: 一是、二是 beside 1、2、."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xxgk.report import Paragraph

_NUMERALS = "一二三四五六七八九十"
_ARABIC = re.compile(r"\s*[0-9０-９]{1,2}\s*[、.．](?![0-9０-９])")
_CHINESE = re.compile(rf"\s*(?:[（(][{_NUMERALS}]+[）)]|[{_NUMERALS}]+、)")
_FIRST = re.compile(r"(?:^|[。；：，])\s*一是")
_SECOND = re.compile(r"[。；：，]\s*二是")
_WORD = re.compile(rf"\s*[{_NUMERALS}]是")


def mixed_numbering(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Yield the indices of a paragraph with 一是 and of the first 1、 that stands beside it on the same level.

    A list inside an item of the other kind is a lower level, not a mixture; （一） and sub-headings
    without 1、 begin a new scope. In doubt nothing is yielded.
    """
    for scope in _scopes(paragraphs):
        items = [i for i in scope if _ARABIC.match(paragraphs[i].text)]
        if len(items) < 2:
            continue
        before = [i for i in scope if i < items[0]]
        word = _list_within(paragraphs, before)
        if word is None:
            word = _list_of_paragraphs(paragraphs, before, [i for i in scope if i > items[0]])
        if word is not None:
            yield word, items[0]


def _scopes(paragraphs: Sequence[Paragraph]) -> list[list[int]]:
    scopes: list[list[int]] = [[]]
    for index, paragraph in enumerate(paragraphs):
        is_item = _ARABIC.match(paragraph.text)
        if _CHINESE.match(paragraph.text) or (paragraph.heading and not is_item):
            scopes.append([])
        scopes[-1].append(index)
    return scopes


def _list_within(paragraphs: Sequence[Paragraph], before: Sequence[int]) -> int | None:
    """Return the paragraph that holds a whole list 一是…二是…; the list ends with it."""
    for index in before:
        if _FIRST.search(paragraphs[index].text) and _SECOND.search(paragraphs[index].text):
            return index
    return None


def _list_of_paragraphs(paragraphs: Sequence[Paragraph], before: Sequence[int], after: Sequence[int]) -> int | None:
    """Return the first of the paragraphs 一是…, 二是… that end before 1、.

    They have ended when a plain paragraph follows and no 三是 comes later.
    """
    words = [i for i in before if _WORD.match(paragraphs[i].text)]
    ended = len(words) > 1 and words[-1] != before[-1]
    if ended and not any(_WORD.match(paragraphs[i].text) for i in after):
        return words[0]
    return None
