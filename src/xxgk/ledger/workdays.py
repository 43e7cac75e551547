"""Working days by the yearly notices of the 国务院办公厅 (``holidays.toml``)."""

from __future__ import annotations

import functools
import tomllib
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from xxgk.records import Record

FILE = Path(__file__).with_name("holidays.toml")
DAY = timedelta(days=1)
SATURDAY = 5


class WorkDays(Record):
    """The working days of the years ``first`` to ``last``.

    ``before[n]`` is how many of them lie before the ``n``-th day from 1 January of ``first`` on.
    """

    first: int
    last: int
    before: tuple[int, ...]

    def covers(self, start: date, end: date) -> bool:
        """Tell whether both days lie in years whose holidays are known."""
        return self.first <= start.year and end.year <= self.last

    def between(self, start: date, end: date) -> int:
        """Return how many working days come after ``start``, up to and with ``end``: the first day does not count.

        Raise ``ValueError`` for days that are not covered.
        """
        if not self.covers(min(start, end), max(start, end)):
            raise ValueError(f"no holidays known for {start} to {end}")
        return max(0, self.before[self._number(end) + 1] - self.before[self._number(start) + 1])

    def _number(self, day: date) -> int:
        return (day - date(self.first, 1, 1)).days


@functools.cache
def load_workdays() -> WorkDays:
    """Return the working days of all years that ``holidays.toml`` has. They follow one another without a gap."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    off = {day for year in data.values() for span in year["off"] for day in _days(span)}
    on = {date.fromisoformat(day) for year in data.values() for day in year["on"]}
    first, last = min(map(int, data)), max(map(int, data))
    if sorted(map(int, data)) != list(range(first, last + 1)):
        raise ValueError("holidays.toml has a gap between its years")
    days = _days(f"{first}-01-01/{last}-12-31")
    works = (day in on or (day.weekday() < SATURDAY and day not in off) for day in days)
    return WorkDays(first, last, tuple(accumulate(works, initial=0)))


def _days(span: str) -> list[date]:
    """Return the days of ``2023-09-29/2023-10-06``, or the one of ``2023-04-05``."""
    start, _, end = span.partition("/")
    first = date.fromisoformat(start)
    return [first + DAY * n for n in range((date.fromisoformat(end or start) - first).days + 1)]
