"""Measure what docs/performance.md promises of a ledger of 10,000 rows and print it as a Markdown table."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

import openpyxl

from xxgk.formats import load_form
from xxgk.ledger.plan import APPLICANTS, OUTCOMES, choices_of, load_plan
from xxgk.ledger.read import read_ledger

from timing import compare

FORM, PLAN = load_form("2021"), load_plan()
ROWS, YEAR = 10_000, 2023
KINDS, RESULTS = (list(choices_of(FORM, name).labels.values()) for name in (APPLICANTS, OUTCOMES))


def made_up(random: Random, number: int) -> list[object]:
    """Return a row as offices fill it: nine cells or so, now and then a correction."""
    received = date(YEAR - 1, 11, 1) + timedelta(days=random.randrange(420))
    values: dict[str, object] = {"number": f"{YEAR}-{number:05}", "received": received, "name": f"申请人{number}"}
    values |= {"applicant": random.choice(KINDS), "channel": "网络", "content": f"第{number}号地块的征收补偿方案"}
    if random.random() < 0.1:
        values |= {"correction_sent": received + timedelta(days=3), "correction_received": received + timedelta(days=9)}
    if random.random() < 0.97:
        values |= {"answered": received + timedelta(days=random.randrange(10, 28)), "outcome": random.choice(RESULTS)}
    return [values.get(column.id) for column in PLAN.columns]


def with_openpyxl(path: Path) -> Counter[object]:
    """Read the cells in openpyxl's streaming mode and count what they hold: less than what we do."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    found = Counter(value for line in book.worksheets[0].iter_rows(values_only=True) for value in line)
    book.close()
    return found


def main() -> None:
    """Print the table."""
    random = Random(1)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "台账.xlsx"
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet(PLAN.sheet)
        sheet.append([column.caption for column in PLAN.columns])
        for number in range(ROWS):
            sheet.append(made_up(random, number))
        book.save(path)
        today = date(YEAR + 1, 1, 20)
        name = f"openpyxl (read_only) reading {ROWS:,} rows / our reading, checking and counting them"
        found = compare(name, partial(read_ledger, path, FORM, YEAR, today), partial(with_openpyxl, path), 7, "< 1 s")
    print("| what | ratio | aim | ours, ms | other, ms |\n|---|---|---|---|---|")
    print(f"| {found.name} | {found.faster:.1f}× | {found.aim} | {found.ours * 1e3:.0f} | {found.other * 1e3:.0f} |")


if __name__ == "__main__":
    main()
