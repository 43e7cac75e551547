"""Texts that stand for numbers: understood exactly or reported, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.report import Number, Reading
from xxgk.workbook.reading.numbers import read_number, stored_number

from support.workbooks import decimal

UNDERSTOOD = [
    ("12", 12),
    ("0", 0),
    ("-3", -3),
    ("－３", -3),
    ("−3", -3),
    ("１２", 12),
    ("1２", 12),
    ("　0 ", 0),
    ("\u200b12\ufeff", 12),
    ("\xa012\u2003\n", 12),
    ("012", 12),
    ("12.50", decimal("12.5")),
    ("１２．５", decimal("12.5")),
    ("12.0", 12),
    ("3,024", 3024),
    ("３，０２４", 3024),
    ("1,234,567.5", decimal("1234567.5")),
    ("999999999999999", 999999999999999),
]
BLANK = ["", " ", "\u3000\xa0\u200b\n"]
PLACEHOLDERS = ["/", "／", "—", "——", "－", "-", "–", "--", "无", " 无 ", "不适用", "N/A", "n/a", "Ｎ／Ａ"]
ANNOTATED = [
    ("22（其中修订16件）", 22, "其中修订16件"),
    ("22(其中修订16件)", 22, "其中修订16件"),
    ("２２ （ 其中修订16件 ） ", 22, "其中修订16件"),
    ("12件", 12, ""),
    ("12 件", 12, ""),
    ("12件（含上年）", 12, "含上年"),
    ("3,024件", 3024, ""),
    ("5（换行\n说明）", 5, "换行\n说明"),
    ("5（全角１２字母Ａ）", 5, "全角１２字母Ａ"),
]
UNREADABLE = [
    "1O",
    "l2",
    "十二",
    "1 2",
    "12 34",
    "1\u200b2",
    "٣",
    "१२",
    "²",
    "12²",
    "①",
    "½",
    "1/2",
    "𝟏",
    "Ⅻ",
    "1e3",
    "0x10",
    "1_000",
    "1,23",
    "12,34",
    "1234,567",
    "0,123",
    "1，2，3",
    "1、2",
    "12.",
    ".5",
    "1.2.3",
    "1.234,5",
    "+5",
    "--5",
    "5-",
    "(5)",
    "（5）",
    "约20",
    "20左右",
    "20多件",
    "12元",
    "12万件",
    "22（3）",
    "22（）",
    "22（其中）3",
    "22（其中3）（另4）",
    "22（其中",
    "22）",
    "22其中修订16件",
    "inf",
    "NaN",
    "1e400",
    "1000000000000000",
    "0.1234567890123456",
    "\u202e12",
    "=1+1",
    "无数",
    "----",
    "12;",
    "'12",
]


@pytest.mark.parametrize(("text", "value"), UNDERSTOOD)
def test_digits_typed_as_text(text: str, value: Number) -> None:
    figure = read_number(text, "件")
    assert figure is not None
    assert (figure.value, figure.note, figure.reading, figure.seen) == (value, "", Reading.TEXT_NUMBER, text)
    assert type(figure.value) is type(value)


@pytest.mark.parametrize("text", BLANK)
def test_blanks_are_not_filled_in(text: str) -> None:
    assert read_number(text, "件") is None


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_signs_instead_of_numbers(text: str) -> None:
    figure = read_number(text, "件")
    assert figure is not None
    assert (figure.value, figure.note, figure.reading, figure.seen) == (None, "", Reading.PLACEHOLDER, text)


@pytest.mark.parametrize(("text", "value", "note"), ANNOTATED)
def test_a_number_with_a_remark(text: str, value: Number, note: str) -> None:
    figure = read_number(text, "件")
    assert figure is not None
    assert (figure.value, figure.note, figure.reading, figure.seen) == (value, note, Reading.ANNOTATED, text)


@pytest.mark.parametrize("text", UNREADABLE)
def test_anything_else_is_not_guessed(text: str) -> None:
    figure = read_number(text, "件")
    assert figure is not None
    assert (figure.value, figure.note, figure.reading, figure.seen) == (None, "", Reading.UNREADABLE, text)


def test_the_unit_must_be_the_columns_own() -> None:
    for text, unit, value in (("7.5万元", "万元", decimal("7.5")), ("75000元", "万元", None), ("7.5万", "万元", None)):
        figure = read_number(text, unit)
        assert figure is not None
        assert figure.value == value


SOUP = st.text(st.sampled_from("0123456789０９٣²①,，.．-－ 　\u200b()（）件元万无其中/eE+xO十"), max_size=12)
DIGIT_RUNS = re.compile(r"\d+")


@given(st.one_of(SOUP, st.text()))
def test_it_never_raises_and_never_makes_up_digits(text: str) -> None:
    figure = read_number(text, "件")
    if figure is None or figure.value is None:
        return
    # The digits of the value are the first digits of the text, in order, with nothing between but grouping.
    ascii_text = text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    typed = re.match(r"[^0-9]*([0-9][0-9,]*(?:\.[0-9]+)?)", ascii_text)
    assert typed is not None
    assert Decimal(typed[1].replace(",", "")) == abs(figure.value)
    # What follows is a remark in brackets or the unit, never more digits.
    assert not re.match(r"[^(]*[0-9]", ascii_text[typed.end() :])


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(("{}", " {} ", "　{}", "{:,}")))
def test_every_whole_number_is_understood(value: int, shape: str) -> None:
    figure = read_number(shape.format(value))
    assert figure is not None
    assert (figure.value, figure.reading) == (value, Reading.TEXT_NUMBER)


STORED = [
    ("12", 12),
    ("12.0", 12),
    ("-5", -5),
    ("7730.2799999999997", decimal("7730.28")),
    ("0.30000000000000004", decimal("0.3")),
    ("1E3", 1000),
    ("1.5e-3", decimal("0.0015")),
    ("999999999999999", 999999999999999),
    ("1E+15", None),
    ("1000000000000000", None),
    ("1e400", None),
    ("-1e400", None),
    ("inf", None),
    ("nan", None),
    ("1_000", None),
    ("１２", None),
    ("", None),
    ("12 ", None),
]


@pytest.mark.parametrize(("text", "value"), STORED)
def test_numbers_as_files_store_them(text: str, value: Number | None) -> None:
    assert stored_number(text) == value
    assert type(stored_number(text)) is type(value)


@given(st.decimals(0, 10**9, places=6))
def test_a_typed_decimal_survives_its_binary_form(value: Decimal) -> None:
    assert stored_number(repr(float(value))) == value
