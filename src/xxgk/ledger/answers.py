"""What staff have answered once about their own ledger: which column is which, and what their words mean.

The answers stand in a small workbook beside the ledger, which ``xxgk ledger map`` writes; every later run reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from xxgk.formats import Form
from xxgk.ledger.entries import Answers
from xxgk.ledger.headers import plain
from xxgk.ledger.plan import CHOICE, UNDECIDED, Column, Plan, choices_of, key
from xxgk.ledger.tables import Row, read_tables, text_of
from xxgk.records import Record, field

FILE_NAME = "台账对照表.xlsx"
COLUMNS_SHEET, WORDS_SHEET = "列名", "写法"
NO_COLUMN = "（没有这一列）"
OPEN = "（还没有办结）"
OURS, THEIRS = 1, 3  # columns of 列名
WORD, MEANING = 2, 4  # columns of 写法, after OURS


class Answered(Record):
    """The captions by our column ids, None for a column that the ledger does not have; and what words mean."""

    columns: Mapping[str, str | None] = field(default_factory=dict)
    words: Answers = field(default_factory=dict)


def answers_path(ledger: Path) -> Path:
    """Return where the answers for ``ledger`` stand: one file for all ledgers of a folder."""
    return ledger.with_name(FILE_NAME)


def read_answers(ledger: Path, plan: Plan, form: Form) -> Answered:
    """Return the answers beside ``ledger``, none when there is no such file. Raise as ``read_tables`` does."""
    path = answers_path(ledger)
    if not path.exists():
        return Answered()
    sheets = {sheet.name: sheet.rows for sheet in read_tables(path).sheets}
    captions = {plain(column.caption): column for column in plan.columns}
    columns: dict[str, str | None] = {}
    for column, row in _rows(sheets.get(COLUMNS_SHEET, {}), captions):
        theirs = text_of(row.get(THEIRS)).strip()
        if theirs:
            columns[column.id] = None if theirs == NO_COLUMN else theirs
    words: dict[tuple[str, str], str] = {}
    for column, row in _rows(sheets.get(WORDS_SHEET, {}), captions):
        meaning = meaning_of(form, column, text_of(row.get(MEANING)))
        if meaning is not None:
            words[column.id, key(text_of(row.get(WORD)))] = meaning
    return Answered(columns, words)


def meanings(form: Form, column: Column) -> dict[str, str]:
    """Return what a word in ``column`` may mean: labels to choose from, by id."""
    assert isinstance(column.choices, str)
    labels = dict(choices_of(form, column.choices).labels)
    return {**labels, UNDECIDED: OPEN} if column.id == "outcome" else labels


def meaning_of(form: Form, column: Column, label: str) -> str | None:
    """Return the id whose label was chosen for a word in ``column``, or None where it is none of them."""
    if column.kind != CHOICE or not isinstance(column.choices, str):
        return None
    return next((one for one, text in meanings(form, column).items() if key(text) == key(label)), None)


def _rows(rows: Mapping[int, Row], captions: Mapping[str, Column]) -> Iterator[tuple[Column, Row]]:
    for row in rows.values():
        column = captions.get(plain(text_of(row.get(OURS))))
        if column is not None:
            yield column, row
