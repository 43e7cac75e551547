"""What the office has to know of each unit: has it handed in, when, with what faults and figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum

from xxgk.checks.finding import ERROR, WARNING, Finding
from xxgk.consolidate.model import Gathered, Handed, Standing, Unit, Values
from xxgk.records import Record, field

COUNTING = (Standing.COUNTED, Standing.OWN)
SENT_BACK = (Standing.RIVAL, Standing.OTHER_YEAR, Standing.OTHER_FORM, Standing.UNREADABLE)  # the unit must mend that
OWN_REPORT = ("C103", "C104")  # what the sum of the units below says against a unit's own report


class State(Enum):
    """How far a unit is, in the words of the page, what is most to be done last."""

    IN_TIME = "已交"
    LATE = "迟交"
    SUMMED = "由下级相加"
    OUTSIDE = "不汇总"
    NOT_COUNTED = "没有计入"
    MISSING = "没有交"


class UnitLine(Record):
    """A unit of the roster with its files and figures.

    ``findings`` are those of its files and of its own sum against its report; ``reasons`` say why a file of it does
    not count. ``values`` and ``last`` are the figures with which it counts, or those of its sum, totals included.
    """

    unit: Unit
    parent: Unit | None
    state: State
    handed: tuple[Handed, ...] = ()
    findings: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()
    values: Values = field(default_factory=dict)
    last: Values = field(default_factory=dict)

    @property
    def received(self) -> date | None:
        """The day on which the file came that counts, else the last that came."""
        counting = [one for one in self.handed if one.standing in COUNTING] or self.handed
        return max((one.received for one in counting if one.received), default=None)

    @property
    def to_send_back(self) -> bool:
        """Whether the unit has something to mend or to look at; a mere 提示 is no reason to send anything back."""
        return bool(self.reasons) or any(finding.severity in (ERROR, WARNING) for finding in self.findings)


def unit_lines(gathered: Gathered) -> Iterator[UnitLine]:
    """Yield a line for each unit of the roster, in its order."""
    for unit in gathered.units:
        handed = tuple(gathered.handed.keyed(unit.id))
        one = next(gathered.sums.keyed(unit.id), None)
        member = next(gathered.alone.keyed(unit.id), None)
        counting = [file for file in handed if file.standing in COUNTING]
        found = [finding for file in counting for finding in file.taken.findings]
        # What is found out about the office's own sum is for the office.
        if one is not None and unit.id != gathered.top.unit.id:
            found += (finding for finding in one.findings if finding.code in OWN_REPORT)
        figures = (one.totals, one.last) if one else (member.values, member.last) if member else ({}, {})
        missing = member is not None and not member.counted
        yield UnitLine(
            unit,
            next(gathered.units.keyed(unit.parent), None) if unit.parent else None,
            _state(handed, summed=one is not None, missing=missing),
            handed,
            tuple(found),
            tuple(_why(file) for file in handed if file.standing in SENT_BACK),
            *figures,
        )


def _state(handed: tuple[Handed, ...], summed: bool, missing: bool) -> State:
    counting = [one for one in handed if one.standing in COUNTING]
    if counting:
        return State.LATE if any(one.late for one in counting) else State.IN_TIME
    if any(one.standing is Standing.VERTICAL for one in handed):
        return State.OUTSIDE
    if handed:
        return State.NOT_COUNTED
    if missing:
        return State.MISSING
    return State.SUMMED if summed else State.OUTSIDE


def _why(file: Handed) -> str:
    if file.standing is Standing.UNREADABLE:
        return file.reason
    more = f"（{file.reason.rstrip('。')}）" if file.reason else ""
    return f"{file.taken.source.shown}：{file.standing.value}{more}。"
