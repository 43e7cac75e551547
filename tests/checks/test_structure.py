"""S: the reader's remarks become findings."""

from __future__ import annotations

import pytest

from xxgk.checks import check
from xxgk.records import replace
from xxgk.report import Place, Remark
from xxgk.workbook.layout import layout_of

from support.reports import FORM, zero_report

CODES = (
    "S101",
    "S102",
    "S103",
    "S104",
    "S105",
    "S106",
    "S107",
    "S109",
    "S110",
    "S111",
    "S113",
    "S115",
    "S116",
    "S117",
    "V106",
)


@pytest.mark.parametrize("code", CODES)
def test_a_remark_becomes_a_finding_at_its_place(code: str) -> None:
    remark = Remark(code, "看到的", "应有的", labels=("首页", "某格"), place=Place("某表", "B7"))
    (finding,) = check(replace(zero_report(), remarks=(remark,)), FORM)
    assert (finding.code, finding.sheet, finding.cell) == (code, "某表", "B7")
    assert finding.labels == ("首页", "某格")
    assert finding.message.endswith("。") or finding.message == "看到的"
    assert (finding.value, finding.expected) == ("看到的", "应有的")


def test_what_was_seen_is_quoted_on_one_line_and_not_at_length() -> None:
    remark = Remark("S101", "甲\n乙" + "丙" * 500, "本年新收", place=Place("某表", "B7"))
    (finding,) = check(replace(zero_report(), remarks=(remark,)), FORM)
    assert "甲 乙" in finding.message
    assert len(finding.message) < 100


def test_an_emptied_label_is_said_to_be_empty() -> None:
    (finding,) = check(replace(zero_report(), remarks=(Remark("S101", "", "本年新收"),)), FORM)
    assert "空" in finding.message
    assert finding.value is None


@pytest.mark.parametrize("address", ["applications.new.person", "processing_fee.notices", "year"])
def test_a_remark_with_an_address_alone_is_placed_by_the_layout(address: str) -> None:
    (finding,) = check(replace(zero_report(), remarks=(Remark("V106", "二〇二三", address=address),)), FORM)
    layout = layout_of(FORM)
    cell = layout.figures.get(address) or layout.fields.get(address) or layout.cover[address]
    assert (finding.sheet, finding.cell) == (cell.sheet, cell.ref)
    assert finding.labels


def test_a_remark_about_the_whole_file_has_no_place() -> None:
    (finding,) = check(replace(zero_report(), remarks=(Remark("S104", "0", "1"),)), FORM)
    assert (finding.sheet, finding.cell) == ("", "")
