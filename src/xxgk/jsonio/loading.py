"""JSON → Report: what can be taken, and a sentence for each entry that cannot."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from xxgk.figures import without_computed_totals
from xxgk.formats import Form, FormError, form_for_year, load_form, newest_form
from xxgk.report import UNKNOWN_LEVEL, Explanation, Figure, Paragraph, Report, Waiver

HEADINGS = (2, 3, 4)
TEXTS = ("unit", "short_name", "title", "signature")
KEYS = {
    *TEXTS, "format", "year", "level", "tables", "table_notes", "narrative", "processing_fee", "date",
    "previous", "explanations", "waivers",
}  # fmt: skip
# Known in files that others made, of no meaning here.
IGNORED = {"text_claims", "transcription"}
MAX_DIGITS = 15


class JsonError(ValueError):
    """The text is no report in JSON at all. The message is a sentence for staff."""


def load_json(text: str) -> tuple[Report, tuple[str, ...]]:
    """Return the report in ``text`` and a sentence for each entry that could not be taken.

    Raise ``JsonError`` when the text is no JSON, no object, or of a form that is not known.
    """
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise JsonError(f"不是完整的 JSON 文件{_position(error)}") from error
    if not isinstance(data, dict):
        raise JsonError("JSON 的最外层应是一个对象（{…}）")
    reader = _Reader()
    try:
        # Half of a surrogate pair can be written in JSON, but no file can store it.
        json.dumps(data, ensure_ascii=False, default=str).encode()
        report = reader.report(data, "", None)
    except UnicodeEncodeError as error:
        raise JsonError("文件里有残缺的字符，请重新导出") from error
    except RecursionError as error:
        raise JsonError("内容一层套一层，太深了") from error
    return report, tuple(reader.problems)


def _position(error: Exception) -> str:
    """Return where the text goes wrong, where the parser can tell."""
    if isinstance(error, json.JSONDecodeError):
        return f"，第 {error.lineno} 行第 {error.colno} 个字附近写法不对"
    return ""


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} 不是数字")


def _form(form_id: Any, year: int | None) -> Form:
    """Return the form that ``format`` names, else that of the year, else the newest. Raise ``FormError``."""
    if form_id is not None:
        return load_form(str(form_id))
    return newest_form() if year is None else form_for_year(year)


class _Reader:
    """Collects what could not be taken, by its path in the file."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def drop(self, path: str, why: str) -> None:
        self.problems.append(f"{path}：{why}")

    def report(self, data: Mapping[str, Any], path: str, outer: Form | None) -> Report:
        """Return the report in ``data``; ``outer`` is the form of the report whose last year it is."""
        year = self.year(data.get("year"), f"{path}year")
        form_id = data.get("format")
        try:
            form = _form(form_id, year)
            form_id = form.id
        except FormError as error:
            if outer is None:
                why = f"year：没有 {year} 年度用的格式" if form_id is None else f"format：不认识的格式版本 {form_id!r}"
                raise JsonError(why) from error
            # Last year's report may be of a form older than any of ours; the workbook keeps it in this year's cells.
            form, form_id = outer, "" if form_id is None else str(form_id)
        for key in sorted(set(data) - KEYS - IGNORED):
            self.drop(path + key, "不认识这一项")
        texts = {key: self.text(data.get(key), path + key) for key in TEXTS}
        level = self.text(data.get("level"), f"{path}level") or UNKNOWN_LEVEL
        if form.level(level) is None:
            self.drop(f"{path}level", f"不认识的级别 {level!r}")
            level = UNKNOWN_LEVEL
        previous = data.get("previous")
        if previous is not None and not isinstance(previous, dict):
            self.drop(f"{path}previous", "应是上一年的报告（对象）")
            previous = None
        return Report(
            form=form_id,
            unit=texts["unit"],
            year=year,
            level=level,
            short_name=texts["short_name"],
            title=texts["title"],
            figures=self.tables(form, outer or form, data.get("tables"), f"{path}tables"),
            table_notes=self.table_notes(form, data.get("table_notes"), f"{path}table_notes"),
            narrative=self.narrative(form, data.get("narrative"), f"{path}narrative"),
            fields=self.fees(form, data.get("processing_fee"), f"{path}processing_fee"),
            signature=texts["signature"],
            date=self.date(data.get("date"), f"{path}date"),
            previous=self.report(previous, f"{path}previous.", form) if previous is not None else None,
            explanations=tuple(
                Explanation(a, r) for a, r in self.pairs(data, path, "explanations", "address", form.tables)
            ),
            waivers=tuple(Waiver(c, r) for c, r in self.pairs(data, path, "waivers", "code", None)),
        )

    def text(self, value: Any, path: str) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        self.drop(path, "应是文字")
        return ""

    def year(self, value: Any, path: str) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and 2000 <= value <= 2100:
            return value
        if value is not None:
            self.drop(path, f"应是 2000 到 2100 之间的年份，不是 {value!r}")
        return None

    def date(self, value: Any, path: str) -> date | None:
        if value in (None, ""):
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.drop(path, f"应是 2024-01-23 这样的日期，不是 {value!r}")
            return None

    def objects(self, value: Any, path: str) -> Iterable[tuple[str, Any]]:
        if value is None:
            return ()
        if not isinstance(value, dict):
            self.drop(path, "应是对象（{…}）")
            return ()
        return value.items()

    def tables(self, form: Form, outer: Form, value: Any, path: str) -> dict[str, Figure]:
        """Return the figures of the cells that ``form`` has, or ``outer``."""
        figures: dict[str, Figure] = {}
        known = {address for one in (form, outer) for table in one.tables.values() for address in table.addresses}
        for table_id, rows in self.objects(value, path):
            table = form.tables.get(table_id)
            if table is None:
                self.drop(f"{path}.{table_id}", "没有这张表")
                continue
            folds = {fold.row: fold for fold in table.folds}
            for row, cells in self.objects(rows, f"{path}.{table_id}"):
                fold = folds.get(row)
                target = fold.into if fold else table.aliases.get(row, row)
                for column, cell in self.objects(cells, f"{path}.{table_id}.{row}"):
                    where = f"{path}.{table_id}.{row}.{column}"
                    address = f"{table_id}.{target}.{column}"
                    if address not in known:
                        self.drop(where, "没有这一格")
                        continue
                    told = len(self.problems)
                    figure = self.figure(cell, where)
                    if len(self.problems) > told:
                        labels = " › ".join(form.labels_of(address))
                        self.problems[told:] = [f"{problem}（{labels}）" for problem in self.problems[told:]]
                    if figure is not None and address in figures:
                        self.drop(where, f"与 {address} 重复，没有采用")
                    elif figure is not None:
                        note = fold.remark if fold and address == fold.marker else figure.note
                        figures[address] = Figure(figure.value, note)
        return without_computed_totals(form, figures)

    def figure(self, cell: Any, path: str) -> Figure | None:
        note = ""
        value = cell
        if isinstance(cell, dict):
            for key in sorted(set(cell) - {"value", "note"}):
                self.drop(f"{path}.{key}", "不认识这一项")
            note = self.text(cell.get("note"), f"{path}.note")
            value = cell.get("value")
        if value is None:
            return Figure(None, note) if note else None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.drop(path, f"应是数字，不是 {value!r}")
            return None
        if len(Decimal(value).as_tuple().digits) > MAX_DIGITS or abs(value) >= 10**MAX_DIGITS:
            self.drop(path, f"数字超过 {MAX_DIGITS} 位，表格程序存不准")
            return None
        return Figure(value if isinstance(value, int) or value != int(value) else int(value), note)

    def fees(self, form: Form, value: Any, path: str) -> dict[str, Figure]:
        known = {field.id.rpartition(".")[2]: field.id for field in form.fields}
        found = {}
        for key, cell in self.objects(value, path):
            figure = self.figure(cell, f"{path}.{key}")
            if key not in known:
                self.drop(f"{path}.{key}", "不认识这一项")
            elif figure is not None:
                found[known[key]] = figure
        return found

    def table_notes(self, form: Form, value: Any, path: str) -> dict[str, str]:
        notes = {}
        for table_id, note in self.objects(value, path):
            text = self.text(note, f"{path}.{table_id}")
            if table_id not in form.tables:
                self.drop(f"{path}.{table_id}", "没有这张表")
            elif text:
                notes[table_id] = text
        return notes

    def narrative(self, form: Form, value: Any, path: str) -> dict[str, tuple[Paragraph, ...]]:
        known = {part.id for part in form.parts}
        parts = {}
        for part_id, items in self.objects(value, path):
            where = f"{path}.{part_id}"
            if part_id not in known:
                self.drop(where, "没有这个部分")
            elif not isinstance(items, list):
                self.drop(where, "应是段落的列表（[…]）")
            else:
                found = [self.paragraph(item, f"{where}[{n}]") for n, item in enumerate(items)]
                kept = tuple(paragraph for paragraph in found if paragraph is not None)
                if kept:
                    parts[part_id] = kept
        return parts

    def paragraph(self, item: Any, path: str) -> Paragraph | None:
        heading: Any = 0
        text = item
        if isinstance(item, dict):
            heading, text = item.get("heading"), item.get("text")
        if not isinstance(text, str) or (
            isinstance(item, dict) and not (isinstance(heading, int) and heading in HEADINGS)
        ):
            self.drop(path, "应是文字，或者带 heading（2、3、4）和 text 的对象")
            return None
        return Paragraph(text, heading) if text.strip() else None

    def pairs(
        self, data: Mapping[str, Any], path: str, key: str, name: str, tables: Mapping[str, Any] | None
    ) -> Iterable[tuple[str, str]]:
        items = data.get(key) or []
        if not isinstance(items, list):
            self.drop(path + key, "应是列表（[…]）")
            return
        for number, item in enumerate(items):
            where = f"{path}{key}[{number}]"
            if not isinstance(item, dict) or not all(isinstance(item.get(k), str) for k in (name, "reason")):
                self.drop(where, f"应有 {name} 和 reason 两项文字")
            elif tables is not None and not any(item[name] in table.cells for table in tables.values()):
                self.drop(where, f"没有 {item[name]} 这一格")
            else:
                yield item[name], item["reason"]
