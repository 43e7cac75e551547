"""How long an application took, in working days (条例第30、32、33条)."""

from __future__ import annotations

from datetime import date

from xxgk.ledger.counting import contradictory
from xxgk.ledger.entries import Entry
from xxgk.ledger.plan import UNDECIDED
from xxgk.ledger.workdays import WorkDays
from xxgk.records import Record

PERIOD = 20  # working days; as many again when extended (条例第33条)
PERIOD_COLUMNS = (
    *("correction_sent", "correction_received", "consulted", "consulted_until"),
    *("extended", "fee_notice", "fee_paid"),
)


class Clock(Record):
    """The period of one application: from when it runs, until when it ran, what does not count, how long it may be."""

    start: date
    end: date
    limit: int
    pause: tuple[date, date] | None


def clock_of(entry: Entry, year: int) -> Clock | None:
    """Return how the period for the answer runs (条例第30、33条), or None where it does not run or is not known.

    It begins anew when a correction comes in or a fee is paid (国办函〔2020〕109号). An application that was open
    on 31 December is looked at as of that day.
    """
    dates = entry.dates
    if "received" not in dates or contradictory(entry) or any(map(entry.unclear, ("answered", *PERIOD_COLUMNS))):
        return None
    end = min(dates.get("answered", date.max), date(year, 12, 31))
    if "answered" not in dates and entry.choices.get("outcome", UNDECIDED) != UNDECIDED:
        return None
    for asked, given in (("correction_sent", "correction_received"), ("fee_notice", "fee_paid")):
        if asked in dates and given not in dates:
            return None
    if ("consulted" in dates) != ("consulted_until" in dates):
        return None
    start = max(dates[name] for name in ("received", "correction_received", "fee_paid") if name in dates)
    pause = None
    if "consulted" in dates:
        pause = max(dates["consulted"], start), min(dates["consulted_until"], end)
    limit = PERIOD * (2 if entry.extended else 1)
    return Clock(start, end, limit, pause) if start <= end else None


def used_days(clock: Clock, days: WorkDays) -> int | None:
    """Return how many working days an answer took, or None where a year's holidays are not known."""
    if not days.covers(clock.start, clock.end):
        return None
    pause = days.between(*clock.pause) if clock.pause and clock.pause[0] < clock.pause[1] else 0
    return days.between(clock.start, clock.end) - pause
