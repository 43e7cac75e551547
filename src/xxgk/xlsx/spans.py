"""XML parts edited by their bytes: where each element begins and ends, and replacements spliced in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record
from xxgk.xlsx.package import UNSAFE
from xxgk.xlsx.xmlstream import SEPARATOR, new_parser, parse

TAG = re.compile(rb"""<([^\s/>]+)(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")
ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

Edit = tuple[int, int, bytes]


class Span(Record):
    """An element in the bytes of a part: the whole, and what is between its tags.

    ``prefix`` is the namespace prefix with its colon, or empty. An ``empty`` element is one tag.
    """

    name: str
    attributes: dict[str, str]
    prefix: str
    start: int
    inner_start: int
    inner_end: int
    end: int
    empty: bool


def find_spans(xml: bytes, names: Collection[str]) -> list[Span]:
    """Return the elements of ``xml`` with these local names, in the order of their starts.

    Raise ``UnreadableWorkbook`` when the part is damaged or not in UTF-8.
    """
    spans: list[Span | None] = []
    open_tags: list[tuple[int, int, re.Match[bytes], dict[str, str]]] = []
    parser = new_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(SEPARATOR)[2] not in names:
            return
        at = parser.CurrentByteIndex
        tag = TAG.match(xml, at)
        if tag is None:
            raise UnreadableWorkbook(UNSAFE)
        open_tags.append((len(spans), at, tag, attributes))
        spans.append(None)

    def end(name: str) -> None:
        local = name.rpartition(SEPARATOR)[2]
        if local not in names:
            return
        index, at, tag, attributes = open_tags.pop()
        empty = bool(tag[2])
        inner_end = tag.end() if empty else parser.CurrentByteIndex
        whole_end = tag.end() if empty else xml.index(b">", inner_end) + 1
        prefix = tag[1].decode()[: -len(local)]
        spans[index] = Span(local, attributes, prefix, at, tag.end(), inner_end, whole_end, empty)

    def declaration(version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.upper() not in ("UTF-8", "UTF8"):
            raise UnreadableWorkbook(UNSAFE)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.XmlDeclHandler = declaration
    parse(parser, (xml,))
    return [span for span in spans if span is not None]


def with_attribute(xml: bytes, span: Span, name: str, value: str) -> Edit:
    """Return the edit that gives the element ``span`` an attribute, in place of an older one of that name."""
    new = value.encode()
    if name not in span.attributes:
        at = span.start + len(f"<{span.prefix}{span.name}")
        return at, at, b' %b="%b"' % (name.encode(), new)
    tag = xml[span.start : span.inner_start]
    found = re.search(rb"\s%b\s*=\s*([\"'])(.*?)\1" % re.escape(name.encode()), tag, re.DOTALL)
    if found is None:
        raise UnreadableWorkbook(UNSAFE)
    return span.start + found.start(2), span.start + found.end(2), new


def splice(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Return ``xml`` with each edit (start, end, new bytes) made; insertions go before what starts there."""
    pieces = []
    position = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [xml[position:start], new]
        position = end
    pieces.append(xml[position:])
    return b"".join(pieces)


def escape(text: str) -> str:
    """Return ``text`` as element text: what XML cannot hold is dropped, what Excel would decode is escaped."""
    text = ESCAPE_LIKE.sub("_x005F_", ILLEGAL.sub("", text))
    return text.translate(MARKUP).replace("\r", "_x000D_")
