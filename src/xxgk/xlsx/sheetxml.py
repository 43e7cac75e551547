"""A sheet's XML into its cells.

Being called for every tag takes an XML parser most of its time, and nearly every sheet consists of
cells of one plain shape. So a sheet is first tried with patterns; one that looks different in any way
(prefixes, runs, comments, other encodings, cells without references) or is large is parsed as XML.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from itertools import chain, islice

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.a1 import column_number
from xxgk.xlsx.cells import SheetCells, Stored, escaped, reference, unescape
from xxgk.xlsx.package import DAMAGED, TOO_BIG, UNSAFE
from xxgk.xlsx.xmlstream import STRICT, TRANSITIONAL, local_name, new_parser, parse

MAX_CELLS = 300_000  # of a sheet that hold something; ours has a hundredth of them
MAX_TAGS = 600_000  # cells of a sheet that hold something or only a format
MAX_STRINGS = 300_000
MAX_CELL_TEXT = 1 << 18  # characters; spreadsheet programs allow an eighth of them
MAX_MERGED = 10_000  # areas that are looked at
MAX_AREA = 100_000  # cells of one merged area; a title over a whole row has 16,384
PLAIN_LIMIT = 1 << 20  # bytes; larger sheets are streamed
# How a part must begin for its cells to be what they look like: UTF-8, our namespace the default one.
PLAIN_HEAD = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1.0["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?"""
    rb"""(?: standalone=["']\w+["'])?\s*\?>)?\s*<worksheet(?=\s)[^<>]*\sxmlns=["'](?:%b|%b)["']"""
    % (TRANSITIONAL.encode(), STRICT.encode())
)
# Reference, format, type, formula, value, inline text; and the blank cells behind it, of which nothing is wanted.
# Possessive throughout (++, *+, ?+): nothing here could match in two ways, and not looking for another saves a third.
PLAIN_CELL = re.compile(
    r'<c r="([A-Z]{1,3}+[0-9]{1,7}+)"(?: s="([0-9]++)")?+(?: t="([A-Za-z]++)")?+\s*+'
    r"(?:/>|>(?:<f(?: [^<>]*+)?+>([^<]*+)(?:</f>)?+)?+"
    r'(?:<v(?: xml:space="preserve")?+>([^<]*+)</v>|<is><t(?: xml:space="preserve")?+>([^<]*+)</t></is>)?+</c>)'
    r'(?:<c r="[A-Z]{1,3}+[0-9]{1,7}+"(?: s="[0-9]++")?+(?: t="n")?+/>)*+'
)
GROUPS = PLAIN_CELL.groups + 1
# A cell that is not plain; a comment and the like, which may hold what only looks like a cell; an early end.
NOT_PLAIN = re.compile(r"<(?:[!?]|/(?:sheetData|worksheet)|(?:[^<>\s:/]+:)?c[\s/>])")
MERGED = re.compile(r'<mergeCell ref="([A-Z0-9:]+)"')
MERGED_AREA = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
# Not allowed in XML, or changed by it.
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n")


def read_cells(pieces: Iterable[bytes], strings: tuple[str, ...]) -> SheetCells:
    """Return the cells of a worksheet part. Raise ``UnreadableWorkbook`` when it is damaged or absurdly large."""
    rest = iter(pieces)
    start = b""
    for piece in rest:
        start += piece
        if len(start) > PLAIN_LIMIT:
            break
    else:
        plain = _plain_cells(start, strings)
        if plain is not None:
            return plain
    reader = _CellReader()
    reader.read(chain((start,), rest))
    return SheetCells(reader.stored, strings, _areas(reader.merged))


def _areas(references: Iterable[str]) -> tuple[str, ...]:
    """Return the merged areas that are some. Raise ``UnreadableWorkbook`` for an absurdly large one."""
    return _checked(tuple(islice(references, MAX_MERGED)))


@functools.lru_cache(maxsize=256)  # a thousand workbooks of one template are merged alike
def _checked(references: tuple[str, ...]) -> tuple[str, ...]:
    areas = tuple(found for found in map(MERGED_AREA.fullmatch, references) if found is not None)
    for left, top, right, bottom in (area.groups() for area in areas):
        width, height = column_number(right) - column_number(left), int(bottom) - int(top)
        if (abs(height) + 1) * (abs(width) + 1) > MAX_AREA:
            raise UnreadableWorkbook(UNSAFE)
    return tuple(area[0] for area in areas)


