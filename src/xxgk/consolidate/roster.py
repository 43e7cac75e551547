"""The list of units: read from .xlsx or .csv as an office keeps it, columns known by their headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from xxgk.checks.quoting import quote
from xxgk.consolidate.model import Roster, Unit
from xxgk.consolidate.names import key_of
from xxgk.errors import UsageProblem
from xxgk.formats import Form, newest_form
from xxgk.ledger.dates import read_date
from xxgk.ledger.tables import Row, Sheet, TableFile, read_tables, text_of
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
    file = read_tables(path, LIST)
    for sheet in file.sheets:
        found = _header(sheet)
        if found is not None:
            return _Reader(newest_form(), file).roster(sheet, *found)
    raise UsageProblem(
        f"{path.name} 里没有找到{LIST}：要有“{HEADINGS[0].text}”等列名的一行。可以运行 xxgk roster new 新建一个。"
    )


def _header(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """Return the row of the headings and the column of each field, None where no row has the unit's name."""
    names = {key_of(text): one.field for one in HEADINGS for text in (one.text, *one.others)}
    for number, row in list(sheet.rows.items())[:HEADER_ROWS]:
        columns: dict[str, int] = {}
        for column, value in row.items():
            # People add what the column is for in brackets.
            text = bare(text_of(value)).partition("(")[0]
            field = names.get(key_of(text))
            if field is not None:
                columns.setdefault(field, column)
        if HEADINGS[0].field in columns and len(columns) > 1:
            return number, columns
    return None


class _Reader:
    """Collects what is wrong with the lines."""

    def __init__(self, form: Form, file: TableFile) -> None:
        self.form, self.file = form, file
        self.problems: list[str] = []

    def roster(self, sheet: Sheet, header: int, columns: Mapping[str, int]) -> Roster:
        lines = {number: row for number, row in sheet.rows.items() if number > header}
        units: dict[str, Unit] = {}
        for number, row in lines.items():
            unit = self.unit(number, row, columns)
            if unit is None:
                continue
            if unit.id in units:
                self.problems.append(f"{LIST}第 {number} 行：{quote(unit.id)}前面已有，没有用；同名的单位请填代码。")
            else:
                units[unit.id] = unit
        return Roster(self.placed(list(units.values())), problems=tuple(self.problems))

    def unit(self, number: int, row: Row, columns: Mapping[str, int]) -> Unit | None:
        texts = {field: text_of(row.get(column)).strip() for field, column in columns.items()}
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
            self.day(number, row, columns, "due"),
            self.day(number, row, columns, "received"),
            texts.get("file", ""),
        )

    def day(self, number: int, row: Row, columns: Mapping[str, int], field: str) -> date | None:
        value = row.get(columns.get(field, 0))
        day = read_date(value, self.file.date1904) if value is not None else None
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

    def placed(self, units: Sequence[Unit]) -> tuple[Unit, ...]:
        """Return ``units`` with the ids of their parents, and those parents that have no line."""
        by_name: dict[str, list[Unit]] = {}
        for unit in units:
            by_name.setdefault(key_of(unit.name), []).append(unit)
        ids = {unit.id for unit in units}
        added: dict[str, Unit] = {}
        found = []
        for unit in units:
            parent = unit.parent
            if parent and parent not in ids:
                named = by_name.get(key_of(parent), [])
                if len(named) > 1:
                    self.problems.append(f"{LIST}：{unit.name} 的上级{quote(parent)}有几个，请写代码；现在没有算进去。")
                    continue
                if not named:
                    named = [added.setdefault(key_of(parent), Unit(parent))]
                parent = named[0].id
            found.append(replace(unit, parent=parent))
        return self.without_circles((*added.values(), *found))

    def without_circles(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        parents = {unit.id: unit.parent for unit in units}
        circling = {unit_id for unit_id in parents if unit_id in _above(unit_id, parents)}
        for unit in units:
            if unit.id in circling:
                self.problems.append(f"{LIST}：{unit.name} 的上级绕回了它自己，当作没有上级，请改正。")
        return tuple(replace(unit, parent="") if unit.id in circling else unit for unit in units)


def _above(unit_id: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield the ids above a unit, each once."""
    seen: set[str] = set()
    parent = parents.get(unit_id, "")
    while parent and parent not in seen:
        seen.add(parent)
        yield parent
        parent = parents.get(parent, "")
