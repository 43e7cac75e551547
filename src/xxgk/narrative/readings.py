"""What the customary readings of a text amount to in the tables of a report, with their names for staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from xxgk.figures import folded_addresses, known_values, values_of_last_year
from xxgk.formats import Form, Table
from xxgk.narrative.claim_words import Sum
from xxgk.narrative.claims import Subject
from xxgk.narrative.names import columns, quantities
from xxgk.records import Record
from xxgk.report import Number, Report

Values = Mapping[str, Number]

_WAN = "万元"


class Reading(Record):
    """One customary reading, a sum of rows and columns, and what it amounts to this year and last year.

    ``stated`` is what the table itself says where that differs from the sum. Sums of money are in 元.
    Where a part is blank or unreadable the rest is what it amounts to at ``least``.
    """

    table: str
    rows: Sum
    columns: Sum
    unit: str
    value: Number
    stated: Number
    before: Number | None
    least: bool = False

    def holds(self, claimed: Number, step: Number = 0) -> bool:
        """Tell whether ``claimed`` may be this value; ``step`` is how exact it is, 0 for exactly."""
        if self.least:
            return claimed + step >= self.value
        return any(claimed == value or -step < claimed - value < step for value in {self.value, self.stated})


class Tables:
    """The figures of a report and of the one before it, by the readings of a text."""

    def __init__(self, form: Form, report: Report, last: Report | None) -> None:
        self._form = form
        fields = {key: figure.value for key, figure in report.fields.items() if figure.value is not None}
        self._stated: Values = {**known_values(form, report.figures), **fields}
        parts = {a: figure for a, figure in report.figures.items() if a not in form.totals}
        self._summed: Values = {**self._stated, **known_values(form, parts)}
        self._last: Values = values_of_last_year(form, last) if last is not None else {}
        self._absent = folded_addresses(form, report.figures)
        self._known: dict[Subject, tuple[Reading, ...]] = {}

    def readings(self, subject: Subject) -> tuple[Reading, ...]:
        """Return the readings of ``subject`` in this form; nothing where nothing is known of one of them."""
        known = self._known.get(subject)
        if known is None:
            known = self._known[subject] = self._evaluated(subject)
        return known

    def exact(self, subject: Subject) -> tuple[Reading, ...]:
        """Return the readings of ``subject``; nothing where one of them is not fully known."""
        readings = self.readings(subject)
        return () if any(one.least for one in readings) else readings

    def _evaluated(self, subject: Subject) -> tuple[Reading, ...]:
        found: list[Reading] = []
        for rows in subject.rows:
            for across in subject.columns:
                terms = [(*term, a) for term in signed(rows) for a in self._addresses(subject.table, term[1], across)]
                if not terms:
                    continue
                summed, stated = self._sum(terms, self._summed), self._sum(terms, self._stated)
                unit, before = self._unit(terms[0][2]), self._sum(terms, self._last)
                if summed is not None and stated is not None:
                    found.append(Reading(subject.table, rows, across, unit, summed, stated, before))
                    continue
                least = sum(self._least(address) for _, _, address in terms)
                if not least or any(sign < 0 for sign, _, _ in terms):
                    return ()
                found.append(Reading(subject.table, rows, across, unit, least, least, None, True))
        return tuple(found)

    def _least(self, address: str) -> Number:
        """Return what is known of a figure, or of the parts of a total: no number is below 0."""
        value = self._sum([(1, "", address)], self._summed)
        if value is not None or address not in self._form.totals:
            return value or 0
        return sum(self._least(part) for part in self._form.totals[address].parts)

    def parts(self, reading: Reading) -> Iterator[Reading]:
        """Yield what ``reading`` is the sum of, where that is fully known: each column, then each row of a group."""
        owner = self._form.tables.get(reading.table)
        if owner is None or any(sign < 0 for sign, _ in signed(reading.rows)):
            return
        for column in owner.columns:
            yield from self.exact(Subject(reading.table, (reading.rows,), ((column.id,),)))
        for _, row in signed(reading.rows):
            for one in owner.rows:
                if one.id.startswith(f"{row}."):
                    yield from self.exact(Subject(reading.table, ((one.id,),), (reading.columns,)))

    def _addresses(self, table: str, row: str, across: Sum) -> list[str]:
        owner = self._form.tables.get(table)
        if owner is None:
            there = {field.id for field in self._form.fields}
            return [f"{table}.{column}" for column in across if f"{table}.{column}" in there]
        rows = [one.id for one in owner.rows if one.id == row or one.id.startswith(f"{row}.")]
        wanted = (f"{table}.{one}.{column}" for one in rows for column in across)
        return [address for address in wanted if address in owner.cells]

    def _sum(self, terms: Sequence[tuple[int, str, str]], values: Values) -> Number | None:
        total: Number = 0
        for sign, _, address in terms:
            value = values.get(address)
            if value is None:
                if address in self._absent and values is not self._last:
                    continue
                return None
            total += sign * value * (10_000 if self._unit(address) == _WAN else 1)
        return total

    def _unit(self, address: str) -> str:
        table = self._form.table_of(address)
        if table is not None:
            return table.column(address).unit or "件"
        return next(field.unit for field in self._form.fields if field.id == address)

    # ------------------------------------------------------------ names, in the words of the form

    def name(self, reading: Reading) -> str:
        """Return the name of ``reading`` for staff: 表三本年新收加上年结转（自然人）."""
        across, names = reading.columns, _names(self._form)
        table = self._form.tables.get(reading.table)
        if table is None:
            own = next(field for field in self._form.fields if field.id == f"{reading.table}.{across[0]}")
            return f"第{self._form.section(own.section).number}部分的{names[frozenset((own.id,))]}"
        name = self._common_label(table, reading.rows)
        for sign, row in () if name else signed(reading.rows):
            joint = "" if not name else "加" if sign > 0 else "减"
            name += joint + self._row_name(table, row, across)
        # A figure that has a name of its own (规范性文件制发) has its column in it.
        named = frozenset(self._addresses(table.id, signed(reading.rows)[0][1], across)) in names
        return table.name + (name if named else f"{name}（{self.column_name(reading)}）")

    def column_name(self, reading: Reading) -> str:
        """Return the name of the columns that ``reading`` is the sum of."""
        across = reading.columns
        together = next((name for name, parts in columns(self._form).items() if parts == across and len(parts) > 1), "")
        if together:
            return together
        return "、".join(self._form.tables[reading.table].member_label("columns", column) for column in across)

    def table_name(self, reading: Reading) -> str:
        """Return the name of the table that ``reading`` is of, "" for single fields."""
        table = self._form.tables.get(reading.table)
        return table.name if table is not None else ""

    def _row_name(self, table: Table, row: str, across: Sum) -> str:
        if table.across:
            return table.member_label("rows", row).replace(" ", "")
        rows = [one.id for one in table.rows]
        totals = [c.id for c in table.columns if all(f"{table.id}.{one}.{c.id}" in self._form.totals for one in rows)]
        names = _names(self._form)
        own = frozenset(self._addresses(table.id, row, across))
        return names[own] if own in names else names[frozenset(self._addresses(table.id, row, tuple(totals)))]

    def _common_label(self, table: Table, rows: Sum) -> str:
        """Return the label under which just these rows stand side by side on paper (行政诉讼), or ""."""
        if not table.across or len(rows) < 2:
            return ""
        heads = {row.id: table.member_label("rows", row.id).partition(" ")[0] for row in table.rows}
        label = heads[rows[0]]
        return label if {row for row, head in heads.items() if head == label} == set(rows) else ""


@cache
def _names(form: Form) -> Mapping[frozenset[str], str]:
    """Return the names of all that text may call by name, by the figures that it is the sum of."""
    return {frozenset(one.addresses): one.name for one in quantities(form).values()}


def signed(rows: Sum) -> list[tuple[int, str]]:
    """Return each row of a sum with its sign."""
    return [(-1, row[1:]) if row.startswith("-") else (1, row) for row in rows]
