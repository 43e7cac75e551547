"""Cells of a sheet replaced in its bytes: what changes, and that nothing else does."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.errors import UnreadableWorkbook
from xxgk.report import Number
from xxgk.xlsx.cells import Content, Holds, reference
from xxgk.xlsx.sheetpatch import CellChange, patch_sheet
from xxgk.xlsx.sheetxml import read_cells
from xxgk.xlsx.xmlstream import TRANSITIONAL


def sheet(rows: str, before: str = "", after: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{TRANSITIONAL}">{before}'
    return f"{head}<sheetData>{rows}</sheetData>{after}</worksheet>".encode()


def patched(rows: str, changes: dict[tuple[int, int], CellChange], before: str = "") -> str:
    """Return the rows after ``changes``; all else must be as it was."""
    after = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    result = patch_sheet(sheet(rows, before, after), changes).xml.decode()
    head, tail = sheet("\0", before, after).decode().split("\0")
    assert result.startswith(head)
    assert result.endswith(tail)
    return result[len(head) : len(result) - len(tail)]


CASES: list[tuple[str, CellChange, str]] = [
    ('<c r="B2" s="4"><v>1</v></c>', CellChange(7), '<c r="B2" s="4"><v>7</v></c>'),
    ('<c r="B2" s="4" t="s"><v>9</v></c>', CellChange(Decimal("0.5")), '<c r="B2" s="4"><v>0.5</v></c>'),
    ('<c r="B2" s="4"/>', CellChange(Decimal("1E-7")), '<c r="B2" s="4"><v>0.0000001</v></c>'),
    ('<c r="B2" s="4"/>', CellChange(), '<c r="B2" s="4"/>'),
    ('<c s="4" r="B2"><f>1+1</f><v>2</v></c>', CellChange(), '<c r="B2" s="4"/>'),
    ('<c r="B2"><v>1</v></c>', CellChange(-3), '<c r="B2"><v>-3</v></c>'),
    (
        '<c r="B2" s="4"/>',
        CellChange(" =a<b>&\n"),
        '<c r="B2" s="4" t="inlineStr"><is><t xml:space="preserve"> =a&lt;b&gt;&amp;\n</t></is></c>',
    ),
    (
        '<c r="B2" s="4"/>',
        CellChange(2, '=IF(A1<2,"",1)'),
        '<c r="B2" s="4"><f>IF(A1&lt;2,"",1)</f><v>2</v></c>',
    ),
    ('<c r="B2" s="4"/>', CellChange("", "=A1"), '<c r="B2" s="4" t="str"><f>A1</f><v></v></c>'),
    ('<c r="B2" s="4"/>', CellChange(None, "=A1"), '<c r="B2" s="4"><f>A1</f></c>'),
    (
        "<c r='B2' s='4' t='inlineStr'><is><t>a > b</t></is></c >",
        CellChange(1),
        '<c r="B2" s="4"><v>1</v></c>',
    ),
]


@pytest.mark.parametrize(("old", "change", "new"), CASES)
def test_a_cell_is_replaced_and_keeps_its_style(old: str, change: CellChange, new: str) -> None:
    rows = '<row r="2" ht="20"><c r="A2" s="1"/>{}<c r="C2"><v>3</v></c></row><row r="3"/>'
    assert patched(rows.format(old), {(2, 2): change}) == rows.format(new)


def test_missing_cells_and_rows_are_put_in_order() -> None:
    rows = '<row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="5" ht="9"/>'
    changes = {(row, column): CellChange(row * 10 + column) for row in (1, 2, 3, 5, 6) for column in (1, 3, 5)}
    new = patched(rows, changes)
    assert re.findall(r'<row r="(\d)"', new) == ["1", "2", "3", "5", "6"]
    assert re.findall(r'r="([A-Z]\d)"', new)[3:8] == ["A2", "B2", "C2", "D2", "E2"]
    assert '<row r="5" ht="9"><c r="A5"><v>51</v></c>' in new


def test_nothing_is_put_where_nothing_was() -> None:
    rows = '<row r="2"><c r="B2"><v>1</v></c></row><row r="3"/>'
    assert patched(rows, {(1, 1): CellChange(), (2, 7): CellChange(), (3, 1): CellChange()}) == rows


def test_a_sheet_without_rows() -> None:
    xml = sheet("").replace(b"<sheetData></sheetData>", b"<sheetData />")
    changes = {(4, 2): CellChange("文"), (2, 3): CellChange(1)}
    cells = read_cells([patch_sheet(xml, changes).xml], ())
    assert (cells.at("C2"), cells.at("B4")) == (Content(Holds.NUMBER, "1", ""), Content(Holds.TEXT, "文", ""))
    assert patch_sheet(xml, {(4, 2): CellChange()}).xml.count(b"<row") == 0


def test_a_new_cell_takes_the_style_of_its_row_or_column() -> None:
    before = '<cols><col min="2" max="3" style="8"/></cols>'
    rows = '<row r="2" s="5" customFormat="1"><c r="A2"/></row><row r="3" s="6"><c r="A3"/></row>'
    new = patched(
        rows, {(2, 2): CellChange(1), (3, 2): CellChange(1), (3, 4): CellChange(1), (9, 3): CellChange(1)}, before
    )
    assert re.findall(r'<c r="[B-D]\d"(?: s="(\d)")?>', new) == ["5", "8", "", "8"]


def test_the_stated_extent_grows_but_never_shrinks() -> None:
    xml = sheet('<row r="3"><c r="B3"/></row>', '<dimension ref="B3:D4"/>')
    assert b'<dimension ref="B3:F9"/>' in patch_sheet(xml, {(9, 6): CellChange(1)}).xml
    assert b'<dimension ref="A1:D4"/>' in patch_sheet(xml, {(1, 1): CellChange(1)}).xml
    assert b'<dimension ref="B3:D4"/>' in patch_sheet(xml, {(3, 3): CellChange(1), (9, 9): CellChange()}).xml


def test_prefixes_are_kept() -> None:
    xml = (
        f'<x:worksheet xmlns:x="{TRANSITIONAL}"><x:sheetData><x:row r="2"><x:c r="B2" s="3"/></x:row></x:sheetData>'
        "</x:worksheet>"
    ).encode()
    changes = {(2, 2): CellChange("文"), (2, 3): CellChange(4, "=B2"), (3, 1): CellChange(1)}
    new = patch_sheet(xml, changes).xml
    cells = read_cells([new], ())
    assert cells.at("B2") == Content(Holds.TEXT, "文", "")
    assert cells.at("C2") == Content(Holds.NUMBER, "4", "=B2")
    assert cells.at("A3") == Content(Holds.NUMBER, "1", "")


SHARED = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A4" si="0">SUM(B1:$C1)&amp;"&lt;"</f><v>0</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>0</v></c></row>'
    '<row r="3"><c r="A3" s="2"><f t="shared" si="0"></f><v>0</v></c></row>'
    '<row r="4"><c r="A4"><f t="shared" ref="A4:A5" si="1">B4</f></c></row>'
)


def test_cells_that_shared_a_replaced_formula_get_their_own() -> None:
    result = patch_sheet(sheet(SHARED), {(1, 1): CellChange(5), (2, 1): CellChange(1, "=B9")})
    cells = read_cells([result.xml], ())
    assert cells.at("A1") == Content(Holds.NUMBER, "5", "")
    assert cells.at("A2") == Content(Holds.NUMBER, "1", "=B9")
    assert cells.at("A3") == Content(Holds.NUMBER, "0", '=SUM(B3:$C3)&"<"')
    assert cells.at("A4") == Content(Holds.NUMBER, "", "=B4")


def test_a_cell_that_only_took_part_leaves_the_others_alone() -> None:
    result = patch_sheet(sheet(SHARED), {(2, 1): CellChange(5)})
    assert result.formula_lost
    assert result.xml == sheet(SHARED).replace(
        b'<c r="A2"><f t="shared" si="0"/><v>0</v></c>', b'<c r="A2"><v>5</v></c>'
    )


def test_a_formula_is_lost_only_to_a_constant() -> None:
    xml = sheet(SHARED)
    assert patch_sheet(xml, {(1, 1): CellChange(5)}).formula_lost
    assert patch_sheet(xml, {(1, 1): CellChange()}).formula_lost
    assert not patch_sheet(xml, {(1, 1): CellChange(5, "=B1"), (9, 9): CellChange(5)}).formula_lost


DAMAGED = {
    "no data": f'<worksheet xmlns="{TRANSITIONAL}"/>'.encode(),
    "not closed": b"<worksheet><sheetData>",
    "a row of no number": sheet('<row r="x"><c r="A1"/></row>'),
    "a cell of no reference": sheet('<row r="1"><c r="1A"/></row>'),
    "another encoding": sheet("").replace(b"UTF-8", b"ISO-8859-1"),
    "two bytes a character": sheet("").decode().replace("UTF-8", "UTF-16").encode("utf-16"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_sheet_is_not_written(name: str) -> None:
    with pytest.raises(UnreadableWorkbook):
        patch_sheet(DAMAGED[name], {(1, 1): CellChange(1)})


def test_a_byte_order_mark_does_no_harm() -> None:
    xml = b"\xef\xbb\xbf" + sheet('<row r="1"><c r="A1"/><c r="B1"><v>2</v></c></row>')
    new = patch_sheet(xml, {(1, 1): CellChange("文")}).xml
    assert new == xml.replace(
        b'<c r="A1"/>', '<c r="A1" t="inlineStr"><is><t xml:space="preserve">文</t></is></c>'.encode()
    )


# ------------------------------------------------------------------ random sheets and changes

PLACES = st.tuples(st.integers(1, 8), st.integers(1, 5))
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=9
)
VALUES: st.SearchStrategy[Number | str] = st.one_of(st.integers(0, 10**9), TEXT, st.sampled_from(("_x0041_", "a\rb")))
Position = tuple[int, int]
CHANGES = st.builds(CellChange, st.none() | VALUES, st.sampled_from(("", "", "=A1+1")))


@given(st.dictionaries(PLACES, st.integers(0, 99), max_size=12), st.dictionaries(PLACES, CHANGES, max_size=12))
def test_cells_read_as_they_were_set(
    old: dict[tuple[int, int], int], changes: dict[tuple[int, int], CellChange]
) -> None:
    lines: dict[int, str] = {}
    for (row, column), value in sorted(old.items()):
        lines[row] = lines.get(row, "") + f'<c r="{reference(row, column)}" s="7"><v>{value}</v></c>'
    xml = sheet("".join(f'<row r="{row}">{cells}</row>' for row, cells in lines.items()))
    new = patch_sheet(xml, changes).xml
    cells = read_cells([new], ())
    for row in range(1, 9):
        for column in range(1, 6):
            found = cells.at(reference(row, column))
            change = changes.get((row, column))
            if change is None:
                value = old.get((row, column))
                assert found == (None if value is None else Content(Holds.NUMBER, str(value), ""))
            elif change.blank:
                assert found is None
            else:
                assert found is not None
                assert (found.text, found.formula) == (
                    "" if change.value is None else str(change.value),
                    change.formula,
                )
    assert new.count(b's="7"') == len(old)
    order = [(int(r), c) for c, r in re.findall(r'<c r="([A-Z])(\d)"', new.decode())]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('<row r="1">', '<row ht="40.5" r="1">'),
        ("<row r='1' ht='15' x14ac:dyDescent='0.2'>", "<row r='1' ht='40.5' x14ac:dyDescent='0.2'>"),
        ('<row r="1" ht="99" customHeight="1">', '<row r="1" ht="99" customHeight="1">'),
    ],
)
def test_a_row_grows_with_its_text_unless_somebody_set_its_height(row: str, expected: str) -> None:
    namespaces = f'xmlns="{TRANSITIONAL}" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    xml = f'<worksheet {namespaces}><sheetData>{row}<c r="A1" s="1"/></row></sheetData></worksheet>'.encode()
    patched = patch_sheet(xml, {(1, 1): CellChange("长文字", row_height=40.5)})
    assert expected.encode() in patched.xml
