"""Types of an official form. A value's address is ``table.row.column``; rows may contain a dot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from xxgk.formats.labels import GridCell, derive_labels
from xxgk.records import Record

LAST_YEAR = 9999


class Level(Record):
    """A kind of reporting body, with the last day (``MM-DD``, year after) on which it publishes."""

    id: str
    label: str
    deadline: str
    makes_regulations: bool


class NarrativePart(Record):
    """A part that is written as text: 引言 or one of the narrative sections."""

    id: str
    title: str
    rows: int
    prompts: tuple[str, ...]
    limit: int = 0


class Section(Record):
    """One of the six sections. Exactly one of ``table`` (its id) and ``part`` is set."""

    id: str
    number: str
    title: str
    sheet: str
    prompts: tuple[str, ...]
    table: str = ""
    part: NarrativePart | None = None
    preface: NarrativePart | None = None

    @property
    def heading(self) -> str:
        """The heading as the form prints it, such as 一、总体情况."""
        return f"{self.number}、{self.title}"


class ParagraphKind(Record):
    """A choice in the 类型 column of a narrative sheet; ``heading`` 0 is body text."""

    label: str
    heading: int


class Kind(Record):
    """What a number may be (R5): ``code`` is the finding when it is something else.

    Only a ``signed`` number, an increase or decrease, may be less than 0.
    """

    id: str
    code: str
    integer: bool
    signed: bool
    title: str
    message: str
    sentence: str


class Field(Record):
    """A single number outside the tables, such as the 信息处理费 notices; ``name`` is how the text may call it."""

    id: str
    section: str
    label: str
    unit: str
    kind: str
    guidance: str
    name: str


class Column(Record):
    """A column id of a table. ``kind`` is a ``Kind`` id."""

    id: str
    kind: str
    unit: str


class Row(Record):
    """A row id of a table, with the legal basis and the guidance shown beside it.

    ``reserved`` rows (规章) are only for levels with ``makes_regulations``. For the levels in
    ``sign_is_zero`` the number can only be 0, so that "/" or another sign in its place means 0.
    """

    id: str
    basis: str
    guidance: str
    reserved: bool = False
    sign_is_zero: tuple[str, ...] = ()


class Fold(Record):
    """Reports that merge several rows into one: ``row`` stands for ``into``; ``absent`` is not asked for.

    It holds when ``remark`` is the note of ``into`` in the table's first column and the absent
    rows are wholly empty. Absent rows then count as 0 in sums and stay absent.
    """

    id: str
    table: str
    row: str
    into: str
    absent: tuple[str, ...]
    remark: str
    marker: str
    absent_addresses: tuple[str, ...]


class Table(Record, eq=False):
    """One official table: printed grid, rows, columns, and what follows from them.

    ``rows`` come in the order of the grid. ``across`` is true where the rows of the model stand side by side on
    paper (表四). ``aliases`` are other names of rows in JSON; ``incomparable`` are rows whose figures mean something
    else than those of the row with the same id in another form. ``names`` are what the text may call the sum of some
    addresses, where their labels do not say it shortly.
    """

    id: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    grid: tuple[GridCell, ...]
    height: int
    width: int
    header_rows: tuple[int, ...]
    header_columns: int
    widths: tuple[int, ...]
    remarks_first: bool
    across: bool
    sets: Mapping[str, tuple[str, ...]]
    folds: tuple[Fold, ...]
    aliases: Mapping[str, str]
    incomparable: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    addresses: tuple[str, ...]
    cells: Mapping[str, GridCell]

    @cached_property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """The printed labels that a person knows each address by; see ``derive_labels``."""
        return derive_labels(self.grid)

    @cached_property
    def first_of_row(self) -> Mapping[str, str]:
        """The first address of each row, by the row's id."""
        return {address.removeprefix(f"{self.id}.").rpartition(".")[0]: address for address in self.addresses[::-1]}

    @cached_property
    def _columns_by_id(self) -> Mapping[str, Column]:
        return {column.id: column for column in self.columns}

    def member_label(self, over: str, member: str) -> str:
        """Return the printed name of a column (自然人) or of a row (规章; 行政诉讼 未经复议直接起诉)."""
        if over == "columns":
            address = next(a for a in self.addresses if a.endswith(f".{member}"))
            return self.labels[address][-1]
        return " ".join(self.labels[self.first_of_row[member]][:-1])

    def column(self, address: str) -> Column:
        """Return the column of ``address``."""
        return self._columns_by_id[address.rpartition(".")[2]]


