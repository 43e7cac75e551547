"""``Document`` → docx, with the look of a reference docx (GB/T 9704-2012 unless an office restyled it)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xxgk.render.document import Block, Document, Heading, Paragraph, Signature, TableBlock
from xxgk.render.docx_frame import BEGIN, END
from xxgk.render.docx_parts import pack
from xxgk.render.docx_reference import OWN_PROPERTIES, PROPERTIES
from xxgk.render.docx_style import DocxStyle, draft_style, finished_style
from xxgk.render.docx_table import TWIPS_PER_HALF_POINT, DocxTable, lay_out
from xxgk.render.docx_xml import DocxParagraph, main_part, own_properties_part, properties_part
from xxgk.render.sample import sample_document
from xxgk.render.setting import characters, signature_starts
from xxgk.render.stamp import stamp_properties
from xxgk.render.title import title_lines

# Between a heading and its table, in twips.
TABLE_GAP = 100
# A paragraph of more characters fills half a page and is not held together with what follows.
SHORT = 300
# One character to spare in a line of the title: digits of stand-in fonts run wider, and one that overflows looks poor.
SPARE = 1
# How far, in characters, a date may run into the margin: in a wider stand-in font it stays one line so.
INTO_MARGIN = 2
# A web address or the like, which no program breaks of its own.
_LONG_WORD = re.compile("[!-~]{16}")


def to_docx(document: Document, style: bytes | None = None) -> bytes:
    """Return ``document`` as a docx; equal documents give equal bytes.

    ``style`` is a reference docx, such as ``reference_docx`` gives, restyled in Word; of its text only what stands
    outside its two marks is used.
    Raise ``UnreadableStyle`` when it cannot be used.
    """
    look = draft_style(style) if document.draft else finished_style(style)
    return _packed(document, [*_title(document, look), *_body(document, look)], look)


def reference_docx() -> bytes:
    """Return the reference docx for an office to restyle; its text shows every style and what is kept around it."""
    document, look = sample_document(), finished_style(None)
    begin, end = (DocxParagraph(look.ids["body"], (mark,)) for mark in (BEGIN, END))
    return _packed(document, [begin, *_title(document, look), *_body(document, look), end], look)


def _packed(document: Document, blocks: Sequence[DocxParagraph | DocxTable], look: DocxStyle) -> bytes:
    parts = {
        look.main: main_part(blocks, look),
        PROPERTIES: properties_part(document),
        OWN_PROPERTIES: own_properties_part(stamp_properties(document.stamp) if document.stamp else {}),
    }
    return pack({name: text.encode() for name, text in parts.items()}, look.package)


def _title(document: Document, look: DocxStyle) -> Iterator[DocxParagraph]:
    if document.title:
        room = look.text_width / (look.sizes["title"] * TWIPS_PER_HALF_POINT) - SPARE
        yield DocxParagraph(look.ids["title"], title_lines(document.title_parts, room))


def _body(document: Document, look: DocxStyle) -> Iterator[DocxParagraph | DocxTable]:
    following: tuple[Block | None, ...] = (*document.blocks[1:], None)
    for block, after in zip(document.blocks, following, strict=True):
        match block:
            case TableBlock():
                yield lay_out(block, look)
            case Signature():
                yield from _signature(block, look)
            case Heading():
                gap = TABLE_GAP if isinstance(after, TableBlock) else None
                yield DocxParagraph(look.ids[f"heading{block.level}"], (block.text,), after=gap)
            case Paragraph():
                # The signature never stands on a page without text.
                keep = isinstance(after, Signature) and len(block.text) <= SHORT
                torn = _LONG_WORD.search(block.text) is not None
                # Justified, what stands above a word that other programs than Word do not tear is torn wide.
                align = "left" if torn else ""
                yield DocxParagraph(look.ids["body"], (block.text,), keep=keep, align=align, torn=torn)


def _signature(block: Signature, look: DocxStyle) -> Iterator[DocxParagraph]:
    if not (block.unit and block.date):
        # The style keeps the distance from the text, and from the edge.
        yield DocxParagraph(look.ids["signature"], (block.unit or block.date,))
        return
    character = look.sizes["signature"] * TWIPS_PER_HALF_POINT
    room = look.text_width / character
    unit, date = signature_starts(block.unit, block.date, block.sealed, room)
    if block.sealed:
        # By the right edge and the middle, so that a wider stand-in font makes no difference.
        around, after = 2 * unit + characters(block.unit) - room, room - date - characters(block.date)
        sides = ((round(around * character), 0), (0, round(after * character)))
        aligned = ("center", "right")
    else:
        sides = ((round(unit * character), 0), (round(date * character), -INTO_MARGIN * character))
        aligned = ("left", "left")
    for style, text, indents, align in zip(
        ("signature", "date"), (block.unit, block.date), sides, aligned, strict=True
    ):
        yield DocxParagraph(look.ids[style], (text,), indents=indents, align=align)
