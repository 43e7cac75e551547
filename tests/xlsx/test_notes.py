"""Notes: texts in comments however programs cut them into runs, boxes in drawings however they are written."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.anchors import anchors
from xxgk.xlsx.comments import EMPTY, add_texts, cut_texts
from xxgk.xlsx.merges import area_of, merged_areas
from xxgk.xlsx.shapes import EMPTY as NO_SHAPES
from xxgk.xlsx.shapes import add_boxes, cut_boxes, has_shapes

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OURS = re.compile(r"\n?\[.*?\]", re.DOTALL)
RUNS = st.lists(st.text(st.sampled_from("ab\n<&'中😀[] "), max_size=6), min_size=1, max_size=4)
# As Excel writes them: VML that is no XML, a button with a broken line in its caption.
BUTTON = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="Button_x0020_1" o:spid="_x0000_s1030" '
    b"type=\"#_x0000_t201\" style='width:1>0'><v:textbox><div>one<br>two</div></v:textbox>"
    b'<x:ClientData ObjectType="Button"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>'
)


def comments(*texts: str, runs: bool = True) -> bytes:
    """Return a part with one comment on B2, in a run for each text or as one plain text."""
    inner = "".join(
        f"<r><rPr><b/></rPr><t>{html.escape(text)}</t></r>" if runs else f"<t>{html.escape(text)}</t>" for text in texts
    )
    return (
        f'<comments xmlns="{NS}"><authors><author>张三</author></authors><commentList>'
        f'<comment ref="B2" authorId="0"><text>{inner}</text></comment></commentList></comments>'
    ).encode()


def texts(xml: bytes) -> dict[str, str]:
    root = etree.fromstring(xml)
    found = root.iter(f"{{{NS}}}comment")
    return {comment.get("ref", ""): "".join(t.text or "" for t in comment.iter(f"{{{NS}}}t")) for comment in found}


@given(RUNS, st.booleans())
def test_a_text_is_added_behind_an_older_one_and_cut_again(given: list[str], runs: bool) -> None:
    given = [text.replace("[", "").replace("]", "") for text in given]
    xml = comments(*given, runs=True) if runs else comments("".join(given), runs=False)
    older = "".join(given)
    added = add_texts(xml, {"B2": "[x\n<y>]", "C3": "[z]"}, "校验")
    assert added.cells == ("C3",)
    assert texts(added.xml) == {"B2": older + "\n[x\n<y>]" if older else "[x\n<y>]", "C3": "[z]"}
    cut = cut_texts(added.xml, OURS, "校验")
    if older.strip():
        assert cut.xml == xml
        assert cut.cells == ("C3",)
    else:
        assert texts(cut.xml) == {}


@given(RUNS)
def test_what_matches_is_cut_wherever_runs_begin_and_end(given: list[str]) -> None:
    whole = "".join(given)
    cut = cut_texts(comments(*given), OURS, "校验")
    left = OURS.sub("", whole)
    if left.strip() or left == whole:
        assert texts(cut.xml) == {"B2": left}
        assert cut.cells == ()
    else:
        assert (texts(cut.xml), cut.cells) == ({}, ("B2",))


def test_how_characters_are_written_does_not_matter() -> None:
    xml = comments("@").replace(b"@", b"a&#10;&#91;x&#x5D;b&amp;")
    assert b"<t>ab&amp;</t>" in cut_texts(xml, OURS, "校验").xml


def test_readings_stay_behind_the_text() -> None:
    xml = comments("a").replace(b"</text>", b"<rPh><t>b</t></rPh></text>")
    added = add_texts(xml, {"B2": "[x]"}, "校验").xml
    assert added.index(b"[x]") < added.index(b"<rPh>")
    assert cut_texts(added, OURS, "校验").xml == xml


def test_an_author_that_somebody_else_uses_stays() -> None:
    xml = add_texts(EMPTY, {"A1": "[x]", "A2": "[y]"}, "校验").xml
    assert "校验" in cut_texts(xml.replace(b"[y]", b"y"), OURS, "校验").xml.decode()
    assert cut_texts(xml, OURS, "校验").xml == EMPTY


@pytest.mark.parametrize("xml", [b"<comments/>", comments().replace(b"text", b"txt"), b"<a"])
def test_damaged_comments_are_refused(xml: bytes) -> None:
    with pytest.raises(UnreadableWorkbook):
        add_texts(xml, {"A1": "a"}, "校验")


# ------------------------------------------------------------------ boxes


def test_boxes_are_added_and_cut_beside_others() -> None:
    for vml in (NO_SHAPES, BUTTON):
        added = add_boxes(vml, {(2, 2): "1, 2, 3, 4, 5, 6, 7, 8", (5, 3): "0, 0, 0, 0, 0, 0, 0, 0"})
        ids = re.findall(rb'\sid="(_x0000_s\d+)"', added)
        assert len(set(ids)) == 2
        assert b"_x0000_s1030" not in ids
        assert cut_boxes(added, [(2, 2), (5, 3)]) == vml
        one = cut_boxes(added, [(5, 3)])
        assert b"<x:Row>1</x:Row><x:Column>1</x:Column>" in one
        assert cut_boxes(one, [(2, 2)]) == vml
    assert has_shapes(BUTTON)
    assert not has_shapes(NO_SHAPES)
    with pytest.raises(UnreadableWorkbook):
        add_boxes(b"", {(1, 1): ""})


def test_a_button_on_the_cell_is_no_note() -> None:
    assert cut_boxes(BUTTON, [(2, 2)]) == BUTTON


def test_boxes_bring_their_namespaces_where_the_drawing_declares_none() -> None:
    added = add_boxes(b"<xml></xml>", {(1, 1): "0"})
    assert len(etree.fromstring(added)) == 2
    assert cut_boxes(added, [(1, 1)]) == b"<xml></xml>"


def sheet(inner: str) -> bytes:
    return f'<worksheet xmlns="{NS}">{inner}</worksheet>'.encode()


def test_a_box_lies_beside_its_cell_over_columns_and_rows_that_show() -> None:
    """By default a column is 64 pixels wide, a row 20 high."""
    assert anchors(sheet("<sheetData/>"), {(2, 2): (100, 50)}) == {(2, 2): "2, 12, 1, 2, 3, 48, 3, 12"}
    wide = sheet(
        '<sheetFormatPr defaultRowHeight="30"/><cols><col min="3" max="3" width="15"/>'
        '<col min="4" max="5" hidden="1"/></cols><sheetData><row r="2" ht="15"/></sheetData>'
        '<mergeCells><mergeCell ref="A2:B3"/></mergeCells>'
    )
    assert anchors(wide, {(2, 1): (140, 50)}) == {(2, 1): "2, 12, 1, 2, 5, 40, 2, 32"}


def test_a_box_never_leaves_the_sheet() -> None:
    found = anchors(sheet('<sheetFormatPr defaultRowHeight="0"/>'), {(1_048_576, 16_384): (300, 300)})
    assert found == {(1_048_576, 16_384): "16383, 12, 1048575, 2, 16383, 64, 1048575, 0"}


def test_merged_areas_tell_what_shows_a_cell() -> None:
    areas = merged_areas(sheet('<mergeCells><mergeCell ref="B2:C4"/><mergeCell ref="D1"/></mergeCells>'))
    assert areas == [(2, 2, 4, 3), (1, 4, 1, 4)]
    assert area_of(areas, (4, 3)) == (2, 2, 4, 3)
    assert area_of(areas, (5, 3)) == (5, 3, 5, 3)
    with pytest.raises(UnreadableWorkbook):
        merged_areas(sheet('<mergeCell ref="B"/>'))
