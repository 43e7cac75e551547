"""What staff are asked once about their own ledger: which column is which, and what their words mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from xxgk.formats import Form
from xxgk.ledger.answers import NO_COLUMN, Answered, meanings
from xxgk.ledger.entries import Entry, Reader, nearest, read_entries
from xxgk.ledger.headers import Header, guess_header, plain
from xxgk.ledger.opening import OpenLedger
from xxgk.ledger.plan import CHOICE, KEPT, NEEDED, Column, Plan, choices_of
from xxgk.ledger.tables import Sheet
from xxgk.records import Record

MOST_WORDS = 60  # different unknown words of a column; one with more is no column of choices
KNOWN, GUESSED, UNKNOWN = "认出来了，请核对", "可能是“{}”，请选", "没有认出来，请选"
OPTIONAL = "没有认出来；有这一列就选"


class ColumnQuestion(Record):
    """Which of the office's columns is ``column``? ``caption`` is the one that we recognised, "" for none.

    A guess is only told in ``state``: what nobody has chosen must not count as chosen.
    """

    column: Column
    caption: str
    state: str


class WordQuestion(Record):
    """What does a word in ``column`` mean? ``meaning`` is the label that staff have chosen, ``guess`` a likely one."""

    column: Column
    word: str
    count: int
    meaning: str = ""
    guess: str = ""


class Questions(Record):
    """All that is asked about a ledger. ``captions`` are what staff can choose from."""

    columns: tuple[ColumnQuestion, ...]
    words: tuple[WordQuestion, ...]
    captions: tuple[str, ...]

    @property
    def open(self) -> int:
        """How many answers are needed before the ledger can be counted, and are not certain yet."""
        needed = [one for one in self.columns if one.column.use == NEEDED and one.state != KNOWN]
        return len(needed) + len([word for word in self.words if not word.meaning])


def questions_on(opened: OpenLedger, form: Form, plan: Plan, today: date) -> Questions | None:
    """Return what to ask about a ledger, or None when nothing in the file looks like one."""
    found = _main_sheet(opened)
    if found is None:
        return None
    sheet, header = found
    captions = tuple(dict.fromkeys(caption for caption in header.captions.values() if caption))
    reader = Reader(form, plan, opened.file.date1904, today, opened.answered.words)
    entries = read_entries(sheet, header, reader).found
    return Questions(
        tuple(_column_questions(plan, captions, header, opened.answered)),
        tuple(_word_questions(form, plan, entries, opened.answered)),
        captions,
    )


def _main_sheet(opened: OpenLedger) -> tuple[Sheet, Header] | None:
    """Return the sheet with the most columns that we know, else the first that looks like a table."""
    if opened.sheets:
        return max(opened.sheets, key=lambda pair: len(pair[1].columns))
    guessed = ((sheet, guess_header(sheet)) for sheet in opened.file.sheets)
    return next(((sheet, header) for sheet, header in guessed if header is not None), None)


def _column_questions(plan: Plan, captions: Sequence[str], header: Header, answered: Answered) -> list[ColumnQuestion]:
    """Return a question on every column that matters for counting, with what was recognised as the answer."""
    from difflib import get_close_matches

    taken = {header.captions[number] for number in header.columns.values()}
    free = {plain(caption): caption for caption in captions if caption not in taken}
    questions = []
    for column in (column for column in plan.columns if column.use != KEPT):
        if column.id in answered.columns:
            questions.append(ColumnQuestion(column, answered.columns[column.id] or NO_COLUMN, KNOWN))
        elif column.id in header.columns:
            questions.append(ColumnQuestion(column, header.captions[header.columns[column.id]], KNOWN))
        else:
            tried = (plain(name) for name in (column.caption, *column.names))
            near = next((match[0] for name in tried if (match := get_close_matches(name, free, 1, 0.7))), "")
            unknown = UNKNOWN if column.use == NEEDED else OPTIONAL
            state = GUESSED.format(free.pop(near)) if near else unknown
            questions.append(ColumnQuestion(column, "", state))
    return questions


def _word_questions(form: Form, plan: Plan, entries: Sequence[Entry], answered: Answered) -> list[WordQuestion]:
    """Return a question on every word that no list has, those that staff have answered before first."""
    questions = []
    for column in (column for column in plan.columns if column.kind == CHOICE and column.use != KEPT):
        labels = meanings(form, column)
        for (column_id, word), meaning in answered.words.items():
            if column_id == column.id:
                questions.append(WordQuestion(column, word, 0, labels[meaning]))
        seen = Counter(entry.doubts[column.id].seen for entry in entries if column.id in entry.doubts)
        # A column full of different words is some other column, perhaps that of names.
        if len(seen) > MOST_WORDS:
            continue
        choices = choices_of(form, str(column.choices))
        for word, number in seen.most_common():
            near = nearest(choices, word)
            questions.append(WordQuestion(column, word, number, guess="" if near is None else labels[near]))
    return questions
