"""Documents for tests of what is drawn from them."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.formats import load_form
from xxgk.render.document import Document, Signature, TableBlock, build_document
from xxgk.report import Report


def document_of(report: Report) -> Document:
    """Return the document of ``report`` in its own form."""
    return build_document(report, load_form(report.form))


def texts_of(document: Document) -> Iterator[str]:
    """Yield every text of ``document``."""
    yield document.title
    for block in document.blocks:
        match block:
            case TableBlock():
                yield from (cell.text for cell in block.cells)
                yield from block.notes
            case Signature():
                yield from (block.unit, block.date)
            case _:
                yield block.text
