"""草稿 on every page of a docx: a line and a watermark in each kind of header."""

from __future__ import annotations

import copy
import posixpath
from xml.etree import ElementTree as ET

from xxgk.render.document import DRAFT_MARK
from xxgk.render.docx_parts import (
    CONTENT_TYPES,
    R,
    UnreadableStyle,
    W,
    append_child,
    declared_types,
    relate,
    targets,
    types_part,
)
from xxgk.render.docx_reference import Reference
from xxgk.render.templating import template

HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
# Odd pages (and all, where even ones are not set apart), even pages, a first page set apart.
KINDS = ("default", "even", "first")
# From the paper's edge, in twips; programs that wrote no header leave 0 there, where printers print nothing.
HEADER_DISTANCE = 850


def with_draft_mark(reference: Reference) -> Reference:
    """Return ``reference`` with the mark in every header; headers that it has keep what they hold."""
    parts = dict(reference.parts)
    page = copy.deepcopy(reference.page)
    known = targets(parts, reference.main)
    headers = {
        element.get(f"{{{W}}}type"): known.get(element.get(f"{{{R}}}id", ""), ("", ""))[1]
        for element in page.iter(f"{{{W}}}headerReference")
    }
    if not all(name in parts for name in headers.values()):
        raise UnreadableStyle("样式文件的页眉不完整：请在 Word 中另存为 .docx 再试。")
    types = declared_types(parts)
    for number, kind in enumerate(KINDS):
        if kind not in headers:
            file, relation = f"draft_header_{kind}.xml", f"draftHeader{number}"
            headers[kind] = posixpath.join(posixpath.dirname(reference.main), file)
            parts[headers[kind]] = f'<w:hdr xmlns:w="{W}"></w:hdr>'.encode()
            types[f"/{headers[kind]}"] = HEADER_TYPE
            relate(parts, reference.main, relation, "header", file)
            page.insert(0, ET.Element(f"{{{W}}}headerReference", {f"{{{W}}}type": kind, f"{{{R}}}id": relation}))
        mark = template("draft_mark.xml.j2").render(text=DRAFT_MARK, number=number).encode()
        parts[headers[kind]] = append_child(parts[headers[kind]], mark)
    parts[CONTENT_TYPES] = types_part(types)
    for margins in page.iter(f"{{{W}}}pgMar"):
        distance = margins.get(f"{{{W}}}header", "")
        if not distance.isdecimal() or int(distance) < HEADER_DISTANCE:
            margins.set(f"{{{W}}}header", str(HEADER_DISTANCE))
    return Reference(parts, reference.main, page)
