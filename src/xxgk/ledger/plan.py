"""What a ledger consists of: the columns of ``ledger.toml``, and the choices that follow from the official form."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xxgk.formats import Form
from xxgk.labels import plain
from xxgk.records import Record
from xxgk.texts import bare

FILE = Path(__file__).with_name("ledger.toml")
APPLICATIONS, DISPUTES = "applications", "disputes"
NEEDED, KEPT = "needed", "kept"  # of the uses; the third is "read"
DATE, CHOICE, YES, AMOUNT = "date", "choice", "yes", "amount"
APPLICANTS, OUTCOMES, CASE_OUTCOMES, SUITS = "applicants", "outcomes", "case_outcomes", "suits"
REVIEW = "review"  # the row of 表四 that is no lawsuit
PENDING = "pending"  # the column of 表四 for cases that are not decided
LISTS_SHEET = "选项"  # of the ledger that we make: what its drop-down lists offer
UNDECIDED = ""  # what an outcome column says of an application that is still open

NUMBER = r"[(（][一二三四五六七八九十]+[)）]"  # of a group
NO_WORD = r"[\W_]+"


class Column(Record):
    """A column of the ledger. ``choices`` is the id of a list, or the list itself for one of the ledger's own."""

    id: str
    group: str
    caption: str
    kind: str
    use: str
    width: int
    guidance: str
    names: tuple[str, ...]
    choices: str | tuple[str, ...]


class Choices(Record):
    """A list to choose from: the labels by id, in order, and every way to write one (as ``key`` gives it) by id."""

    labels: Mapping[str, str]
    names: Mapping[str, str]


class Plan(Record):
    """The ledger as data: columns in order, other words for the form's own, what stands for yes, no and nothing."""

    sheet: str
    name: str
    columns: tuple[Column, ...]
    synonyms: Mapping[str, Mapping[str, Sequence[str]]]
    yes: frozenset[str]
    no: frozenset[str]
    nothing: frozenset[str]
    skipped: frozenset[str]

    @property
    def needed(self) -> tuple[str, ...]:
        """The ids of the columns without which nothing can be counted."""
        return tuple(column.id for column in self.columns if column.use == NEEDED)

    def column(self, column_id: str) -> Column:
        """Return the column with this id."""
        return next(column for column in self.columns if column.id == column_id)


@functools.cache
def load_plan() -> Plan:
    """Return the ledger's plan."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    answers = data["answers"]
    return Plan(
        sheet=data["sheet"],
        name=data["name"],
        columns=tuple(_column(entry) for entry in data["columns"]),
        synonyms=data["synonyms"],
        yes=_bare(answers["yes"]),
        no=_bare(answers["no"]),
        nothing=_bare(data["nothing"]["names"]),
        skipped=_bare(data["rows"]["skipped"]),
    )


@functools.lru_cache(maxsize=16)
def choices_of(form: Form, name: str) -> Choices:
    """Return the list ``name``, whose labels are those that the form prints."""
    labels = _labels(form, name)
    names: dict[str, str] = {}
    doubtful: set[str] = set()
    for choice, variants in ((choice, _variants(label)) for choice, label in labels.items()):
        for variant in variants:
            if names.setdefault(variant, choice) != choice:
                doubtful.add(variant)
    for choice, texts in load_plan().synonyms.get(name, {}).items():
        if choice in labels or choice == UNDECIDED:
            group, item, _ = labels.get(choice, "").partition(" ")
            for text in texts:
                names.setdefault(key(text), choice)
                if item:
                    names.setdefault(key(plain(group) + text), choice)
    # A full label is never in doubt, though a piece of it may be: 其他 is one of many.
    for variant in doubtful - {key(label) for label in labels.values()}:
        del names[variant]
    return Choices({choice: " ".join(label.split()) for choice, label in labels.items()}, names)


def key(text: str) -> str:
    """Return ``text`` for comparing: without blanks and punctuation, full-width forms made narrow."""
    return re.sub(NO_WORD, "", bare(text))


def _column(entry: Mapping[str, Any]) -> Column:
    choices = entry.get("choices", "")
    own = tuple(choices) if isinstance(choices, list) else choices
    return Column(**{**entry, "names": tuple(entry["names"]), "choices": own})


def _bare(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(bare(text).lower() for text in texts)


def _labels(form: Form, name: str) -> dict[str, str]:
    applications, disputes = form.tables[APPLICATIONS], form.tables[DISPUTES]
    applicants, cases = applications.sets["applicants"], disputes.sets["outcomes"]
    if name == APPLICANTS:
        return {one: applications.member_label("columns", one) for one in applicants}
    if name == OUTCOMES:
        items = applications.sets["items"]
        printed = {item: applications.labels[f"{APPLICATIONS}.{item}.{applicants[0]}"] for item in items}
        # Without the section's heading before it and the applicant's after it.
        return {item: " ".join(labels[1:-1]) for item, labels in printed.items()}
    if name == CASE_OUTCOMES:
        return {one: disputes.member_label("columns", one) for one in cases}
    at = {row.id: disputes.labels[f"{DISPUTES}.{row.id}.{cases[0]}"] for row in disputes.rows if row.id != REVIEW}
    return {row: labels[-2] for row, labels in at.items()}


def _variants(label: str) -> list[str]:
    """Return the ways in which people shorten a label: without number, remark, group, or the words 属于."""
    group, _, last = label.rpartition(" ")
    core = plain(last)
    short = core.removeprefix("属于")
    whole = plain(group)
    numbered = re.match(NUMBER, group)
    number = numbered[0] if numbered else ""
    return [key(text) for text in (label, last, core, short, whole + core, whole + short, number + last, plain(label))]
