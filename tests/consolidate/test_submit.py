"""The copy that goes upward says the same and holds nothing else."""

from __future__ import annotations

import html
from typing import Any

from hypothesis import given, settings
from openpyxl.workbook.defined_name import DefinedName

from xxgk.checks import check
from xxgk.consolidate.submit import clean_copy
from xxgk.excel.undo import SHEET as UNDO
from xxgk.output.marks.mark import NAME as MARKS
from xxgk.output.marks.mark import mark
from xxgk.records import replace
from xxgk.report import Paragraph, Report
from xxgk.workbook.layout import LEDGER_NAME, layout_of
from xxgk.workbook.reading.read import read_report
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.package import open_package

from support.reports import FORM, example
from support.workbooks import as_typed, edited, filled, full_report, reports

SECRET = "王小明13800138000"


def without_last_text(report: Report) -> Report:
    last = report.previous
    # Where nothing but text was there, nothing is left.
    return replace(report, previous=replace(last, narrative={}) if last and last.figures else None)


def dirty(data: bytes) -> bytes:
    """Return ``data`` with what a workbook gathers in an office."""

    def change(workbook: Any) -> None:
        sheet = workbook.create_sheet("台账")
        sheet["A1"] = SECRET
        workbook.create_sheet(UNDO).sheet_state = "veryHidden"
        workbook.properties.creator = SECRET
        workbook.properties.lastModifiedBy = SECRET
        workbook.defined_names[LEDGER_NAME] = DefinedName(LEDGER_NAME, attr_text="台账!$A$1")

    return edited(data, change)


def everything(data: bytes) -> str:
    package = open_package(data)
    return "".join(html.unescape(package.read(name).decode("utf-8", "replace")) for name in package.members)


def test_nothing_but_the_report_is_left() -> None:
    last = full_report().previous
    assert last is not None
    report = replace(
        full_report(), previous=replace(last, narrative={"overview": (Paragraph("上年的话"),)}), waivers=()
    )
    data = dirty(filled(report))
    marked = mark(data, check(report, FORM))
    copy = clean_copy(marked)
    text = everything(copy.data)
    for trace in (SECRET, "上年的话", UNDO, MARKS):
        assert trace in everything(marked)
        assert trace not in text
    assert read_report(copy.data) == without_last_text(read_report(marked))
    said = "\n".join(copy.taken_out)
    for word in ("上年文字", "清单、颜色", "撤销填充", "台账，其中有台账", f"作者：{SECRET}", f"最后修改人：{SECRET}"):
        assert word in said


def test_a_clean_workbook_has_nothing_to_take_out() -> None:
    copy = clean_copy(filled(replace(example(), previous=None)))
    assert copy.taken_out == ()
    assert copy.look_at == ()


def test_the_copy_of_a_copy_is_the_copy() -> None:
    copy = clean_copy(dirty(filled(full_report())))
    assert clean_copy(copy.data).data == copy.data


@settings(max_examples=settings().max_examples // 4)
@given(reports())
def test_the_copy_reads_to_the_same_report(report: Report) -> None:
    data = filled(report)
    assert as_typed(read_report(clean_copy(data).data)) == as_typed(without_last_text(read_report(data)))


def test_what_stands_outside_the_tables_is_told() -> None:
    slot = layout_of(FORM).narrative["overview"]
    below = Cell(slot.sheet, slot.end.row + 1, slot.end.column)

    def change(workbook: Any) -> None:
        workbook[below.sheet][below.ref] = "多写的一段"

    copy = clean_copy(edited(filled(example()), change))
    assert [line.partition(" 在")[0] for line in copy.look_at] == [f"{below.sheet} {below.ref}"]
