"""The rows of a ledger as applications: dates, kinds and outcomes understood, or said to be not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xxgk.formats import Form
from xxgk.ledger.dates import FIRST, is_usual, read_date
from xxgk.ledger.headers import Header
from xxgk.ledger.plan import CHOICE, DATE, KEPT, UNDECIDED, YES, Choices, Column, Plan, choices_of, key
from xxgk.ledger.tables import Row, Sheet, Value, text_of
from xxgk.records import Record
from xxgk.texts import bare

Spot = tuple[str, int]  # sheet and row
LONG = 8  # characters of a text that is not merely a word such as 合计
KEY_COLUMNS = ("received", "applicant", "answered", "outcome")


class Doubt(Record):
    """A cell that is filled and not understood: our column id, what stands there, and why it is none."""

    column: str
    seen: str
    reason: str


class Entry(Record):
    """One application. What is not filled in, or not understood, is absent; ``doubts`` tell which of the two.

    ``dates`` are by column id; ``choices`` are ids of the form by column id, "" for an outcome that says "open".
    Nothing here names the applicant.
    """

    spot: Spot
    number: str
    dates: Mapping[str, date]
    choices: Mapping[str, str]
    extended: bool
    doubts: Mapping[str, Doubt]
    unusual: tuple[str, ...] = ()

    def unclear(self, column_id: str) -> bool:
        """Tell whether the column is filled with something that nobody understands."""
        return column_id in self.doubts


class Entries(Record):
    """The applications of a sheet; rows left aside with what they say; rows that are blank, yet not the last."""

    found: tuple[Entry, ...]
    skipped: tuple[Spot, ...]
    gaps: tuple[Spot, ...]


Answers = Mapping[tuple[str, str], str]  # column id and what stands there, as ``key`` gives it, to what it means


def read_entries(sheet: Sheet, header: Header, reader: Reader) -> Entries:
    """Return what ``sheet`` has below ``header``. A blank row ends nothing."""
    found: list[Entry] = []
    skipped: list[Spot] = []
    gaps: list[Spot] = []
    before = header.row
    for number, row in sheet.rows.items():
        if number <= header.row:
            continue
        if number > before + 1 and found:
            gaps.append((sheet.name, before + 1))
        before = number
        spot = (sheet.name, number)
        if reader.is_application(row, header):
            found.append(reader.entry(spot, row, header))
        else:
            skipped.append(spot)
    return Entries(tuple(found), tuple(skipped), tuple(gaps))


class Reader:
    """Reads rows. The same text is read once only: a ledger repeats its dates and words thousands of times."""

    def __init__(self, form: Form, plan: Plan, date1904: bool, last: date, answers: Answers) -> None:
        """``last`` is the last day that a date may be; ``answers`` are what staff say of their own words."""
        self.plan, self.date1904, self.last, self.answers = plan, date1904, last, answers
        self.columns = [column for column in plan.columns if column.use != KEPT]
        self.lists: dict[str, Choices] = {
            column.id: choices_of(form, column.choices)
            for column in self.columns
            if column.kind == CHOICE and isinstance(column.choices, str)
        }
        self.known: dict[tuple[str, Value], date | str | bool | Doubt | None] = {}

    def is_application(self, row: Row, header: Header) -> bool:
        """Tell whether a row that is not blank is an application: not a sum, an example, or a line of text."""
        short = (value for value in row.values() if isinstance(value, str) and len(value) < LONG)
        if any(bare(value) in self.plan.skipped for value in short):
            return False
        return any(header.columns.get(column, 0) in row for column in (*KEY_COLUMNS, "number"))

    def entry(self, spot: Spot, row: Row, header: Header) -> Entry:
        """Return the application in ``row``."""
        dates: dict[str, date] = {}
        choices: dict[str, str] = {}
        doubts: dict[str, Doubt] = {}
        extended = False
        unusual: list[str] = []
        number = ""
        for column in self.columns:
            value = row.get(header.columns.get(column.id, 0))
            if value is None:
                continue
            if column.id == "number":
                number = " ".join(text_of(value).split())
                continue
            read = self.read(column, value)
            if isinstance(read, Doubt):
                doubts[column.id] = read
            elif isinstance(read, date):
                dates[column.id] = read
                if not is_usual(value):
                    unusual.append(column.id)
            elif isinstance(read, str):
                choices[column.id] = read
            elif read:
                extended = True
        return Entry(spot, number, dates, choices, extended, doubts, tuple(unusual))

    def read(self, column: Column, value: Value) -> date | str | bool | Doubt | None:
        """Return what a cell means: a date, an id, yes or no, nothing, or a doubt."""
        known = (column.id, value)
        if known not in self.known:
            self.known[known] = self._read(column, value)
        return self.known[known]

    def _read(self, column: Column, value: Value) -> date | str | bool | Doubt | None:
        text = text_of(value)
        if bare(text).lower() in self.plan.nothing and column.kind != YES:
            return None
        if column.kind == DATE:
            return self._date(column, value)
        if column.kind == YES:
            return self._yes(column, value)
        return self._choice(column, text)

    def _date(self, column: Column, value: Value) -> date | Doubt:
        day = read_date(value, self.date1904)
        if day is None:
            return Doubt(column.id, text_of(value), "看不出是哪一天，请写成 2023-3-5 这样")
        if not FIRST <= day <= self.last:
            return Doubt(column.id, day.isoformat(), f"不在 {FIRST} 到 {self.last} 之间，请核对年份")
        return day

    def _yes(self, column: Column, value: Value) -> bool | Doubt:
        text = bare(text_of(value)).lower()
        if text in self.plan.no:
            return False
        # The day to which the period was extended, or on which: it was.
        if text in self.plan.yes or read_date(value, self.date1904) is not None:
            return True
        return Doubt(column.id, text_of(value), "请填“是”或“否”")

    def _choice(self, column: Column, text: str) -> str | Doubt | None:
        choices = self.lists[column.id]
        found = self.answers.get((column.id, key(text)), choices.names.get(key(text)))
        if found is None or not (found in choices.labels or found == UNDECIDED):
            return Doubt(column.id, " ".join(text.split()), "")
        return found


def nearest(choices: Choices, seen: str) -> str | None:
    """Return the id of the choice whose name is nearest to what was seen, or None where none is near.

    A name that denies what was seen, or the reverse (予以公开, 不予公开), is not near however alike they look.
    """
    from difflib import get_close_matches

    alike = [name for name in choices.names if ("不" in name) == ("不" in seen)]
    found = get_close_matches(key(seen), alike, 1)
    return choices.names[found[0]] if found else None
