"""Years and dates as people type them and as workbooks store them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from xxgk.texts import BLANKS, NARROW
from xxgk.workbook.reading.numbers import stored_number
from xxgk.xlsx.cells import Content, Holds
from xxgk.xlsx.numberformats import Shows

FIRST_YEAR, LAST_YEAR = 2000, 2100
# Day 60 of the 1900 calendar is a 29 February that never was, so the days after it count from here.
DAY_ZERO_1900 = date(1899, 12, 30)
DAY_ZERO_1904 = date(1904, 1, 1)
YEAR = r"([0-9]{4})\s*(?:年度?)?"
DATES = (
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:T[0-9:.]*)?",
    r"([0-9]{4})\s*(年)\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日",
)


def read_year(content: Content) -> int | None:
    """Return the year in a cell (2023, "２０２３年"), or None when it is none from 2000 to 2100."""
    if content.holds is Holds.NUMBER:
        value = stored_number(content.text)
        return value if isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR else None
    found = re.fullmatch(YEAR, _narrow(content.text))
    year = int(found[1]) if found else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def read_date(content: Content, date1904: bool) -> date | None:
    """Return the date in a cell, stored as a day number or typed as text, or None when it is none.

    ``date1904`` tells from which day the workbook counts.
    """
    if content.holds is Holds.NUMBER:
        return _from_serial(content.text, date1904)
    text = _narrow(content.text)
    found = next((found for pattern in DATES if (found := re.fullmatch(pattern, text))), None)
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def shown(text: str, shows: Shows, date1904: bool) -> str:
    """Return how staff see a number that is shown as a date or a percentage, such as ``50%``."""
    if shows is Shows.DATE:
        day = _from_serial(text, date1904)
        return f"{text}（显示为日期）" if day is None else day.isoformat()
    value = stored_number(text)
    return text if value is None else f"{float(value) * 100:g}%"


def serial(day: date, date1904: bool) -> int:
    """Return the number by which a workbook stores ``day``."""
    return (day - (DAY_ZERO_1904 if date1904 else DAY_ZERO_1900)).days


def _from_serial(text: str, date1904: bool) -> date | None:
    value = stored_number(text)
    first, last = (serial(date(year, 1, 1), date1904) for year in (FIRST_YEAR, LAST_YEAR + 1))
    if value is None or not first <= value < last:
        return None
    # A fraction is the time of day.
    return (DAY_ZERO_1904 if date1904 else DAY_ZERO_1900) + timedelta(days=int(value))


def _narrow(text: str) -> str:
    return text.strip(BLANKS).translate(NARROW)
