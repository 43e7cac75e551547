"""Made-up ledgers: rows as dictionaries by column id, written as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from xxgk.formats import load_form
from xxgk.ledger.plan import APPLICANTS, CASE_OUTCOMES, OUTCOMES, SUITS, choices_of, load_plan
from xxgk.ledger.read import Ledger, read_ledger

FORM = load_form("2021")
PLAN = load_plan()
TODAY = date(2026, 12, 31)
KINDS = choices_of(FORM, APPLICANTS).labels
RESULTS = choices_of(FORM, OUTCOMES).labels
CASES = choices_of(FORM, CASE_OUTCOMES).labels
SUIT_KINDS = choices_of(FORM, SUITS).labels
CAPTIONS = {column.id: column.caption for column in PLAN.columns}

Row = Mapping[str, object]


def row(number: str = "1", received: object = date(2023, 3, 6), answered: object = None, **more: object) -> Row:
    """Return an application by a natural person, answered with the first outcome where it was answered."""
    outcome = next(iter(RESULTS.values())) if answered else None
    plain = {"number": number, "received": received, "applicant": KINDS["person"], "answered": answered}
    return {**plain, "outcome": outcome, "name": "赵钱孙", **more}


def as_csv(rows: Iterable[Row], captions: Mapping[str, str] = CAPTIONS) -> str:
    """Return a ledger as text, columns in the order of ``captions``."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(captions.values())
    for one in rows:
        values = (one.get(column_id) for column_id in captions)
        writer.writerow("" if value is None else str(value) for value in values)
    return out.getvalue()


def write_ledger(folder: Path, rows: Iterable[Row], captions: Mapping[str, str] = CAPTIONS) -> Path:
    """Write a ledger as a CSV file and return its path."""
    path = folder / "台账.csv"
    path.write_text(as_csv(rows, captions), encoding="utf-8")
    return path


def count_rows(folder: Path, rows: Iterable[Row], year: int = 2023) -> Ledger:
    """Return the ledger of ``rows``, counted for ``year``."""
    return read_ledger(write_ledger(folder, rows), FORM, year, TODAY)
