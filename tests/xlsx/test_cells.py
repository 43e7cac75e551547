"""Cells of sheets as the programs write them, and as other readers see them."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.book import open_book
from xxgk.xlsx.cells import Content, Holds, reference, unescape
from xxgk.xlsx.sheetxml import read_cells, read_strings
from xxgk.xlsx.xmlstream import STRICT, TRANSITIONAL

from support.reports import example
from support.workbooks import TEMPLATE, TEXTS, filled

STRINGS = ("甲", "乙 丙")


def sheet(rows: str, namespace: str = TRANSITIONAL) -> bytes:
    return f'<?xml version="1.0"?><worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def content(cell: str) -> Content | None:
    """Return what the cell B2, written as ``cell``, holds."""
    return read_cells([sheet(f'<row r="2">{cell}</row>')], STRINGS).at("B2")


CELLS = [
    ('<c r="B2" s="3"/>', None),
    ('<c r="B2" s="3"></c>', None),
    ('<c r="B2"><v></v></c>', None),
    ('<c r="B2"><v>12</v></c>', Content(Holds.NUMBER, "12", "")),
    ('<c r="B2" t="n"><v> 7730.2799999999997 </v></c>', Content(Holds.NUMBER, "7730.2799999999997", "")),
    ('<c r="B2" t="s"><v>1</v></c>', Content(Holds.TEXT, "乙 丙", "")),
    ('<c r="B2" t="inlineStr"><is><t xml:space="preserve"> 丁 </t></is></c>', Content(Holds.TEXT, " 丁 ", "")),
    (
        '<c r="B2" t="inlineStr"><is><r><rPr><b/></rPr><t>一</t></r>\n<r><t>二</t></r>'
        '<rPh sb="0" eb="1"><t>yi</t></rPh><phoneticPr/></is></c>',
        Content(Holds.TEXT, "一二", ""),
    ),
    ('<c r="B2" t="str"><f>A1&amp;""</f><v>文</v></c>', Content(Holds.TEXT, "文", '=A1&""')),
    ('<c r="B2" t="str"><f>A1</f><v></v></c>', Content(Holds.TEXT, "", "=A1")),
    ('<c r="B2"><f>SUM(A1:A3)</f><v>3</v></c>', Content(Holds.NUMBER, "3", "=SUM(A1:A3)")),
    ('<c r="B2"><f>SUM(A1:A3)</f></c>', Content(Holds.NUMBER, "", "=SUM(A1:A3)")),
    ('<c r="B2"><f t="shared" si="0"/><v>3</v></c>', Content(Holds.NUMBER, "3", "=")),
    ('<c r="B2" t="b"><v>1</v></c>', Content(Holds.BOOLEAN, "TRUE", "")),
    ('<c r="B2" t="b"><v>0</v></c>', Content(Holds.BOOLEAN, "FALSE", "")),
    ('<c r="B2" t="e"><v>#REF!</v></c>', Content(Holds.ERROR, "#REF!", "")),
    ('<c r="B2" t="d"><v>2024-01-23T00:00:00</v></c>', Content(Holds.TEXT, "2024-01-23T00:00:00", "")),
    ('<c r="B2" t="inlineStr"><is><t>一_x000D_\n_x005F_x0041_</t></is></c>', Content(Holds.TEXT, "一\r\n_x0041_", "")),
    ('<c r="A2" x="y"><v>1</v></c><c><v>2</v></c>', Content(Holds.NUMBER, "2", "")),
    ("<c><v>1</v></c><c><v>2</v></c>", Content(Holds.NUMBER, "2", "")),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS)
def test_one_cell(cell: str, expected: Content | None) -> None:
    assert content(cell) == expected


def test_rows_without_numbers_are_counted() -> None:
    cells = read_cells([sheet('<row r="4"/><row><c><v>7</v></c></row>')], ())
    assert cells.at("A5") == Content(Holds.NUMBER, "7", "")


def test_strict_namespace_and_prefixes() -> None:
    rows = '<row r="2"><c r="B2"><v>5</v></c></row>'
    assert read_cells([sheet(rows, STRICT)], ()).at("B2") == Content(Holds.NUMBER, "5", "")
    prefixed = (
        f'<x:worksheet xmlns:x="{TRANSITIONAL}" xmlns:y="urn:y"><x:sheetData><x:row r="2"><x:c r="B2">'
        "<x:v>5</x:v><y:v>9</y:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert read_cells([prefixed.encode()], ()).at("B2") == Content(Holds.NUMBER, "5", "")


def test_a_sheet_of_an_unknown_namespace_is_not_taken_for_an_empty_one() -> None:
    with pytest.raises(UnreadableWorkbook):
        read_cells([sheet('<row r="2"><c r="B2"><v>5</v></c></row>', "urn:other")], ())


def test_a_cell_without_reference_follows_the_one_before() -> None:
    assert content('<c r="A2"><v>1</v></c><c><v>2</v></c>') == Content(Holds.NUMBER, "2", "")


def test_a_cell_in_a_comment_is_none() -> None:
    hidden = '<c r="B2"><v>5</v></c>'
    for rows in (f"<!-- {hidden} -->", f'<row r="2"><c r="A2"><v>1</v></c><!-- {hidden} --></row>'):
        xml = sheet(rows)
        for size in (len(xml), 16, xml.index(b"<!--") + 1):
            pieces = [xml[start : start + size] for start in range(0, len(xml), size)]
            assert read_cells(pieces, ()).at("B2") is None


def test_the_declared_encoding_counts() -> None:
    cell = '<row r="2"><c r="B2" t="str"><v>é</v></c></row>'
    latin = sheet(cell).decode().replace('"1.0"', '"1.0" encoding="ISO-8859-1"').encode("latin-1")
    assert read_cells([latin], ()).at("B2") == Content(Holds.TEXT, "é", "")
    for encoding in ("utf-16", "utf-8-sig"):
        assert read_cells([sheet(cell).decode().encode(encoding)], ()).at("B2") == Content(Holds.TEXT, "é", "")


def test_lifted_text_must_be_utf_8() -> None:
    with pytest.raises(UnreadableWorkbook):
        read_cells([sheet('<row r="2"><c r="B2" t="str"><v>~</v></c></row>').replace(b"~", b"\xff")], ())


@pytest.mark.parametrize("data", [TEMPLATE, filled(example())], ids=["template", "example"])
def test_plain_cells_are_lifted_as_the_parser_reads_them(data: bytes) -> None:
    book = open_book(data)
    for part in book.sheets.values():
        xml = book.package.read(part)
        parsed = read_cells([xml.replace(b"<worksheet", b"<!-- nothing is plain --><worksheet", 1)], ())
        for size in (len(xml), 997):
            pieces = [xml[start : start + size] for start in range(0, len(xml), size)]
            lifted = read_cells(pieces, ())
            assert lifted.stored.keys() == parsed.stored.keys()
            assert lifted.merged == parsed.merged
            for at in parsed.stored:
                ours, theirs = lifted.at(at), parsed.at(at)
                assert ours == theirs
                assert ours is None or theirs is None or ours.style == theirs.style


@pytest.mark.parametrize("value", ["2", "-1", "x", ""])
def test_a_shared_string_that_is_not_there_means_damage(value: str) -> None:
    cells = read_cells([sheet(f'<row r="2"><c r="B2" t="s"><v>{value}</v></c></row>')], STRINGS)
    with pytest.raises(UnreadableWorkbook):
        cells.at("B2")


@given(st.integers(1, 40))
def test_pieces_may_end_anywhere(size: int) -> None:
    xml = sheet('<row r="2"><c r="A2" s="1"/><c r="B2" s="22" t="n"/><c r="C2"><v>123</v></c><c r="D2" s="1" /></row>')
    pieces = [xml[start : start + size] for start in range(0, len(xml), size)]
    assert read_cells(pieces, ()).stored == {"C2": ("n", "123", None, None)}


def test_shared_strings_with_runs_and_phonetic_guides() -> None:
    xml = (
        f'<sst xmlns="{TRANSITIONAL}"><si><t>一</t></si><si/><si><r><t xml:space="preserve">二 </t></r><r><t>三</t></r>'
        '<rPh sb="0" eb="1"><t>er</t></rPh></si><si><t>四_x000D_</t></si></sst>'
    )
    assert read_strings([xml.encode()]) == ("一", "", "二 三", "四\r")


def test_escapes_that_are_no_characters_stay_or_vanish() -> None:
    assert unescape("_xD83D_") == "_xD83D_"
    assert unescape("a_x0000_b_x0009_") == "ab\t"
    assert unescape("_x004_ _X0041_") == "_x004_ _X0041_"


@pytest.mark.parametrize(("row", "column", "text"), [(1, 1, "A1"), (7, 27, "AA7"), (9, 256, "IV9"), (1, 16384, "XFD1")])
def test_references(row: int, column: int, text: str) -> None:
    assert reference(row, column) == text


VALUES = st.one_of(st.integers(-(10**14), 10**14), st.floats(-1e14, 1e14), st.booleans(), TEXTS)


@given(st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 12)), VALUES, max_size=20), st.booleans())
def test_other_readers_see_the_same(values: dict[tuple[int, int], int | float | bool | str], inline: bool) -> None:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"constant_memory": inline})  # inline strings instead of shared ones
    written = workbook.add_worksheet()
    for place, value in sorted(values.items()):
        if isinstance(value, str):
            written.write_string(*place, value.replace("_x", "_y"))
        else:
            written.write(*place, value)
    workbook.close()
    data = out.getvalue()
    book = open_book(data)
    ours = book.cells("Sheet1")
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    count = 0
    for row, line in enumerate(theirs, 1):
        for column, value in enumerate(line, 1):
            found = ours.at(reference(row, column))
            if value == "":
                assert found is None or found.text == ""
                continue
            assert found is not None
            count += 1
            if isinstance(value, bool):
                assert (found.holds, found.text) == (Holds.BOOLEAN, str(value).upper())
            elif isinstance(value, str):
                # XML itself makes one line end of every kind.
                assert (found.holds, found.text.replace("\r\n", "\n")) == (Holds.TEXT, value.replace("\r\n", "\n"))
            else:
                assert (found.holds, float(found.text)) == (Holds.NUMBER, value)
    assert count == len(values)
