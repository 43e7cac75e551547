"""How wide a line is and where the 落款 stands, whoever sets the page. All lengths are full-width characters."""

from __future__ import annotations

import unicodedata

WIDE = ("W", "F", "A")
# GB/T 9704-2012, 7.3.5.2: from the right edge, and from one line's beginning to the other's.
SIGNATURE_INDENT = 2
# The same, 7.3.5.1.
SEALED_DATE_INDENT = 4


def characters(text: str) -> float:
    """Return the width of ``text``."""
    return sum(1 if unicodedata.east_asian_width(char) in WIDE else 0.5 for char in text)


def signature_starts(unit: str, date: str, sealed: bool, room: float) -> tuple[float, float]:
    """Return where the lines of unit and date begin, from the left edge of a line of ``room``.

    Without a seal the unit ends two characters from the right edge and the date begins two characters after it; a
    longer date ends two characters from the edge and the unit gives way (GB/T 9704-2012, 7.3.5.2). With a seal the
    date ends four characters from the edge and the unit is centred on it, so far as the edge allows (7.3.5.1).
    """
    unit_width, date_width = characters(unit), characters(date)
    if sealed:
        middle = room - SEALED_DATE_INDENT - date_width / 2
        return max(0, min(middle - unit_width / 2, room - unit_width)), middle - date_width / 2
    needed = date_width + 2 * SIGNATURE_INDENT if date_width > unit_width else unit_width + SIGNATURE_INDENT
    start = max(0, room - needed)
    return start, start + SIGNATURE_INDENT
