"""Read a form's TOML file into a ``Form``; every fault names the entry it stands in."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

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

FOLDER = Path(__file__).parent
OPERATORS = ("=", "<=", ">=")
SEVERITIES = ("error", "warning", "info")


class FormError(ValueError):
    """A form's file is malformed. The message names the file and the entry."""


class _Entry:
    """A TOML table with its name, so that each complaint can say where it is."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self.data, self.where, self.used = data, where, set[str]()

    def fail(self, message: str) -> FormError:
        return FormError(f"{self.where}: {message}")

    def get(self, key: str, kind: type[_T], default: _T | None = None) -> _T:
        self.used.add(key)
        if key not in self.data:
            if default is None:
                raise self.fail(f"{key} is missing")
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fail(f"{key} must be {kind.__name__}, not {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return self.get(key, str, default)

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        found = self.get(key, list, None if default is None else list(default))
        if not all(isinstance(item, str) for item in found):
            raise self.fail(f"{key} must be a list of texts")
        return tuple(found)

    def choice(self, key: str, choices: Sequence[str]) -> str:
        value = self.text(key)
        if value not in choices:
            raise self.fail(f"{key} must be one of {', '.join(choices)}, not {value!r}")
        return value

    def one(self, key: str) -> _Entry:
        return _Entry(self.get(key, dict), f"{self.where}.{key}")

    def many(self, key: str, default: Sequence[Any] | None = None) -> list[_Entry]:
        found = self.get(key, list, None if default is None else list(default))
        entries = []
        for number, item in enumerate(found):
            if not isinstance(item, dict):
                raise self.fail(f"{key}[{number}] must be a table")
            name = item.get("id", item.get("code", number))
            entries.append(_Entry(item, f"{self.where}.{key}[{name}]"))
        return entries

    def done(self) -> None:
        unknown = sorted(set(self.data) - self.used)
        if unknown:
            raise self.fail(f"{unknown[0]} is not known here")


def form_ids() -> tuple[str, ...]:
    """Return the ids of all forms that this version knows, oldest first."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@functools.cache
def load_form(form_id: str) -> Form:
    """Return the form ``form_id``. Raise ``FormError`` when it is unknown or malformed."""
    if form_id not in form_ids():
        raise FormError(f"{form_id}: no such form")
    path = FOLDER / f"{form_id}.toml"
    source = path.read_bytes()
    return parse_form(_prepared(path.with_suffix(".json"), source) or _parse(source, path.name), path.name)


def newest_form() -> Form:
    """Return the form that came into use last. Raise ``FormError`` when a form's file is malformed."""
    return max(_forms(), key=lambda form: form.since)


def oldest_form() -> Form:
    """Return the form that came into use first. Raise ``FormError`` when a form's file is malformed."""
    return min(_forms(), key=lambda form: form.since)


def form_for_year(year: int) -> Form:
    """Return the form that reports of ``year`` use, the last to come into use by then.

    Raise ``FormError`` when every form is younger, or a form's file is malformed.
    """
    used = [form for form in _forms() if form.since <= year]
    if not used:
        raise FormError(f"{year}: no form was in use")
    return max(used, key=lambda form: form.since)


def _forms() -> list[Form]:
    return [load_form(form_id) for form_id in form_ids()]


def _prepared(path: Path, source: bytes) -> dict[str, Any] | None:
    """Return the form as the wheel carries it in JSON, if it was made from ``source``; see hatch_build.py."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return content["form"] if content["source"] == zlib.crc32(source) else None


def _parse(source: bytes, name: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(source.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormError(f"{name}: {error}") from error


def parse_form(data: Mapping[str, Any], name: str) -> Form:
    """Return the form that ``data`` (parsed TOML) declares; ``name`` begins each complaint."""
    top = _Entry(data, name)
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


def _unique(top: _Entry, key: str, build: Callable[[_Entry], _T]) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for entry in top.many(key):
        name = entry.text("id")
        if name in found:
            raise entry.fail("this id is declared twice")
        found[name] = build(entry)
        entry.done()
    return found


def _level(entry: _Entry) -> Level:
    return Level(
        entry.text("id"),
        entry.text("label"),
        entry.text("deadline", ""),
        entry.get("makes_regulations", bool, False),
    )


def _kind(entry: _Entry) -> Kind:
    return Kind(
        entry.text("id"),
        entry.text("code"),
        entry.get("integer", bool),
        entry.text("title"),
        entry.text("message"),
        entry.text("sentence"),
    )


def _paragraph_kind(entry: _Entry) -> ParagraphKind:
    kind = ParagraphKind(entry.text("label"), entry.get("heading", int))
    entry.done()
    return kind


def _field(entry: _Entry, kinds: Mapping[str, Kind], sections: Mapping[str, Section]) -> Field:
    return Field(
        entry.text("id"),
        entry.choice("section", tuple(sections)),
        entry.text("label"),
        entry.text("unit"),
        entry.choice("kind", tuple(kinds)),
        entry.text("guidance"),
    )


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


def _section(entry: _Entry, tables: Mapping[str, Table]) -> Section:
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


def _part(entry: _Entry) -> NarrativePart:
    return NarrativePart(
        entry.text("id"),
        entry.text("title"),
        entry.get("rows", int),
        entry.texts("prompts"),
        entry.get("limit", int, 0),
    )


def _row(entry: _Entry, levels: Mapping[str, Level]) -> Row:
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


def _table(table_id: str, entry: _Entry, kinds: Mapping[str, Kind], levels: Mapping[str, Level]) -> Table:
    columns = []
    for item in entry.many("columns"):
        kind = item.choice("kind", tuple(kinds)) if "kind" in item.data else "count"
        columns.append(Column(item.text("id"), kind, item.text("unit", "件")))
        item.done()
    rows = []
    for item in entry.many("rows"):
        rows.append(_row(item, levels))
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
    declared = {row.id for row in rows}
    ids = {column.id for column in columns}
    printed = set()
    for address in addresses:
        row, _, column = address.removeprefix(f"{table_id}.").rpartition(".")
        if row not in declared or column not in ids:
            raise entry.fail(f"grid: {address} names no declared row and column")
        printed.add(row)
    if declared != printed:
        raise entry.fail(f"rows[{min(declared - printed)}] is not in the grid")
    widths = tuple(entry.get("widths", list))
    if len(widths) != width:
        raise entry.fail(f"widths has {len(widths)} numbers for {width} columns")
    sets = {name: entry.one("sets").texts(name) for name in entry.get("sets", dict, {})}
    folds = tuple(_fold(item, table_id, by_address, columns) for item in entry.many("folds", ()))
    table = Table(
        id=table_id,
        name=entry.text("name"),
        columns=tuple(columns),
        rows=tuple(rows),
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
        addresses=addresses,
        cells=by_address,
    )
    entry.done()
    return table


def _fold(entry: _Entry, table_id: str, addresses: Mapping[str, Any], columns: Sequence[Column]) -> Fold:
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


def _rule(entry: _Entry, tables: Mapping[str, Table]) -> tuple[Rule, tuple[RuleInstance, ...]]:
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