class Rule(Record, eq=False):
    """A rule as declared. ``op`` is one of ``=``, ``<=``, ``>=``.

    It holds for reports of the years ``since`` to ``until``, both included.
    """

    code: str
    source: str
    title: str
    severity: str
    table: str
    over: str
    op: str
    computes: bool
    explainable: bool
    previous_forms: tuple[str, ...]
    since: int
    until: int
    sentence: str
    clause: str
    hint: str

    @property
    def limited(self) -> bool:
        """Whether the rule holds for some years only."""
        return self.since > 0 or self.until < LAST_YEAR

    def applies(self, year: int | None) -> bool:
        """Tell whether the rule holds for reports of ``year``; None, an unknown year, is in no range."""
        return not self.limited or (year is not None and self.since <= year <= self.until)


class Term(Record):
    """A signed figure, of this year or of last year's report."""

    address: str
    sign: int = 1
    previous: bool = False


class RuleInstance(Record, eq=False):
    """A rule for one column or one row. ``id`` is ``code.member`` and unique in the form."""

    id: str
    rule: Rule
    table: Table
    member: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @property
    def sentence(self) -> str:
        """The rule in words, with the printed name of the row or column."""
        return self.rule.sentence.format(member=self.table.member_label(self.rule.over, self.member))

    @property
    def terms(self) -> tuple[Term, ...]:
        """All figures that the rule needs, left side first."""
        return self.left + self.right


class KindCheck(Record):
    """R5 for the numbers of one kind in one table (or among one section's single fields)."""

    id: str
    kind: Kind
    group: str
    sentence: str
    addresses: tuple[str, ...]


class Total(Record):
    """A figure that the form computes: the sum of ``parts``, each an address of the same table."""

    address: str
    parts: tuple[str, ...]


class Form(Record, eq=False):
    """An official form; compared by identity, since ``load_form`` gives each once.

    ``totals`` come in an order in which each needs only earlier ones. ``key_figures`` are names of quantities (see
    ``narrative.names``): the numbers that an office looks at first. ``roles`` are addresses by what they are to checks
    that no rule of the form holds; a form that did not ask for them has no such role.
    """

    id: str
    name: str
    document: str
    since: int
    title: str
    short_name_drops: tuple[str, ...]
    key_figures: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]
    levels: tuple[Level, ...]
    sections: tuple[Section, ...]
    paragraph_kinds: tuple[ParagraphKind, ...]
    fields: tuple[Field, ...]
    kinds: Mapping[str, Kind]
    tables: Mapping[str, Table]
    rules: tuple[Rule, ...]
    instances: tuple[RuleInstance, ...]
    kind_checks: tuple[KindCheck, ...]
    totals: Mapping[str, Total]

    @property
    def parts(self) -> tuple[NarrativePart, ...]:
        """All narrative parts in reading order, 引言 first."""
        found: list[NarrativePart] = []
        for section in self.sections:
            found += [part for part in (section.preface, section.part) if part is not None]
        return tuple(found)

    @property
    def folds(self) -> tuple[Fold, ...]:
        """The folds of all tables."""
        return tuple(fold for table in self.tables.values() for fold in table.folds)

    def comparable(self, other: Form) -> tuple[str, ...]:
        """Return the addresses of the tables whose figures mean the same in a report of the form ``other``."""
        found: list[str] = []
        for table in self.tables.values():
            there = other.tables.get(table.id)
            if there is not None:
                apart = () if there is table else (*table.incomparable, *there.incomparable)
                apart_addresses = tuple(f"{table.id}.{row}." for row in apart)
                found += [a for a in table.addresses if a in there.cells and not a.startswith(apart_addresses)]
        return tuple(found)

    def level(self, level_id: str) -> Level | None:
        """Return the level with this id, or None."""
        return next((level for level in self.levels if level.id == level_id), None)

    def section(self, section_id: str) -> Section:
        """Return the section with this id; a table's section carries the table's id."""
        return next(section for section in self.sections if section.id == section_id)

    def table_of(self, address: str) -> Table | None:
        """Return the table that owns ``address``, or None for a single field."""
        return self.tables.get(address.partition(".")[0])

    def kind_of(self, address: str) -> Kind:
        """Return what the number at ``address`` (a table's or a single field's) may be."""
        table = self.table_of(address)
        if table is not None:
            return self.kinds[table.column(address).kind]
        return self.kinds[next(field.kind for field in self.fields if field.id == address)]

    def labels_of(self, address: str) -> tuple[str, ...]:
        """Return the labels by which a person knows ``address``."""
        table = self.table_of(address)
        if table is not None and address in table.labels:
            return table.labels[address]
        return tuple(field.label for field in self.fields if field.id == address)
