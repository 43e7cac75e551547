"""A ledger opened: its sheets, and which of their columns are ours."""

from __future__ import annotations

from pathlib import Path

from xxgk.formats import Form
from xxgk.ledger.answers import Answered, read_answers
from xxgk.ledger.headers import Header, find_header, names_of
from xxgk.ledger.plan import load_plan
from xxgk.ledger.tables import Sheet, TableFile, read_tables
from xxgk.records import Record


class OpenLedger(Record):
    """A ledger's file, those of its sheets that have a header, and what staff have answered about it."""

    file: TableFile
    sheets: tuple[tuple[Sheet, Header], ...]
    answered: Answered


def open_ledger(path: Path, form: Form) -> OpenLedger:
    """Return the ledger in ``path`` before anything is counted.

    Raise ``UnreadableWorkbook`` or ``UsageProblem`` when the file is no ledger.
    """
    plan, file = load_plan(), read_tables(path)
    answered = read_answers(path, plan, form)
    names = names_of(plan, answered.columns)
    found = [(sheet, header) for sheet in file.sheets if (header := find_header(sheet, names)) is not None]
    return OpenLedger(file, tuple(found), answered)
