"""In which shapes other programs lay out a table of the form: as printed, or as a plain list of rows and columns."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from xxgk.formats import Form, Table
from xxgk.records import Record
from xxgk.workbook.printed import Label, Pattern


class Shape(Record, eq=False):
    """A layout of ``table``, top left in A1: its labels as a pattern, and the place of each figure in it."""

    table: Table
    pattern: Pattern
    cells: Mapping[str, tuple[int, int]]


@functools.cache
def shapes_of(form: Form) -> Mapping[str, tuple[Shape, ...]]:
    """Return the shapes of each table by its id, the printed one first."""
    return {
        table.id: (_printed(table), *(_listed(table, depth) for depth in range(_deepest(table), 0, -1)))
        for table in form.tables.values()
    }


def _printed(table: Table) -> Shape:
    labels = tuple(
        Label(cell.row + 1, cell.column + 1, cell.text, cell.height, cell.width) for cell in table.grid if cell.text
    )
    return _shape(table, labels, {address: (cell.row + 1, cell.column + 1) for address, cell in table.cells.items()})


def _listed(table: Table, depth: int) -> Shape:
    """Return the table as a list: a heading row, and each row named by the innermost ``depth`` of its labels."""
    first = {row.id: next(a for a in table.addresses if a.startswith(f"{table.id}.{row.id}.")) for row in table.rows}
    rows = [Label(y, 1, " ".join(table.labels[first[row.id]][:-1][-depth:])) for y, row in enumerate(table.rows, 2)]
    columns = [Label(1, x, table.member_label("columns", column.id)) for x, column in enumerate(table.columns, 2)]
    cells = {
        address: (y, x)
        for y, row in enumerate(table.rows, 2)
        for x, column in enumerate(table.columns, 2)
        if (address := f"{table.id}.{row.id}.{column.id}") in table.cells
    }
    return _shape(table, (*rows, *columns), cells)


def _deepest(table: Table) -> int:
    return max(len(labels) for labels in table.labels.values()) - 1


def _shape(table: Table, labels: tuple[Label, ...], cells: Mapping[str, tuple[int, int]]) -> Shape:
    return Shape(table, Pattern(table.id, table.name, "", labels, tuple(cells.values())), cells)
