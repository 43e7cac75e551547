"""What the number format of a cell makes of its number: a date, or a percentage."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from enum import Enum

from xxgk.xlsx.xmlstream import local_name, new_parser, parse

# ECMA-376 part 1, 18.8.30: the formats that every program knows by number, the East Asian dates among them.
PERCENT_IDS = frozenset((9, 10))
DATE_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
# Of a format in small letters. Most formats have none of the signs, so that no pattern needs to be compiled.
SIGNS = frozenset("ymdhsea%")
LITERAL = r'"[^"]*"|[\\!].|_.|\*.|\[(?![hms]+\])[^\]]*\]'  # and padding, colours, conditions; but [h] counts hours
NO_DATE = r"general|g/通用格式|e[+-]"
DATE_SIGN = "[ymdhse]|aaa"


class Shows(Enum):
    """What a number is shown as."""

    DATE = "date"
    PERCENT = "percent"


def shows(code: str) -> Shows | None:
    """Return what a number format such as ``yyyy"年"`` makes of a number, or None for a mere number."""
    code = code.lower()
    if SIGNS.isdisjoint(code):
        return None
    bare = re.sub(LITERAL, "", code).partition(";")[0]
    if "%" in bare:
        return Shows.PERCENT
    return Shows.DATE if re.search(DATE_SIGN, re.sub(NO_DATE, "", bare)) else None


@functools.lru_cache(maxsize=4)
def read_formats(xml: bytes) -> Mapping[str, Shows]:
    """Return which cell formats, by number as cells name them, show a date or a percentage.

    ``xml`` is the styles part. Raise ``UnreadableWorkbook`` when it is damaged.
    """
    reader = _StylesReader()
    reader.read((xml,))
    return reader.found


class _StylesReader:
    def __init__(self) -> None:
        self.codes: dict[int, Shows | None] = {}
        self.found: dict[str, Shows] = {}
        self.inside = False
        self.count = 0

    def read(self, pieces: Iterable[bytes]) -> None:
        parser = new_parser()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parse(parser, pieces)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        if local == "numFmt":
            self.codes[int(attributes.get("numFmtId", "0"))] = shows(attributes.get("formatCode", ""))
        elif local == "cellXfs":
            self.inside = True
        elif local == "xf" and self.inside:
            kind = self.kind(int(attributes.get("numFmtId", "0")))
            if kind is not None:
                self.found[str(self.count)] = kind
                if self.count == 0:
                    self.found[""] = kind
            self.count += 1

    def end(self, name: str) -> None:
        if local_name(name) == "cellXfs":
            self.inside = False

    def kind(self, number: int) -> Shows | None:
        if number in self.codes:
            return self.codes[number]
        return Shows.PERCENT if number in PERCENT_IDS else Shows.DATE if number in DATE_IDS else None
