"""What came of reading a published report: the report, where each number stood, and what is not certain."""

from __future__ import annotations

from xxgk.published.blocks import Line, Table
from xxgk.records import Record
from xxgk.report import Figure, Report


class Spot(Record):
    """Where something stood: page (0 where there are none), number of the table, row or column in it; 0 for none."""

    page: int = 0
    table: int = 0
    row: int = 0
    column: int = 0

    @property
    def words(self) -> str:
        """The place in words for staff."""
        parts = (("第{}页", self.page), ("第{}张表", self.table), ("第{}行", self.row), ("第{}列", self.column))
        return "".join(pattern.format(value) for pattern, value in parts if value)


class Trace(Record):
    """A number of the report, and where it was read. ``score`` is how well the words beside it fit, 1 exactly.

    ``by_order`` says that the columns were told by their order, since the cells do not stand under their headings.
    """

    address: str
    figure: Figure
    spot: Spot
    seen: str
    score: float
    by_order: bool


class Doubt(Record):
    """Something that was not read with certainty or is missing, in a sentence. ``addresses`` are left blank for it.

    ``seen`` is what stands in their cells, "" where they are blank; None where it is not certain which these are.
    """

    sentence: str
    addresses: tuple[str, ...] = ()
    spot: Spot = Spot()
    seen: str | None = None


class Difference(Record):
    """Words of the form that the source has otherwise."""

    seen: str
    expected: str
    spot: Spot = Spot()


class Found(Record):
    """A report read from a published file.

    ``doubts`` are what staff must look at; ``differences`` are the form's own words as the source has them;
    ``inferred`` tells what rests on words of another place; ``dropped`` are texts that belong to no part of the report.
    ``lines`` are all texts outside the form's tables, in order; ``tables`` are these tables, as the file has them.
    """

    report: Report
    traces: tuple[Trace, ...]
    doubts: tuple[Doubt, ...]
    differences: tuple[Difference, ...]
    inferred: tuple[str, ...]
    dropped: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
