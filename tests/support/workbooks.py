"""Workbooks for tests: the template, random reports to put into it, and ways to take it apart."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from random import Random

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.cell_range import MultiCellRange

from xxgk.figures import without_computed_totals
from xxgk.records import replace
from xxgk.report import Explanation, Figure, Number, Paragraph, Reading, Report, Waiver
from xxgk.workbook.layout import WAIVER_ROWS, layout_of
from xxgk.workbook.reading.numbers import BLANKS
from xxgk.workbook.template import template_path
from xxgk.workbook.writing.write import fill_workbook
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.book import parse_area
from xxgk.xlsx.references import quoted

from support.loaded import loaded
from support.reports import FORM, report_of, sound_previous, sound_values

LAYOUT = layout_of(FORM)
TEMPLATE = template_path(FORM).read_bytes()


def filled(report: Report) -> bytes:
    """Return the template with ``report`` in it; everything must have found its place."""
    return _filled(pickle.dumps(report))


@lru_cache(maxsize=64)  # many tests begin with the same few reports
def _filled(report: bytes) -> bytes:
    result = fill_workbook(TEMPLATE, pickle.loads(report), FORM)
    assert result.problems == ()
    return result.data


def edited(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """Return ``data`` opened, changed and saved by openpyxl."""
    workbook = loaded(data)
    change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def full_report() -> Report:
    """Return a report of both years with something of each kind: remarks, notes, odd texts, a stated total."""
    values = sound_values(Random(11))
    report = report_of(values, sound_previous(values))
    stated = "disputes.review.total"
    last = report.previous
    assert last is not None
    return replace(
        report,
        short_name="青石镇",
        title=" =标题😀 ",
        figures={
            **report.figures,
            "applications.new.person": Figure(values["applications.new.person"], "其中修订16件"),
            "disclosure.fees.amount": Figure(7730),
            stated: Figure(99_999),
        },
        table_notes={"disputes": "含上年度结转数量"},
        narrative={**report.narrative, "overview": (Paragraph("+第一段\n第二行"), Paragraph("（一）小标题", 2))},
        previous=replace(last, unit=report.unit, level=report.level),
        explanations=(Explanation(next(iter(LAYOUT.explanations)), "集中清理"),),
        waivers=(Waiver("W201", "已核对"),),
    )


# ------------------------------------------------------------------ random reports

WHOLE = st.one_of(st.integers(0, 30), st.integers(-(10**15) + 1, 10**15 - 1))
DECIMALS = st.decimals(min_value=0, max_value=10**8, places=6).map(
    lambda value: int(value) if value == int(value) else value.normalize()
)
NUMBERS: st.SearchStrategy[Number] = st.one_of(WHOLE, DECIMALS)
CHARACTERS = st.one_of(
    st.sampled_from("=+-@'\"<>&_x0D;中文，。１２　 \n\t\r\u200b😀\U00020000"),
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
)
TEXTS = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=40),
    st.sampled_from(
        ("=1+1", "+86", "-5", "@SUM(A1)", "=cmd|'/c calc'!A1", " 前后有空格 ", "_x0041_", "一\n二\r\n三", "1")
    ),
).filter(lambda text: text.strip(BLANKS) and text.strip())
NOTES = st.one_of(st.just(""), TEXTS)


@st.composite
def figures(draw: st.DrawFn, noted: bool) -> Figure:
    """Return a figure as a cell can hold it: a number, or something that is none."""
    note = draw(NOTES) if noted else ""
    kind = draw(st.sampled_from(("number", "number", "number", "placeholder", "unreadable")))
    if kind == "number":
        return Figure(draw(NUMBERS), note)
    if kind == "placeholder":
        return Figure(None, note, Reading.PLACEHOLDER, draw(st.sampled_from(("/", "—", " 无 ", "N/A"))))
    return Figure(None, note, Reading.UNREADABLE, draw(st.sampled_from(("十二", "1O", "=1", "12 34", "约20"))))


@st.composite
def figure_maps(draw: st.DrawFn, noted: bool) -> dict[str, Figure]:
    """Return figures at some addresses, stated totals among them."""
    addresses = list(LAYOUT.figures)
    chosen = draw(st.lists(st.sampled_from(addresses), unique=True, max_size=12))
    found = {address: draw(figures(noted)) for address in chosen}
    return without_computed_totals(FORM, found)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Return a report such as a workbook can hold, in the reader's own order of things."""
    year = draw(st.none() | st.integers(2000, 2100))
    unit = draw(NOTES)
    level = draw(st.sampled_from([level.id for level in FORM.levels]))
    reasons = {address: draw(NOTES) for address in LAYOUT.explanations}
    return Report(
        form=FORM.id,
        unit=unit,
        year=year,
        level=level,
        short_name=draw(NOTES),
        title=draw(NOTES),
        figures=draw(figure_maps(noted=True)),
        table_notes={t: text for t in FORM.tables if (text := draw(NOTES))},
        narrative=draw(narratives()),
        fields={field.id: draw(figures(noted=True)) for field in FORM.fields if draw(st.booleans())},
        signature=draw(NOTES),
        date=draw(st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31))),
        previous=draw(st.none() | previous_reports(unit, level)),
        explanations=tuple(Explanation(address, reason) for address, reason in reasons.items() if reason),
        waivers=tuple(
            Waiver(draw(st.sampled_from(("A101", "W201"))), draw(NOTES))
            for _ in range(draw(st.integers(0, WAIVER_ROWS)))
        ),
    )


