"""The list of units: read from .xlsx or .csv as an office keeps it, columns known by their headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path

from xxgk.checks.quoting import quote
from xxgk.consolidate.model import Roster, Unit, id_of
from xxgk.consolidate.names import key_of
from xxgk.consolidate.store import Shelf, Store, shelved
from xxgk.errors import UsageProblem
from xxgk.formats import Form, newest_form
from xxgk.ledger.dates import read_date
from xxgk.ledger.tables import CSV, Row, read_rows, read_tables, text_of
from xxgk.records import Record, replace
from xxgk.report import UNKNOWN_LEVEL
from xxgk.texts import bare

LIST = "单位名单"
HEADER_ROWS = 20  # in which the headings are looked for


class Heading(Record):
    """A column of the list: what it gives a unit, its heading, others that people use, and what to fill in."""

    field: str
    text: str
    others: tuple[str, ...]
    guidance: str


HEADINGS = (
    Heading("name", "单位名称", ("单位", "名称", "单位全称", "报送单位"), "必填；与公章一致，如：和平镇人民政府"),
    Heading("code", "单位代码", ("代码", "编码", "统一社会信用代码"), "可不填；填了的，文件名里有它就能认出单位"),
    Heading("level", "单位级别", ("级别", "层级"), "从下拉列表中选；垂直系统不进地方汇总"),
    Heading(
        "parent", "上级单位", ("上级", "汇总单位", "属于", "所属单位"), "汇总到哪个单位，写名称或代码；最上面的不填"
    ),
    Heading("contact", "联系人和电话", ("联系人", "电话", "联系电话", "联系方式"), "可不填；催报时用"),
    Heading("due", "交来期限", ("期限", "截止日期", "截止时间"), "可不填；不填时按级别的规定期限"),
    Heading("received", "收到日期", ("交来日期", "收到时间"), "可不填；不填时看文件最后修改的日期"),
    Heading("file", "采用的文件", ("文件", "文件名"), "一般不填；程序认不准、或者一个单位有几个文件时，写要用的文件名"),
)
DATES = ("due", "received")


def read_roster(path: Path) -> Roster:
    """Return the units that the list at ``path`` names, with a sentence for each line that cannot be used as it is.

    A parent that is named but has no line of its own becomes a unit at the top. Raise ``UsageProblem`` when there is
    no list in the file, ``UnreadableWorkbook`` when it cannot be read.
    """
    date1904 = False
    sheets: Iterable[Iterable[tuple[int, Row]]]
    if path.suffix.lower() == CSV:
        sheets = (read_rows(path, LIST),)
    else:
        file = read_tables(path, LIST)
        date1904, sheets = file.date1904, (sheet.rows.items() for sheet in file.sheets)
    for sheet in sheets:
        rows = iter(sheet)
        columns = _columns(rows)
        if columns:
            return _Reader(newest_form(), columns, date1904).roster(rows)
    raise UsageProblem(
        f"{path.name} 里没有找到{LIST}：要有“{HEADINGS[0].text}”等列名的一行。可以运行 xxgk roster new 新建一个。"
    )


def _columns(rows: Iterator[tuple[int, Row]]) -> Mapping[str, int]:
    """Take the rows up to the headings and return the column of each field; none where there are no headings."""
    names = {key_of(text): one.field for one in HEADINGS for text in (one.text, *one.others)}
    for _, row in islice(rows, HEADER_ROWS):
        columns: dict[str, int] = {}
        for column, value in row.items():
            # People add what the column is for in brackets.
            text = bare(text_of(value)).partition("(")[0]
            field = names.get(key_of(text))
            if field is not None:
                columns.setdefault(field, column)
        if HEADINGS[0].field in columns and len(columns) > 1:
            return columns
    return {}


def _twice(unit: Unit) -> str:
    if unit.code:
        return f"代码{quote(unit.code)}前面已有，{unit.name} 没有用；请改正代码。"
    return f"{quote(unit.name)}前面已有，没有用；同名的单位请填代码。"


class _Reader:
    """Collects what is wrong with the lines."""

    def __init__(self, form: Form, columns: Mapping[str, int], date1904: bool) -> None:
        self.form, self.columns, self.date1904 = form, columns, date1904
        self.problems: list[str] = []

    def roster(self, rows: Iterable[tuple[int, Row]]) -> Roster:
        units: Shelf[Unit] = Shelf(Store())
        for number, row in rows:
            unit = self.unit(number, row)
            if unit is None:
                continue
            if units.has(unit.id):
                self.problems.append(f"{LIST}第 {number} 行：{_twice(unit)}")
            else:
                units.put(unit, unit.id)
        return Roster(self.without_circles(self.placed(units)), problems=tuple(self.problems))

    def unit(self, number: int, row: Row) -> Unit | None:
        texts = {field: text_of(row.get(column)).strip() for field, column in self.columns.items()}
        if not texts["name"]:
            if any(texts.values()):
                self.problems.append(f"{LIST}第 {number} 行没有写单位名称，没有用。")
            return None
        return Unit(
            texts["name"],
            texts.get("code", ""),
            self.level(number, texts.get("level", "")),
            texts.get("parent", ""),
            texts.get("contact", ""),
            self.day(number, row, "due"),
            self.day(number, row, "received"),
            texts.get("file", ""),
        )

    def day(self, number: int, row: Row, field: str) -> date | None:
        value = row.get(self.columns.get(field, 0))
        day = read_date(value, self.date1904) if value is not None else None
        if value is not None and day is None:
            where = next(one.text for one in HEADINGS if one.field == field)
            seen = quote(text_of(value))
            self.problems.append(f"{LIST}第 {number} 行：{where}{seen}看不懂，请写成 2024-01-31 这样。")
        return day

    def level(self, number: int, text: str) -> str:
        for level in self.form.levels:
            if bare(text) in (level.id, bare(level.label)):
                return level.id
        if text:
            known = "、".join(level.label for level in self.form.levels)
            self.problems.append(f"{LIST}第 {number} 行：没有{quote(text)}这个级别，可用的有：{known}。")
        return UNKNOWN_LEVEL

    def placed(self, units: Shelf[Unit]) -> Shelf[Unit]:
        """Return ``units`` with the ids of their parents, behind those parents that have no line."""
        names: Shelf[str] = Shelf(units.store)  # the ids by the keys of the names
        for unit in units:
            names.put(unit.id, key_of(unit.name))
        added: dict[str, Unit] = {}
        parents: dict[str, str | None] = {"": ""}  # ids by what is written, None where that may be several
        for unit in units:
            if unit.parent not in parents:
                parents[unit.parent] = _parent(unit.parent, units, names, added)
        found = shelved(added.values(), id_of, units.store)
        for unit in units:
            parent = parents[unit.parent]
            if parent is None:
                problem = f"{LIST}：{unit.name} 的上级{quote(unit.parent)}有几个，请写代码；现在没有算进去。"
                self.problems.append(problem)
            else:
                found.put(replace(unit, parent=parent), unit.id)
        return found

    def without_circles(self, units: Shelf[Unit]) -> Shelf[Unit]:
        inner = {unit.parent for unit in units}
        parents = {unit.id: unit.parent for unit in units if unit.id in inner}
        circling = {unit_id for unit_id in parents if unit_id in _above(unit_id, parents)}
        if not circling:
            return units
        for unit in units:
            if unit.id in circling:
                self.problems.append(f"{LIST}：{unit.name} 的上级绕回了它自己，当作没有上级，请改正。")
        return shelved(
            (replace(unit, parent="") if unit.id in circling else unit for unit in units), id_of, units.store
        )


def _parent(written: str, units: Shelf[Unit], names: Shelf[str], added: dict[str, Unit]) -> str | None:
    """Return the id of the unit that is written as a parent, of a new one in ``added`` where the list has none."""
    if units.has(written):
        return written
    key = key_of(written)
    named = list(names.keyed(key))
    if len(named) > 1:
        return None
    return named[0] if named else added.setdefault(key, Unit(written)).id


def _above(unit_id: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield the ids above a unit, each once."""
    seen: set[str] = set()
    parent = parents.get(unit_id, "")
    while parent and parent not in seen:
        seen.add(parent)
        yield parent
        parent = parents.get(parent, "")
