"""The copy of a workbook that goes upward: what the report says, in a fresh workbook, and nothing else of the old."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.errors import FileProblem
from xxgk.excel.undo import SHEET as UNDO
from xxgk.formats import load_form
from xxgk.output.marks.mark import NAME as MARKS
from xxgk.records import Record, replace
from xxgk.report import Report
from xxgk.suffixes import XLSX
from xxgk.workbook.layout import LEDGER_NAME, PREVIOUS_TEXT, layout_of
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.template import new_workbook
from xxgk.xlsx.book import Book, open_book
from xxgk.xlsx.spans import find_spans

PROPERTIES = ("docprops/core.xml", "docprops/app.xml")
NAMES = {"creator": "作者", "lastModifiedBy": "最后修改人", "Company": "公司", "Manager": "主管", "description": "备注"}
OWN = ("xxgk", "openpyxl", "")  # what is no person
OUTSIDE = "S110"  # the remark of the reader on what stands outside the tables


class Copy(Record):
    """The copy, and a sentence for each thing that was taken out, then for each that somebody should look at."""

    data: bytes
    taken_out: tuple[str, ...]
    look_at: tuple[str, ...]


def clean_copy(data: bytes, suffix: str = XLSX) -> Copy:
    """Return a copy of the workbook ``data`` that reads to the same report but for last year's text.

    Raise ``UnreadableWorkbook``, with the reason only, when it is no workbook of ours, ``FileProblem`` when what the
    report says does not fit into a fresh one.
    """
    book = open_book(data)
    report = read_report(data)
    form = load_form(report.form)
    last = report.previous
    kept = replace(report, previous=replace(last, narrative={}) if last else None)
    filled = new_workbook(form, kept, suffix)
    if filled.problems:
        raise FileProblem(f"有的内容放不进新的工作簿，没有做：{''.join(filled.problems)}")
    outside = (remark.place for remark in report.remarks if remark.code == OUTSIDE and remark.place)
    look_at = tuple(f"{at.sheet} {at.cell} 在表格外面，没有带过去，请核对要不要填进表格。" for at in outside)
    return Copy(filled.data, tuple(_taken_out(book, report, suffix)), look_at)


def _taken_out(book: Book, report: Report, suffix: str) -> Iterator[str]:
    sheets = set(layout_of(load_form(report.form)).sheets)
    marks = book.names.get(MARKS)
    known = {*sheets, UNDO, marks.sheet if marks else ""}
    others = [name for name in book.sheets if name not in known]
    members = book.package.members
    if report.previous and any(report.previous.narrative.values()):
        yield f"隐藏的“{PREVIOUS_TEXT}”"
    if marks is not None:
        yield "校验写进去的清单、颜色和批注"
    if UNDO in book.sheets:
        yield "撤销填充用的记录（隐藏的工作表）"
    if others:
        ledger = "，其中有台账，里面可能有个人信息" if LEDGER_NAME in book.names else ""
        yield f"另外的工作表：{'、'.join(others)}{ledger}"
    if any("comments" in name for name in members) and marks is None:
        yield "批注"
    foreign = book.foreign()
    if foreign:
        yield f"外来的内容：{'、'.join(foreign)}"
    if suffix == XLSX and any(name.endswith("vbaproject.bin") for name in members):
        yield "按钮和宏"
    yield from _properties(book)


def _properties(book: Book) -> Iterator[str]:
    """Yield the names of people and offices, and the folder in which the file was saved."""
    for part in PROPERTIES:
        if part in book.package:
            xml = book.package.read(part)
            for span in find_spans(xml, tuple(NAMES)):
                text = xml[span.inner_start : span.inner_end].decode("utf-8", "replace").strip()
                if text not in OWN:
                    yield f"文件属性里的{NAMES[span.name]}：{text}"
    if find_spans(book.package.read(book.part), ("absPath",)):
        yield "文件在电脑上的位置"
    if any(name.startswith("docprops/custom") for name in book.package.members):
        yield "文件的自定义属性"
