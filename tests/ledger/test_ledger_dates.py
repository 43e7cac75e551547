from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.ledger.dates import is_usual, read_date
from xxgk.workbook.reading.dates import serial

DAY = date(2023, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2023-03-05",
            "2023-3-5",
            "2023/3/5",
            "2023.3.5",
            "2023.03.05.",
            "20230305",
            "２０２３．３．５",
            " 2023-3-5 ",
        ),
        *("2023年3月5日", "2023年03月05日", "2023 年 3 月 5 日", "2023年3月5号", "2023年3月5"),
        *("2023-03-05 14:30", "2023-03-05T14:30:00", "2023/3/5 9:05:01", "44990", "44990.5"),
    ],
)
def test_one_day_in_many_forms(text: str) -> None:
    assert read_date(text, date1904=False) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23.3.5",
        "3/5/2023",
        "5.3.2023",
        "2023.3",
        "2023-02-30",
        "2023年13月1日",
        "三月五日",
        "12345678",
        "100",
        "2023-3-5至3-9",
    ],
)
def test_no_day_is_guessed(text: str) -> None:
    assert read_date(text, date1904=False) is None


@given(st.dates(date(2008, 5, 1), date(2060, 1, 1)), st.booleans())
def test_day_numbers(day: date, date1904: bool) -> None:
    assert read_date(float(serial(day, date1904)), date1904) == day
    assert read_date(day.isoformat(), date1904) == day


def test_what_every_program_takes_for_a_date_is_not_told() -> None:
    assert all(map(is_usual, (44990.0, "2023-03-05", "2023/3/5")))
    assert not any(map(is_usual, ("2023.3.5", "2023年3月5日", "20230305", "44990")))
