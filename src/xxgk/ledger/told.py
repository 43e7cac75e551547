"""Sentences on a ledger: they name row, column and application number, never the applicant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xxgk.ledger.entries import Entry, Spot
from xxgk.ledger.plan import Plan
from xxgk.records import Record

LISTED = 5  # rows that a sentence on many of them names


class Note(Record):
    """A sentence on the ledger. ``severity`` is that of a finding: an error keeps a number from being known."""

    severity: str
    text: str


class Told(Record):
    """What it takes to name a place in the ledger: the plan, its captions by sheet and column id, how many sheets."""

    plan: Plan
    captions: Mapping[str, Mapping[str, str]]

    def row(self, spot: Spot) -> str:
        """Return 第 12 行, with the sheet's name where the ledger has several."""
        sheet = f"“{spot[0]}”" if len(self.captions) > 1 else ""
        return f"{sheet}第 {spot[1]} 行"

    def rows(self, spots: Iterable[Spot]) -> str:
        """Return the first few rows, in words."""
        named = [self.row(spot) for spot in spots]
        return "、".join(named[:LISTED]) + ("" if len(named) <= LISTED else f"等 {len(named)} 行")

    def caption(self, column_id: str, spot: Spot | None = None) -> str:
        """Return what the office calls a column, else what we call it."""
        found = self.captions.get(spot[0], {}) if spot else next(iter(self.captions.values()), {})
        return found.get(column_id) or self.plan.column(column_id).caption

    def at(self, entry: Entry, column_id: str) -> str:
        """Return the beginning of a sentence on one cell."""
        return f"{self.row(entry.spot)}“{self.caption(column_id, entry.spot)}”{self.number(entry)}"

    def number(self, entry: Entry) -> str:
        """Return the application number in brackets."""
        return f"（申请编号 {entry.number}）" if entry.number else "（没有申请编号）"
