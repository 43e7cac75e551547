"""Last year's text on its hidden sheet: kept out of sight, found again, and not missed in workbooks without it."""

from __future__ import annotations

import openpyxl

from xxgk.checks import check
from xxgk.records import replace
from xxgk.report import Paragraph
from xxgk.workbook.layout import PREVIOUS_TEXT, defined_name
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.writing.write import fill_workbook

from support.reports import FORM, zero_report
from support.workbooks import LAYOUT, edited, filled, insert_rows

TEXT = {"overview": (Paragraph("（一）去年的标题", 2), Paragraph("去年的话。")), "matters": (Paragraph("=1+1"),)}
REPORT = replace(zero_report(), previous=replace(zero_report(), year=2022, narrative=TEXT))


def without_sheet(workbook: openpyxl.Workbook) -> None:
    del workbook[PREVIOUS_TEXT]
    del workbook.defined_names[defined_name("previous_text")]


def test_it_is_hidden_and_no_finding_says_so() -> None:
    data = filled(REPORT)
    found = read_report(data)
    assert found.previous is not None
    assert found.previous.narrative == TEXT
    assert check(found, FORM) == ()


def test_it_goes_when_last_years_report_has_none() -> None:
    report = replace(REPORT, previous=replace(REPORT.previous, narrative={}))  # type: ignore[type-var]
    emptied = fill_workbook(filled(REPORT), report, FORM)
    assert any(line.startswith(PREVIOUS_TEXT) for line in emptied.changes)
    last = read_report(emptied.data).previous
    assert last is not None
    assert last.narrative == {}


def test_it_is_found_when_its_rows_have_moved() -> None:
    def move(workbook: openpyxl.Workbook) -> None:
        insert_rows(workbook, PREVIOUS_TEXT, LAYOUT.previous_text.row - 3, 2)

    last = read_report(edited(filled(REPORT), move)).previous
    assert last is not None
    assert last.narrative == TEXT


def test_a_workbook_without_the_sheet_is_sound_and_says_what_it_cannot_keep() -> None:
    older = edited(filled(replace(REPORT, previous=None)), without_sheet)
    assert [finding.code for finding in check(read_report(older), FORM) if finding.code.startswith("S")] == []
    result = fill_workbook(older, REPORT, FORM)
    assert [problem.partition("：")[0] for problem in result.problems] == [PREVIOUS_TEXT]
    last = read_report(result.data).previous
    assert last is not None
    assert last.figures
