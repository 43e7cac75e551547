"""Years and dates as typed and as stored."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.workbook.reading.dates import read_date, read_year, serial
from xxgk.xlsx.cells import Content, Holds


def text(value: str) -> Content:
    return Content(Holds.TEXT, value, "")


def number(value: str) -> Content:
    return Content(Holds.NUMBER, value, "")


YEARS = [number("2023"), number("2023.0"), *map(text, ("2023", "２０２３", " 2023年 ", "2023 年度"))]
NO_YEARS = [
    *map(number, ("1999", "2101", "2023.5", "45291", "1e400")),
    *map(text, ("二〇二三年", "23", "2023-2024", "2023年1月", "２０２３年年", "20 23", "٢٠٢٣", "")),
    Content(Holds.BOOLEAN, "TRUE", ""),
]


YEARS = [number("2023"), number("2023.0"), *map(text, ("2023", "２０２３", " 2023年 ", "2023 年度"))]
NO_YEARS = [
    *map(number, ("1999", "2101", "2023.5", "45291", "1e400")),
    *map(text, ("二〇二三年", "23", "2023-2024", "2023年1月", "２０２３年年", "20 23", "٢٠٢٣", "")),
    Content(Holds.BOOLEAN, "TRUE", ""),
]


@pytest.mark.parametrize("content", YEARS)
def test_a_year(content: Content) -> None:
    assert read_year(content) == 2023


@pytest.mark.parametrize("content", NO_YEARS)
def test_no_year(content: Content) -> None:
    assert read_year(content) is None


@pytest.mark.parametrize(
    "typed",
    [
        "2024-1-23",
        "2024-01-23",
        "2024/1/23",
        "2024.1.23",
        "2024年1月23日",
        "2024 年 1 月 23 日",
        "２０２４年１月２３日",
        "　2024－1－23 ",
        "2024-01-23T00:00:00",
    ],
)
def test_a_typed_date(typed: str) -> None:
    assert read_date(text(typed), date1904=False) == date(2024, 1, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-2-30",
        "2024-13-1",
        "2024-1/23",
        "24-1-23",
        "1-23-2024",
        "2024年1月",
        "二〇二四年一月二十三日",
        "20240123",
        "2024-1-2 3",
        "1924-1-23",
        "",
    ],
)
def test_no_typed_date(typed: str) -> None:
    assert read_date(text(typed), date1904=False) is None


@pytest.mark.parametrize("stored", ["20240123", "0", "-5", "1e400", "x", "36525", "999999"])
def test_no_stored_date(stored: str) -> None:
    assert read_date(number(stored), date1904=False) is None


def test_stored_dates_of_both_calendars() -> None:
    # 45314 is what Excel stores for 2024-01-23; 1,462 days less in the 1904 calendar.
    assert read_date(number("45314"), date1904=False) == date(2024, 1, 23)
    assert read_date(number("43852"), date1904=True) == date(2024, 1, 23)
    assert read_date(number("45314.75"), date1904=False) == date(2024, 1, 23)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.booleans())
def test_stored_dates_come_back(day: date, date1904: bool) -> None:
    assert read_date(number(str(serial(day, date1904))), date1904) == day
