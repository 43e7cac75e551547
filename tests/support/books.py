"""Random books of figures, sound or with faults planted, and what their 校验 sheet must show."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from random import Random

from xxgk.figures import ERROR_VALUE, judge, judge_kinds, known_values
from xxgk.formats import Form
from xxgk.records import replace
from xxgk.report import Figure, Number, Reading, Report

from support.reports import FORM, OLD_FORM, report_of, sound_previous, sound_values
from support.sizes import FULL

Entry = Number | str  # what a cell holds: a number, a text that is none, or an error value
Verdict = tuple[float | str, float | str, float | str, str]  # left, right, difference, state

PLACEHOLDERS = ("/", "—", "无")
TEXTS = (*PLACEHOLDERS, "十二", "约20")
ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!")


def book_count(slice_size: int, full_size: int) -> int:
    """Return how many books to try: XXGK_BOOKS says so for a run by hand, else a slice, or more in the full run."""
    return int(os.environ.get("XXGK_BOOKS", full_size if FULL else slice_size))


@dataclass(frozen=True)
class Book:
    """What the tables of both years hold, and what was done to them.

    ``last_form`` is the form of last year's report as 上年数据 names it; ``folded`` tells that the
    single 其他处理 row stands for the others, with its remark.
    """

    this: Mapping[str, Entry]
    last: Mapping[str, Entry]
    breaks: frozenset[str] | None  # the rules that the planted fault must break; None: whatever follows
    last_form: str = FORM.id
    folded: bool = False
    form: Form = FORM

    @cached_property
    def odd_counts(self) -> bool:
        """Whether a cell of this year that is to hold a count holds a fraction, a number below 0, or no number."""
        counts = (entry for address, entry in self.this.items() if FORM.kind_of(address).integer)
        return any(isinstance(entry, str) or entry < 0 or entry != int(entry) for entry in counts)

    @cached_property
    def report(self) -> Report:
        """The report that the book says."""
        report = report_of({}, {}, self.form)
        this, last = ({a: _figure(e) for a, e in entries.items()} for entries in (self.this, self.last))
        if self.folded:
            (fold,) = FORM.folds
            this[fold.marker] = replace(this.get(fold.marker, Figure(None)), note=fold.remark)
        assert report.previous is not None
        return replace(report, figures=this, previous=replace(report.previous, form=self.last_form, figures=last))


def _figure(entry: Entry) -> Figure:
    if not isinstance(entry, str):
        return Figure(entry)
    reading = Reading.PLACEHOLDER if entry in PLACEHOLDERS else Reading.UNREADABLE
    return Figure(None, reading=reading, seen=entry)


def is_error(entry: Entry) -> bool:
    """Tell whether ``entry`` is an error value."""
    return isinstance(entry, str) and re.fullmatch(ERROR_VALUE, entry) is not None


def random_book(random: Random) -> Book:
    """Return a sound book, one with a single planted fault, or one with anything anywhere."""
    this: dict[str, Number] = sound_values(random)
    last = sound_previous(this)
    kind = random.choice(("sound", "fault", "fault", "blanks", "wild", "odd", "errors", "folded"))
    if kind == "sound":
        return Book(this, last, frozenset())
    if kind == "fault":
        return Book(this, last, frozenset(random.choice(FAULTS)(random, this, last)))
    if kind == "folded":
        return _folded_book(random, this, last)
    entries: tuple[dict[str, Entry], ...] = ({**this}, {**last})
    for values in entries:
        for address in random.sample([*values, *FORM.totals], random.choice((1, 1, 3, 40))):
            _spoil(random, kind, values, address)
    return Book(entries[0], entries[1], None, random.choice((FORM.id, FORM.id, "2019", "")))


def random_old_book(random: Random) -> Book:
    """Return a book of the form before: sound, or with anything anywhere, decreases where they may be among it."""
    this, kind = sound_values(random, OLD_FORM), random.choice(("sound", "blanks", "wild", "odd", "errors"))
    last = sound_previous(this, OLD_FORM)
    for address in this:
        if OLD_FORM.kind_of(address).signed:
            this[address] = random.randint(-40, 40)
    if kind == "sound":
        return Book(this, last, frozenset(), OLD_FORM.id, form=OLD_FORM)
    entries: tuple[dict[str, Entry], ...] = ({**this}, {**last})
    for values in entries:
        for address in random.sample([*values, *OLD_FORM.totals], random.choice((1, 1, 3, 30))):
            _spoil(random, kind, values, address)
    return Book(entries[0], entries[1], None, OLD_FORM.id, form=OLD_FORM)


def _spoil(random: Random, kind: str, values: dict[str, Entry], address: str) -> None:
    before = values.get(address, 0)
    assert not isinstance(before, str)
    if kind == "blanks":
        values.pop(address, None)
    elif kind == "wild":
        values[address] = random.choice((before + 1, -3, Decimal("2.5"), Decimal("0.125"), 10**9))
    else:
        values[address] = random.choice(ERRORS if kind == "errors" else TEXTS)


def _folded_book(random: Random, this: dict[str, Number], last: dict[str, Number]) -> Book:
    """Return a book with the single 其他处理 row; now and then something stands in the rows that must be empty."""
    (fold,) = FORM.folds
    entries: dict[str, Entry] = {a: v for a, v in this.items() if a not in fold.absent_addresses}
    if random.random() < 0.3:
        entries[random.choice(fold.absent_addresses)] = random.choice((0, 3, "/", "#N/A"))
    return Book(entries, {**last}, None, folded=True)


def expected_verdicts(report: Report, form: Form = FORM) -> dict[str, Verdict]:
    """Return what the 校验 sheet must show for ``report``, by the Python rules."""
    found: dict[str, Verdict] = {}
    for verdict in judge(form, report):
        left, right, difference = (
            "" if side is None else float(side) for side in (verdict.left, verdict.right, verdict.difference)
        )
        found[verdict.instance.id] = (left, right, difference, verdict.state.value)
    for kind in judge_kinds(form, report):
        count = "" if kind.count is None else float(kind.count)
        found[kind.check.id] = (count, 0.0, count, kind.state.value)
    return found


# A planted fault changes one figure and returns the rules that it must break, told from the form's
# meaning, not from its data: (一) to (七) and 结转 of 表三, the totals of 表四, both years of 表二.

Values = dict[str, Number]
PEOPLE = ("person", "business", "research", "charity", "legal", "other")
ITEMS = [row.id for row in FORM.tables["applications"].rows[2:-2]]


def known(this: Values, address: str) -> Number:
    return known_values(FORM, report_of(this).figures)[address]


def fault_received(random: Random, this: Values, last: Values) -> set[str]:
    """One more application than was settled or carried over."""
    who = random.choice(PEOPLE)
    this[f"applications.new.{who}"] += 1
    return {f"A101.{who}", "A101.total"}


def fault_carried_in(random: Random, this: Values, last: Values) -> set[str]:
    who = random.choice(PEOPLE)
    this[f"applications.carried_in.{who}"] += 1
    return {f"A101.{who}", "A101.total", f"Y101.{who}", "Y101.total"}


def fault_last_carried_out(random: Random, this: Values, last: Values) -> set[str]:
    who = random.choice(PEOPLE)
    last[f"applications.carried_out.{who}"] += 1
    return {f"Y101.{who}", "Y101.total"}


def fault_item(random: Random, this: Values, last: Values) -> set[str]:
    """One more settled in a row; （七）总计 follows, the balance does not."""
    who = random.choice(PEOPLE)
    this[f"applications.{random.choice(ITEMS)}.{who}"] += 1
    return {f"A101.{who}", "A101.total"}


def fault_stated_column(random: Random, this: Values, last: Values) -> set[str]:
    """（七）总计 typed over: 平潭 2020 in this form."""
    who = random.choice(PEOPLE)
    this[f"applications.processed.{who}"] = known(this, f"applications.processed.{who}") + 6
    return {f"A101.{who}", f"A102.{who}", "A103.processed"}


def fault_stated_item_total(random: Random, this: Values, last: Values) -> set[str]:
    row = random.choice(ITEMS)
    this[f"applications.{row}.total"] = known(this, f"applications.{row}.total") + 1
    return {f"A103.{row}", "A103.processed", "A101.total"}


def fault_stated_grand_total(random: Random, this: Values, last: Values) -> set[str]:
    this["applications.processed.total"] = known(this, "applications.processed.total") - 1
    broken = {"A101.total", "A102.total", "A103.processed"}
    return broken | ({"V102.applications"} if this["applications.processed.total"] < 0 else set())


def fault_stated_dispute_total(random: Random, this: Values, last: Values) -> set[str]:
    """A total of 表四 typed over: 洪泽 2023."""
    row = random.choice(("review", "suit_direct", "suit_after_review"))
    this[f"disputes.{row}.total"] = known(this, f"disputes.{row}.total") + 1
    return {f"A104.{row}"}


def fault_in_force(random: Random, this: Values, last: Values) -> set[str]:
    row = random.choice(("regulations", "normative"))
    this[f"disclosure.{row}.in_force"] += 1
    return {f"Y102.{row}"}


def fault_repealed_too_many(random: Random, this: Values, last: Values) -> set[str]:
    row = random.choice(("regulations", "normative"))
    this[f"disclosure.{row}.repealed"] += 10**6
    return {f"Y102.{row}", f"Y103.{row}"}


def fault_made_too_many(random: Random, this: Values, last: Values) -> set[str]:
    row = random.choice(("regulations", "normative"))
    this[f"disclosure.{row}.made"] += 10**6
    return {f"Y102.{row}", f"Y104.{row}"}


def fault_fraction(random: Random, this: Values, last: Values) -> set[str]:
    this["disclosure.penalties.decisions"] = Decimal("2.5")
    return {"V102.disclosure"}


def fault_negative(random: Random, this: Values, last: Values) -> set[str]:
    this["disclosure.fees.amount"] = Decimal("-0.01")
    return {"V103.disclosure"}


FAULTS = [value for name, value in sorted(globals().items()) if name.startswith("fault_")]
