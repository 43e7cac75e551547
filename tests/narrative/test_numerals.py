"""Numbers in Chinese text, read and written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.narrative.numerals import (
    LARGEST,
    Numeral,
    find_numerals,
    write_digits,
    write_number,
)
from xxgk.report import Number


def value_of(text: str) -> Number | None:
    numeral = parse_numeral(text)
    return None if numeral is None or numeral.percent else numeral.value


def parse_numeral(text: str) -> Numeral | None:
    """Return the number that all of ``text`` is, or None."""
    found = list(find_numerals(text))
    return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("126", 126),
        ("1,234", 1234),
        ("１２６", 126),
        ("１，２３４", 1234),
        ("12.5", Decimal("12.5")),
        ("1.2万", 12000),
        ("3千", 3000),
        ("1万2千", 12000),
        ("１万２千３百", 12300),
        ("3万5000", 35000),
        ("1亿2000万", 120000000),
        ("一百二十六", 126),
        ("两千零五", 2005),
        ("一百二", 120),
        ("一百十五", 115),
        ("一千零十", 1010),
        ("十五", 15),
        ("二〇二三", 2023),
        ("一万二", 12000),
        ("一万零二", 10002),
        ("二十五万三千", 253000),
        ("壹佰贰拾", 120),
        ("三点五", Decimal("3.5")),
        ("零", 0),
    ],
)
def test_reads_every_customary_writing(text: str, value: object) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize("text", ["百分之四十", "百分之40", "40%", "４０％", "40.0%"])
def test_a_percentage_is_no_plain_number(text: str) -> None:
    numeral = parse_numeral(text)
    assert numeral is not None
    assert (numeral.value, numeral.percent) == (40, True)
    assert value_of(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "三四", "七八百", "百", "万", "十百", "一百百", "零百", "第一", "1 2", "1万2", "2千1万", "两三", "万万"],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize("text", ["9" * 5000, "万" * 5000, "一" * 5000, "一万" * 3000])
def test_an_endless_number_is_none(text: str) -> None:
    assert parse_numeral(text) is None


def test_finds_numbers_with_their_places() -> None:
    text = "收到126件，同比增长百分之四十；其中十五件，占11.9%。"
    found = [(text[n.start : n.end], n.value, n.percent) for n in find_numerals(text)]
    assert found == [
        ("126", 126, False),
        ("百分之四十", 40, True),
        ("十五", 15, False),
        ("11.9%", Decimal("11.9"), True),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "零"),
        (12, "十二"),
        (115, "一百一十五"),
        (2005, "两千零五"),
        (10010, "一万零一十"),
        (200000000, "两亿"),
        (-3, "负三"),
    ],
)
def test_writes_as_people_do(value: int, text: str) -> None:
    assert write_number(value) == text


@given(st.integers(0, LARGEST))
def test_a_written_number_is_read_back(value: int) -> None:
    assert value_of(write_number(value)) == value


@given(st.decimals(0, 10**9, places=3))
def test_a_written_decimal_and_percentage_are_read_back(value: Decimal) -> None:
    assert value_of(write_number(value)) == value
    numeral = parse_numeral(f"百分之{write_number(value)}")
    assert numeral is not None
    assert (numeral.value, numeral.percent) == (value, True)


@given(st.integers(100, 10**15))
def test_digits_sign_by_sign_are_read_back(value: int) -> None:
    assert value_of(write_digits(str(value))) == value


@given(st.integers(0, 10**15))
def test_arabic_writings_agree(value: int) -> None:
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    for text in (str(value), f"{value:,}", str(value).translate(wide), f"{value:,}".translate(wide)):
        assert value_of(text) == value


@given(st.text(alphabet="零〇一二两三十百千万亿点分之0123,.，%％", max_size=60))
def test_whatever_is_found_stands_where_it_says(text: str) -> None:
    end = 0
    for numeral in find_numerals(text):
        assert end <= numeral.start < numeral.end <= len(text)
        assert parse_numeral(text[numeral.start : numeral.end]) is not None
        end = numeral.end


def test_refuses_what_it_cannot_write() -> None:
    with pytest.raises(ValueError, match="numeral"):
        write_number(LARGEST + 1)
