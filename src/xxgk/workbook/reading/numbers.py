"""What a cell says, as a figure: understood exactly, or reported, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal

from xxgk.records import replace
from xxgk.report import Figure, Number, Reading
from xxgk.texts import BLANKS, NARROW
from xxgk.xlsx.cells import Content, Holds

MAX_DIGITS = 15  # beyond these a spreadsheet program keeps no exact number
# Patterns are texts: most workbooks need none of them, and compiling them all costs a millisecond.
PLACEHOLDER = r"(?i:/|[-–—―]{1,3}|无|不适用|N/A)"
PLAIN = r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?"
ANNOTATED = rf"({PLAIN})([^0-9()]*)(?:\(([^()]*)\))?"
CHANGE = r"(\+|增加?|减少?)\s*(?=[0-9])"
STORED = r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?"
WORD = r"[^\W\d_]"


def read_number(text: str, unit: str = "") -> Figure | None:
    """Return the figure that a cell holding ``text`` stands for, or None when it is blank.

    ``unit`` is the unit of the column (件, 万元): "12件" is 12 there, "12元" is nothing we know.
    """
    bare = text.strip(BLANKS)
    if not bare:
        return None
    narrow = bare.translate(NARROW)
    if re.fullmatch(PLACEHOLDER, narrow):
        return Figure(None, reading=Reading.PLACEHOLDER, seen=text)
    if re.fullmatch(PLAIN, narrow):
        value = exact(narrow)
        if value is not None:
            return Figure(value, reading=Reading.TEXT_NUMBER, seen=text)
    found = re.fullmatch(ANNOTATED, narrow)
    if found:
        # Same length before and after: the remark is kept as it was typed.
        note = bare[slice(*found.span(3))].strip(BLANKS) if found[3] is not None else ""
        value = exact(found[1])
        if value is not None and _is_remark(found, note, unit):
            return Figure(value, note, Reading.ANNOTATED, text)
    return unreadable(text)


def read_change(text: str, unit: str = "") -> Figure | None:
    """Return the increase or decrease that ``text`` stands for: like ``read_number``, and "+3", "增3", "减少2" too."""
    bare = text.strip(BLANKS)
    found = re.match(CHANGE, bare.translate(NARROW))
    if not found:
        return read_number(text, unit)
    figure = read_number(("-" if found[1].startswith("减") else "") + bare[found.end() :], unit)
    return replace(figure, seen=text) if figure else None


def read_content(content: Content, unit: str = "") -> Figure | None:
    """Return the figure that a cell stands for, or None when it is blank; see ``read_number`` for ``unit``."""
    if content.holds is Holds.TEXT:
        return read_number(content.text, unit)
    if content.holds is not Holds.NUMBER:
        return unreadable(content.text)
    if not content.text:
        return None
    value = stored_number(content.text)
    return unreadable(content.text) if value is None else Figure(value)


def stored_number(text: str) -> Number | None:
    """Return the number that a numeric cell stores, rounded to the 15 digits that count, or None when it is none."""
    if len(text) < MAX_DIGITS and text.isdigit() and text.isascii():
        return int(text)
    if not re.fullmatch(STORED, text):
        return None
    value = float(text)
    if not abs(value) < 10**MAX_DIGITS:
        return None
    return _plain(Decimal(format(value, f".{MAX_DIGITS}g")))


def exact(text: str) -> Number | None:
    """Return the number that ASCII digits, grouping commas and a point spell, or None beyond 15 digits."""
    value = Decimal(text.replace(",", ""))
    if len(value.as_tuple().digits) > MAX_DIGITS:
        return None
    return _plain(value)


def unreadable(text: str) -> Figure:
    """Return a figure that says only what was seen."""
    return Figure(None, reading=Reading.UNREADABLE, seen=text)


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value.normalize()


def _is_remark(found: re.Match[str], note: str, unit: str) -> bool:
    between = found[2].strip(BLANKS)
    if between and between != unit:
        return False
    if found[3] is None:
        return bool(between)
    # "22(3)" could be anything: a remark has words.
    return bool(re.search(WORD, note))
