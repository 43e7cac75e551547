"""``Document`` → docx, with the look of a reference docx (GB/T 9704-2012 unless an office restyled it)."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.records import Record
from xxgk.render.document import Block, Document, Heading, Paragraph, Signature, TableBlock
from xxgk.render.docx_parts import pack
from xxgk.render.docx_reference import PROPERTIES
from xxgk.render.docx_style import DocxStyle, draft_style, finished_style
from xxgk.render.docx_table import TWIPS_PER_HALF_POINT, DocxTable, characters, lay_out
from xxgk.render.sample import sample_document
from xxgk.render.templating import template

# GB/T 9704-2012, 7.3.5.2, in characters: from the right edge, and from one line's beginning to the other's.
SIGNATURE_INDENT = 2
# Between a heading and its table, in twips.
TABLE_GAP = 100
# A paragraph of more characters fills half a page and is not held together with what follows.
SHORT = 300


class DocxParagraph(Record):
    """A w:p. ``style`` is an id, ``keep`` holds it on the page of the next one.

    ``after`` is room below it and ``indents`` are left and right, all in twips; None leaves them to the style.
    """

    style: str
    lines: tuple[str, ...]
    keep: bool = False
    after: int | None = None
    indents: tuple[int, int] | None = None


def to_docx(document: Document, style: bytes | None = None) -> bytes:
    """Return ``document`` as a docx; equal documents give equal bytes.

    ``style`` is a reference docx, such as ``reference_docx`` gives, restyled in Word; its text is not used.
    Raise ``UnreadableStyle`` when it cannot be used.
    """
    look = draft_style(style) if document.draft else finished_style(style)
    blocks = [*_title(document, look), *_body(document, look)]
    text = template("document.xml.j2").render(blocks=blocks, ids=look.ids, page=look.page)
    properties = template("core.xml.j2").render(document=document)
    return pack({look.main: text.encode(), PROPERTIES: properties.encode()}, look.package)


def reference_docx() -> bytes:
    """Return the reference docx for an office to restyle; its text shows every style."""
    return to_docx(sample_document())


def signature_indent(unit: str, date: str) -> float:
    """Return how far from the right edge the line of the unit begins, in characters (GB/T 9704-2012, 7.3.5.2).

    It ends two characters from the edge, and the date begins two characters after it. If the date is
    longer, the date ends two characters from the edge and the unit gives way.
    """
    if characters(date) > characters(unit):
        return characters(date) + 2 * SIGNATURE_INDENT
    return characters(unit) + SIGNATURE_INDENT


def _title(document: Document, look: DocxStyle) -> Iterator[DocxParagraph]:
    if document.title:
        # One character to spare: digits of stand-in fonts run wider, and one that overflows looks poor.
        needed = (characters(document.title) + 1) * look.sizes["title"] * TWIPS_PER_HALF_POINT
        fits = needed <= look.text_width
        yield DocxParagraph(look.ids["title"], (document.title,) if fits else document.title_parts)


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
                yield DocxParagraph(
                    look.ids["body"], (block.text,), keep=isinstance(after, Signature) and len(block.text) <= SHORT
                )


def _signature(block: Signature, look: DocxStyle) -> Iterator[DocxParagraph]:
    if not (block.unit and block.date):
        # The style keeps the distance from the text, and from the edge.
        yield DocxParagraph(look.ids["signature"], (block.unit or block.date,))
        return
    character = look.sizes["signature"] * TWIPS_PER_HALF_POINT
    start = max(0, look.text_width - round(signature_indent(block.unit, block.date) * character))
    step = SIGNATURE_INDENT * character
    yield DocxParagraph(look.ids["signature"], (block.unit,), indents=(start, 0))
    # Into the margin, so that a date in a wider stand-in font stays one line.
    yield DocxParagraph(look.ids["date"], (block.date,), indents=(start + step, -step))
