"""A form's table whose rows stand where its columns should, or whose groups stand below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.figures import State, judge
from xxgk.formats import Form
from xxgk.published.blocks import Cell, Table
from xxgk.published.columns import PlacedRow
from xxgk.published.pattern import TablePattern, upright
from xxgk.published.tables import TableFound, read_table, rows_of
from xxgk.records import replace
from xxgk.report import Report

SURE = 0.9  # likeness of the groups' words
ENOUGH = 0.5  # of a table's numbers, for it to stand as the form has it


def read_any_way(form: Form, pattern: TablePattern, tables: Sequence[tuple[Table, int]]) -> TableFound | None:
    """Return the form's table as read in ``tables`` (each with its number in the file), or None where there is none.

    It is read as the form has it; another way only where that leaves most numbers unread, and reads more of them.
    """
    rows = [row for table, number in tables for row in rows_of(table, number)]
    if not rows:
        return None
    found = read_table(pattern, rows)
    if len(found.traces) >= ENOUGH * len(pattern.table.addresses):
        return found
    turned = [
        replace(row, spot=replace(row.spot, row=0, column=row.spot.row))
        for table, number in tables
        for row in rows_of(_turned(table), number)
    ]
    # Where a cell of a turned table is lost or split, others move along and only their sums tell.
    others = [*_upright(pattern, rows)]
    others += [one for one in (read_table(pattern, turned), *_upright(pattern, turned)) if _adds_up(form, one)]
    return max((found, *others), key=lambda one: len(one.traces))


def _upright(pattern: TablePattern, rows: Sequence[PlacedRow]) -> Iterator[TableFound]:
    """Yield the table as read with its groups below each other, if that is certain."""
    if pattern.across:
        found = read_table(upright(pattern), rows)
        # Words that are only like the groups' could as well be others: 复议 for one of three.
        if all(trace.score >= SURE for trace in found.traces) and _has_every_row(pattern, found):
            yield found


def _adds_up(form: Form, found: TableFound) -> bool:
    figures = {trace.address: trace.figure for trace in found.traces}
    return all(verdict.state is not State.FAIL for verdict in judge(form, Report(form=form.id, figures=figures)))


def _has_every_row(pattern: TablePattern, found: TableFound) -> bool:
    rows, read = (
        {address.rpartition(".")[0] for address in addresses}
        for addresses in (pattern.table.addresses, (trace.address for trace in found.traces))
    )
    return rows == read


def _turned(table: Table) -> Table:
    cells = (replace(c, row=c.column, column=c.row, rows=c.columns, columns=c.rows) for c in table.cells)
    return Table(tuple(sorted(cells, key=_place)), table.page)


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
