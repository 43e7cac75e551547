"""Notes on the cells of a sheet: texts in its comments part, boxes in its drawing, and what ties them to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx import comments, shapes
from xxgk.xlsx.a1 import Position, parse_reference
from xxgk.xlsx.anchors import Size, anchors
from xxgk.xlsx.book import RELATION_ID
from xxgk.xlsx.cells import reference
from xxgk.xlsx.elements import WORKSHEET, children, place_of, prefixed
from xxgk.xlsx.package import DAMAGED
from xxgk.xlsx.parts import RELATION_TYPES, Parts
from xxgk.xlsx.spans import Span, splice

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
LEGACY = "legacyDrawing"


def read_notes(parts: Parts, sheet: str) -> dict[str, str]:
    """Return the notes of the sheet part ``sheet`` by cell, conversations aside."""
    part = parts.related(sheet, "comments")
    return comments.read_texts(parts.read(part)) if part else {}


def read_conversations(parts: Parts, sheet: str) -> frozenset[str]:
    """Return the cells of the sheet part ``sheet`` that have a conversation, which can have no note."""
    part = parts.related(sheet, "comments")
    return comments.conversations(parts.read(part)) if part else frozenset()


def add_notes(
    parts: Parts, sheet: str, texts: Mapping[Position, str], author: str, size: Callable[[str], Size]
) -> None:
    """Add ``texts`` to the notes of the sheet part ``sheet``; ``size`` tells how large a box a text needs.

    A text goes behind the note that a cell has, but not behind a conversation. Raise
    ``UnreadableWorkbook`` when the notes there are damaged.
    """
    part = parts.related(sheet, "comments")
    if not part:
        part = parts.free_name("xl/comments{}.xml")
        parts.add(part, COMMENTS_TYPE, comments.EMPTY)
        parts.relate(sheet, "comments", part)
    by_cell = {reference(*at): text for at, text in texts.items()}
    changed = comments.add_texts(parts.read(part), by_cell, author)
    parts.write(part, changed.xml)
    if changed.cells:
        sizes = {parse_reference(cell): size(by_cell[cell]) for cell in changed.cells}
        drawing = _drawing(parts, sheet) or _new_drawing(parts, sheet)
        parts.write(drawing, shapes.add_boxes(parts.read(drawing), anchors(parts.read(sheet), sizes)))


def cut_notes(parts: Parts, sheet: str, wanted: re.Pattern[str], author: str) -> None:
    """Cut what matches ``wanted`` out of the notes of ``sheet``; what is left empty by that goes away."""
    part = parts.related(sheet, "comments")
    if not part:
        return
    changed = comments.cut_texts(parts.read(part), wanted, author)
    parts.write(part, changed.xml)
    drawing = _drawing(parts, sheet)
    if not changed.cells:
        return
    if not comments.has_comments(changed.xml):
        parts.unrelate(sheet, part)
    if drawing:
        cells = [parse_reference(cell) for cell in changed.cells]
        parts.write(drawing, shapes.cut_boxes(parts.read(drawing), cells))
        if not shapes.has_shapes(parts.read(drawing)):
            xml = parts.read(sheet)
            parts.write(sheet, splice(xml, [(span.start, span.end, b"") for span in _links(xml)]))
            parts.unrelate(sheet, drawing)


def _drawing(parts: Parts, sheet: str) -> str:
    """Return the part of the drawing that notes and form buttons share, or "" where there is none."""
    links = _links(parts.read(sheet))
    if not links:
        return ""
    wanted = next((links[0].attributes[key] for key in RELATION_ID if key in links[0].attributes), "")
    found = next((relation.target for relation in parts.relations(sheet) if relation.id == wanted), "")
    if not found:
        raise UnreadableWorkbook(DAMAGED)
    return found


def _new_drawing(parts: Parts, sheet: str) -> str:
    part = parts.free_name("xl/drawings/vmlDrawing{}.vml")
    parts.add(part, DRAWING_TYPE, shapes.EMPTY)
    relation = parts.relate(sheet, "vmlDrawing", part)
    xml = parts.read(sheet)
    at, prefix = place_of(xml, WORKSHEET, LEGACY)
    link = f'<{LEGACY} xmlns:r="{RELATION_TYPES}" r:id="{relation}"/>'
    parts.write(sheet, splice(xml, [(at, at, prefixed(link, prefix))]))
    return part


def _links(xml: bytes) -> list[Span]:
    return [span for span in children(xml, WORKSHEET) if span.name == LEGACY]
