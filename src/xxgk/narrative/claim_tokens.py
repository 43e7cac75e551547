"""A line of narrative as a sequence of known words, numbers, years and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.narrative.claim_words import PLAIN, ClaimWords, Term
from xxgk.narrative.numerals import Numeral, find_numerals
from xxgk.records import Record
from xxgk.report import Number
from xxgk.texts import without_blanks

# Kinds of tokens beside those of words.
COUNT = "count"  # a number with its unit
PERCENT = "percent"
BREAK = "break"  # the end of a clause
ITEM = "item"  # 、
UNKNOWN = "unknown"
OTHER_YEAR = "other_year"

SENTENCE_ENDS = "。！？!?"

_BREAKS = "，；：,;:（）()—“”"
_ITEM_MARK = "、"
_PLURAL = ("余", "多", "几", "来")  # 480余件 is no count
_YEARS = range(1949, 2100)
_ENUMERATING = "一二三四五六七八九十0123456789０１２３４５６７８９.．是"
_AFTER_YEAR = ("年度", "年底", "年末", "年")


class Token(Record):
    """A piece of a sentence. ``value``, ``unit`` and ``decimals`` are those of a number."""

    kind: str
    start: int
    end: int
    term: Term | None = None
    value: Number = 0
    unit: str = ""
    decimals: int = 0


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a paragraph without blanks, which Chinese text does not need."""
    for line in text.splitlines():
        seen = without_blanks(line)
        if seen:
            yield seen


class Scanner:
    """Takes sentences apart by the words of a year, by what the unit calls itself and what is more than the unit.

    ``reviews`` tells whether the unit decides on the reviews of others.
    """

    def __init__(self, words: ClaimWords, names: Sequence[str], level: str) -> None:
        self.words = words
        self.reviews = level in words.reviewing
        self._wider = words.wider_than(level)
        self._names = _with_short_forms(names, words.endings)
        self._begins = words.begins | frozenset(_BREAKS + _ITEM_MARK) | {name[0] for name in self._names}

    def tokens(self, line: str, start: int, end: int) -> list[Token]:
        """Return the tokens of the sentence that stands in ``line`` from ``start`` to ``end``."""
        numerals = {numeral.start: numeral for numeral in find_numerals(line, start, end)}
        found: list[Token] = []
        unknown = -1  # where a run of what is not known began
        at = start
        while at < end:
            known = line[at] in self._begins or at in numerals
            token = _token(line, at, self.words, self._names, numerals) if known else None
            if token is None or (token.kind == PLAIN and line[at : token.end] in self._wider):
                unknown = at if unknown < 0 else unknown
                at += 1
                continue
            if unknown >= 0:
                found.append(_run(line, unknown, at, self._names))
                unknown = -1
            found.append(token)
            at = token.end
        if unknown >= 0:
            found.append(_run(line, unknown, end, self._names))
        return found


def _with_short_forms(names: Sequence[str], endings: Sequence[str]) -> tuple[str, ...]:
    """Return ``names``, and what is left of each without an ending, the longest first."""
    short = (name.removesuffix(ending) for name in names for ending in endings)
    return tuple(sorted({name for name in (*names, *short) if name}, key=len, reverse=True))


def _run(line: str, start: int, end: int, names: Sequence[str]) -> Token:
    """Return a run of what is not known, unless it is a short form of the unit's name (民促局) or a number (四)."""
    text = line[start:end]
    if any(text[-1] == name[-1] and _is_within(text, name) for name in names if end - start > 1):
        return Token(PLAIN, start, end)
    return Token(BREAK if all(sign in _ENUMERATING for sign in text) else UNKNOWN, start, end)


def _is_within(short: str, name: str) -> bool:
    """Tell whether the signs of ``short`` stand in ``name`` in the same order."""
    signs = iter(name)
    return all(sign in signs for sign in short)


def _token(line: str, at: int, words: ClaimWords, names: Sequence[str], numerals: dict[int, Numeral]) -> Token | None:
    sign = line[at]
    if sign in _BREAKS:
        word = words.at(line, at)
        return Token(word.kind, at, at + len(word.text), word.term) if word else Token(BREAK, at, at + 1)
    if sign == _ITEM_MARK:
        return Token(ITEM, at, at + 1)
    for name in names:
        if line.startswith(name, at):
            return Token(PLAIN, at, at + len(name))
    word = words.at(line, at)
    numeral = numerals.get(at)
    if numeral is not None and (word is None or at + len(word.text) <= numeral.end):
        number = _number(line, numeral, words)
        if number is not None:
            return number
    return None if word is None else Token(word.kind, at, at + len(word.text), word.term)


def _number(line: str, numeral: Numeral, words: ClaimWords) -> Token | None:
    """Return the number with its unit, or None where it has none, such as a document's."""
    start, end, value = numeral.start, numeral.end, numeral.value
    decimals = sum(sign.isdigit() for sign in line[start:end].replace("．", ".").partition(".")[2])
    if numeral.percent:
        return Token(PERCENT, start, end, None, value, "%", decimals)
    if value in _YEARS and line.startswith(_AFTER_YEAR, end):
        return Token(OTHER_YEAR, start, end + 1)
    if line.startswith(_PLURAL, end):
        return Token(UNKNOWN, start, end)
    for unit in words.units:
        if line.startswith(unit, end):
            # 2.3万元: the numeral has taken the 万 in; 件次 and 人次 count something else.
            if line.startswith(("次", "套", "事"), end + len(unit)):
                return None
            return Token(COUNT, start, end + len(unit), None, value, unit, decimals)
    # 数量为零: only nothing needs no unit.
    is_zero = value == 0 and end - start == 1 and line[max(0, start - 1) : start] in ("为", "是")
    return Token(COUNT, start, end, None, value) if is_zero else None
