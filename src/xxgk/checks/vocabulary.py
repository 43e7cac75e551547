"""Words that are written wrongly, and words of a sample that were left in. The lists are data (narrative/words)."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.narrative.words import Words
from xxgk.records import replace

_ADDRESS_SIGNS = "./_-@:"


def words_in(words: Words, text: str) -> Words:
    """Return ``words`` with only those of 错字 and 模板文字 that stand in ``text``."""
    misspelt = {wrong: right for wrong, right in words.misspelt.items() if wrong in text}
    present: Words = replace(words, misspelt=misspelt, leftovers=tuple(one for one in words.leftovers if one in text))
    return present


def misspelt(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """Yield each place with a word of the list 错字, and what it should be."""
    for wrong, right in words.misspelt.items():
        if wrong in text:
            for at in _places(text, wrong):
                yield at, at + len(wrong), f"（应为“{right}”）"


def leftovers(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """Yield each place with words of the list 模板文字; a run of one sign such as XX counts as a whole."""
    end = 0
    for word in words.leftovers:
        if word not in text:
            continue
        for at in _places(text, word):
            if len(set(word)) > 1:
                yield at, at + len(word), ""
            elif at >= end:
                end = at + len(word)
                while text[end : end + 1] == word[0]:
                    end += 1
                if not _in_foreign(text, at, end):
                    yield at, end, ""
        end = 0


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _in_foreign(text: str, start: int, end: int) -> bool:
    """Tell whether what stands there is part of a foreign word, an address, a number."""
    return any(
        mark and mark.isascii() and not mark.isspace() and (mark.isalnum() or mark in _ADDRESS_SIGNS)
        for mark in (text[start - 1 : start], text[end : end + 1])
    )
