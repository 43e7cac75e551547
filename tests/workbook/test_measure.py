"""Row heights: enough for the text, in whole lines."""

from __future__ import annotations

import pytest

from xxgk.workbook.measure import (
    EMPTY_PARAGRAPH,
    HIGHEST,
    height_of,
    line_count,
    paragraph_height,
    text_width,
)


def test_chinese_is_about_twice_as_wide_as_latin() -> None:
    assert text_width("信息公开，“三安全”") == 10
    assert text_width("abcd") < text_width("信息公") < text_width("abcdefgh")


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("一", 1), ("一\n二", 2), ("公" * 30, 4), ("公" * 30 + "\n公", 5)]
)
def test_lines(text: str, lines: int) -> None:
    # 20 units are room for 9 characters of 11 points, 8 when the line wraps.
    assert line_count(text, 20.0, 11.0) == lines


def test_a_wider_column_or_a_smaller_font_needs_fewer_lines() -> None:
    text = "政府信息公开工作年度报告" * 6
    assert line_count(text, 40.0, 11.0) < line_count(text, 20.0, 11.0)
    assert line_count(text, 20.0, 9.0) < line_count(text, 20.0, 14.0)


def test_heights_grow_with_lines_up_to_what_programs_allow() -> None:
    assert height_of(1, 11.0) < height_of(2, 11.0) < height_of(2, 14.0)
    assert height_of(1000, 11.0) == HIGHEST


def test_a_paragraph_is_never_lower_than_an_empty_row() -> None:
    assert paragraph_height("") == EMPTY_PARAGRAPH
    assert paragraph_height("年" * 45) > paragraph_height("年" * 5) >= EMPTY_PARAGRAPH
