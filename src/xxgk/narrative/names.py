"""What the text may call the numbers of a report, derived from the form's data and its printed labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from xxgk.formats import Form, Table
from xxgk.labels import plain
from xxgk.records import Record


class Quantity(Record):
    """A number that the text can name: the sum of the figures (or the single field) at ``addresses``."""

    name: str
    addresses: tuple[str, ...]


@cache
def quantities(form: Form) -> Mapping[str, Quantity]:
    """Return every quantity of ``form`` by name, in the order of the form.

    Rows go by the total over their columns (``columns`` gives the others); where the form's data has no name for
    them, by their printed label, and rows with a common head (``withheld.secret``) also together, by its label.
    """
    found = [one for table in form.tables.values() for one in _of_table(form, table)]
    found += [Quantity(field.name, (field.id,)) for field in form.fields]
    return {one.name: one for one in found}


@cache
def columns(form: Form) -> Mapping[str, tuple[str, ...]]:
    """Return the columns that totals add up, by printed label (自然人), and those under one heading together."""
    found: dict[str, tuple[str, ...]] = {}
    for table in form.tables.values():
        parts = _parts(form, table)
        for column in parts:
            found[plain(table.member_label("columns", column))] = (column,)
        for cell in table.grid:
            if cell.header and cell.width > 1 and not cell.address:
                under = {
                    address.rpartition(".")[2]
                    for address, number in table.cells.items()
                    if cell.column <= number.column < cell.column + cell.width
                }
                if len(under) > 1 and under < set(parts):
                    found[plain(cell.text)] = tuple(column for column in parts if column in under)
    return found


def in_columns(form: Form, quantity: Quantity, of: Sequence[str]) -> Quantity | None:
    """Return the part of ``quantity`` that stands in the columns ``of``, None where it goes by no totals of them."""
    addresses: list[str] = []
    for address in quantity.addresses:
        row = address.rpartition(".")[0]
        own = [f"{row}.{column}" for column in of]
        if not set(own) <= set(_row_totals(form).get(address, ())):
            return None
        addresses += own
    return Quantity(quantity.name, tuple(addresses))


def _of_table(form: Form, table: Table) -> Iterator[Quantity]:
    declared = {addresses: name for name, addresses in table.names.items()}
    heads: list[str] = []
    for row in table.rows:
        for address in _leading(form, table, row.id):
            name = declared.pop((address,), "") or _label(table, address)
            head = row.id.rpartition(".")[0]
            if head and head not in heads:
                heads.append(head)
                group = _group(form, table, head)
                if group.name != name:
                    yield group
            yield Quantity(name, (address,))
    for addresses, name in declared.items():
        yield Quantity(name, addresses)


def _leading(form: Form, table: Table, row: str) -> tuple[str, ...]:
    """Return the addresses by which a row goes: that of its total, or all where it has none."""
    own = tuple(address for address in table.addresses if address.rpartition(".")[0] == f"{table.id}.{row}")
    totals = tuple(address for address in own if address in _row_totals(form))
    return totals or own


def _label(table: Table, address: str) -> str:
    """Return the name that the labels of ``address`` give: its row's, and its column's where the row has several."""
    row = address.rpartition(".")[0]
    *heads, last = table.labels[address]
    several = sum(other.rpartition(".")[0] == row for other in table.addresses) > 1
    column = last if several and not table.sets else ""
    return plain(heads[-1]) + plain(column)


def _group(form: Form, table: Table, head: str) -> Quantity:
    """Return the rows under ``head`` together, under the label that they share."""
    rows = [row.id for row in table.rows if row.id.startswith(f"{head}.")]
    addresses = tuple(address for row in rows for address in _leading(form, table, row))
    labels = table.labels[addresses[0]]
    return Quantity(plain(labels[-2] if len(rows) == 1 else labels[-3]), addresses)


@cache
def _row_totals(form: Form) -> Mapping[str, tuple[str, ...]]:
    """Return which figures of its row each total adds up."""
    rows = (one for one in form.instances if one.rule.computes and one.rule.over == "rows")
    return {one.left[0].address: tuple(term.address for term in one.right) for one in rows}


def _parts(form: Form, table: Table) -> tuple[str, ...]:
    """Return the columns that the totals of the table's rows add up."""
    sums = (parts for total, parts in _row_totals(form).items() if total in table.cells)
    return tuple(part.rpartition(".")[2] for part in next(sums, ()))
