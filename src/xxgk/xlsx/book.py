"""What a workbook consists of: sheets, defined names, shared strings, the epoch of its dates."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from contextlib import suppress

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record
from xxgk.xlsx.a1 import CORNER, Slot, column_number
from xxgk.xlsx.cells import SheetCells
from xxgk.xlsx.numberformats import Shows, read_formats
from xxgk.xlsx.package import CONTENT_TYPES, DAMAGED, UNSAFE, Package, open_package
from xxgk.xlsx.sheetxml import read_cells, read_strings
from xxgk.xlsx.xmlstream import local_name, new_parser, parse

OFFICE_DOCUMENT = "/officeDocument"
WORKSHEET = "/worksheet"
RELATIONS = ".rels"
SHARED_STRINGS = "/sharedStrings"
STYLES = "/styles"
RELATIONSHIPS = " http://schemas.openxmlformats.org/package/2006/relationships Relationship"
RELATION_ID = ("http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
               "http://purl.oclc.org/ooxml/officeDocument/relationships id")  # fmt: skip
# What other kinds of zip file hold, and how to name them to the user.
OTHER_KINDS = (
    ("xl/workbook.bin", "这是 .xlsb 格式；请用 Excel 打开，另存为 .xlsx"),
    ("word/document.xml", "这是 Word 文档，不是工作簿"),
    ("ppt/presentation.xml", "这是演示文稿，不是工作簿"),
    ("content.xml", "这是 .ods 等开放文档格式；请用 WPS、Excel 或 LibreOffice 打开，另存为 .xlsx"),
)
# What reaches outside the workbook or could run, by a piece of a part's name or by how a relation to it is called
# at the end; none is ever opened.
FOREIGN = (
    ("/externallinks/externallink", ("/externallink",), "别的文件的链接"),
    ("/connections.xml", ("/connections",), "外部数据连接"),
    ("/macrosheets/", ("/xlmacrosheet", "/xlintlmacrosheet"), "旧式宏表"),
    ("/activex/", ("/control",), "控件"),
    ("/embeddings/", ("/oleobject", "/package"), "嵌入的文件"),
)
MACROS = ("vbaproject.bin", "/vbaproject")
MAX_RELATIONS = 4 << 20  # bytes of relations that are looked through for these
MACRO_ENABLED = b"macroEnabled"
NO_WORKBOOK = "文件不是 Excel 工作簿；请选择 .xlsx 或 .xlsm 文件"
# 'Sheet''s name'!$B$5:$K$32, or Sheet!B5
# (small letters count too, but ignoring case throughout takes three times as long to compile)
ANY_CORNER = CORNER.replace("A-Z", "A-Za-z")
AREA = re.compile(rf"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!{ANY_CORNER}(?::{ANY_CORNER})?")


class Book(Record):
    """A workbook whose sheets are not read yet.

    ``sheets`` maps each name to its part, in order; ``names`` maps a defined name, in lower case, to
    the rectangle that it stands for (names that stand for anything else are left out). ``hidden`` are
    the sheets that are not shown; ``styles`` is the styles part, "" for none.
    """

    package: Package
    part: str
    sheets: Mapping[str, str]
    hidden: frozenset[str]
    names: Mapping[str, Slot]
    date1904: bool
    strings: tuple[str, ...]
    styles: str

    def cells(self, sheet: str) -> SheetCells:
        """Read the cells of ``sheet``. Raise ``UnreadableWorkbook`` when its part is missing or damaged."""
        return read_cells(self.package.stream(self.sheets[sheet]), self.strings)

    def size(self, sheet: str) -> int:
        """Return how many bytes the part of ``sheet`` has."""
        return self.package.members[self.sheets[sheet].lower()].size

    def formats(self) -> Mapping[str, Shows]:
        """Return which cell formats show a date or a percentage. Raise ``UnreadableWorkbook`` for damaged ones."""
        return read_formats(self.package.read(self.styles)) if self.styles else {}

    def foreign(self) -> tuple[str, ...]:
        """Return what the workbook has that reaches outside it or could run, in words for staff."""
        names = [f"/{name}" for name in self.package.members]
        kinds = _kinds_of_relations(self.package)
        found = [
            words
            for piece, ends, words in FOREIGN
            if any(piece in name for name in names) or any(kind.endswith(ends) for kind in kinds)
        ]
        macros = any(name.endswith(MACROS) for name in (*names, *kinds))
        if macros and MACRO_ENABLED not in self.package.read(CONTENT_TYPES):
            found.append("宏")
        return tuple(found)


def open_book(data: bytes) -> Book:
    """Return the workbook in ``data``. Raise ``UnreadableWorkbook``, with the reason, when it is none."""
    package = open_package(data)
    if CONTENT_TYPES not in package:
        raise UnreadableWorkbook(_other_kind(package))
    main = [target for kind, target in _relations(package, "").values() if kind.endswith(OFFICE_DOCUMENT)]
    if not main or main[0] not in package or not main[0].endswith(".xml"):
        raise UnreadableWorkbook(_other_kind(package))
    found = _WorkbookPart()
    found.read(package, main[0])
    if not found.sheets:
        raise UnreadableWorkbook(_other_kind(package))
    relations = _relations(package, main[0])
    sheets: dict[str, str] = {}
    for name, relation in found.sheets:
        kind, part = relations.get(relation, ("", ""))
        if kind.endswith(WORKSHEET) and part in package:
            if name in sheets or part in sheets.values():
                raise UnreadableWorkbook(UNSAFE)
            sheets[name] = part
    if not sheets:
        raise UnreadableWorkbook(DAMAGED)
    hidden = frozenset(sheets.keys() & found.hidden)
    shared, styles = _part(package, relations, SHARED_STRINGS), _part(package, relations, STYLES)
    strings = read_strings(package.stream(shared)) if shared else ()
    return Book(package, main[0], sheets, hidden, found.areas(), found.date1904, strings, styles)


def relations_part(part: str) -> str:
    """Return the part that holds the relations of ``part`` ("" is the package itself)."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}{RELATIONS}".lstrip("/")


