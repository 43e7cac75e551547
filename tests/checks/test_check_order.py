"""Findings come by sheet, then by row and column, then by severity."""

from __future__ import annotations

from xxgk.checks import check
from xxgk.records import replace
from xxgk.report import Paragraph, Place, Remark
from xxgk.workbook.layout import layout_of

from support.reports import FORM, with_figure, zero_report


def test_order_follows_the_workbook() -> None:
    report = replace(zero_report(), level="unknown", remarks=(Remark("S104", "0", "1"),))
    report = replace(report, narrative={**report.narrative, "matters": (Paragraph("的事项，的工作 上 完成。"),)})
    for address in ("disputes.review.total", "applications.carried_out.legal", "applications.new.charity"):
        report = with_figure(report, address, -1)
    found = check(report, FORM)
    sheets = [finding.sheet for finding in found]
    order = ("", *layout_of(FORM).sheets)
    assert sheets == sorted(sheets, key=order.index)
    rows = [int(f.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for f in found if f.sheet == layout_of(FORM).sheets[3]]
    assert rows == sorted(rows)
    assert len(rows) > 3
    assert found[0].code == "S104"


def test_columns_beyond_z_come_last_and_errors_first_within_a_cell() -> None:
    sheet = layout_of(FORM).sheets[1]
    remarks = [
        Remark("S105", "甲", place=Place(sheet, "AA3")),
        Remark("S105", "乙", place=Place(sheet, "Z3")),
        Remark("S103", "丙", place=Place(sheet, "Z3")),
        Remark("S105", "丁", place=Place(sheet, "A20")),
        Remark("S105", "戊", place=Place(sheet, "A3")),
    ]
    found = check(replace(zero_report(), remarks=tuple(remarks)), FORM)
    assert [(f.cell, f.code) for f in found] == [
        ("A3", "S105"), ("Z3", "S103"), ("Z3", "S105"), ("AA3", "S105"), ("A20", "S105"),
    ]  # fmt: skip


def test_a_renamed_sheet_keeps_its_turn() -> None:
    report = with_figure(with_figure(zero_report(), "disclosure.licences.decisions", -1), "disputes.review.upheld", -1)
    figure = replace(report.figures["disclosure.licences.decisions"], place=Place("甲", "D9"))
    report = replace(report, figures={**report.figures, "disclosure.licences.decisions": figure})
    assert [finding.sheet for finding in check(report, FORM)] == [
        "甲",
        layout_of(FORM).figures["disputes.review.upheld"].sheet,
    ]


def test_last_year_of_another_year_is_said_once() -> None:
    report = zero_report()
    last = replace(report, year=2023, previous=None)
    changed = with_figure(last, "applications.carried_out.person", 7)
    assert [f.code for f in check(replace(report, year=2023, previous=changed), FORM)] == ["Y105"]
    right = replace(changed, year=2022)
    assert "Y101" in {f.code for f in check(replace(report, year=2023, previous=right), FORM)}


def test_what_was_not_found_is_not_called_blank_too() -> None:
    report = zero_report()
    gone = "applications.new.person"
    places = {address: Place("甲", "A1") for address in report.figures if address != gone}
    figures = {address: figure for address, figure in report.figures.items() if address != gone}
    blank = [finding.code for finding in check(replace(report, figures=figures), FORM)]
    lost = [finding.code for finding in check(replace(report, figures=figures, places=places), FORM)]
    assert "V101" in blank
    assert "V101" not in lost
