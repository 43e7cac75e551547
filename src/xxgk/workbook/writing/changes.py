"""Which cells of a workbook must change so that it says what a report says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from xxgk.figures import is_stated
from xxgk.formats import Form, FormError, form_for_year
from xxgk.records import Record
from xxgk.report import UNKNOWN_LEVEL, Figure, Number, Report
from xxgk.texts import BLANKS
from xxgk.workbook.formula import snapshot
from xxgk.workbook.layout import COVER_FIELDS, PREVIOUS, PREVIOUS_FIELDS, PREVIOUS_TEXT
from xxgk.workbook.measure import paragraph_height
from xxgk.workbook.reading.choices import heading_named, level_named
from xxgk.workbook.reading.dates import FIRST_YEAR, read_date, read_year, serial
from xxgk.workbook.reading.locate import Places
from xxgk.workbook.reading.read import cell_text
from xxgk.workbook.writing.placed import placed_formulas, says
from xxgk.xlsx.a1 import Cell, Slot
from xxgk.xlsx.cells import Content
from xxgk.xlsx.patch import Changes
from xxgk.xlsx.sheetpatch import CellChange

SHOWN = 20  # characters of a text that a line for staff quotes
COMPUTED = "自动计算"
MAX_TEXT = 32_767  # UTF-16 units that a cell can hold
COVER_TEXTS = ("unit", "short_name", "title", "signature")

Value = Number | str | None


class ReportChanges(Record):
    """The cells to change, a line for staff on each that they would notice, a sentence for what finds no place."""

    cells: Changes
    lines: tuple[str, ...]
    problems: tuple[str, ...]


def report_changes(places: Places, date1904: bool, base: Report, report: Report) -> ReportChanges:
    """Return what puts ``report`` into the workbook, which now holds ``base``.

    What both have alike is left as it was typed.
    """
    writer = _Writer(places, date1904, base)
    writer.cover(report)
    writer.figures(report)
    writer.fields(report)
    writer.previous(report)
    writer.previous_text(report.previous)
    writer.texts(report)
    writer.narrative(report)
    writer.waivers(report)
    writer.problems += unknown_entries(places.form, report)
    writer.formulas(report)
    return ReportChanges(writer.changes, tuple(writer.lines), tuple(writer.problems))


def unknown_entries(form: Form, report: Report) -> Iterator[str]:
    """Yield a sentence for each part of ``report`` that the form has no place for."""
    known = {address for table in form.tables.values() for address in table.addresses}
    previous = report.previous.figures if report.previous else {}
    names: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("数字", report.figures, known),
        ("上年数字", previous, known),
        ("数字", report.fields, {field.id for field in form.fields}),
        ("表下注", report.table_notes, form.tables),
        ("正文", report.narrative, {part.id for part in form.parts}),
    )
    for what, given, expected in names:
        for key in given:
            if key not in expected:
                yield f"{what} {key}：表式里没有这一项，没有写入。"


class _Writer:
    """Collects the changes, and sentences for what finds no place."""

    def __init__(self, places: Places, date1904: bool, base: Report) -> None:
        self.places, self.date1904, self.base = places, date1904, base
        self.form = places.form
        self.changes: dict[str, dict[tuple[int, int], CellChange]] = {}
        self.lines: list[str] = []
        self.problems: list[str] = []
        self.stated: set[Cell] = set()

    # -------------------------------------------------------------- cells

    def put(self, cell: Cell | None, value: Value, what: str, row_height: float = 0.0) -> None:
        """Let ``cell`` hold ``value``, unless it says so already. ``what`` names it to staff."""
        if cell is None:
            if value is not None:
                self.problems.append(f"{what}：工作簿里找不到这一格，没有写入。")
        elif not _fits(value):
            self.problems.append(f"{what}：文字超过 {MAX_TEXT} 字，一个格子放不下，没有写入。")
        elif not says(self.places.content(cell), value):
            self.set(cell, CellChange(value, row_height=row_height))
            self.announce(what, cell_text(self.places.content(cell)), value)

    def announce(self, what: str, before: Value, after: Value) -> None:
        self.lines.append(f"{what}：{_shown(before)} → {_shown(after)}")

    def set(self, cell: Cell, change: CellChange) -> None:
        self.changes.setdefault(cell.sheet, {})[cell.row, cell.column] = change

    def cell(self, key: str) -> Cell | None:
        slot = self.places.slots.get(key)
        return None if slot is None else slot.cell

    def content(self, key: str) -> Content | None:
        cell = self.cell(key)
        return None if cell is None else self.places.content(cell)

    # -------------------------------------------------------------- 首页

    def cover(self, report: Report) -> None:
        labels = {key: label for key, label, _ in COVER_FIELDS}
        for key in COVER_TEXTS:
            self.put(self.cell(key), getattr(report, key) or None, labels[key])
        self.year("year", report.year, labels["year"])
        content = self.content("date")
        if (read_date(content, self.date1904) if content else None) != report.date:
            number = None if report.date is None else serial(report.date, self.date1904)
            self.put(self.cell("date"), number, labels["date"])
        level = self.form.level(report.level)
        current = level_named(self.form, cell_text(self.content("level"))) or UNKNOWN_LEVEL
        if level is None:
            self.problems.append(f"{labels['level']}：不认识“{report.level}”，没有写入。")
        elif level.id != current:
            self.put(self.cell("level"), level.label, labels["level"])

    def year(self, key: str, year: int | None, what: str) -> None:
        content = self.content(key)
        if (read_year(content) if content else None) != year:
            self.put(self.cell(key), year, what)

    # -------------------------------------------------------------- numbers

    def figures(self, report: Report) -> None:
        for table in self.form.tables.values():
            for address in table.addresses:
                figure = report.figures.get(address)
                what = f"{table.name} {' › '.join(table.labels[address])}"
                if figure == self.base.figures.get(address):
                    self.stays(self.places.figures.get(address), address, figure)
                    continue
                self.figure(self.places.figures.get(address), address, figure, what)
                self.put(self.places.notes.get(address), (figure.note or None) if figure else None, f"{what} 备注")

    def figure(self, cell: Cell | None, address: str, figure: Figure | None, what: str) -> None:
        value = _typed(figure)
        if address not in self.form.totals:
            self.put(cell, value, what)
        elif is_stated(figure):
            if cell is not None:
                self.stated.add(cell)
                content = self.places.content(cell)
                if content is not None and content.formula:
                    self.set(cell, CellChange(value))
                    self.announce(what, content.text, value)
                    return
            self.put(cell, value, what)
        elif cell is not None and is_stated(self.base.figures.get(address)):
            self.announce(what, cell_text(self.places.content(cell)), COMPUTED)

    def stays(self, cell: Cell | None, address: str, figure: Figure | None) -> None:
        """Keep a stated total from being made a formula again."""
        if cell is not None and address in self.form.totals and is_stated(figure):
            self.stated.add(cell)

    def fields(self, report: Report) -> None:
        for field in self.form.fields:
            figure = report.fields.get(field.id)
            if figure == self.base.fields.get(field.id):
                continue
            cell = self.cell(field.id)
            beside = None if cell is None else Cell(cell.sheet, cell.row, cell.column + 1)
            self.put(cell, _typed(figure), field.label)
            self.put(beside, (figure.note or None) if figure else None, f"{field.label} 备注")

    def previous(self, report: Report) -> None:
        labels = {key: label for key, label, _ in PREVIOUS_FIELDS}
        last = report.previous
        year, form_id = (last.year, last.form) if last is not None else _year_before(report.year)
        self.year("previous_year", year, labels["previous_year"])
        number: Value = int(form_id) if form_id.isdecimal() and form_id.isascii() else form_id or None
        self.put(self.cell("previous_form"), number, labels["previous_form"])
        kept = self.base.previous.figures if self.base.previous is not None else {}
        for address in self.places.layout.previous:
            what = f"{PREVIOUS} {' › '.join(self.form.labels_of(address))}"
            figure = last.figures.get(address) if last is not None else None
            if figure == kept.get(address):
                self.stays(self.places.previous.get(address), address, figure)
                continue
            self.figure(self.places.previous.get(address), address, figure, what)

    def previous_text(self, last: Report | None) -> None:
        """Put last year's text where it is kept out of sight; staff are told how much of it, not each paragraph."""
        kept = self.base.previous.narrative if self.base.previous is not None else {}
        texts = last.narrative if last is not None else {}
        if texts == kept:
            return
        rows: list[tuple[Value, Value, Value]] = [
            (part.title, self.kind_label(paragraph.heading), paragraph.text)
            for part in self.form.parts
            for paragraph in texts.get(part.id, ())
            if paragraph.text.strip(BLANKS)
        ]
        if any(not _fits(text) for row in rows for text in row):
            self.problems.append(f"{PREVIOUS_TEXT}：有的段落超过 {MAX_TEXT} 字，一个格子放不下，没有写入。")
            return
        slot = self.slot("previous_text", len(rows), PREVIOUS_TEXT)
        if slot is None:
            return
        for line in range(slot.height):
            row = rows[line] if line < len(rows) else (None, None, None)
            for column, value in enumerate(row, slot.column):
                cell = Cell(slot.sheet, slot.row + line, column)
                if not says(self.places.content(cell), value):
                    self.set(cell, CellChange(value))
        before, after = (sum(map(len, found.values())) for found in (kept, texts))
        self.announce(PREVIOUS_TEXT, f"{before} 段" if before else None, f"{after} 段" if after else None)

    def kind_label(self, heading: int) -> str | None:
        return next((kind.label for kind in self.form.paragraph_kinds if kind.heading == heading), None)

    # -------------------------------------------------------------- texts

    def texts(self, report: Report) -> None:
        for table_id, table in self.form.tables.items():
            note = report.table_notes.get(table_id) or None
            self.put(self.cell(f"table_note.{table_id}"), note, f"{table.name} 表下注")
        reasons: dict[str, str] = {}
        for explanation in report.explanations:
            what = f"差异说明 {' › '.join(self.form.labels_of(explanation.address))}"
            if explanation.address not in self.places.layout.explanations:
                self.problems.append(f"{what}：工作簿里没有填这一条的地方，没有写入。")
            elif explanation.address in reasons:
                self.problems.append(f"{what}：有两条，只写入了第一条。")
            else:
                reasons[explanation.address] = explanation.reason
        for address in self.places.layout.explanations:
            what = f"差异说明 {' › '.join(self.form.labels_of(address))}"
            self.put(self.cell(f"explanation.{address}"), reasons.get(address) or None, what)

    def narrative(self, report: Report) -> None:
        for part in self.form.parts:
            if report.narrative.get(part.id, ()) == self.base.narrative.get(part.id, ()):
                continue
            paragraphs = [p for p in report.narrative.get(part.id, ()) if p.text.strip()]
            slot = self.slot(part.id, len(paragraphs), part.title)
            if slot is not None and len(report.narrative.get(part.id, ())) <= slot.height:
                # A blank one is room for staff to write in.
                paragraphs = [*report.narrative.get(part.id, ())]
            if slot is None:
                continue
            for line in range(slot.height):
                kind, text = _first(slot, line), _last(slot, line)
                what = f"{part.title} 第 {line + 1} 段"
                if line < len(paragraphs):
                    typed = paragraphs[line].text
                    self.put(text, typed if typed.strip() else None, what, paragraph_height(typed))
                    self.kind(kind, paragraphs[line].heading, f"{what}的类型")
                else:
                    self.put(text, None, what, paragraph_height(""))
                    self.put(kind, None, f"{what}的类型")

    def kind(self, cell: Cell, heading: int, what: str) -> None:
        label = self.kind_label(heading)
        seen = cell_text(self.places.content(cell))
        if label is None:
            self.problems.append(f"{what}：没有第 {heading} 级标题，按正文写入。")
        elif not seen or (heading_named(self.form, seen) or 0) != heading:
            self.put(cell, label, what)

    def waivers(self, report: Report) -> None:
        slot = self.slot("waivers", len(report.waivers), "不再提示的编号")
        if slot is None:
            return
        for line in range(slot.height):
            waiver = report.waivers[line] if line < len(report.waivers) else None
            self.put(_first(slot, line), (waiver.code or None) if waiver else None, "不再提示的编号")
            self.put(_last(slot, line), (waiver.reason or None) if waiver else None, "不再提示的理由")

    def slot(self, key: str, needed: int, what: str) -> Slot | None:
        """Return the slot if it can take ``needed`` rows; otherwise nothing of them is written."""
        slot = self.places.slots.get(key)
        height = slot.height if slot is not None else 0
        if needed > height:
            self.problems.append(f"{what}：有 {needed} 条，工作簿里只有 {height} 行，没有写入。")
            return None
        return slot

    # -------------------------------------------------------------- formulas

    def formulas(self, report: Report) -> None:
        """Write the formulas with their values; where things have moved, only those whose place is known."""
        state = snapshot(self.form, report)
        done = set(self.stated)
        for formula in placed_formulas(self.places):
            if formula.cell not in done:
                self.set(formula.cell, CellChange(formula.value(state), formula.text))
                done.add(formula.cell)
        for where in (self.places.figures, self.places.previous):
            for address in (address for address in self.form.totals if address in where):
                content = self.places.content(where[address])
                if where[address] not in done and content is not None and not content.formula:
                    what = " › ".join(self.form.labels_of(address))
                    self.problems.append(f"{what}：表格缺行，总计的公式没有恢复，还是原来填的数。")


def _typed(figure: Figure | None) -> Value:
    """Return what to type for a figure: the number, or what stood there when it is none."""
    if figure is None:
        return None
    return figure.value if figure.value is not None else figure.seen or None


def _fits(value: Value) -> bool:
    """Tell whether a cell can hold ``value``."""
    return not isinstance(value, str) or len(value.encode("utf-16-le", "replace")) <= 2 * MAX_TEXT


def _year_before(year: int | None) -> tuple[int | None, str]:
    """Return the year before ``year`` and the id of the form that its reports use; None and "" where not known."""
    if year is None or year <= FIRST_YEAR:
        return None, ""
    try:
        return year - 1, form_for_year(year - 1).id
    except FormError:
        return year - 1, ""


def _shown(value: Value) -> str:
    """Return what a cell holds, short enough for a line."""
    text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"{text[:SHOWN]}…" if len(text) > SHOWN else text or "（空）"


def _first(slot: Slot, line: int) -> Cell:
    return Cell(slot.sheet, slot.row + line, slot.column)


def _last(slot: Slot, line: int) -> Cell:
    return Cell(slot.sheet, slot.row + line, slot.column + slot.width - 1)
