"""Web pages as government sites have them: encodings, layout tables, forgotten end tags."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.errors import UnreadableWorkbook
from xxgk.published.blocks import Cell, Line, Table
from xxgk.published.builder import MAX_SPAN
from xxgk.published.decoding import decode
from xxgk.published.html import read_blocks, read_markup


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encoding_is_found_whatever_the_page_says(encoding: str) -> None:
    text = "<meta charset=iso-8859-1><p>二〇二三年度政府信息公开　䶮</p>".replace(
        "䶮", "" if encoding == "gbk" else "䶮"
    )
    assert read_blocks(text.encode(encoding))[0] == Line(text[28:-4].strip())


def test_a_damaged_byte_spoils_one_character_only() -> None:
    assert decode("政府".encode("gb18030") + b"\xff" + "公开".encode("gb18030")).startswith("政府")


def test_cells_and_rows_end_where_the_next_begins() -> None:
    text = "<table><tr><td rowspan=2>甲<td>1<tr><td colspan='2'>2</table>"
    expected = (Cell("甲", 0, 0, 2, 1), Cell("1", 0, 1), Cell("2", 1, 1, 1, 2))
    assert read_markup(text) == (Table(expected),)


def test_lines_in_a_cell_stay_apart_and_blanks_fall_together() -> None:
    text = "<table><tr><td>本年<br>制发\n  件数</td><td><p>&nbsp;0&nbsp;</p></td></tr></table>"
    assert read_markup(text) == (Table((Cell("本年\n制发件数", 0, 0), Cell("0", 0, 1))),)


def test_layout_tables_are_dissolved_in_order() -> None:
    inner = "<table><tr><td>规章</td><td>0</td></tr></table>"
    blocks = read_markup(f"<table><tr><td><h1>标题</h1>前{inner}后</td></tr></table>")
    assert blocks[:2] == (Line("标题", level=1), Line("前"))
    assert isinstance(blocks[2], Table)
    assert blocks[3] == Line("后")


def test_what_nobody_reads_is_left_out() -> None:
    text = "<script>var a='<table>';</script><style>p{}</style><nav>首页</nav><p>正文</p><select><option>1</select>"
    assert read_markup(text) == (Line("正文"),)


def test_an_element_that_never_ends_does_not_swallow_the_page() -> None:
    assert read_markup("<nav><p>首页</p><p>正文</p>") == (Line("首页"), Line("正文"))
    assert read_markup("<p>甲</p><div data-xxgk=草稿>乙") == (Line("甲"), Line("乙"))
    assert read_markup("<p>甲<span style='display:none'>乙</p><p>丙") == (Line("甲乙"), Line("丙"))


@pytest.mark.parametrize(
    "cell",
    [
        "<span style='mso-hide: all; DISPLAY: none'>9</span>12",
        "<del>9</del>12",
        "<s>9</s><p>12</p>",
        "<font style='text-decoration: line-through'>9</font>12",
        "<div style='display:none'>12</div>",
    ],
)
def test_digits_that_nobody_sees_are_no_part_of_a_number(cell: str) -> None:
    (table,) = read_markup(f"<table><tr><td>规章<td>{cell}</table>")
    assert isinstance(table, Table)
    assert table.cells[1].text == "12"


def test_a_superscript_is_no_digit_of_the_number_before_it() -> None:
    text = "<table><tr><td>规章<td>12<sup>1</sup><tr><td>许可<td>3<sup>2<tr><td>处罚<td>4</table><p>5m<sup>2</sup>，6"
    table, line = read_markup(text)
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells if cell.column] == ["12¹", "3²", "4"]
    assert line == Line("5m²，6")


def test_a_monstrous_span_is_cut() -> None:
    (table,) = read_markup("<table><tr><td colspan=9999>甲<td>乙</table>")
    assert isinstance(table, Table)
    assert table.cells[1].column == MAX_SPAN


def test_tables_without_end_are_refused_in_no_time() -> None:
    start = time.perf_counter()
    with pytest.raises(UnreadableWorkbook):
        read_markup("<table><td>" * 5_000)
    assert time.perf_counter() - start < 2


@given(st.text(st.sampled_from('<>/= "tabledrhpxg&;1甲\n'), max_size=200))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for block in read_markup(text):
        assert isinstance(block, Line | Table)
