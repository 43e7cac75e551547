"""A sheet's XML, streamed into its cells.

Most of a sheet are cells of one plain shape, and most of the time goes into being called for each of
their tags. So the plain ones are lifted out of the bytes by a pattern first; whatever looks different
in any way (prefixes, entities, runs, comments, other encodings) stays in and is parsed as XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.cells import SheetCells, reference, unescape
from xxgk.xlsx.package import DAMAGED, TOO_BIG
from xxgk.xlsx.xmlstream import STRICT, TRANSITIONAL, local_name, new_parser, parse

MAX_CELLS = 2_000_000
# How a part must begin for its plain cells to be what they look like: UTF-8, our namespace the default one.
PLAIN_HEAD = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["']\w+["'])?"""
    rb"""\s*\?>)?\s*<worksheet(?=\s)[^<>]*\sxmlns=["'](?:%b|%b)["']""" % (TRANSITIONAL.encode(), STRICT.encode())
)
# Text without markup, entities, control characters, or line ends that XML would change.
_TEXT = rb"[^<&\x00-\x08\x0b-\x1f]*"
PLAIN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="[0-9]+")?(?: t="([A-Za-z]+)")?\s*'
    rb'(?:/>|></c>|>(?:<f(?: aca="[a-z]+")?>(%b)</f>)?'
    rb'(?:<v>(%b)</v>|<is><t(?: xml:space="preserve")?>(%b)</t></is>)</c>)' % (_TEXT, _TEXT, _TEXT)
)


def read_cells(pieces: Iterable[bytes], strings: tuple[str, ...]) -> SheetCells:
    """Return the cells of a worksheet part. Raise ``UnreadableWorkbook`` when it is damaged or absurdly large."""
    reader = _CellReader()
    reader.read(pieces)
    return SheetCells(reader.stored, strings)


class _CellReader:
    """Collects the cells of one sheet: reference → type, value, formula."""

    def __init__(self) -> None:
        self.stored: dict[str, tuple[str, str, str]] = {}
        self.names: dict[str, str] = {}
        self.texts: list[str] = []
        self.at = self.kind = self.formula = ""
        self.row = 0
        self.phonetic = self.lifted = self.done = False
        self.parser = new_parser()

    def read(self, pieces: Iterable[bytes]) -> None:
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.texts.append
        parse(self.parser, self.without_plain_cells(pieces))
        if not self.done:
            # No sheet data of a namespace we know: better refused than taken for an empty sheet.
            raise UnreadableWorkbook(DAMAGED)

    # -------------------------------------------------------------- plain cells

    def without_plain_cells(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield ``pieces`` less the plain cells. One that the end of a piece cuts in two stays in."""
        plain: bool | None = None
        for piece in pieces:
            if len(self.stored) > MAX_CELLS:
                raise UnreadableWorkbook(TOO_BIG)
            if plain is None:
                plain = PLAIN_HEAD.match(piece) is not None
            if plain and (b"<!" in piece or piece.startswith(b"!")):
                plain = False  # a comment or the like may hold what only looks like a cell
            yield PLAIN_CELL.sub(self.lift, piece) if plain else piece

    def lift(self, found: re.Match[bytes]) -> bytes:
        at, kind, formula, value, text = found.groups()
        self.lifted = True
        if text is not None:
            self.stored[at.decode()] = ("inlineStr", text.decode(), "")
        elif value is not None:
            typed = kind.decode() if kind else "n"
            self.stored[at.decode()] = (typed, value.decode(), "" if formula is None else f"={formula.decode()}")
        return b""

    # -------------------------------------------------------------- all others

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names.get(name)
        if local is None:
            local = self.names[name] = local_name(name)
        if local == "c":
            self.at = attributes.get("r") or self.next_reference()
            self.kind = attributes.get("t", "n")
            self.formula = ""
        elif local in ("v", "t", "f"):
            self.texts.clear()
        elif local == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.at = ""
        elif local == "rPh":
            self.phonetic = True

    def end(self, name: str) -> None:
        local = self.names[name]
        if local == "v":
            self.stored[self.at] = (self.kind, "".join(self.texts), self.formula)
        elif local == "f":
            self.formula = "=" + "".join(self.texts)
            self.stored[self.at] = (self.kind, "", self.formula)
        elif local == "t" and not self.phonetic:
            earlier = self.stored[self.at][1] if self.at in self.stored else ""
            self.stored[self.at] = ("inlineStr", earlier + "".join(self.texts), self.formula)
        elif local == "rPh":
            self.phonetic = False
        elif local == "sheetData":
            self.done = True
            parser = self.parser
            parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None

    def next_reference(self) -> str:
        """Return the reference of a cell that has none: it follows the one before."""
        if self.lifted:
            # The one before may be gone. Every program gives either all references or none.
            raise UnreadableWorkbook(DAMAGED)
        column = 0
        for letter in self.at.rstrip("0123456789"):
            column = column * 26 + ord(letter) - 64
        return reference(self.row, column + 1)


def read_strings(pieces: Iterable[bytes]) -> tuple[str, ...]:
    """Return the shared strings of a workbook, without phonetic guides."""
    strings: list[str] = []
    texts: list[str] = []
    whole: list[str] = []
    phonetic = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal phonetic
        local = local_name(name)
        if local == "t":
            texts.clear()
        elif local == "rPh":
            phonetic = True

    def end(name: str) -> None:
        nonlocal phonetic
        local = local_name(name)
        if local == "t" and not phonetic:
            whole.append("".join(texts))
        elif local == "rPh":
            phonetic = False
        elif local == "si":
            if len(strings) >= MAX_CELLS:
                raise UnreadableWorkbook(TOO_BIG)
            strings.append(unescape("".join(whole)))
            whole.clear()

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parse(parser, pieces)
    return tuple(strings)
