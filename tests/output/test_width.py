"""Widths and line breaks of Chinese text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.output.width import display_width, pad, wrap

TEXT = st.text(alphabet=st.sampled_from("政府信息公开，。；：“”（）《》 abcXYZ019.-+/é　"), max_size=120)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("政务", 4),
        ("表A1", 4),
        ("（一）", 6),
        ("１２", 4),
        ("e\u0301", 1),
        ("\u200b", 0),
        ("“”", 4),
    ],
)
def test_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_pad_fills_columns_not_characters() -> None:
    assert [display_width(pad(text, 8)) for text in ("", "D7", "政务", "AA10")] == [8, 8, 8, 8]
    assert pad("政府信息", 4) == "政府信息"


@given(TEXT, st.integers(2, 60))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    assert max(map(display_width, lines)) <= width
    bare = "".join(text.split())
    assert "".join("".join(lines).split()) == bare


@given(TEXT)
def test_what_fits_stays_on_one_line(text: str) -> None:
    assert wrap(text, max(display_width(text), 2)) == (text.rstrip(),)


def test_numbers_words_and_punctuation_stay_together() -> None:
    assert wrap("本年新收共 1200 件", 12) == ("本年新收共", "1200 件")
    assert wrap("本年新收，上年结转", 8) == ("本年新", "收，上年", "结转")
    assert wrap("依据《条例》", 6) == ("依据", "《条", "例》")
    assert wrap("abcdefghij", 4) == ("abcd", "efgh", "ij")
