"""Tables that hold more than one of the form's tables: headings and remarks in rows of their own are taken out."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.formats import Form
from xxgk.labels import fold
from xxgk.published.blocks import Block, Cell, Line, Table
from xxgk.published.labels import best, likeness
from xxgk.published.pattern import patterns_of
from xxgk.published.tables import is_value
from xxgk.texts import BLANKS

HEADING = 0.9  # likeness of a row and a section's title


def lines_of(table: Table) -> Iterator[Line]:
    """Yield the texts of ``table``, line by line."""
    for cell in table.cells:
        for text in cell.text.split("\n"):
            if text.strip(BLANKS):
                yield Line(text.strip(BLANKS), table.page)


def parted(form: Form, table: Table) -> Iterator[Block]:
    """Yield the parts of ``table``: cut where a row is a section's heading; other texts at its edges as lines."""
    alone = _alone(table)
    rows = sorted({cell.row for cell in table.cells})
    words = tuple(word for pattern in patterns_of(form) for word in pattern.words)
    part: list[int] = []
    for row in rows:
        cell = alone.get(row)
        if cell is not None and _is_heading(form, cell.text):
            yield from _trimmed(table, part, alone, words)
            yield from lines_of(Table((cell,), table.page))
            part = []
        else:
            part.append(row)
    yield from _trimmed(table, part, alone, words)


def _trimmed(table: Table, rows: list[int], alone: dict[int, Cell], words: tuple[str, ...]) -> Iterator[Block]:
    """Yield what ``rows`` of ``table`` are, the rows at their edges that are no words of the form as lines."""

    def foreign(row: int) -> bool:
        return row in alone and not is_value(alone[row].text) and best(alone[row].text, words) is None

    first = next((at for at, row in enumerate(rows) if not foreign(row)), len(rows))
    last = max((at + 1 for at, row in enumerate(rows) if not foreign(row)), default=first)
    for row in rows[:first]:
        yield from lines_of(Table((alone[row],), table.page))
    inside = frozenset(rows[first:last])
    if inside:
        yield Table(tuple(cell for cell in table.cells if cell.row in inside), table.page)
    for row in rows[last:]:
        yield from lines_of(Table((alone[row],), table.page))


def _alone(table: Table) -> dict[int, Cell]:
    """Return by row the only cell with a text where one has a row to itself: wide, or with blank ones beside it."""
    covering: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.strip(BLANKS):
            for row in range(cell.row, cell.row + cell.rows):
                covering.setdefault(row, []).append(cell)
    width = max((cell.column + cell.columns for cell in table.cells), default=0)
    found = {}
    for row, cells in covering.items():
        if len(cells) == 1 and cells[0].rows == 1 and width > 1:
            found[row] = cells[0]
    return found


def _is_heading(form: Form, text: str) -> bool:
    return any(likeness(fold(text), fold(section.title)) >= HEADING for section in form.sections)
