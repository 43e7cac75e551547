"""Two kinds of numbering on one level: 一是、二是 beside 1、2、."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.report import Paragraph

# Plain string tests, since compiling patterns at every start would cost more than the whole check.
_NUMERALS = "一二三四五六七八九十"
_DIGITS = "0123456789０１２３４５６７８９"
_CLAUSE_ENDS = tuple("。；：，")


def mixed_numbering(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Yield the indices of a paragraph with 一是 and of the first 1、 that stands beside it on the same level.

    A list inside an item of the other kind is a lower level, not a mixture; （一） and sub-headings
    without 1、 begin a new scope. In doubt nothing is yielded.
    """
    for scope in _scopes(paragraphs):
        items = [i for i in scope if _is_arabic(paragraphs[i].text)]
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
        is_item = _is_arabic(paragraph.text)
        if _is_chinese(paragraph.text) or (paragraph.heading and not is_item):
            scopes.append([])
        scopes[-1].append(index)
    return scopes


def _list_within(paragraphs: Sequence[Paragraph], before: Sequence[int]) -> int | None:
    """Return the paragraph that holds a whole list 一是…二是…; the list ends with it."""
    for index in before:
        if _begins_clause(paragraphs[index].text, "一是") and _begins_clause(paragraphs[index].text, "二是"):
            return index
    return None


def _list_of_paragraphs(paragraphs: Sequence[Paragraph], before: Sequence[int], after: Sequence[int]) -> int | None:
    """Return the first of the paragraphs 一是…, 二是… that end before 1、.

    They have ended when a plain paragraph follows and no 三是 comes later.
    """
    words = [i for i in before if _is_word(paragraphs[i].text)]
    ended = len(words) > 1 and words[-1] != before[-1]
    if ended and not any(_is_word(paragraphs[i].text) for i in after):
        return words[0]
    return None


def _is_arabic(text: str) -> bool:
    """Tell whether a paragraph begins with 1、 or 12. (but not with 1.5)."""
    start = text.lstrip()
    rest = start.lstrip(_DIGITS)
    mark = rest.lstrip()
    return 1 <= len(start) - len(rest) <= 2 and mark[:1] in tuple("、.．") and mark[1:2] not in tuple(_DIGITS)


def _is_chinese(text: str) -> bool:
    """Tell whether a paragraph begins with （一） or 一、."""
    start = text.lstrip()
    inner = start[1:] if start.startswith(("（", "(")) else start
    rest = inner.lstrip(_NUMERALS)
    return inner != rest and rest.startswith(("）", ")") if inner is not start else "、")


def _is_word(text: str) -> bool:
    """Tell whether a paragraph begins with 一是, 二是 and so on."""
    start = text.lstrip()
    return start[:1] in tuple(_NUMERALS) and start[1:2] == "是"


def _begins_clause(text: str, word: str) -> bool:
    """Tell whether ``word`` begins the text or a clause in it."""
    at = text.find(word)
    while at >= 0:
        before = text[:at].rstrip()
        if not before or before.endswith(_CLAUSE_ENDS):
            return True
        at = text.find(word, at + 1)
    return False
