"""What stands on a page, read as a person reads it: paragraphs, tables with and without borders, over page ends."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.published.blocks import Line, Table
from xxgk.published.pdf_blocks import blocks_of
from xxgk.published.pdf_page import Page, Rule, _clean
from xxgk.published.pdf_rules import find_grids

from support.pdf_pages import lattice, page, text

LONG = "为人民服务" * 8  # 40 characters: from 100 to 500
XS, YS = (100, 250, 300, 350), (100, 130, 160, 190)


def lines(*pages: Page) -> list[str]:
    return [block.text for block in blocks_of(pages) if isinstance(block, Line)]


def table(*pages: Page) -> list[list[str]]:
    """Return the texts of the one table, row by row."""
    [only] = [block for block in blocks_of(pages) if isinstance(block, Table)]
    height = max(cell.row for cell in only.cells) + 1
    return [[cell.text for cell in only.cells if cell.row == row] for row in range(height)]


def doubts(*pages: Page) -> dict[str, str]:
    found = [cell for block in blocks_of(pages) if isinstance(block, Table) for cell in block.cells]
    return {cell.text: cell.doubt for cell in found if cell.doubt}


def test_lines_make_paragraphs_over_lines_and_pages() -> None:
    first = page(
        text("政府信息公开年度报告", 250, 100, 16),
        text(LONG[2:], 120, 140),
        text(LONG, 100, 160),
        text("到此为止。", 100, 180),
        text("另一段的开头" + LONG[8:], 120, 200),
        text("— 1 —", 290, 780),
    )
    second = page(text("接着上一页。", 100, 80), text("第三段。", 120, 100), text("— 2 —", 290, 780), number=2)
    assert lines(first, second) == [
        "政府信息公开年度报告",
        LONG[2:] + LONG + "到此为止。",
        "另一段的开头" + LONG[8:] + "接着上一页。",
        "第三段。",
    ]


def test_running_titles_and_page_numbers_are_left_out() -> None:
    pages = [
        page(
            text("某镇年报", 250, 40),
            text(LONG[2:], 120, 300),
            text("完。", 100, 320),
            text(f"第 {n} 页 共 3 页", 280, 780),
            number=n,
        )
        for n in (1, 2, 3)
    ]
    assert lines(*pages) == [LONG[2:] + "完。"] * 3


def test_spaces_are_read_only_where_words_are_apart() -> None:
    stretched = text("邮编：", 100, 100, step=1.5) + text("223100", 160, 100)
    assert lines(page(stretched, text("Open", 100, 300), text("Data", 124, 300))) == ["邮编：223100", "Open Data"]


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [("⼀", "一"), ("⺠", "民"), ("豈", "豈"), ("\u00a0", " "), ("\u200b", ""), ("1", "1"), ("１", "１"), (None, "�")],
)
def test_characters_are_what_is_meant_by_their_shape(drawn: str | None, meant: str) -> None:
    assert _clean(drawn) == meant


@pytest.mark.parametrize("gap", [0.0, 2.0])
@given(seed=st.integers(0, 10**6))
def test_any_grid_with_merges_is_found_again(gap: float, seed: int) -> None:
    random = Random(seed)
    xs = [100 + 40 * n for n in range(random.randint(3, 8))]
    ys = [100 + 20 * n for n in range(random.randint(2, 8))]
    boxes = merged(random, len(ys) - 1, len(xs) - 1)
    rules = [rule for box in boxes for rule in sides(box, xs, ys, gap)]
    random.shuffle(rules)
    grids = find_grids(rules)
    outer = {(row, column) for row, column, *_ in boxes}
    seen = [(box.row, box.column, box.rows, box.columns) for grid in grids for box in grid.boxes]
    used = ({c for _, c, _, w in boxes} | {c + w for _, c, _, w in boxes}, {r for r, *_ in boxes})
    if len(used[0]) == len(xs) and len(used[1]) == len(ys) - 1:
        assert sorted(seen) == sorted(boxes)
    else:  # a border that no cell has cannot be known
        assert len(seen) == len(outer) or not seen


def merged(random: Random, height: int, width: int) -> list[tuple[int, int, int, int]]:
    """Return cells as (row, column, rows, columns) that fill a grid."""
    free = {(row, column) for row in range(height) for column in range(width)}
    boxes = []
    while free:
        row, column = min(free)
        rows, columns = random.choice((1, 1, 1, 2, 3)), random.choice((1, 1, 1, 2, 3))
        while not {(r, c) for r in range(row, row + rows) for c in range(column, column + columns)} <= free:
            rows, columns = max(1, rows - 1), max(1, columns - 1)
        boxes.append((row, column, rows, columns))
        free -= {(r, c) for r in range(row, row + rows) for c in range(column, column + columns)}
    return boxes


def sides(box: tuple[int, int, int, int], xs: Sequence[float], ys: Sequence[float], gap: float) -> list[Rule]:
    """Return the four sides of a cell, drawn a little inside of it where cells stand apart."""
    row, column, rows, columns = box
    left, right = xs[column] + gap / 2, xs[column + columns] - gap / 2
    top, bottom = ys[row] + gap / 2, ys[row + rows] - gap / 2
    across = [Rule(True, y, left, right) for y in (top, bottom)]
    return across + [Rule(False, x, top, bottom) for x in (left, right)]


def filled(number: str, step: float = 1.0) -> Page:
    """Return a page with a table that has ``number`` in one of its cells."""
    words = [text("规章", 110, 120), text("0", 265, 120), text("12", 310, 120), text("处罚", 110, 150)]
    return page(*words, text(number, 255, 150, step=step), text("7", 310, 150), rules=lattice(XS, YS[:3]))


def test_a_number_in_a_drawn_cell_is_one_number() -> None:
    assert table(filled("4119")) == [["规章", "0", "12"], ["处罚", "4119", "7"]]
    assert doubts(filled("4119")) == {}


def test_digits_that_stand_apart_are_not_taken_for_one_number() -> None:
    assert doubts(filled("10", step=2.5)) == {"1 0": "数字之间有空当：1 0"}


def test_a_number_across_a_border_belongs_to_neither_cell() -> None:
    assert set(doubts(filled("123456789012"))) == {"123456789", "0127"}


def test_a_number_broken_over_two_lines_is_doubtful() -> None:
    broken = page(
        text("规章", 110, 120),
        text("77", 265, 115),
        text("30", 265, 126),
        text("1", 310, 120),
        rules=lattice(XS, YS[:3]),
    )
    assert doubts(broken) == {"77\n30": "数字分在 2 行：77／30"}


@pytest.mark.parametrize(("upper", "lower", "read"), [("1234567", "89", True), ("123456", "789", False)])
def test_digits_go_on_in_the_next_line_only_where_the_first_is_full(upper: str, lower: str, read: bool) -> None:
    """A column of 40 points with 2 on either side has room for seven digits of 5 points."""
    words = (*text("规章", 102, 120), *text("数", 252, 120), *text("规章", 102, 150))
    narrow = page(words, text(upper, 252, 142), text(lower, 252, 153), rules=lattice((100, 250, 290), YS[:3]))
    assert table(narrow)[1][1] == (upper + lower if read else f"{upper}\n{lower}")
    assert bool(doubts(narrow)) is not read


def test_a_row_cut_by_the_end_of_the_page_leaves_the_cells_above_it_whole() -> None:
    """Below the last row a strip without upright borders is left, and it is open to the tall cell on the left."""
    xs, ys, strip = (100, 200, 250, 300), (100, 130, 160), 166
    rules = [
        Rule(True, 100, 100, 300),
        Rule(True, 130, 200, 300),
        Rule(True, 160, 200, 300),
        Rule(True, strip, 100, 300),
        *(Rule(False, x, ys[0], ys[-1]) for x in xs),
        Rule(False, 100, 160, strip),
        Rule(False, 300, 160, strip),
    ]
    numbers = [
        text(number, x, y) for number, x, y in (("1", 220, 120), ("2", 270, 120), ("3", 220, 150), ("4", 270, 150))
    ]
    assert table(page(text("结果", 110, 130), *numbers, rules=rules))[:2] == [["结果", "1", "2"], ["3", "4"]]


def test_a_table_goes_on_on_the_next_page_without_its_repeated_heading() -> None:
    head = [text("内容", 110, 120), text("件数", 255, 120), text("金额", 310, 120)]
    first = page(*head, text("规章", 110, 150), text("1", 260, 150), text("2", 310, 150), rules=lattice(XS, YS[:3]))
    rest = [text("处罚", 110, 150), text("3", 260, 150), text("4", 310, 150)]
    second = page(*head, *rest, rules=lattice(XS, YS[:3]), number=2)
    assert table(first, second) == [["内容", "件数", "金额"], ["规章", "1", "2"], ["处罚", "3", "4"]]


@pytest.mark.parametrize("figures_first", [True, False])
def test_a_row_that_the_page_cuts_is_put_together(figures_first: bool) -> None:
    figures = [text("5", 260, 120), text("6", 310, 120)]
    first = page(text("行政事业", 110, 120), *(figures if figures_first else ()), rules=lattice(XS, YS[:2]))
    second = page(text("性收费", 110, 120), *(() if figures_first else figures), rules=lattice(XS, YS[:2]), number=2)
    assert table(first, second) == [["行政事业\n性收费", "5", "6"]]


def test_blank_rows_at_the_end_of_a_page_keep_their_own_labels() -> None:
    first = page(text("1.规章", 110, 120), rules=lattice(XS, YS[:2]))
    second = page(
        text("2.处罚", 110, 120), text("3", 260, 120), text("4", 310, 120), rules=lattice(XS, YS[:2]), number=2
    )
    assert table(first, second) == [["1.规章", "", ""], ["2.处罚", "3", "4"]]


def test_a_table_without_borders_is_read_by_its_columns() -> None:
    rows = [
        (*text("件数", 300, 100), *text("金额", 400, 100)),
        (*text("一、本年新收", 100, 125), *text("10", 305, 125), *text("3", 408, 125)),
        text("二、很长的名称要", 100, 144),
        (*text("0", 308, 150), *text("125", 402, 150)),
        text("分成两行", 100, 156),
        (*text("总计", 100, 175), *text("10", 305, 175), *text("128", 402, 175)),
    ]
    assert table(page(*rows)) == [
        ["件数", "金额"],
        ["一、本年新收", "10", "3"],
        ["二、很长的名称要\n分成两行", "0", "125"],
        ["总计", "10", "128"],
    ]


def test_figures_that_share_a_column_are_doubtful() -> None:
    rows = [(*text("甲", 100, y), *text("10", 300, y), *text("3", 400, y), *text("8", 500, y)) for y in (100, 130, 160)]
    spaced = (*text("乙", 100, 190), *text("10", 297, 190, step=2.2), *text("3", 400, 190), *text("8", 500, 190))
    assert doubts(page(*rows, spaced)) == {"1 0": "同一列里有几个隔开的数字，分不清是几个数"}


def test_headings_over_several_columns_are_told_by_their_middle() -> None:
    columns = range(5)
    head = (*text("复议", 190, 100), *text("诉讼", 315, 100))
    below = tuple(glyph for n in columns for glyph in text("结果", 140 + 50 * n, 120))
    row = tuple(glyph for n in columns for glyph in text("0", 148 + 50 * n, 145))
    [only] = [block for block in blocks_of([page(head, below, row)]) if isinstance(block, Table)]
    spans = {cell.text: (cell.column, cell.columns) for cell in only.cells if cell.row == 0}
    assert spans == {"复议": (0, 3), "诉讼": (3, 2)}


def test_a_frame_around_text_is_no_table() -> None:
    framed = page(text(LONG, 100, 300), rules=lattice((90, 510), (280, 320)))
    assert lines(framed) == [LONG]
