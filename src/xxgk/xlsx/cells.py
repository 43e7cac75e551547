"""What cells hold: the value, of what kind, and whether a formula made it; not how they look."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record
from xxgk.xlsx.a1 import column_letter
from xxgk.xlsx.package import DAMAGED

FIRST_PRINTABLE = 0x20
ESCAPED = "_x([0-9A-Fa-f]{4})_"
TEXT_KINDS = ("s", "str", "inlineStr", "d")
LETTERS = ("", *(column_letter(number) for number in range(1, 257)))


class Holds(Enum):
    """What a cell holds."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"


class Content(Record):
    """A cell that is not blank: the value as text, what it is, and the formula that made it ("" for none).

    A formula without a stored value (openpyxl writes none) has ``text`` "". A formula that the file
    shares with another cell is only ``=``.
    """

    holds: Holds
    text: str
    formula: str


class SheetCells(Record):
    """The cells of one sheet that are not blank, by reference such as ``D7``.

    ``stored`` has the type as the file gives it, the value, and the formula; ``strings`` is the
    workbook's table of shared strings.
    """

    stored: Mapping[str, tuple[str, str, str]]
    strings: Sequence[str]

    def at(self, reference: str) -> Content | None:
        """Return what stands at ``reference``, or None when blank. Raise ``UnreadableWorkbook`` when damaged."""
        found = self.stored.get(reference)
        if found is None:
            return None
        kind, text, formula = found
        if kind in TEXT_KINDS:
            return Content(Holds.TEXT, self.text(reference), formula)
        if kind == "b":
            return Content(Holds.BOOLEAN, "FALSE" if text.strip() == "0" else "TRUE", formula)
        if kind == "e":
            return Content(Holds.ERROR, text, formula)
        text = text.strip()
        return Content(Holds.NUMBER, text, formula) if text or formula else None

    def text(self, reference: str) -> str:
        """Return the text at ``reference``, or a value as it is stored. Raise ``UnreadableWorkbook`` when damaged."""
        found = self.stored.get(reference)
        if found is None:
            return ""
        kind, text, _ = found
        if kind == "s":
            if not text.isdecimal() or int(text) >= len(self.strings):
                raise UnreadableWorkbook(DAMAGED)
            return self.strings[int(text)]
        return unescape(text)


def reference(row: int, column: int) -> str:
    """Return the reference of a cell, such as ``D7`` for row 7, column 4."""
    return f"{LETTERS[column] if column < len(LETTERS) else column_letter(column)}{row}"


def unescape(text: str) -> str:
    """Return ``text`` with ``_x000D_`` and the like resolved; control characters that no text has are dropped."""
    return re.sub(ESCAPED, _character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if 0xD800 <= code <= 0xDFFF:
        return match[0]
    return chr(code) if code >= FIRST_PRINTABLE or chr(code) in "\t\n\r" else ""
