"""What cells hold: the value, of what kind, and whether a formula made it; not how they look."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from enum import Enum

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record, field
from xxgk.xlsx.a1 import column_letter
from xxgk.xlsx.package import DAMAGED

FIRST_PRINTABLE = 0x20
ESCAPED = "_x([0-9A-Fa-f]{4})_"
MAX_WHOLE = 9  # digits of a number that the file counts with
ENTITY = "&([^;&]*);?"
ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
MAX_CHARACTER = 0x10FFFF
REMEMBERED = 512  # characters of a text that is worth keeping
TEXT_KINDS = ("s", "str", "inlineStr", "d")
CHARACTER = "[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # what XML allows in a text
LETTERS = ("", *(column_letter(number) for number in range(1, 257)))


class Holds(Enum):
    """What a cell holds."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"


# By the type that the file gives; any other is a number's.
TYPES = {**dict.fromkeys(TEXT_KINDS, Holds.TEXT), "b": Holds.BOOLEAN, "e": Holds.ERROR}


class Content(Record):
    """A cell that is not blank: the value as text, what it is, and the formula that made it ("" for none).

    A formula without a stored value (openpyxl writes none) has ``text`` "". A formula that the file
    shares with another cell is only ``=``. ``style`` is the number of its cell format, "" for the first.
    """

    holds: Holds
    text: str
    formula: str
    style: str = field(default="", compare=False)


# As the file gives it, entities and all: type, value, formula, number of the cell format.
Stored = tuple[str, str, str | None, str | None]


class SheetCells(Record):
    """The cells of one sheet that are not blank, by reference such as ``D7``.

    ``strings`` is the workbook's table of shared strings; ``merged`` lists the merged areas.
    """

    stored: Mapping[str, Stored]
    strings: Sequence[str]
    merged: tuple[str, ...] = ()

    def at(self, reference: str) -> Content | None:
        """Return what stands at ``reference``, or None when blank. Raise ``UnreadableWorkbook`` when damaged."""
        found = self.stored.get(reference)
        if found is None:
            return None
        kind, text, stored_formula, stored_style = found
        formula = "" if stored_formula is None else "=" + _with_characters(stored_formula)
        style = stored_style or ""
        holds = TYPES.get(kind)
        if holds is None:
            text = text.strip()
            return Content(Holds.NUMBER, text, formula, style) if text or formula else None
        if holds is Holds.TEXT:
            return Content(holds, self.text(reference), formula, style)
        if holds is Holds.BOOLEAN:
            return Content(holds, "FALSE" if text.strip() == "0" else "TRUE", formula, style)
        return Content(holds, _with_characters(text), formula, style)

    def text(self, reference: str) -> str:
        """Return the text at ``reference``, or a value as it is stored. Raise ``UnreadableWorkbook`` when damaged."""
        found = self.stored.get(reference)
        if found is None:
            return ""
        kind, text, _, _ = found
        if kind == "s":
            if not whole(text) or int(text) >= len(self.strings):
                raise UnreadableWorkbook(DAMAGED)
            return self.strings[int(text)]
        return unescape(_with_characters(text))


def whole(text: str) -> bool:
    """Tell whether ``text`` is a whole number such as a file counts with; "²" and thousands of digits are none."""
    return text.isascii() and text.isdecimal() and len(text) <= MAX_WHOLE


@functools.lru_cache(maxsize=8192)
def reference(row: int, column: int) -> str:
    """Return the reference of a cell, such as ``D7`` for row 7, column 4."""
    return f"{LETTERS[column] if column < len(LETTERS) else column_letter(column)}{row}"


def unescape(text: str) -> str:
    """Return ``text`` with ``_x000D_`` and the like resolved; control characters that no text has are dropped."""
    return re.sub(ESCAPED, _character, text) if "_x" in text else text


def escaped(text: str) -> str:
    """Return ``text`` as ``Stored`` has it."""
    return text.replace("&", "&amp;")


def _with_characters(text: str) -> str:
    """Return ``text`` with its entities resolved. Raise ``UnreadableWorkbook`` for one that XML does not know."""
    if "&" not in text:
        return text
    return _resolved(text) if len(text) <= REMEMBERED else re.sub(ENTITY, _entity, text)


@functools.lru_cache(maxsize=1024)  # a book in which things have moved is searched through again and again
def _resolved(text: str) -> str:
    return re.sub(ENTITY, _entity, text)


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if name in ENTITIES:
        return ENTITIES[name]
    if re.fullmatch("#(?:[0-9]{1,7}|x[0-9A-Fa-f]{1,6})", name):
        code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
        if code <= MAX_CHARACTER and re.fullmatch(CHARACTER, chr(code)):
            return chr(code)
    raise UnreadableWorkbook(DAMAGED)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if 0xD800 <= code <= 0xDFFF:
        return match[0]
    return chr(code) if code >= FIRST_PRINTABLE or chr(code) in "\t\n\r" else ""
