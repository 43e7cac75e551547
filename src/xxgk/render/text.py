"""``Document`` → plain text, to paste where only text goes.

A table has the shape that Word gives it in a text file: each cell begins a line with a tab, a blank line ends the
row, and a cell merged with the one above is left blank. ``xxgk import`` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.render.document import DRAFT_MARK, Block, Document, Heading, Paragraph, TableBlock

CELL = "\t"


def to_text(document: Document) -> str:
    """Return ``document`` as plain text, lines ending in a newline."""
    lines = [DRAFT_MARK, ""] if document.draft else []
    lines += [document.title, ""] if document.title else []
    for block in document.blocks:
        lines += _lines(block)
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, TableBlock):
        yield from _table(block)
    elif isinstance(block, Heading):
        # A section is set off from what stands before it.
        yield from ("", block.text) if block.level == 1 else (block.text,)
    elif isinstance(block, Paragraph):
        yield block.text
    else:
        yield ""
        yield from (text for text in (block.unit, block.date) if text)


def _table(block: TableBlock) -> Iterator[str]:
    below = {(row, cell.column) for cell in block.cells for row in range(cell.row + 1, cell.row + cell.height)}
    for number, row in enumerate(block.rows()):
        cells = {cell.column: cell.text for cell in row} | {column: "" for at, column in below if at == number}
        yield from (f"{CELL}{cells[column]}" for column in sorted(cells))
        yield ""
    yield from block.notes
