"""What a form's file declares, as a ``Form``; every fault names the entry it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from xxgk.formats.entries import Entry
from xxgk.formats.extending import with_document
from xxgk.formats.grid import GridError, parse_grid
from xxgk.formats.model import (
    LAST_YEAR,
    Column,
    Field,
    Fold,
    Form,
    Kind,
    KindCheck,
    Level,
    NarrativePart,
    ParagraphKind,
    Row,
    Rule,
    RuleInstance,
    Section,
    Table,
)
from xxgk.formats.rules import RuleError, expand_rule, order_totals

TYPE_CHECKING = False  # importing typing costs as much as loading the form
if TYPE_CHECKING:
    from typing import Any, TypeVar

    _T = TypeVar("_T")

OPERATORS = ("=", "<=", ">=")
SEVERITIES = ("error", "warning", "info")


def parse_form(data: Mapping[str, Any], name: str) -> Form:
    """Return the form that ``data`` (parsed TOML) declares; ``name`` begins each complaint."""
    top = Entry(with_document(data, Entry(data, name).text("document")), name)
    kinds = _unique(top, "kinds", _kind)
    tables = {}
    levels = _unique(top, "levels", _level)
    for table_id in top.get("tables", dict):
        tables[table_id] = _table(table_id, top.one("tables").one(table_id), kinds, levels)
    sections = _unique(top, "sections", lambda entry: _section(entry, tables))
    fields = _unique(top, "fields", lambda entry: _field(entry, kinds, sections))
    rules: list[Rule] = []
    instances: list[RuleInstance] = []
    for entry in top.many("rules"):
        rule, expanded = _rule(entry, tables)
        if any(rule.code == other.code for other in rules):
            raise entry.fail("this code is declared twice")
        rules.append(rule)
        instances += expanded
    try:
        totals = order_totals(instances)
    except RuleError as error:
        raise top.fail(str(error)) from error
    form = Form(
        id=top.text("id"),
        name=top.text("name"),
        document=top.text("document"),
        since=top.get("since", int),
        title=top.text("title"),
        short_name_drops=top.texts("short_name_drops"),
        key_figures=_key_figures(top, tables, fields),
        roles=_roles(top, tables, fields),
        levels=tuple(levels.values()),
        sections=tuple(sections.values()),
        paragraph_kinds=tuple(_paragraph_kind(entry) for entry in top.many("paragraph_kinds")),
        fields=tuple(fields.values()),
        kinds=kinds,
        tables=tables,
        rules=tuple(rules),
        instances=tuple(instances),
        kind_checks=tuple(_kind_checks(kinds, tables, sections, fields)),
        totals=totals,
    )
    top.done()
    return form


def _unique(top: Entry, key: str, build: Callable[[Entry], _T]) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for entry in top.many(key):
        name = entry.text("id")
        if name in found:
            raise entry.fail("this id is declared twice")
        found[name] = build(entry)
        entry.done()
    return found


def _level(entry: Entry) -> Level:
    return Level(
        entry.text("id"),
        entry.text("label"),
        entry.text("deadline", ""),
        entry.get("makes_regulations", bool, False),
    )


def _kind(entry: Entry) -> Kind:
    kind = Kind(
        entry.text("id"),
        entry.text("code"),
        entry.get("integer", bool),
        entry.get("signed", bool, False),
        entry.text("title"),
        entry.text("message"),
        entry.text("sentence"),
    )
    if kind.signed and not kind.integer:
        raise entry.fail("signed is known for integers only")
    return kind


def _paragraph_kind(entry: Entry) -> ParagraphKind:
    kind = ParagraphKind(entry.text("label"), entry.get("heading", int))
    entry.done()
    return kind


def _field(entry: Entry, kinds: Mapping[str, Kind], sections: Mapping[str, Section]) -> Field:
    return Field(
        entry.text("id"),
        entry.choice("section", tuple(sections)),
        entry.text("label"),
        entry.text("unit"),
        entry.choice("kind", tuple(kinds)),
        entry.text("guidance"),
        entry.text("name"),
    )


def _key_figures(top: Entry, tables: Mapping[str, Table], fields: Mapping[str, Field]) -> tuple[str, ...]:
    names = top.texts("key_figures")
    known = {name for table in tables.values() for name in table.names} | {field.name for field in fields.values()}
    for unknown in (name for name in names if name not in known):
        raise top.fail(f"key_figures: {unknown!r} is the name of no number")
    return names


def _roles(top: Entry, tables: Mapping[str, Table], fields: Mapping[str, Field]) -> dict[str, tuple[str, ...]]:
    roles = {role: top.one("roles").texts(role) for role in top.get("roles", dict, {})}
    known = {address for table in tables.values() for address in table.cells} | set(fields)
    for unknown in (address for addresses in roles.values() for address in addresses if address not in known):
        raise top.fail(f"roles: {unknown!r} is not the address of a number")
    return roles


def _kind_checks(
    kinds: Mapping[str, Kind],
    tables: Mapping[str, Table],
    sections: Mapping[str, Section],
    fields: Mapping[str, Field],
) -> Iterable[KindCheck]:
    groups: dict[tuple[str, str, str], list[str]] = {}
    for table in tables.values():
        for address in table.addresses:
            groups.setdefault((table.id, table.name, table.column(address).kind), []).append(address)
    for field in fields.values():
        name = f"第{sections[field.section].number}部分"
        groups.setdefault((field.section, name, field.kind), []).append(field.id)
    for (group, name, kind), addresses in groups.items():
        sentence = kinds[kind].sentence.format(table=name)
        yield KindCheck(f"{kinds[kind].code}.{group}", kinds[kind], group, sentence, tuple(addresses))


def _section(entry: Entry, tables: Mapping[str, Table]) -> Section:
    is_table = entry.choice("kind", ("narrative", "table")) == "table"
    preface = None
    if "preface" in entry.data:
        inner = entry.one("preface")
        preface = _part(inner)
        inner.done()
    return Section(
        id=entry.text("id"),
        number=entry.text("number"),
        title=entry.text("title"),
        sheet=entry.text("sheet"),
        prompts=entry.texts("prompts"),
        table=entry.choice("table", tuple(tables)) if is_table else "",
        part=None if is_table else _part(entry),
        preface=preface,
    )


def _part(entry: Entry) -> NarrativePart:
    return NarrativePart(
        entry.text("id"),
        entry.text("title"),
        entry.get("rows", int),
        entry.texts("prompts"),
        entry.get("limit", int, 0),
    )


def _row(entry: Entry, levels: Mapping[str, Level]) -> Row:
    row = Row(
        entry.text("id"),
        entry.text("basis"),
        entry.text("guidance"),
        entry.get("reserved", bool, False),
        entry.texts("sign_is_zero", ()),
    )
    for level in row.sign_is_zero:
        if level not in levels:
            raise entry.fail(f"sign_is_zero: {level!r} is no level")
    return row


def _table(table_id: str, entry: Entry, kinds: Mapping[str, Kind], levels: Mapping[str, Level]) -> Table:
    columns = []
    for item in entry.many("columns"):
        kind = item.choice("kind", tuple(kinds)) if "kind" in item.data else "count"
        columns.append(Column(item.text("id"), kind, item.text("unit", "件")))
        item.done()
    rows = {}
    for item in entry.many("rows"):
        row = _row(item, levels)
        rows[row.id] = row
        item.done()
    header_rows = tuple(entry.get("header_rows", list))
    header_columns = entry.get("header_columns", int)
    try:
        cells, height, width = parse_grid(
            table_id, entry.get("grid", list), [c.id for c in columns], header_rows, header_columns
        )
    except GridError as error:
        raise entry.fail(str(error)) from error
    by_address = {cell.address: cell for cell in cells if cell.address}
    addresses = tuple(by_address)
    ids = {column.id for column in columns}
    printed: dict[str, Row] = {}
    for address in addresses:
        name, _, of = address.removeprefix(f"{table_id}.").rpartition(".")
        if name not in rows or of not in ids:
            raise entry.fail(f"grid: {address} names no declared row and column")
        printed[name] = rows[name]
    if rows.keys() != printed.keys():
        raise entry.fail(f"rows[{min(rows.keys() - printed.keys())}] is not in the grid")
    widths = tuple(entry.get("widths", list))
    if len(widths) != width:
        raise entry.fail(f"widths has {len(widths)} numbers for {width} columns")
    sets = {name: entry.one("sets").texts(name) for name in entry.get("sets", dict, {})}
    folds = tuple(_fold(item, table_id, by_address, columns) for item in entry.many("folds", ()))
    aliases, incomparable = entry.get("aliases", dict, {}), entry.texts("incomparable", ())
    for unknown in (name for name in (*aliases.values(), *incomparable) if name not in rows):
        raise entry.fail(f"{unknown!r} is not a row of the table")
    table = Table(
        id=table_id,
        name=entry.text("name"),
        columns=tuple(columns),
        rows=tuple(printed.values()),
        grid=cells,
        height=height,
        width=width,
        header_rows=header_rows,
        header_columns=header_columns,
        widths=widths,
        remarks_first=entry.get("remarks_first", bool, False),
        across=len({cell.row for cell in by_address.values()}) == 1,
        sets=sets,
        folds=folds,
        aliases=aliases,
        incomparable=incomparable,
        names=_names(entry, table_id, by_address),
        addresses=addresses,
        cells=by_address,
    )
    entry.done()
    return table


def _names(entry: Entry, table_id: str, addresses: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    names = {}
    for name in entry.get("names", dict, {}):
        names[name] = tuple(f"{table_id}.{path}" for path in entry.one("names").texts(name))
        for address in names[name]:
            if address not in addresses:
                raise entry.fail(f"names: {name!r} gives {address}, which is not in the grid")
    return names


def _fold(entry: Entry, table_id: str, addresses: Mapping[str, Any], columns: Sequence[Column]) -> Fold:
    into, absent = entry.text("into"), entry.texts("absent")
    for row in (into, *absent):
        if not any(address.startswith(f"{table_id}.{row}.") for address in addresses):
            raise entry.fail(f"{row!r} is not a row of the table")
    row = entry.text("row")
    fold = Fold(
        id=f"{table_id}_{row}",
        table=table_id,
        row=row,
        into=into,
        absent=absent,
        remark=entry.text("remark"),
        marker=f"{table_id}.{into}.{columns[0].id}",
        absent_addresses=tuple(f"{table_id}.{name}.{column.id}" for name in absent for column in columns),
    )
    entry.done()
    return fold


def _rule(entry: Entry, tables: Mapping[str, Table]) -> tuple[Rule, tuple[RuleInstance, ...]]:
    rule = Rule(
        code=entry.text("code"),
        source=entry.text("source"),
        title=entry.text("title"),
        severity=entry.choice("severity", SEVERITIES),
        table=entry.choice("table", tuple(tables)),
        over=entry.choice("over", ("rows", "columns")),
        op=entry.choice("op", OPERATORS),
        computes=entry.get("computes", bool, False),
        explainable=entry.get("explainable", bool, False),
        previous_forms=entry.texts("previous_forms", ()),
        since=entry.get("since", int, 0),
        until=entry.get("until", int, LAST_YEAR),
        sentence=entry.text("sentence"),
        clause=entry.text("clause"),
        hint=entry.text("hint"),
    )
    members, left, right = entry.texts("members", ()), entry.texts("left"), entry.texts("right")
    entry.done()
    if rule.computes and (len(left) != 1 or rule.op != "="):
        raise entry.fail("computes needs one figure on the left and op '='")
    try:
        return rule, expand_rule(rule, tables[rule.table], members, left, right)
    except RuleError as error:
        raise entry.fail(str(error)) from error
