"""What a sentence can claim about the figures in the tables."""

from __future__ import annotations

from xxgk.narrative.claim_words import Sum
from xxgk.records import Record
from xxgk.report import Number


class Subject(Record):
    """What is counted: in ``table``, the customary sums of rows, each for the customary sums of columns."""

    table: str
    rows: tuple[Sum, ...]
    columns: tuple[Sum, ...]


class Claim(Record):
    """A claim by the words ``said``."""

    said: str


class Count(Claim):
    """``subject`` is ``value``, this year or last year; ``step`` is how exact the number is."""

    said: str
    subject: Subject
    value: Number
    unit: str
    step: Number
    last_year: bool = False


class Nothing(Claim):
    """Each of ``subjects`` is 0; ``outcome`` says that they are how cases ended (零败诉, 全部审结)."""

    said: str
    subjects: tuple[Subject, ...]
    outcome: bool = False


class Uniform(Claim):
    """All of ``subject`` fall into ``columns``."""

    said: str
    subject: Subject
    columns: tuple[Sum, ...]


class Share(Claim):
    """``part``, as the text counts it or (where it gives no number) as the tables do, is that share of a whole."""

    said: str
    part: Count | Subject
    wholes: tuple[Subject, ...]
    percent: Number
    decimals: int


class Change(Claim):
    """``subject`` has grown by ``value`` (fallen, where negative) since last year, in per cent or in cases.

    ``now`` is what the text itself states for this year.
    """

    said: str
    subject: Subject
    value: Number
    percent: bool
    decimals: int
    now: Number | None = None


class Trend(Claim):
    """``subject`` has grown since last year, fallen or (0) stayed, without a word of how much; ``nearly`` so.

    ``now`` is what the text itself states for this year.
    """

    said: str
    subject: Subject
    direction: int
    nearly: bool = False
    now: Number | None = None
