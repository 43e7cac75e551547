"""Whole workbooks patched: other parts stay, other programs still read them."""

from __future__ import annotations

import io
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.patch import patch
from xxgk.xlsx.sheetpatch import CellChange

from support.packages import packed, parts_of

CHAIN = {
    "xl/calcChain.xml": b"<calcChain/>",
    "[Content_Types].xml": b'<Override PartName="/xl/calcChain.xml" ContentType="a"/></Types>',
    "xl/_rels/workbook.xml.rels": b'<Relationship Id="r9" Type="x/calcChain" Target="calcChain.xml"/></Relationships>',
}


def excel_like() -> bytes:
    """Return a workbook as Excel saves it: shared strings, a calculation chain, styles, a picture of nothing."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out)
    bold = workbook.add_format({"bold": True})
    sheet = workbook.add_worksheet("表 一")
    sheet.write("A1", "标题", bold)
    sheet.write("B2", 5, bold)
    sheet.write_formula("B3", "=B2*2", bold, 10)
    sheet.data_validation("B2", {"validate": "whole", "criteria": ">=", "value": 0})
    sheet.conditional_format("B3", {"type": "cell", "criteria": ">", "value": 3, "format": bold})
    workbook.add_worksheet("表二").write("A1", "标题")
    workbook.close()
    parts = parts_of(out.getvalue())
    parts["xl/calcChain.xml"] = CHAIN["xl/calcChain.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        closing = b"</" + CHAIN[name].rpartition(b"</")[2]
        parts[name] = parts[name].replace(closing, CHAIN[name])
    return packed(parts)


EXCEL = excel_like()


def test_untouched_members_are_copied_as_they_lie() -> None:
    after = patch(EXCEL, {"表 一": {(2, 2): CellChange(7)}})
    with ZipFile(io.BytesIO(EXCEL)) as old, ZipFile(io.BytesIO(after)) as new:
        assert new.testzip() is None
        assert new.namelist() == old.namelist()
        for entry in old.infolist():
            if entry.filename in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
                assert new.getinfo(entry.filename).date_time == (1980, 1, 1, 0, 0, 0)
                continue
            twin = new.getinfo(entry.filename)
            assert (twin.CRC, twin.compress_size, twin.date_time) == (entry.CRC, entry.compress_size, entry.date_time)
            packed_bytes = [
                data[e.header_offset + 30 + len(e.filename.encode()) :][: e.compress_size]
                for data, e in ((EXCEL, entry), (after, twin))
            ]
            assert packed_bytes[0] == packed_bytes[1]


def test_other_programs_read_the_changed_cells() -> None:
    changes = {
        "表 一": {
            (2, 2): CellChange(7),
            (3, 2): CellChange(14, "=B2*2"),
            (5, 1): CellChange("=不是公式"),
            (1, 1): CellChange(" 新标题\n二 "),
        },
        "表二": {(1, 1): CellChange()},
    }
    after = patch(EXCEL, changes)
    values, texts = (openpyxl.load_workbook(io.BytesIO(after), data_only=only) for only in (True, False))
    sheet = texts["表 一"]
    assert [sheet[ref].value for ref in ("A1", "B2", "B3", "A5")] == [" 新标题\n二 ", 7, "=B2*2", "=不是公式"]
    assert (sheet["B3"].data_type, sheet["A5"].data_type) == ("f", "s")
    assert values["表 一"]["B3"].value == 14
    assert texts["表二"]["A1"].value is None
    assert sheet["B2"].font.bold
    assert sheet["A1"].font.bold
    assert len(sheet.data_validations.dataValidation) == 1
    assert len(sheet.conditional_formatting) == 1
    rows = CalamineWorkbook.from_filelike(io.BytesIO(after)).get_sheet_by_name("表 一").to_python()
    assert rows[1][1] == 7.0
    assert rows[4][0] == "=不是公式"


def test_the_calculation_chain_goes_when_a_formula_goes() -> None:
    kept = parts_of(patch(EXCEL, {"表 一": {(2, 2): CellChange(7)}}))
    assert "xl/calcChain.xml" in kept
    dropped = parts_of(patch(EXCEL, {"表 一": {(3, 2): CellChange(7)}}))
    assert "xl/calcChain.xml" not in dropped
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        assert b"calcChain" in kept[name]
        assert b"calcChain" not in dropped[name]
        assert dropped[name] == kept[name].replace(CHAIN[name].rpartition(b"</")[0], b"")
    assert openpyxl.load_workbook(io.BytesIO(packed(dropped)))["表 一"]["B3"].value == 7


CALCULATION = [
    (b'<calcPr calcId="1"/>', b'<calcPr fullCalcOnLoad="1" calcId="1"/>'),
    (b"<calcPr/>", b'<calcPr fullCalcOnLoad="1"/>'),
    (b"<calcPr fullCalcOnLoad = 'false' a=\"b\"/>", b"<calcPr fullCalcOnLoad = '1' a=\"b\"/>"),
    (b'<calcPr fullCalcOnLoad="1"></calcPr>', b'<calcPr fullCalcOnLoad="1"></calcPr>'),
    (b"", b'<calcPr fullCalcOnLoad="1"/>'),
]


@pytest.mark.parametrize(("old", "new"), CALCULATION)
def test_the_next_program_is_told_to_calculate(old: bytes, new: bytes) -> None:
    parts = parts_of(EXCEL)
    written = b'<calcPr calcId="124519" fullCalcOnLoad="1"/>'
    assert written in parts["xl/workbook.xml"]
    head, tail = parts["xl/workbook.xml"].split(written)
    parts["xl/workbook.xml"] = head + old + tail
    assert parts_of(patch(packed(parts), {"表二": {}}))["xl/workbook.xml"] == head + new + tail


def test_equal_changes_give_equal_bytes() -> None:
    change = {"表 一": {(2, 2): CellChange("文")}}
    assert patch(EXCEL, change) == patch(EXCEL, change)


def test_a_sheet_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        patch(EXCEL, {"表三": {(1, 1): CellChange(1)}})
    with pytest.raises(UnreadableWorkbook):
        patch(EXCEL[:-100], {})
