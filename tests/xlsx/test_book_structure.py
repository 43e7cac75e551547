"""Names, references and relations of a workbook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.a1 import Slot, column_letter, column_number, parse_reference
from xxgk.xlsx.book import open_book, parse_area, relations_part
from xxgk.xlsx.references import quoted

from support.packages import packed, parts_of
from support.workbooks import TEMPLATE

AREAS = [
    ("'首页'!$C$4", Slot("n", "首页", 4, 3)),
    ("首页!C4", Slot("n", "首页", 4, 3)),
    ("'三 依申请公开'!$B$5:$K$32", Slot("n", "三 依申请公开", 5, 2, 28, 10)),
    ("'a''b'!$B$5:$A$4", Slot("n", "a'b", 4, 1, 2, 2)),
    (" 表!$xfd$1 ", Slot("n", "表", 1, 16384)),
]
NO_AREAS = [
    "#REF!",
    "'首页'!#REF!",
    "'首页'!$C",
    "$C$4",
    "[1]Sheet!$A$1",
    "'[1]Sheet'!$A$1,'首页'!$A$2",
    "SUM(首页!$C$4)",
    "'首页!$C$4",
    "",
]


@pytest.mark.parametrize(("text", "slot"), AREAS)
def test_an_area(text: str, slot: Slot) -> None:
    assert parse_area("n", text) == slot


@pytest.mark.parametrize("text", NO_AREAS)
def test_no_area(text: str) -> None:
    assert parse_area("n", text) is None


@given(st.text("a'! 表$:", min_size=1), st.integers(1, 10**6), st.integers(1, 16384))
def test_an_area_as_formulas_write_it(sheet: str, row: int, column: int) -> None:
    text = f"{quoted(sheet)}!${column_letter(column)}${row}"
    assert parse_area("n", text) == Slot("n", sheet, row, column)


@given(st.integers(1, 16384), st.integers(1, 10**6))
def test_references_and_columns(column: int, row: int) -> None:
    assert column_number(column_letter(column)) == column
    assert parse_reference(f"{column_letter(column)}{row}") == (row, column)


@pytest.mark.parametrize("text", ["", "A", "1", "1A", "A1:B2", "ABCD1", "A-1"])
def test_no_reference(text: str) -> None:
    with pytest.raises(UnreadableWorkbook):
        parse_reference(text)


def test_relations_stand_beside_their_part() -> None:
    assert relations_part("") == "_rels/.rels"
    assert relations_part("xl/workbook.xml") == "xl/_rels/workbook.xml.rels"


def test_targets_may_be_absolute_or_relative() -> None:
    parts = parts_of(TEMPLATE)
    where = "xl/_rels/workbook.xml.rels"
    expected = list(open_book(TEMPLATE).sheets.values())
    for shape in (b"/xl/worksheets/", b"worksheets/", b"../xl/./worksheets/", b"worksheets\\"):
        for known in (b"/xl/worksheets/", b"worksheets/"):
            if known in parts[where]:
                changed = parts[where].replace(b'"' + known, b'"' + shape)
                break
        assert list(open_book(packed({**parts, where: changed})).sheets.values()) == expected


def test_the_workbook_part_may_have_another_name() -> None:
    parts = parts_of(TEMPLATE)
    parts["xl/book7.xml"] = parts.pop("xl/workbook.xml")
    parts["xl/_rels/book7.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"xl/workbook.xml", b"xl/book7.xml")
    assert list(open_book(packed(parts)).sheets) == list(open_book(TEMPLATE).sheets)
