"""What a report prints outside its tables, text by text, each with the words that tell staff where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.formats import Form
from xxgk.records import Record
from xxgk.render.document import Document, Heading, Paragraph, Signature, TableBlock
from xxgk.workbook.layout import COVER_FIELDS

COVER_LABELS = {key: label for key, label, _ in COVER_FIELDS}


class Passage(Record):
    """A text of the report, and where it stands in words such as 一、总体情况 第2段."""

    where: str
    text: str


def printed_passages(document: Document, form: Form) -> tuple[Passage, ...]:
    """Return the texts of ``document``, which is of ``form``, in order: title, headings, paragraphs, remarks, 落款."""
    return tuple(passage for passage in _passages(document, form) if passage.text)


def _passages(document: Document, form: Form) -> Iterator[Passage]:
    yield Passage(COVER_LABELS["title"], document.title)
    part = "、".join(section.preface.title for section in form.sections if section.preface is not None)
    count = 0
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            part, count = block.text, 0
            yield Passage("各部分的标题", block.text)
        elif isinstance(block, Heading | Paragraph):
            count += 1
            yield Passage(f"{part} 第{count}段", block.text)
        elif isinstance(block, TableBlock):
            yield from (Passage(f"{part} 表下第{number}条注", note) for number, note in enumerate(block.notes, 1))
        elif isinstance(block, Signature):
            yield Passage(COVER_LABELS["signature"], block.unit)
            yield Passage(COVER_LABELS["date"], block.date)
