"""Reports in Word's format, as Word, WPS and LibreOffice write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xxgk.errors import UnreadableWorkbook
from xxgk.published.blocks import Block
from xxgk.published.builder import RAISED, Builder
from xxgk.published.numbering import Level, Numbering
from xxgk.records import Record
from xxgk.xlsx.package import Package, open_package
from xxgk.xlsx.xmlstream import SEPARATOR, new_parser, parse

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MAIN, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
NO_WORD = "文件里没有 Word 文档的正文；请用 Word 或 WPS 打开，另存为 .docx"
BODY_LEVEL = 9  # an outline level that is none
NO_LIST = "0"
OFF = ("0", "false", "off")  # what says that a property does not hold
# Deleted text, what moved away, notes, what fields compute from, the older twin of a text box, and former properties.
DROPPED = frozenset((
    "del", "moveFrom", "instrText", "Fallback", "rt", "footnote", "endnote", "comment",
    "pPrChange", "rPrChange", "tcPrChange", "trPrChange", "tblPrChange",
))  # fmt: skip

# On the mark at a paragraph's end: it is no end any more.
UNMARKING = frozenset(("del", "moveFrom"))

Attributes = Mapping[str, str]


class Style(Record):
    """What a paragraph style says of its paragraphs: rank as a heading, and list."""

    level: int = 0
    number: str = ""
    depth: int = 0


def read_blocks(data: bytes) -> tuple[Block, ...]:
    """Return the blocks of the document in ``data``. Raise ``UnreadableWorkbook`` when it is none or unsafe."""
    package = open_package(data)
    if MAIN not in package:
        raise UnreadableWorkbook(NO_WORD)
    reader = _Document(_styles(package), _numbering(package))
    _walk(package, MAIN, reader.start, reader.end, reader.text)
    return reader.builder.blocks()


def _walk(
    package: Package,
    part: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda name: None,
    text: Callable[[str], None] = lambda data: None,
) -> None:
    """Tell of the elements of ``part``, by their names without namespace; those of other namespaces are passed over."""

    def local(name: str) -> str:
        namespace, _, own = name.rpartition(SEPARATOR)
        return own if namespace in WORD or namespace == COMPATIBILITY else ""

    def started(name: str, attributes: dict[str, str]) -> None:
        if local(name):
            start(local(name), {key.rpartition(SEPARATOR)[2]: value for key, value in attributes.items()})

    def ended(name: str) -> None:
        if local(name):
            end(local(name))

    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = started, ended, text
    parse(parser, package.stream(part))


class _Document:
    """Follows the body of a document."""

    def __init__(self, styles: Mapping[str, Style], numbering: Numbering) -> None:
        self.builder = Builder()
        self.styles, self.numbering = styles, numbering
        self.dropped: list[str] = []
        self.in_properties = False  # of a paragraph
        self.joined = False  # whether the end of the paragraph is deleted, so that the next one goes on with it
        self.style = Style()
        self.outer: list[Style] = []  # of the paragraphs in which text boxes stand
        self.in_text = False
        self.in_run = False
        self.unread = self.raised = False  # whether the run's text is struck out or hidden; is a superscript
        self.written = False  # whether the paragraph's number stands already
        self.cell: tuple[int, bool] | None = None  # columns and continuation of the cell whose properties are read

    def start(self, name: str, named: Attributes) -> None:
        if self.in_properties and name in UNMARKING and not self.dropped:
            self.joined = True
        if self.dropped or name in DROPPED:
            self.dropped.append(name)
            return
        value = named.get("val", "")
        match name:
            case "tbl":
                self.builder.open_table()
            case "tr":
                self.builder.open_row()
            case "gridBefore":
                self.builder.open_cell(1, _whole(value, 1))
            case "tc":
                self.cell = (1, False)
            case "gridSpan" if self.cell:
                self.cell = (_whole(value, 1), self.cell[1])
            case "vMerge" if self.cell:
                self.cell = (self.cell[0], value != "restart")
            case "p":
                self._open_cell()
                if not self.joined:
                    self.style, self.written = self.styles.get("", Style()), False
                self.joined = False
            case "pPr":
                self.in_properties = True
            case "pStyle":
                self.style = self.styles.get(value, self.style)
            case "outlineLvl":
                self.style = Style(_rank(value), self.style.number, self.style.depth)
            case "numId":
                self.style = Style(self.style.level, value, self.style.depth)
            case "ilvl":
                self.style = Style(self.style.level, self.style.number, _whole(value, 0))
            case "txbxContent":
                self._end_paragraph()
                self.outer.append(self.style)
            case "r":
                self.in_run, self.unread, self.raised = True, False, False
            case "strike" | "dstrike" | "vanish" if self.in_run:
                self.unread = self.unread or value not in OFF
            case "vertAlign" if self.in_run:
                self.raised = value == "superscript"
            case "t":
                self.in_text = True
            case "tab" | "br" | "cr" | "noBreakHyphen":
                self._sign(name, named)

    def end(self, name: str) -> None:
        if self.dropped:
            self.dropped.pop()
            return
        match name:
            case "t":
                self.in_text = False
            case "r":
                self.in_run = False
            case "pPr":
                self.in_properties = False
            case "p" if not self.joined:
                self._end_paragraph()
            case "txbxContent":
                self.style, self.written = self.outer.pop(), True
            case "tc":
                self._open_cell()
                self.builder.close_cell()
            case "tbl":
                self.builder.close_table()

    def text(self, data: str) -> None:
        if self.in_text and not self.dropped and not self.unread:
            self._number()
            self.builder.text(data.translate(RAISED) if self.raised else data)

    def _sign(self, name: str, named: Attributes) -> None:
        if name == "noBreakHyphen":
            self.builder.text("-")
        elif name == "tab":
            # In the properties of a paragraph it is a stop, which has a position.
            if "pos" not in named:
                self.builder.text(" ")
        elif named.get("type", "textWrapping") == "textWrapping":
            self.builder.end_line(self.style.level)

    def _open_cell(self) -> None:
        if self.cell:
            columns, continued = self.cell
            self.builder.open_cell(1, columns, continued)
            self.cell = None

    def _number(self) -> None:
        if not self.written:
            self.written = True
            if self.style.number not in ("", NO_LIST):
                self.builder.text(self.numbering.next(self.style.number, self.style.depth))

    def _end_paragraph(self) -> None:
        self.builder.end_line(self.style.level)


def _styles(package: Package) -> dict[str, Style]:
    """Return the paragraph styles by id, what they take from others included; "" is the default one."""
    own: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}

    def start(name: str, named: Attributes) -> None:
        nonlocal current
        if name == "style":
            current = own.setdefault(named.get("styleId", ""), {})
            if named.get("default") in ("1", "true") and named.get("type") == "paragraph":
                own[""] = current
        elif name in ("basedOn", "outlineLvl", "numId", "ilvl"):
            current[name] = named.get("val", "")

    if STYLES in package:
        _walk(package, STYLES, start)
    found = {}
    for style in own:
        said: dict[str, str] = {}
        line: list[str] = []
        at: str | None = style
        while at in own and at not in line:
            line.append(at)
            said = {**own[at], **said}
            at = own[at].get("basedOn")
        found[style] = Style(_rank(said.get("outlineLvl", "")), said.get("numId", ""), _whole(said.get("ilvl", ""), 0))
    return found


def _numbering(package: Package) -> Numbering:
    abstract: dict[str, dict[int, dict[str, str]]] = {}
    used: dict[str, str] = {}
    starts: dict[tuple[str, int], str] = {}
    here: dict[str, str] = {}
    level: dict[str, str] = {}

    def start(name: str, named: Attributes) -> None:
        nonlocal level
        value = named.get("val", "")
        if name == "abstractNum":
            here["abstract"] = named.get("abstractNumId", "")
        elif name == "lvl":
            level = abstract.setdefault(here.get("abstract", ""), {}).setdefault(_whole(named.get("ilvl", ""), 0), {})
        elif name in ("start", "numFmt", "lvlText"):
            level[name] = value
        elif name == "num":
            here["num"] = named.get("numId", "")
            level = {}
        elif name == "abstractNumId":
            used[here.get("num", "")] = value
        elif name == "lvlOverride":
            here["override"] = named.get("ilvl", "")
        elif name == "startOverride":
            starts[here.get("num", ""), _whole(here.get("override", ""), 0)] = value

    if NUMBERING in package:
        _walk(package, NUMBERING, start)
    lists = {
        number: {
            depth: Level(
                said.get("numFmt", "decimal"),
                said.get("lvlText", ""),
                _whole(starts.get((number, depth), said.get("start", "")), 1),
            )
            for depth, said in abstract.get(one, {}).items()
        }
        for number, one in used.items()
    }
    restarted = {number for number, _ in starts}
    return Numbering(lists, {number: one for number, one in used.items() if number not in restarted})


def _rank(value: str) -> int:
    """Return the rank of a heading, from 1, that an outline level, from 0, stands for; 0 for body text."""
    level = _whole(value, BODY_LEVEL)
    return level + 1 if level < BODY_LEVEL else 0


def _whole(value: str, otherwise: int) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else otherwise
