"""What is understood from how a cell shows its number, and what is said of contents from elsewhere."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from openpyxl import Workbook

from xxgk.checks import check
from xxgk.report import Figure, Reading, Remark
from xxgk.workbook.formulas import formulas
from xxgk.workbook.layout import TOTAL_FORMULA
from xxgk.workbook.reading.read import read_report

from support.packages import packed, parts_of
from support.reports import FORM, example
from support.workbooks import LAYOUT, TEMPLATE, edited, filled

PERSON = "applications.new.person"
TOTAL = "applications.new.total"


def shown_as(value: Any, number_format: str) -> bytes:
    """Return the template with a number shown in some format."""

    def type_in(workbook: Workbook) -> None:
        cell = LAYOUT.figures[PERSON]
        workbook[cell.sheet][cell.ref] = value
        workbook[cell.sheet][cell.ref].number_format = number_format

    return edited(TEMPLATE, type_in)


@pytest.mark.parametrize(
    ("value", "number_format", "seen"),
    [
        (0.5, "0%", "50%"),
        (1, "0%", "100%"),
        (0.125, "0.0%", "12.5%"),
        (45293, "yyyy-mm-dd", "2024-01-02"),
        (45293.5, "m/d/yy", "2024-01-02"),
        (3, "yyyy-mm-dd", "3（显示为日期）"),
    ],
)
def test_a_date_or_a_percentage_is_no_count(value: float, number_format: str, seen: str) -> None:
    report = read_report(shown_as(value, number_format))
    assert report.figures[PERSON] == Figure(None, reading=Reading.UNREADABLE, seen=seen)
    found = [(finding.code, finding.value) for finding in check(report, FORM) if finding.address == PERSON]
    assert found == [("V106", seen)]


@pytest.mark.parametrize("number_format", ["0", "#,##0", '0"件"', "General", "0.00"])
def test_other_formats_change_nothing(number_format: str) -> None:
    assert read_report(shown_as(12, number_format)).figures[PERSON] == Figure(12)


def sheet_part(address: str) -> str:
    """Return the part of the sheet with ``address``; the template's sheets are numbered in order."""
    return f"xl/worksheets/sheet{LAYOUT.sheets.index(LAYOUT.figures[address].sheet) + 1}.xml"


def with_stored_total(old: str, new: str) -> bytes:
    """Return the example with another result stored for a total, its formula as it was."""
    data = filled(example())
    parts = parts_of(data)
    part, ref = sheet_part(TOTAL), LAYOUT.figures[TOTAL].ref
    before, at, after = parts[part].decode().partition(f'<c r="{ref}"')
    assert at
    assert f"<v>{old}</v>" in after
    parts[part] = (before + at + after.replace(f"<v>{old}</v>", f"<v>{new}</v>", 1)).encode()
    return packed(parts)


def test_a_stored_total_that_is_not_the_sum_is_remarked_and_not_used() -> None:
    sound = read_report(filled(example()))
    assert sound.remarks == ()
    total = sum(sound.figures[address].value or 0 for address in FORM.totals[TOTAL].parts)
    read = read_report(with_stored_total(str(total), str(total + 3)))
    assert read == sound
    assert read.remarks == (Remark("S114", str(total + 3), str(total), TOTAL, FORM.labels_of(TOTAL)),)
    found = [finding for finding in check(read, FORM) if finding.code == "S114"]
    assert [(f.cell, f.value, f.expected) for f in found] == [(LAYOUT.figures[TOTAL].ref, str(total + 3), str(total))]


def test_a_workbook_that_was_never_calculated_gives_no_remark() -> None:
    read = read_report(edited(filled(example()), lambda workbook: None))
    assert read.remarks == ()


FOREIGN = [
    ("xl/externalLinks/externalLink1.xml", "别的文件的链接"),
    ("xl/connections.xml", "外部数据连接"),
    ("xl/macrosheets/sheet1.xml", "旧式宏表"),
    ("xl/activeX/activeX1.xml", "控件"),
    ("xl/embeddings/oleObject1.bin", "嵌入的文件"),
    ("xl/vbaProject.bin", "宏"),
]


@pytest.mark.parametrize(("part", "words"), FOREIGN)
def test_foreign_content_is_flagged_and_the_rest_is_read(part: str, words: str) -> None:
    parts = parts_of(filled(example()))
    parts[part] = b"never looked at"
    read = read_report(packed(parts))
    assert read == read_report(filled(example()))
    assert read.remarks == (Remark("S112", words),)


KINDS = [
    ("externalLink", "别的文件的链接"),
    ("connections", "外部数据连接"),
    ("xlMacrosheet", "旧式宏表"),
    ("control", "控件"),
    ("oleObject", "嵌入的文件"),
    ("vbaProject", "宏"),
]


@pytest.mark.parametrize(("kind", "words"), KINDS)
@pytest.mark.parametrize("owner", ["xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"])
def test_foreign_content_is_flagged_whatever_its_part_is_called(owner: str, kind: str, words: str) -> None:
    parts = parts_of(filled(example()))
    relation = f'<Relationship Id="odd" Type="http://anyone/relationships/{kind}" Target="odd.xml"/>'.encode()
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    parts[owner] = parts.get(owner, empty).replace(b"</Relationships>", relation + b"</Relationships>")
    assert read_report(packed(parts)).remarks == (Remark("S112", words),)


@pytest.mark.parametrize("relations", [b"<not xml", b"<Relationships/>" + Random(1).randbytes(5 << 20)])
def test_relations_of_a_sheet_that_cannot_be_read_do_no_harm(relations: bytes) -> None:
    parts = parts_of(filled(example()))
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations
    assert read_report(packed(parts)).remarks == ()


def test_macros_belong_into_a_workbook_that_says_so() -> None:
    parts = parts_of(filled(example()))
    parts["xl/vbaProject.bin"] = b"never looked at"
    types = parts["[Content_Types].xml"]
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert plain in types
    parts["[Content_Types].xml"] = types.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert read_report(packed(parts)).remarks == ()


def test_the_formula_of_a_total_in_an_input_cell_is_no_number() -> None:
    totals = [formula for formula in formulas(LAYOUT) if formula.cell in {LAYOUT.figures[a] for a in FORM.totals}]
    assert len(totals) == len(FORM.totals)
    for formula in totals:
        assert formula.text.startswith(TOTAL_FORMULA)
    cell = LAYOUT.figures[PERSON]

    def shift(workbook: Workbook) -> None:
        workbook[cell.sheet][cell.ref] = totals[0].text

    report = read_report(edited(TEMPLATE, shift))
    assert (report.figures[PERSON].value, report.figures[PERSON].reading) == (None, Reading.UNREADABLE)
    assert [f.code for f in check(report, FORM) if f.address == PERSON] == ["V106"]


def test_a_total_that_was_cleared_is_said_once() -> None:
    cell = LAYOUT.figures[TOTAL]

    def clear(workbook: Workbook) -> None:
        workbook[cell.sheet][cell.ref] = None

    report = read_report(edited(filled(example()), clear))
    assert report == read_report(filled(example()))
    (remark,) = report.remarks
    assert (remark.code, remark.seen, remark.address) == ("S114", "", TOTAL)
