"""The numbers of two reports side by side, as far as they mean the same in both forms. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.figures import known_values
from xxgk.formats import Form, Table
from xxgk.records import Record
from xxgk.report import Number, Report


class NumberChange(Record):
    """A number that is not the same in both reports; None is blank or no number. ``labels`` are the newer form's."""

    address: str
    labels: tuple[str, ...]
    old: Number | None
    new: Number | None

    @property
    def difference(self) -> Number | None:
        """The new number less the old one, where both are known."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def share(self) -> float | None:
        """The difference as a part of the old number, where that is not 0."""
        difference = self.difference
        return None if difference is None or not self.old else float(difference) / float(self.old)


class TableChanges(Record):
    """What changed in one table. ``same`` numbers are alike; ``apart`` are rows that only one form has, in words."""

    heading: str
    changes: tuple[NumberChange, ...]
    same: int
    apart: tuple[str, ...]


def compare_numbers(old: Report, old_form: Form, new: Report, new_form: Form) -> tuple[TableChanges, ...]:
    """Return the changes of each table, and of the single numbers, in the order of ``new_form``."""
    before, after = known_values(old_form, old.figures), known_values(new_form, new.figures)
    comparable = frozenset(new_form.comparable(old_form))
    found = []
    for section in new_form.sections:
        if section.table:
            table, other = new_form.tables[section.table], old_form.tables[section.table]
            addresses = [address for address in table.addresses if address in comparable]
            changes = tuple(
                NumberChange(address, table.labels[address], before.get(address), after.get(address))
                for address in addresses
                if before.get(address) != after.get(address)
            )
            apart = (
                () if table is other else (*_apart(old_form, other, comparable), *_apart(new_form, table, comparable))
            )
            found.append(TableChanges(section.heading, changes, len(addresses) - len(changes), tuple(apart)))
    return (*found, *_fields(old, old_form, new, new_form))


def _fields(old: Report, old_form: Form, new: Report, new_form: Form) -> Iterator[TableChanges]:
    both = [field for field in new_form.fields if field.id in {other.id for other in old_form.fields}]
    before, after = (
        {key: figure.value for key, figure in report.fields.items() if figure.value is not None}
        for report in (old, new)
    )
    changes = tuple(
        NumberChange(field.id, (field.label,), before.get(field.id), after.get(field.id))
        for field in both
        if before.get(field.id) != after.get(field.id)
    )
    if changes:
        yield TableChanges(new_form.section(both[0].section).heading, changes, len(both) - len(changes), ())


def _apart(form: Form, table: Table, comparable: frozenset[str]) -> Iterator[str]:
    """Yield the rows of a table with numbers that the other form does not have, or means otherwise."""
    for row in table.rows:
        own = [a for a in table.addresses if a.startswith(f"{table.id}.{row.id}.") and a not in comparable]
        if own:
            whole = all(a not in comparable for a in table.addresses if a.startswith(f"{table.id}.{row.id}."))
            columns = "" if whole else "：" + "、".join(table.labels[address][-1] for address in own)
            yield f"{form.id} 版的 {table.member_label('rows', row.id)}{columns}"