# ------------------------------------------------------------------ plain sheets


def _plain_cells(xml: bytes, strings: tuple[str, ...]) -> SheetCells | None:
    """Return the cells of a whole part, or None when it is not plain throughout."""
    head = PLAIN_HEAD.match(xml)
    if head is None or len(xml) - len(xml.translate(None, CONTROLS)) > head[0].count(b"\r"):
        return None
    try:
        cells, end, after = xml[head.end() :].decode().partition("</sheetData>")
    except UnicodeDecodeError:
        return None
    if not end or after.find("</worksheet>") != len(after) - len("</worksheet>"):
        return None
    parts = PLAIN_CELL.split(cells)
    others = "".join(parts[::GROUPS])
    if "<sheetData>" not in others or NOT_PLAIN.search(others):
        return None
    merged = MERGED.findall(after.rpartition("</mergeCells>")[0])
    if after.count("mergeCell ") != len(merged):
        return None
    return SheetCells(_stored(parts), strings, _areas(merged))


def _stored(parts: list[str]) -> dict[str, Stored]:
    stored: dict[str, Stored] = {}
    columns = (parts[n::GROUPS] for n in range(1, GROUPS))
    for at, style, kind, formula, value, text in zip(*columns, strict=True):
        if text is not None:
            stored[at] = ("inlineStr", text, formula, style)
        elif value is not None or formula is not None:
            stored[at] = (kind or "n", value or "", formula, style)
    return stored


# ------------------------------------------------------------------ all others


class _CellReader:
    """Collects the cells of one sheet, as XML parses it."""

    def __init__(self) -> None:
        self.stored: dict[str, Stored] = {}
        self.merged: list[str] = []
        self.names: dict[str, str] = {}
        self.texts: list[str] = []
        self.runs: list[str] = []
        self.count = self.length = 0
        self.at = self.kind = ""
        self.formula: str | None = None
        self.style: str | None = None
        self.row = 0
        self.phonetic = self.done = False
        self.parser = new_parser()

    def read(self, pieces: Iterable[bytes]) -> None:
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.texts.append
        parse(self.parser, pieces, self.texts)
        if not self.done:
            # No sheet data of a namespace we know: better refused than taken for an empty sheet.
            raise UnreadableWorkbook(DAMAGED)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names.get(name)
        if local is None:
            local = self.names[name] = local_name(name)
        if local == "c":
            self.at = attributes.get("r") or self.next_reference()
            self.kind = attributes.get("t", "n")
            self.style = attributes.get("s")
            self.formula = None
            self.count += 1
            if self.count > MAX_TAGS or len(self.stored) > MAX_CELLS:
                raise UnreadableWorkbook(TOO_BIG)
        elif local in ("v", "t", "f"):
            self.texts.clear()
        elif local == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.at = ""
            self.texts.clear()
        elif local == "rPh":
            self.phonetic = True

    def end(self, name: str) -> None:
        local = self.names[name]
        if local == "v":
            self.store(self.kind, escaped("".join(self.texts)))
        elif local == "f":
            self.formula = escaped("".join(self.texts))
            self.store(self.kind, "")
        elif local == "t" and not self.phonetic:
            self.runs.append("".join(self.texts))
            self.length += len(self.runs[-1])
            if self.length > MAX_CELL_TEXT:
                raise UnreadableWorkbook(TOO_BIG)
        elif local == "c" and self.runs:
            self.store("inlineStr", escaped("".join(self.runs)))
            self.runs.clear()
            self.length = 0
        elif local == "rPh":
            self.phonetic = False
        elif local == "sheetData":
            self.done = True
            self.parser.StartElementHandler = self.start_after
            self.parser.EndElementHandler = self.parser.CharacterDataHandler = None

    def store(self, kind: str, value: str) -> None:
        self.stored[self.at] = (kind, value, self.formula, self.style)

    def start_after(self, name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "mergeCell" and len(self.merged) < MAX_MERGED:
            self.merged.append(attributes.get("ref", ""))

    def next_reference(self) -> str:
        """Return the reference of a cell that has none: it follows the one before."""
        return reference(self.row, column_number(self.at.rstrip("0123456789")) + 1)


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
            if len(strings) >= MAX_STRINGS:
                raise UnreadableWorkbook(TOO_BIG)
            strings.append(unescape("".join(whole)))
            whole.clear()

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parse(parser, pieces, texts)
    return tuple(strings)
