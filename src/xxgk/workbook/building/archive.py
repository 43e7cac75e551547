"""From an openpyxl workbook to bytes that are the same each time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.parsers import expat
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

CONTENT_TYPES = "[Content_Types].xml"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip entry can have
XML_SUFFIXES = (".xml", ".rels")
IN_ATTRIBUTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def save_workbook(workbook: Workbook) -> bytes:
    """Return ``workbook`` as a file: parts in fixed order, without clock times, XML written in one way."""
    raw = io.BytesIO()
    # Workbook.save would stamp the time of day into the properties.
    ExcelWriter(workbook, ZipFile(raw, "w")).save()
    return pack(dict(sorted(_parts(raw.getvalue()), key=_rank)))


def pack(parts: dict[str, bytes]) -> bytes:
    """Return a zip file of ``parts`` in their order, each with the same fixed time."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, data)
    return packed.getvalue()


def one_way(xml: bytes) -> bytes:
    """Return ``xml`` written in the one way: openpyxl's output depends on whether lxml is installed.

    Empty elements are written short, and prefixes that mean one thing throughout are declared at the root.
    """
    tags = _StartTags(xml)
    out: list[str] = [DECLARATION]
    pending = ""  # a start tag whose end decides between <a/> and <a>

    def flush() -> None:
        nonlocal pending
        if pending:
            out.append(pending + ">")
            pending = ""

    def start(name: str, attributes: list[str]) -> None:
        nonlocal pending
        flush()
        pending = f"<{name}" + "".join(
            f' {key}="{escape(value, IN_ATTRIBUTES)}"' for key, value in tags.written(attributes)
        )

    def end(name: str) -> None:
        nonlocal pending
        out.append(f"{pending}/>" if pending else f"</{name}>")
        pending = ""

    def text(value: str) -> None:
        flush()
        out.append(escape(value))

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(xml, True)
    return "".join(out).encode("utf-8")


class _StartTags:
    """The attributes of start tags, with namespace declarations moved to the first tag where that is safe."""

    def __init__(self, xml: bytes) -> None:
        meanings: dict[str, set[str]] = {}

        def start(name: str, attributes: list[str]) -> None:
            for key, value in _pairs(attributes):
                if key.startswith("xmlns:"):
                    meanings.setdefault(key, set()).add(value)

        parser = _parser()
        parser.StartElementHandler = start
        parser.Parse(xml, True)
        self._moved = {key: next(iter(values)) for key, values in sorted(meanings.items()) if len(values) == 1}
        self._first = True

    def written(self, attributes: list[str]) -> Iterator[tuple[str, str]]:
        """Yield the attributes to write for the next start tag."""
        if self._first:
            self._first = False
            yield from self._moved.items()
        yield from ((key, value) for key, value in _pairs(attributes) if key not in self._moved)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    return parser


def _pairs(attributes: list[str]) -> Iterator[tuple[str, str]]:
    return zip(attributes[::2], attributes[1::2], strict=True)


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            yield name, one_way(part) if name.endswith(XML_SUFFIXES) else part


def _rank(part: tuple[str, bytes]) -> tuple[bool, str]:
    return part[0] != CONTENT_TYPES, part[0]