@st.composite
def narratives(draw: st.DrawFn) -> dict[str, tuple[Paragraph, ...]]:
    """Return the written parts of a report."""
    parts = {}
    for part in FORM.parts:
        size = draw(st.integers(0, 3))
        headings = st.sampled_from([kind.heading for kind in FORM.paragraph_kinds])
        found = tuple(Paragraph(draw(TEXTS), draw(headings)) for _ in range(size))
        if found:
            parts[part.id] = found
    return parts


@st.composite
def previous_reports(draw: st.DrawFn, unit: str, level: str) -> Report:
    """Return last year's report as a workbook keeps it."""
    found, text = draw(figure_maps(noted=False)), draw(narratives())
    form = draw(st.sampled_from(("", "2019", FORM.id)))
    year = draw(st.none() | st.integers(2000, 2100))
    if not found and not text:
        found = {next(iter(LAYOUT.previous)): Figure(0)}
    return Report(form, unit, year, level, figures=found, narrative=text)


def as_typed(report: Report) -> Report:
    """Return ``report`` with every figure that has a value as a plain number, which is what gets written."""

    def plain(found: Mapping[str, Figure]) -> dict[str, Figure]:
        return {a: f if f.value is None else Figure(f.value, f.note) for a, f in found.items()}

    last = report.previous
    return replace(
        report,
        figures=plain(report.figures),
        fields=plain(report.fields),
        previous=None if last is None else replace(last, figures=plain(last.figures)),
    )


def decimal(text: str) -> Decimal:
    """Return a decimal the way readers give it."""
    return Decimal(text).normalize()


# ------------------------------------------------------------------ workbooks that staff have rearranged


def insert_rows(workbook: Workbook, sheet: str, before: int, count: int) -> None:
    """Insert ``count`` rows as a spreadsheet program does: names and merges move along; minus deletes."""
    if count > 0:
        workbook[sheet].insert_rows(before, count)
    else:
        workbook[sheet].delete_rows(before, -count)
    _move(workbook, sheet, before, count, 0, 0)


def insert_columns(workbook: Workbook, sheet: str, before: int, count: int) -> None:
    """Insert ``count`` columns as a spreadsheet program does: defined names move along; minus deletes."""
    if count > 0:
        workbook[sheet].insert_cols(before, count)
    else:
        workbook[sheet].delete_cols(before, -count)
    _move(workbook, sheet, 0, 0, before, count)


def _move(workbook: Workbook, sheet: str, row: int, rows: int, column: int, columns: int) -> None:
    """Move merges and names as openpyxl does not."""
    merges = MultiCellRange()
    for merge in workbook[sheet].merged_cells.ranges:
        top, bottom = _moved(merge.min_row, merge.max_row, row, rows)
        left, right = _moved(merge.min_col, merge.max_col, column, columns)
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            merges.add(f"{Cell(sheet, top, left).ref}:{Cell(sheet, bottom, right).ref}")
    workbook[sheet].merged_cells = merges
    for name in workbook.defined_names.values():
        slot = parse_area(name.name, name.value)
        if slot is not None and slot.sheet == sheet:
            top, bottom = _moved(slot.row, slot.end.row, row, rows)
            left, right = _moved(slot.column, slot.end.column, column, columns)
            ends = f"{Cell(sheet, top, left).ref}:{Cell(sheet, bottom, right).ref}"
            name.value = f"{quoted(sheet)}!{ends}" if top <= bottom and left <= right else "#REF!"


def _moved(first: int, last: int, before: int, count: int) -> tuple[int, int]:
    """Return first and last line after ``count`` lines came in (or went) at ``before``; none left: last < first."""
    start = first if first < before else max(before, first + count)
    return start, last if last < before else max(before - 1, last + count)
