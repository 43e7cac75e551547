"""Plain text and Markdown: the shapes in which tables come there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.published.blocks import Cell, Line, Table
from xxgk.published.text import read_blocks, read_markdown

ROWS = (Cell("规章", 0, 0), Cell("1", 0, 1), Cell("规范性\n文件", 1, 0), Cell("", 1, 1))


def test_a_tab_begins_a_cell_and_a_blank_line_ends_the_row() -> None:
    assert read_blocks("前\n\t规章\n\t 1\n\n\t规范性\n文件\n\t\n\n后\n".encode()) == (
        Line("前"),
        Table(ROWS),
        Line("后"),
    )


def test_tabs_between_cells_make_rows_of_lines() -> None:
    (table,) = read_blocks("规章\t1\t2\n文件\t3\t4\n".encode())
    assert isinstance(table, Table)
    assert [(cell.text, cell.row, cell.column) for cell in table.cells][3:] == [
        ("文件", 1, 0),
        ("3", 1, 1),
        ("4", 1, 2),
    ]


@pytest.mark.parametrize("rule", ["|---|---|", "| :-- | --: |", "---|---"])
def test_bars_draw_a_table(rule: str) -> None:
    (table,) = read_markdown(f"| 规章 | 1 |\n{rule}\n| 规范性<br>文件 | |\n".encode())
    assert table == Table(ROWS)


def test_one_bar_in_a_line_is_no_table() -> None:
    assert read_blocks("甲|乙\n丙".encode()) == (Line("甲|乙"), Line("丙"))


def test_markdown_shows_headings_and_hides_its_marks() -> None:
    text = "# 标题 #\n\n**1\\. 加强**培训\\_工作\n\n<table><tr><td>规章</td><td>0</td></tr></table>\n"
    title, body, table = read_markdown(text.encode())
    assert (title, body) == (Line("标题", level=1), Line("1. 加强培训_工作"))
    assert isinstance(table, Table)


@given(st.text(st.sampled_from("\t\n |-规章0１#*\\<p>td/"), max_size=120))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for read in (read_blocks, read_markdown):
        assert all(isinstance(block, Line | Table) for block in read(text.encode()))
