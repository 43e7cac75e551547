"""The words of ``claims.toml``: what they mean, and the longest that stands at a place of a text."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from xxgk.formats.loader import data_of
from xxgk.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FILE = Path(__file__).with_name("claims.toml")

# What a word is, beyond the signs of the file, each of which is a kind of its own.
ROW = "row"
COLUMN = "column"
PLAIN = "plain"

Sum = tuple[str, ...]  # rows or columns that are added up; "-" before a row subtracts it


class Term(Record):
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
    """The words for reports of one year, by their first two signs, the longest first; and what else the file says."""

    by_head: Mapping[str, tuple[Word, ...]]
    rows: Mapping[str, Term]
    columns: Mapping[str, Term]
    standing: Mapping[str, Sum]
    whole: Mapping[str, tuple[Sum, ...]]
    endings: tuple[str, ...]
    units: tuple[str, ...]
    loose: tuple[str, ...]

    def at(self, text: str, start: int) -> Word | None:
        """Return the longest word that stands in ``text`` at ``start``, or None."""
        for word in self.by_head.get(text[start : start + 2], ()):
            if text.startswith(word.text, start):
                return word
        single = self.by_head.get(text[start])
        return single[0] if single else None


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
    return ClaimWords(_by_head(words.values()), rows, columns, standing, whole, endings, units, loose)


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


def _by_head(words: Iterable[Word]) -> dict[str, tuple[Word, ...]]:
    found: dict[str, list[Word]] = {}
    for word in words:
        found.setdefault(word.text[:2], []).append(word)
    return {head: tuple(sorted(there, key=lambda word: -len(word.text))) for head, there in found.items()}
