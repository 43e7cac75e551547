"""The result of a sum: the unit's own workbook with the figures, and the sheets that prove them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xxgk.consolidate.adjustments import NAME as ADJUSTMENTS
from xxgk.consolidate.adjustments import Line, lines_in
from xxgk.consolidate.adjustsheet import adjustment_sheet
from xxgk.consolidate.figuresheet import DATA_NAME, figure_sheet
from xxgk.consolidate.model import Gathered, Sum
from xxgk.consolidate.result import report_of
from xxgk.consolidate.sheetplan import SheetPlan, sheet_parts
from xxgk.consolidate.summarysheet import SUMMARY_NAME, summary_sheet
from xxgk.consolidate.unitsheet import UNITS_NAME, unit_sheet
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.formats import load_form
from xxgk.records import Record
from xxgk.report import Report
from xxgk.suffixes import XLSX
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.template import template_path
from xxgk.workbook.writing.write import fill_workbook
from xxgk.xlsx.book import Book, open_book, relations_part
from xxgk.xlsx.package import load_file
from xxgk.xlsx.parts import Parts
from xxgk.xlsx.references import quoted
from xxgk.xlsx.sheets import add_names, add_sheet, cut_names, remove_sheet, sheet_names
from xxgk.xlsx.spans import find_spans

NAMES = (SUMMARY_NAME, UNITS_NAME, DATA_NAME, ADJUSTMENTS)
CELL_FORMATS = ("cellStyle", "cellXfs", "xf")


class Before(Record):
    """The result of an earlier run: its bytes, what its report says, what is typed in its list of adjustments."""

    data: bytes
    report: Report
    lines: tuple[Line, ...]


class Made(Record):
    """A result: its bytes, and a sentence for each thing that found no place in it."""

    data: bytes
    problems: tuple[str, ...]


def read_before(path: Path, unit: str) -> Before | None:
    """Return what the result at ``path``, of the unit with the id ``unit``, holds; None when there is no file.

    Raise ``UsageProblem`` when the file is not a result, ``UnreadableWorkbook`` when it cannot be read.
    """
    if not path.exists():
        return None
    try:
        data = load_file(path)
        book = open_book(data)
        if not _is_result(book):
            raise UsageProblem(
                f"已经有 {path}，它不是汇总的结果，没有改动。请换一个文件名；要与它核对的，写在 --own 后面。"
            )
        report = read_report(data)
        return Before(data, report, lines_in(book, unit, load_form(report.form)))
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了 {path}：{error}。") from error


def make(
    of: Sum,
    gathered: Gathered,
    before: Before | None,
    lines: Sequence[Line],
    links: Mapping[str, Path],
    target: Path,
) -> Made:
    """Return the workbook of the sum ``of``, to be written to ``target``; see ``read_before`` for what it keeps.

    ``links`` are the results of units below, by id.
    """
    form = load_form(gathered.form)
    if before is not None and before.report.form != form.id:
        raise UsageProblem(f"{target} 是 {before.report.form} 版的，汇总用 {form.id} 版，没有改动。请换一个文件名。")
    report = report_of(of, form, gathered.year, before.report if before else None)
    data = _bare(before.data) if before else template_path(form, target.suffix.lower() or XLSX).read_bytes()
    filled = fill_workbook(data, report, form)
    plans = (
        summary_sheet(of, gathered, form),
        unit_sheet(of, gathered, form, links, target.parent),
        figure_sheet(of, form, filled.data),
        adjustment_sheet(of, form, lines),
    )
    return Made(_with_sheets(filled.data, plans), filled.problems)


def _is_result(book: Book) -> bool:
    return DATA_NAME in book.names


def _bare(data: bytes) -> bytes:
    """Return an earlier result without our sheets."""
    book = open_book(data)
    parts = Parts(book.package)
    ours = {name: area.sheet for name in NAMES if (area := book.names.get(name)) and area.sheet in book.sheets}
    links = {sheet: relations_part(book.sheets[sheet]) for sheet in ours.values()}
    for part in links.values():
        # Of a nation's files there are so many that nothing should look for other parts among them.
        if part in parts and _lead_outside(parts.read(part)):
            parts.drop(part)
    for name in NAMES:
        if name in ours:
            remove_sheet(parts, book.part, ours[name])
            parts.drop(links[ours[name]])
        parts.write(book.part, cut_names(parts.read(book.part), name))
    return parts.packed()


def _lead_outside(relations: bytes) -> bool:
    """Tell whether all relations in a part are such as we write them, to files."""
    return relations.count(b"<Relationship ") == relations.count(b' TargetMode="External"') > 0


def _with_sheets(data: bytes, plans: Sequence[SheetPlan]) -> bytes:
    book = open_book(data)
    parts = Parts(book.package)
    styles = _styles(parts.read(book.styles)) if book.styles else {}
    names = []
    for plan in plans:
        if plan.title in sheet_names(parts.read(book.part)):
            raise UsageProblem(f"工作簿里已经有一页叫“{plan.title}”，不是汇总写的；请给它改个名字，再汇总一次。")
        part = parts.free_name(book.part.rpartition("/")[0] + "/worksheets/sheet{}.xml")
        sheet = sheet_parts(plan, styles)
        place = add_sheet(parts, book.part, plan.title, sheet.xml)
        if sheet.relations is not None:
            parts.write(relations_part(part), sheet.relations)
        area = f"{quoted(plan.title)}!{sheet.area}"
        names.append((f'name="{plan.name}" hidden="1"', area))
        if plan.filtered:
            names.append((f'name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1"', area))
        rows = f"{quoted(plan.title)}!${plan.head}:${plan.head}"
        names.append((f'name="_xlnm.Print_Titles" localSheetId="{place}"', rows))
    parts.write(book.part, add_names(parts.read(book.part), names))
    return parts.packed()


def _styles(xml: bytes) -> dict[str, int]:
    """Return the number of the first cell format of each named style."""
    spans = find_spans(xml, CELL_FORMATS)
    formats = next((span for span in spans if span.name == "cellXfs"), None)
    if formats is None:
        return {}
    own = [span for span in spans if span.name == "xf" and formats.start < span.start < formats.end]
    first: dict[str, int] = {}
    for number, span in enumerate(own):
        first.setdefault(span.attributes.get("xfId", ""), number)
    named = (span.attributes for span in spans if span.name == "cellStyle")
    return {one.get("name", ""): first[one.get("xfId", "")] for one in named if one.get("xfId", "") in first}
