"""草稿 on every page of a docx: a line and a watermark in each kind of header."""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from xxgk.records import replace
from xxgk.render.document import DRAFT_MARK
from xxgk.render.docx_frame import sections
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
    headers = {name for kind, name in targets(parts, reference.main).values() if kind == "header"}
    if not all(name in parts for name in headers):
        raise UnreadableStyle("样式文件的页眉不完整：请在 Word 中另存为 .docx 再试。")
    types = declared_types(parts)
    relations = {}
    for number, kind in enumerate(KINDS):
        file, relations[kind] = f"draft_header_{kind}.xml", f"draftHeader{number}"
        name = posixpath.join(posixpath.dirname(reference.main), file)
        parts[name] = f'<w:hdr xmlns:w="{W}"></w:hdr>'.encode()
        types[f"/{name}"] = HEADER_TYPE
        relate(parts, reference.main, relations[kind], "header", file)
        headers.add(name)
    for number, name in enumerate(sorted(headers)):
        mark = template("draft_mark.xml.j2").render(text=DRAFT_MARK, number=number).encode()
        parts[name] = append_child(parts[name], mark)
    parts[CONTENT_TYPES] = types_part(types)
    before, after = (_marked(piece, relations) for piece in (reference.frame.before, reference.frame.after))
    frame = replace(reference.frame, before=before, after=after)
    return Reference(parts, reference.main, _marked_page(reference.page, relations), frame)


def _marked_page(page: ET.Element, relations: Mapping[str, str]) -> ET.Element:
    """Return the last section with a header of each kind, far enough from the paper's edge."""
    page = copy.deepcopy(page)
    present = {element.get(f"{{{W}}}type") for element in page.iter(f"{{{W}}}headerReference")}
    for kind, relation in relations.items():
        if kind not in present:
            page.insert(0, ET.Element(f"{{{W}}}headerReference", {f"{{{W}}}type": kind, f"{{{R}}}id": relation}))
    for margins in page.iter(f"{{{W}}}pgMar"):
        distance = margins.get(f"{{{W}}}header", "")
        if not distance.isdecimal() or int(distance) < HEADER_DISTANCE:
            margins.set(f"{{{W}}}header", str(HEADER_DISTANCE))
    return page


def _marked(piece: str, relations: Mapping[str, str]) -> str:
    """Return a piece of the frame with a header of each kind in its sections, such as that of a cover."""
    for section in reversed(list(sections(piece))):
        present = set(re.findall(r"<w:headerReference\b[^>]*\bw:type=\"(\w+)\"", section[0]))
        added = "".join(
            f'<w:headerReference w:type="{kind}" r:id="{relation}"/>'
            for kind, relation in relations.items()
            if kind not in present
        )
        tag, _, rest = section[0].partition(">")
        whole = f"{tag.removesuffix('/')}>{added}{'</w:sectPr>' if tag.endswith('/') else rest}"
        piece = piece[: section.start()] + whole + piece[section.end() :]
    return piece
