"""``Document`` → one self-contained HTML page: no script, no other file; readable on a phone, on paper and aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xxgk.records import Record
from xxgk.render.document import DRAFT_MARK, Block, Cell, Document, Heading, Signature, TableBlock
from xxgk.render.templating import template

Place = tuple[int, int]


class HtmlCell(Record):
    """A th or td. ``id`` and ``scope`` are set on headers, ``headers`` (ids) on numbers."""

    cell: Cell
    id: str
    scope: str
    headers: str
    left: bool


class RowGroup(Record):
    """A thead or tbody."""

    tag: str
    rows: tuple[tuple[HtmlCell, ...], ...]


class HtmlTable(Record):
    """A table with its row groups; ``number`` makes ids unique, ``widths`` are percentages."""

    number: int
    block: TableBlock
    groups: tuple[RowGroup, ...]
    widths: tuple[float, ...]


class Part(Record):
    """What stands under one of the form's headings; before the first, ``heading`` is empty."""

    heading: str
    blocks: tuple[Block | HtmlTable, ...]


def to_html(document: Document) -> str:
    """Return ``document`` as an HTML page."""
    signature = next((block for block in document.blocks if isinstance(block, Signature)), None)
    return template("page.html.j2").render(
        document=document, draft_mark=DRAFT_MARK, parts=tuple(_parts(document.blocks)), signature=signature
    )


def row_groups(block: TableBlock, number: int) -> tuple[RowGroup, ...]:
    """Return the rows of ``block``: a head that holds for all of them, or groups that begin with their own headers."""
    at = _covering(block)
    rows = [tuple(_html_cell(block, cell, number, at) for cell in row) for row in block.rows()]
    starts = [n for n in range(block.height) if n == 0 or (n in block.header_rows and n - 1 not in block.header_rows)]
    if block.head:
        starts = [0, block.head]
    ends = [*starts[1:], block.height]
    return tuple(
        RowGroup("thead" if end <= block.head else "tbody", tuple(rows[start:end]))
        for start, end in zip(starts, ends, strict=True)
    )


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    heading, found, tables = "", list[Block | HtmlTable](), 0
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield Part(heading, tuple(found))
            heading, found = block.text, []
        elif isinstance(block, TableBlock):
            tables += 1
            whole = sum(block.widths)
            widths = tuple(round(100 * width / whole, 2) for width in block.widths)
            found.append(HtmlTable(tables, block, row_groups(block, tables), widths))
        elif not isinstance(block, Signature):
            found.append(block)
    yield Part(heading, tuple(found))


def _html_cell(block: TableBlock, cell: Cell, number: int, at: Mapping[Place, Cell]) -> HtmlCell:
    left = block.reads_left(cell)
    if not cell.header:
        headers = " ".join(_id(number, header) for header in headers_of(cell, at))
        return HtmlCell(cell, "", "", headers, left)
    return HtmlCell(cell, _id(number, cell), _scope(block, cell), "", left)


def _scope(block: TableBlock, cell: Cell) -> str:
    if cell.width == block.width:
        return "rowgroup"
    if cell.row in block.header_rows:
        return "col" if cell.width == 1 else "colgroup"
    return "row" if cell.height == 1 else "rowgroup"


def headers_of(cell: Cell, at: Mapping[Place, Cell]) -> tuple[Cell, ...]:
    """Return the headers of a number, outermost first: those to its left, then those above it up to other numbers.

    ``at`` tells which cell covers a row and column.
    """
    return (*_walk(cell, at, 0, -1), *_walk(cell, at, -1, 0))


def _walk(start: Cell, at: Mapping[Place, Cell], down: int, right: int) -> list[Cell]:
    found: list[Cell] = []
    place = (start.row + down, start.column + right)
    while (cell := at.get(place)) is not None and not (found and not cell.header):
        if cell.header and cell not in found:
            found.insert(0, cell)
        place = (place[0] + down, place[1] + right)
    return found


def _covering(block: TableBlock) -> dict[Place, Cell]:
    return {
        (row, column): cell
        for cell in block.cells
        for row in range(cell.row, cell.row + cell.height)
        for column in range(cell.column, cell.column + cell.width)
    }


def _id(number: int, cell: Cell) -> str:
    return f"t{number}-{cell.row}-{cell.column}"