@functools.lru_cache(maxsize=1024)  # the names of one template are the same in a thousand workbooks
def parse_area(name: str, text: str) -> Slot | None:
    """Return the rectangle that the text of a defined name, such as ``'首页'!$C$4:$D$9``, stands for, or None."""
    found = AREA.fullmatch(text.strip())
    if not found:
        return None
    quoted, plain, left, top, right, bottom = found.groups()
    sheet = quoted.replace("''", "'") if quoted else plain
    first, last = sorted((int(top), int(bottom or top)))
    start, end = sorted((column_number(left), column_number(right or left)))
    return Slot(name, sheet, first, start, last - first + 1, end - start + 1)


def _part(package: Package, relations: Mapping[str, tuple[str, str]], kind: str) -> str:
    """Return the part to which the workbook has a relation of this kind, "" when there is none."""
    return next((part for found, part in relations.values() if found.endswith(kind) and part in package), "")


def _other_kind(package: Package) -> str:
    return next((message for name, message in OTHER_KINDS if name in package), NO_WORKBOOK)


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the type and the target part of each relation of ``part``, by id."""
    where = relations_part(part)
    return _read_relations(package, where, part.rpartition("/")[0]) if where in package else {}


def _read_relations(package: Package, where: str, folder: str) -> dict[str, tuple[str, str]]:
    """Return the relations in the part ``where``, as seen from ``folder``; those to what is outside are left out."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if f" {name}" == RELATIONSHIPS and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            found[attributes.get("Id", "")] = (attributes.get("Type", ""), _resolve(folder, target))

    parser = new_parser()
    parser.StartElementHandler = start
    parse(parser, package.stream(where))
    return found


def _kinds_of_relations(package: Package) -> frozenset[str]:
    """Return the types, in lower case, of all relations between parts; a damaged part of relations has none."""
    kinds: set[str] = set()
    room = MAX_RELATIONS
    for name, member in package.members.items():
        room -= member.size if name.endswith(RELATIONS) else 0
        if name.endswith(RELATIONS) and room >= 0:
            with suppress(UnreadableWorkbook):
                kinds.update(kind.lower() for kind, _ in _read_relations(package, name, "").values())
    return frozenset(kinds)


def _resolve(folder: str, target: str) -> str:
    """Return the part that ``target`` names, seen from ``folder``."""
    steps = [] if target.startswith("/") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(step for step in steps if step)


class _WorkbookPart:
    """Collects what the workbook part says."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self.names: list[tuple[str, bool, str]] = []
        self.date1904 = False
        self.texts: list[str] = []
        self.name = ("", False)

    def read(self, package: Package, part: str) -> None:
        parser = new_parser()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.texts.append
        parse(parser, package.stream(part), self.texts)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        if local == "sheet":
            relation = next((attributes[key] for key in RELATION_ID if key in attributes), "")
            self.sheets.append((attributes.get("name", ""), relation))
            if attributes.get("state", "visible") != "visible":
                self.hidden.add(attributes.get("name", ""))
        elif local == "workbookPr":
            self.date1904 = attributes.get("date1904", "0") in ("1", "true")
        elif local == "definedName":
            self.texts.clear()
            self.name = (attributes.get("name", "").lower(), "localSheetId" in attributes)

    def end(self, name: str) -> None:
        if local_name(name) == "definedName":
            self.names.append((*self.name, "".join(self.texts)))

    def areas(self) -> dict[str, Slot]:
        """Return what the names stand for; a name of the whole workbook goes before one of a copied sheet."""
        found = {}
        for name, _, text in sorted(self.names, key=lambda entry: not entry[1]):
            area = parse_area(name, text)
            if area is not None:
                found[name] = area
        return found
