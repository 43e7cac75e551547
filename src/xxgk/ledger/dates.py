"""Dates as offices write them into ledgers."""

from __future__ import annotations

import re
from datetime import date, timedelta

from xxgk.ledger.tables import Value
from xxgk.texts import BLANKS, NARROW
from xxgk.workbook.reading.dates import DAY_ZERO_1900, DAY_ZERO_1904

# The 条例 is in force since 2008-05-01; no application is older.
FIRST = date(2008, 5, 1)
# The last days that a serial number may stand for; smaller and larger numbers are years, counts, slips.
SERIALS = range(30_000, 75_000)
CLOCK = r"(?:[T\s]+[0-9]{1,2}[:时][0-9:.]*分?)?"
PATTERNS = (
    re.compile(rf"([0-9]{{4}})\s*[-/.]\s*([0-9]{{1,2}})\s*[-/.]\s*([0-9]{{1,2}})\.?{CLOCK}"),
    re.compile(rf"([0-9]{{4}})\s*年\s*([0-9]{{1,2}})\s*月\s*([0-9]{{1,2}})\s*[日号]?{CLOCK}"),
    re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})"),
)
SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
USUAL = re.compile(r"[0-9]{4}([-/])[0-9]{1,2}\1[0-9]{1,2}")


def read_date(value: Value, date1904: bool) -> date | None:
    """Return the date in a cell: a day number, or text such as 2023.3.5, 2023年3月5日, 20230305; None for no date.

    ``date1904`` tells from which day the workbook counts. What could be two days (23.3.5, 3/5/2023) is none.
    """
    if isinstance(value, float):
        if int(value) in SERIALS:
            return (DAY_ZERO_1904 if date1904 else DAY_ZERO_1900) + timedelta(days=int(value))
        value = str(int(value)) if value.is_integer() else ""
    text = value.strip(BLANKS).translate(NARROW)
    for pattern in PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                return None
    if SERIAL.fullmatch(text) and int(float(text)) in SERIALS:
        return DAY_ZERO_1900 + timedelta(days=int(float(text)))
    return None


def is_usual(value: Value) -> bool:
    """Tell whether a date is written so that every program takes it for one; others are read, and told."""
    return isinstance(value, float) or USUAL.fullmatch(value.strip()) is not None
