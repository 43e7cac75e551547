"""What consolidation works on: the roster, what each file gave, and the sums that come of it.

The way is straight: sources (files and zip entries) → ``Taken``, one for each file, in whatever process reads it →
``Handed``, whose file it is and whether it counts → ``Gathered``, a ``Sum`` for every unit that others belong under.
A ``Report`` is never kept, and what there is one of for each unit or file lies on shelves: a nation of them would not
fit into memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cached_property

from xxgk.checks.finding import Finding
from xxgk.consolidate.places import Place
from xxgk.consolidate.store import Shelf
from xxgk.records import Record, field
from xxgk.report import UNKNOWN_LEVEL, Number

Values = Mapping[str, Number]  # by address; what is not known is not in it
ENTRY = " › "  # between a zip file and the file in it, in names that are shown


class Unit(Record):
    """A unit of the roster. ``parent`` is the ``id`` of the unit that it belongs under, "" at the top.

    ``file`` is the name of the file that is to be taken as this unit's, typed by the office to settle a doubt;
    ``received`` the day on which it came, where the file's own time does not tell.
    """

    name: str
    code: str = ""
    level: str = UNKNOWN_LEVEL
    parent: str = ""
    contact: str = ""
    due: date | None = None
    received: date | None = None
    file: str = ""

    @property
    def id(self) -> str:
        """What tells the unit from all others of the roster: its code, else its name."""
        return self.code or self.name


def id_of(unit: Unit) -> str:
    """Return the key of a unit on a shelf."""
    return unit.id


class Roster(Record):
    """The units in the roster's order, each before or after its parent. ``given`` is False where no list was there.

    ``problems`` are sentences on lines that could not be used as they stand.
    """

    units: Sequence[Unit]
    given: bool = True
    problems: tuple[str, ...] = ()


class Source(Record):
    """A file to read, or the ``entry`` of a zip file. ``shown`` is its name for staff, unique in a run."""

    path: Place
    shown: str
    entry: str = ""


class Taken(Record):
    """What one file gave. ``error`` is the sentence that says why it gave nothing; then the rest is empty.

    ``values`` are this year's known figures of tables and single fields, totals as stated or computed; ``last`` those
    of the year before, with its year and form. ``absent`` are addresses that are not asked for (see ``Fold``).
    ``wrong_totals`` maps totals that are stated and differ from the sum of their parts to that sum.
    ``digest`` is the SHA-256 of the file's bytes, ``modified`` its last change. ``findings`` are those of ``check``.
    """

    source: Source
    digest: str = ""
    modified: date | None = None
    error: str = ""
    unit: str = ""
    level: str = UNKNOWN_LEVEL
    year: int | None = None
    form: str = ""
    signed: date | None = None
    values: Values = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    wrong_totals: Values = field(default_factory=dict)
    last: Values = field(default_factory=dict)
    last_year: int | None = None
    last_form: str = ""
    findings: tuple[Finding, ...] = ()


class Standing(Enum):
    """What became of a file, in the words of the unit list."""

    COUNTED = "已计入"
    OWN = "汇总单位自己的报告，用来核对"  # of a unit with others under it, whose figures are known: compared, not added
    COPY = "与另一个文件完全相同，只计一次"
    RIVAL = "同一单位有不同的文件，都没有计入"
    OTHER_YEAR = "年度不对，没有计入"
    OTHER_FORM = "格式不对，没有计入"
    VERTICAL = "垂直系统，不进地方汇总"
    UNMATCHED = "认不出是哪个单位，没有计入"
    UNREADABLE = "读不了，没有计入"


class Handed(Record):
    """A file with the unit whose it is (None where that is not certain) and what became of it.

    ``reason`` says in a sentence what ``standing`` rests on; ``candidates`` are the units that it may be of.
    ``received`` is the day that counts against the unit's due date.
    """

    taken: Taken
    standing: Standing
    unit: Unit | None = None
    reason: str = ""
    candidates: tuple[Unit, ...] = ()
    received: date | None = None

    @property
    def late(self) -> bool:
        """Whether it came after the unit's due date; False where either day is unknown."""
        due = self.unit.due if self.unit else None
        return due is not None and self.received is not None and self.received > due


class Adjustment(Record):
    """What the office adds to the sum of ``unit`` (its id) at ``address``, with the reason; ``amount`` is signed."""

    unit: str
    address: str
    amount: Number
    reason: str


class Member(Record):
    """A unit right under another, and the figures with which it counts there.

    ``summed`` is True where these are the sum of units of its own; otherwise they are its own report's. ``handed`` is
    that report, None where nothing is there. ``complete`` is False where it or a unit below it is missing.
    """

    unit: Unit
    values: Values
    absent: frozenset[str]
    last: Values
    summed: bool = False
    handed: Handed | None = None
    complete: bool = True

    @property
    def counted(self) -> bool:
        """Whether it counts with any figures at all."""
        return self.summed or self.handed is not None


class Sum(Record):
    """The sum of the units under ``unit``, in the roster's order.

    ``values`` are the sums at each address of a table's parts and of single fields, adjustments not yet in it; an
    address at which a unit that counts is blank or unreadable is not in it, but in ``lacking`` with those units' ids.
    Nor are totals: they follow from the parts. ``totals`` are all figures with the adjustments, totals among them:
    what the unit's workbook says. ``last`` is the same for the year before, where every unit that counts has it;
    ``without_last`` are the ids of those that have nothing of it. ``absent`` is what no unit is asked for.
    ``adjustments`` are those that were applied. ``own`` is the unit's own report, to compare with. ``missing`` are all
    units below that handed in nothing that counts. ``findings`` are those of family C about this unit.
    """

    unit: Unit
    members: tuple[Member, ...]
    values: Values
    last: Values
    totals: Values
    absent: frozenset[str] = frozenset()
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without_last: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    own: Handed | None = None
    missing: tuple[Unit, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every unit below is there with every figure."""
        return not self.missing and not self.lacking


class Gathered(Record):
    """All of one run for the reports of ``year``: files in the order of units, then of names; sums from the top down.

    ``units`` are those of the roster, by id, and ``given`` is its ``given``. The key of a file is its unit's id, ""
    where it has none; that of a sum is the id of the unit whose it is. The first sum is that of the unit at the top.
    ``alone`` are the units that have no sum, as they count for the one above them, by id. ``problems`` are sentences
    about the run as a whole.
    """

    year: int
    form: str
    units: Shelf[Unit]
    given: bool
    handed: Shelf[Handed]
    sums: Shelf[Sum]
    alone: Shelf[Member]
    problems: tuple[str, ...] = ()

    @cached_property
    def top(self) -> Sum:
        """The sum of everything."""
        return self.sums[0]
