"""The list of placeholders on the 填报说明: every name with the number that it stands for at present."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.narrative.names import Quantity, quantities
from xxgk.narrative.values import UNIT, YEAR, YEAR_BEFORE
from xxgk.records import Record
from xxgk.workbook.layout import COVER, GUIDE, NAMES_TOP, Layout
from xxgk.xlsx.a1 import Cell


class NameLine(Record):
    """A line of the list: the row, where the number comes from, its name; ``quantity`` is None for a text."""

    row: int
    source: str
    name: str
    quantity: Quantity | None = None

    @property
    def placeholder(self) -> str:
        """The name as staff copy it into their text."""
        return f"{{{{ {self.name} }}}}"

    def cell(self, column: int) -> Cell:
        """Return the cell of this line in ``column``."""
        return Cell(GUIDE, self.row, column)


def name_lines(layout: Layout) -> tuple[NameLine, ...]:
    """Return the lines of the list, in order, below its title and its headings."""
    named = [(COVER, name, None) for name in (YEAR, YEAR_BEFORE, UNIT)]
    lines = [*named, *_quantities(layout)]
    return tuple(NameLine(row, *line) for row, line in enumerate(lines, NAMES_TOP + 2))


def _quantities(layout: Layout) -> Iterator[tuple[str, str, Quantity]]:
    form = layout.form
    for name, quantity in quantities(form).items():
        table = form.table_of(quantity.addresses[0])
        section = (
            next(field.section for field in form.fields if field.id in quantity.addresses) if table is None else ""
        )
        yield (table.name if table else f"第{form.section(section).number}部分"), name, quantity
