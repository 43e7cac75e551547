"""What a published report is made of, whatever file it came in: lines of text and tables, in order."""

from __future__ import annotations

from xxgk.records import Record


class Line(Record):
    """A paragraph of text. ``page`` counts from 1; 0 where the file has no pages.

    ``level`` is the rank of a heading that the file declares as one, 1 the highest; 0 for everything else.
    """

    text: str
    page: int = 0
    level: int = 0


class Cell(Record):
    """A cell of a table at ``row`` and ``column`` (from 0), reaching over ``rows`` and ``columns``.

    ``text`` keeps the line breaks of the source; ``doubt`` is what a reader could not tell about it,
    in words for staff, or "".
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    doubt: str = ""


class Table(Record):
    """A table; where two cells claim one place the first one has it. ``page`` is that of its first row."""

    cells: tuple[Cell, ...]
    page: int = 0


Block = Line | Table
