"""A docx as a package of parts (OPC, ISO/IEC 29500-2): take apart, amend, put together."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from html import escape
from xml.etree import ElementTree as ET

from xxgk.errors import XxgkError

Parts = Mapping[str, bytes]

CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONS = "_rels/.rels"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAX_PARTS = 2_000
MAX_BYTES = 100_000_000
# One moment for every file, so that equal reports give equal bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_CLOSING_TAG = re.compile(rb"</[^<>]+>\s*$")
_FAULTS = (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, LookupError, EOFError, OSError)


class UnreadableStyle(XxgkError):
    """The style file is no docx that a report can be made from."""


def read_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a docx by name. Raise ``UnreadableStyle`` when it is none, or unreasonably large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_BYTES:
                raise UnreadableStyle("样式文件太大：请删去其中的图片等内容，只留样式。")
            return {entry.filename: package.read(entry) for entry in entries}
    except _FAULTS as error:
        raise UnreadableStyle("样式文件不是 docx，或者已损坏、带密码：请在 Word 中另存为 .docx 再试。") from error


def parse(parts: Parts, name: str) -> ET.Element:
    """Return the root of a part. Raise ``UnreadableStyle`` when it is missing or no plain XML."""
    data = parts.get(name)
    if data is None:
        raise UnreadableStyle("样式文件不完整：请在 Word 中另存为 .docx 再试。")
    if b"<!DOCTYPE" in data:
        raise UnreadableStyle("样式文件含有 Word 文档里不该有的内容，没有打开：请在 Word 中另存为 .docx 再试。")
    try:
        return ET.fromstring(data)
    except (ET.ParseError, ValueError) as error:
        raise UnreadableStyle("样式文件已损坏：请在 Word 中另存为 .docx 再试。") from error


def quoted(value: str) -> str:
    """Return ``value`` as XML writes it for an attribute, which has no line breaks here."""
    # xml.sax.saxutils imports all of urllib and http.
    return f'"{escape(value)}"'


def relations_of(part: str) -> str:
    """Return the name of the part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def targets(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """Return for each relationship id of ``part`` ("" is the package) its kind and the target's part name.

    The kind is the last word of the relationship's type, such as ``header``.
    """
    found = {}
    for relation in parse(parts, relations_of(part) if part else PACKAGE_RELATIONS):
        if relation.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relation.get("Target", "")))
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = (kind, path.removeprefix("/"))
    return found


def declared_types(parts: Parts) -> dict[str, str]:
    """Return the content types: by ``/part``, and by ``.extension`` for all others with that ending."""
    root = parse(parts, CONTENT_TYPES)
    return {e.get("PartName") or f".{e.get('Extension')}": e.get("ContentType", "") for e in root}


def types_part(types: Mapping[str, str]) -> bytes:
    """Return the part that ``declared_types`` reads."""
    entries = []
    for name, content_type in types.items():
        key = f"Default Extension={quoted(name[1:])}" if name[0] == "." else f"Override PartName={quoted(name)}"
        entries.append(f"<{key} ContentType={quoted(content_type)}/>")
    return f'<Types xmlns="{_TYPES}">{"".join(entries)}</Types>'.encode()


def package_relations(main: str, properties: str, own_properties: str) -> bytes:
    """Return the package's own relationships: to the main document, its properties and those that are only ours."""
    entries = (
        (f"{R}/officeDocument", main),
        (f"{_RELATIONS}/metadata/core-properties", properties),
        (f"{R}/custom-properties", own_properties),
    )
    items = (f'<Relationship Id="rId{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(entries, 1))
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(items)}</Relationships>'.encode()


def relate(parts: dict[str, bytes], part: str, relation_id: str, kind: str, target: str) -> None:
    """Add a relationship from ``part`` to ``target``, a name in the same folder."""
    entry = f'<Relationship xmlns="{_RELATIONS}" Id="{relation_id}" Type="{R}/{kind}" Target="{target}"/>'
    name = relations_of(part)
    parts[name] = append_child(parts[name], entry.encode())


def append_child(xml: bytes, child: bytes) -> bytes:
    """Return ``xml`` with ``child`` as the last child of its root; the root must not be an empty tag."""
    changed, count = _CLOSING_TAG.subn(lambda tag: child + tag[0], xml)
    if not count:
        raise UnreadableStyle("样式文件的结构不正常：请在 Word 中另存为 .docx 再试。")
    return changed


def pack(parts: Parts, base: bytes = b"") -> bytes:
    """Return a zip of ``parts``, after those that the zip ``base`` holds already; the same bytes each time."""
    buffer = io.BytesIO(base)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The same on every system, not the one that the program runs on.
            entry.create_system = 0
            package.writestr(entry, data)
    return buffer.getvalue()
