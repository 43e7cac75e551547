"""A ledger read, counted for one year, and looked through: from the file to numbers and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from xxgk.checks.finding import ERROR
from xxgk.errors import UsageProblem
from xxgk.files import quoted
from xxgk.formats import Form
from xxgk.ledger.counting import CASES, Tally, count
from xxgk.ledger.entries import Reader, read_entries
from xxgk.ledger.headers import Header
from xxgk.ledger.notes import notes_on
from xxgk.ledger.opening import open_ledger
from xxgk.ledger.plan import Plan, load_plan
from xxgk.ledger.sheetnotes import notes_on_sheets
from xxgk.ledger.told import Note, Told
from xxgk.ledger.workdays import load_workdays
from xxgk.records import Record


class Ledger(Record):
    """A ledger counted for the report of ``year``: the numbers, what there is to say, how to name a row."""

    year: int
    tally: Tally
    notes: tuple[Note, ...]
    told: Told

    @property
    def errors(self) -> tuple[Note, ...]:
        """The sentences on what keeps a number from being known."""
        return tuple(note for note in self.notes if note.severity == ERROR)


def read_ledger(path: Path, form: Form, year: int, today: date) -> Ledger:
    """Return the ledger in ``path``, counted for ``year``.

    ``today`` bounds the dates that are possible. Raise ``UsageProblem`` when the columns that are needed cannot all
    be told, or no application is of that year.
    """
    plan = load_plan()
    opened = open_ledger(path, form)
    whole = [(sheet, header) for sheet, header in opened.sheets if not header.lacks(plan)]
    if not whole:
        raise UsageProblem(_unknown_columns(path, plan, [header for _, header in opened.sheets]))
    reader = Reader(form, plan, opened.file.date1904, max(today, date(year + 1, 12, 31)), opened.answered.words)
    read = [(sheet, header, read_entries(sheet, header, reader)) for sheet, header in whole]
    entries = [entry for _, _, one in read for entry in one.found]
    tally = count(entries, form, year, _cases(header for _, header in whole))
    if entries and not tally.concerned:
        raise UsageProblem(
            f"{path.name} 里没有一件申请是 {year} 年收到、在办或者办结的，没有填。"
            f"请核对台账和年报的年度；如果 {year} 年确实没有申请，请在工作簿里填 0。"
        )
    told = Told(plan, {sheet.name: _captions(header) for sheet, header in whole})
    notes = [*notes_on_sheets(told, opened, read), *notes_on(told, form, tally, year, load_workdays())]
    return Ledger(year, tally, tuple(notes), told)


def _cases(headers: Iterable[Header]) -> frozenset[str]:
    """Return the kinds of case for which every sheet has a column."""
    columns = [header.columns for header in headers]
    return frozenset(kind for kind in CASES if all(f"{kind}_outcome" in found for found in columns))


def _captions(header: Header) -> Mapping[str, str]:
    return {column_id: header.captions[number] for column_id, number in header.columns.items()}


def _unknown_columns(path: Path, plan: Plan, headers: Iterable[Header]) -> str:
    best = max(headers, key=lambda header: len(header.columns), default=None)
    lacking = best.lacks(plan) if best else plan.needed
    names = "、".join(f"“{plan.column(column_id).caption}”" for column_id in lacking)
    return (
        f"{path.name} 里认不出哪一列是{names}，没有数。请运行 xxgk ledger map {quoted(path)}，"
        "在它写出的对照表里选好，存盘，再运行一次；只要选一次，以后都记得。"
    )
