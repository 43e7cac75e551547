"""The words of ``claims.toml``: what they mean, and the longest that stands at a place of a text."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from xxgk.formats.loader import data_of
from xxgk.narrative.numerals import SIGNS
from xxgk.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FILE = Path(__file__).with_name("claims.toml")

# What a word is, beyond the signs of the file, each of which is a kind of its own.
ROW = "row"
COLUMN = "column"
PLAIN = "plain"

APPLICATIONS, DISPUTES, DISCLOSURE = "applications", "disputes", "disclosure"
NOUN, STAGE, GROUP, SINGLE = 0, 1, 2, 3  # levels of rows, see claims.toml
# The signs without which a sentence claims nothing, unless a number with a unit stands in it; 为0 needs no unit.
CLAIMING = ("none", "all", "settled", "compare")
_NUMBERS = ("%", "％", "百分之", *(f"{word}{zero}" for word in "为是" for zero in "0０零〇○"))

Sum = tuple[str, ...]  # rows or columns that are added up; "-" before a row subtracts it


class Term(Record, eq=False):
    """A row or a column as texts name it; see ``claims.toml``."""

    id: str
    table: str
    readings: tuple[Sum, ...]
    level: int = 0
    alone: bool = False
    after: tuple[str, ...] = ()
    rows: str = ""


class Word(Record):
    """A word with its kind; ``term`` is what a row or a column is called by it."""

    text: str
    kind: str
    term: Term | None = None


class ClaimWords(Record, eq=False):
    """The words for reports of one year, how long those are that begin with two signs, and what else the file says."""

    by_text: Mapping[str, Word]
    lengths: Mapping[str, tuple[int, ...]]
    rows: Mapping[str, Term]
    columns: Mapping[str, Term]
    standing: Mapping[str, Sum]
    whole: Mapping[str, tuple[Sum, ...]]
    endings: tuple[str, ...]
    units: tuple[str, ...]
    loose: tuple[str, ...]
    begins: frozenset[str]
    claiming: tuple[str, ...]
    of_applications: tuple[str, ...]
    whole_of: Mapping[str, frozenset[str]]
    reviewing: tuple[str, ...]
    documents: tuple[str, ...]
    applied: tuple[str, ...]

    def wider_than(self, level: str) -> frozenset[str]:
        """Return the words that speak of more than a unit of ``level`` reports on: 全市 for a bureau."""
        return frozenset().union(*self.whole_of.values()) - self.whole_of.get(level, frozenset())

    def may_claim(self, text: str) -> bool:
        """Tell whether ``text`` holds what a claim needs: a number with a unit, or a word such as 未, 均."""
        return any(word in text for word in self.claiming) or any(_after_number(text, unit) for unit in self.units)

    def names_applications(self, text: str) -> bool:
        """Tell whether ``text`` holds a word that is only used of applications."""
        return any(word in text for word in self.of_applications)

    def at(self, text: str, start: int) -> Word | None:
        """Return the longest word that stands in ``text`` at ``start``, or None."""
        for length in self.lengths.get(text[start : start + 2], ()):
            word = self.by_text.get(text[start : start + length])
            if word is not None:
                return word
        return self.by_text.get(text[start])


@functools.cache
def words_for(year: int) -> ClaimWords:
    """Return the words of a report for ``year``."""
    data = data_of(FILE)
    years = {"{this}": str(year), "{last}": str(year - 1), "{next}": str(year + 1)}
    rows = {key: _term(key, entry) for key, entry in data["rows"].items()}
    columns = {key: _term(key, entry) for key, entry in data["columns"].items()}
    words: dict[str, Word] = {}
    for kind, text in data["signs"].items():
        words.update((one, Word(one, kind)) for one in _split(text, years))
    for kind, terms in ((ROW, rows), (COLUMN, columns)):
        for key, term in terms.items():
            words.update((one, Word(one, kind, term)) for one in _split(data[f"{kind}s"][key]["words"], years))
    standing = {table: tuple(across) for table, across in data["standing"].items()}
    whole = {table: tuple(tuple(reading) for reading in readings) for table, readings in data["whole"].items()}
    loose = tuple(data["units"]["loose"].split())
    units = (*data["units"]["money"].split(), *data["units"]["count"].split(), *loose)
    endings = tuple(data["names"]["endings"].split())
    own = [word.text for word in words.values() if word.term is not None and _is_of_applications(word.term)]
    claiming = [word.text for word in words.values() if word.kind in CLAIMING]
    return ClaimWords(
        words,
        _lengths(words),
        rows,
        columns,
        standing,
        whole,
        endings,
        units,
        loose,
        frozenset(word[0] for word in words),
        _shortest((*claiming, *_NUMBERS)),
        _shortest(own),
        {level: frozenset(text.split()) for level, text in data["whole_of"].items()},
        tuple(data["reviewing"]["levels"].split()),
        tuple(data["documents"]["words"].split()),
        tuple(data["documents"]["applied"].split()),
    )


def _is_of_applications(term: Term) -> bool:
    return term.table == APPLICATIONS and (term.level == NOUN or term.alone)


def _shortest(words: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``words`` that hold no other: where none of them stands, none of ``words`` does."""
    found: list[str] = []
    for word in sorted(words, key=len):
        if not any(one in word for one in found):
            found.append(word)
    return tuple(found)


def _after_number(text: str, unit: str) -> bool:
    """Tell whether ``unit`` stands in ``text`` behind a sign of a number."""
    at = text.find(unit, 1)
    while at > 0:
        if text[at - 1] in SIGNS:
            return True
        at = text.find(unit, at + 1)
    return False


def _term(key: str, entry: Mapping[str, Any]) -> Term:
    readings = tuple(tuple(one) for one in entry["readings"])
    after = tuple(entry.get("after", ()))
    return Term(
        key, entry["table"], readings, entry.get("level", 0), entry.get("alone", False), after, entry.get("rows", "")
    )


def _split(text: str, years: Mapping[str, str]) -> list[str]:
    if "{" in text:
        for name, year in years.items():
            text = text.replace(name, year)
    return text.split()


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return how long the words are that begin with the same two signs, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[:2], set()).add(len(word))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}
