"""Which cells of a workbook must change so that it says what a report says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xxgk.figures import is_stated
from xxgk.formats import Form, FormError, form_for_year
from xxgk.records import Record
from xxgk.report import UNKNOWN_LEVEL, Figure, Report
from xxgk.workbook.formula import snapshot
from xxgk.workbook.layout import COVER_FIELDS, PREVIOUS, PREVIOUS_FIELDS
from xxgk.workbook.reading.choices import level_named
from xxgk.workbook.reading.dates import FIRST_YEAR
from xxgk.workbook.reading.locate import Places
from xxgk.workbook.reading.read import cell_text
from xxgk.workbook.writing.pen import Pen, Value
from xxgk.workbook.writing.placed import placed_formulas
from xxgk.workbook.writing.texts import put_narrative, put_notes, put_previous_text, put_waivers
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.patch import Changes
from xxgk.xlsx.sheetpatch import CellChange

COMPUTED = "自动计算"
COVER_TEXTS = ("unit", "short_name", "title", "signature")


class ReportChanges(Record):
    """The cells to change, a line for staff on each that they would notice, a sentence for what finds no place."""

    cells: Changes
    lines: tuple[str, ...]
    problems: tuple[str, ...]


def report_changes(places: Places, date1904: bool, base: Report, report: Report) -> ReportChanges:
    """Return what puts ``report`` into the workbook, which now holds ``base``.

    What both have alike is left as it was typed.
    """
    pen = Pen(places, date1904, base)
    _cover(pen, report)
    _figures(pen, report)
    _fields(pen, report)
    _previous(pen, report)
    put_previous_text(pen, report.previous)
    put_notes(pen, report)
    put_narrative(pen, report)
    put_waivers(pen, report)
    pen.problems += unknown_entries(places.form, report)
    _formulas(pen, report)
    return ReportChanges(pen.changes, tuple(pen.lines), tuple(pen.problems))


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


def _cover(pen: Pen, report: Report) -> None:
    labels = {key: label for key, label, _ in COVER_FIELDS}
    for key in COVER_TEXTS:
        pen.put(pen.cell(key), getattr(report, key) or None, labels[key])
    pen.year("year", report.year, labels["year"])
    pen.day("date", report.date, labels["date"])
    level = pen.form.level(report.level)
    current = level_named(pen.form, cell_text(pen.content("level"))) or UNKNOWN_LEVEL
    if level is None:
        pen.problems.append(f"{labels['level']}：不认识“{report.level}”，没有写入。")
    elif level.id != current:
        pen.put(pen.cell("level"), level.label, labels["level"])


def _figures(pen: Pen, report: Report) -> None:
    for table in pen.form.tables.values():
        for address in table.addresses:
            figure = report.figures.get(address)
            what = f"{table.name} {' › '.join(table.labels[address])}"
            if figure == pen.base.figures.get(address):
                pen.stays(pen.places.figures.get(address), address, figure)
                continue
            _figure(pen, pen.places.figures.get(address), address, figure, what)
            pen.put(pen.places.notes.get(address), (figure.note or None) if figure else None, f"{what} 备注")


def _figure(pen: Pen, cell: Cell | None, address: str, figure: Figure | None, what: str) -> None:
    value = _typed(figure)
    if address not in pen.form.totals:
        pen.put(cell, value, what)
    elif is_stated(figure):
        if cell is not None:
            pen.stated.add(cell)
            content = pen.places.content(cell)
            if content is not None and content.formula:
                pen.set(cell, CellChange(value))
                pen.announce(what, content.text, value)
                return
        pen.put(cell, value, what)
    elif cell is not None and is_stated(pen.base.figures.get(address)):
        pen.announce(what, cell_text(pen.places.content(cell)), COMPUTED)


def _fields(pen: Pen, report: Report) -> None:
    for field in pen.form.fields:
        figure = report.fields.get(field.id)
        if figure == pen.base.fields.get(field.id):
            continue
        cell = pen.cell(field.id)
        beside = None if cell is None else Cell(cell.sheet, cell.row, cell.column + 1)
        pen.put(cell, _typed(figure), field.label)
        pen.put(beside, (figure.note or None) if figure else None, f"{field.label} 备注")


def _previous(pen: Pen, report: Report) -> None:
    labels = {key: label for key, label, _ in PREVIOUS_FIELDS}
    last = report.previous
    year, form_id = (last.year, last.form) if last is not None else _year_before(report.year)
    pen.year("previous_year", year, labels["previous_year"])
    number: Value = int(form_id) if form_id.isdecimal() and form_id.isascii() else form_id or None
    pen.put(pen.cell("previous_form"), number, labels["previous_form"])
    kept = pen.base.previous.figures if pen.base.previous is not None else {}
    for address in pen.places.layout.previous:
        what = f"{PREVIOUS} {' › '.join(pen.form.labels_of(address))}"
        figure = last.figures.get(address) if last is not None else None
        if figure == kept.get(address):
            pen.stays(pen.places.previous.get(address), address, figure)
            continue
        _figure(pen, pen.places.previous.get(address), address, figure, what)


def _formulas(pen: Pen, report: Report) -> None:
    """Write the formulas with their values; where things have moved, only those whose place is known."""
    state = snapshot(pen.form, report)
    done = set(pen.stated)
    for formula in placed_formulas(pen.places):
        if formula.cell not in done:
            pen.set(formula.cell, CellChange(formula.value(state), formula.text))
            done.add(formula.cell)
    for where in (pen.places.figures, pen.places.previous):
        for address in (address for address in pen.form.totals if address in where):
            content = pen.places.content(where[address])
            if where[address] not in done and content is not None and not content.formula:
                what = " › ".join(pen.form.labels_of(address))
                pen.problems.append(f"{what}：表格缺行，总计的公式没有恢复，还是原来填的数。")


def _typed(figure: Figure | None) -> Value:
    """Return what to type for a figure: the number, or what stood there when it is none."""
    if figure is None:
        return None
    return figure.value if figure.value is not None else figure.seen or None


def _year_before(year: int | None) -> tuple[int | None, str]:
    """Return the year before ``year`` and the id of the form that its reports use; None and "" where not known."""
    if year is None or year <= FIRST_YEAR:
        return None, ""
    try:
        return year - 1, form_for_year(year - 1).id
    except FormError:
        return year - 1, ""
