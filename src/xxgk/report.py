"""The model: one frozen ``Report`` that every reader produces and every other stage takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum

from xxgk.records import Record, field

Number = int | Decimal

UNKNOWN_LEVEL = "unknown"  # the level of a unit that nobody has chosen yet


class Reading(Enum):
    """How the value of a cell was understood."""

    NUMBER = "number"
    TEXT_NUMBER = "text_number"  # digits stored as text, full-width, or wrapped in spaces
    ANNOTATED = "annotated"  # one number and a remark in the same cell
    PLACEHOLDER = "placeholder"  # "/", "—", "无" and the like: neither a number nor blank
    UNREADABLE = "unreadable"  # anything else; never guessed


class Place(Record):
    """Where something stands: a sheet's name as the workbook has it, and a cell such as ``D7``."""

    sheet: str
    cell: str


class Figure(Record):
    """A number with its remark. ``value`` is None where the cell holds something else (``seen``)."""

    value: Number | None
    note: str = ""
    reading: Reading = Reading.NUMBER
    seen: str = ""
    place: Place | None = field(default=None, compare=False)


class Paragraph(Record):
    """A paragraph as typed. ``heading`` is 0 for body text, 2 for （一）, 3 for 1., 4 for （1）."""

    text: str
    heading: int = 0
    place: Place | None = field(default=None, compare=False)


class Explanation(Record):
    """The reason why the figure at ``address`` differs from what last year's report leads to."""

    address: str
    reason: str


class Waiver(Record):
    """A warning switched off, with the reason."""

    code: str
    reason: str


class Remark(Record):
    """Something a reader noticed that is no figure's own matter; ``code`` is a finding's code.

    ``seen`` is what stands there, ``expected`` what should.
    """

    code: str
    seen: str = ""
    expected: str = ""
    address: str = ""
    labels: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False)


class Report(Record):
    """A report of one unit for one year.

    ``figures`` maps addresses to what was typed. A total is in it only where it is stated, that is
    where a constant differs from the sum; every other total follows from its parts. ``fields`` are
    the single numbers outside the tables. Empty text and None mean "not filled in".
    ``places`` tells where the other fields came from, by field name.
    """

    form: str
    unit: str = ""
    year: int | None = None
    level: str = UNKNOWN_LEVEL
    short_name: str = ""
    title: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    table_notes: Mapping[str, str] = field(default_factory=dict)
    narrative: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    fields: Mapping[str, Figure] = field(default_factory=dict)
    signature: str = ""
    date: date | None = None
    previous: Report | None = None
    explanations: tuple[Explanation, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    remarks: tuple[Remark, ...] = field(default=(), compare=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
