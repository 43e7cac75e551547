from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.ledger.workdays import load_workdays

DAYS = load_workdays()
COVERED = st.dates(date(DAYS.first, 1, 1), date(DAYS.last, 12, 31))


def works(day: date) -> bool:
    return DAYS.between(day - timedelta(days=1), day) == 1


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 4, 23), True),  # a working Sunday
        (date(2023, 5, 6), True),  # a working Saturday
        (date(2023, 4, 22), False),
        (date(2023, 9, 28), True),
        (date(2023, 9, 29), False),
        (date(2023, 10, 6), False),
        (date(2023, 10, 7), True),
        (date(2020, 1, 31), False),  # 春节 was extended
        (date(2020, 2, 1), False),
        (date(2020, 2, 3), True),
        (date(2019, 5, 3), False),  # 五一 was changed
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
    ],
)
def test_days_that_the_notices_name(day: date, expected: bool) -> None:
    assert works(day) is expected


# Weekdays off and weekend days on cancel out, so that a year has some 250 working days, as the notices say of it.
@pytest.mark.parametrize(
    ("year", "count"),
    [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_working_days_of_a_year(year: int, count: int) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    assert DAYS.between(first, last) + (works(first) if year > DAYS.first else 0) == count


@given(COVERED, COVERED, COVERED)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    a, b, c = sorted((a, b, c))
    assert DAYS.between(a, b) + DAYS.between(b, c) == DAYS.between(a, c)
    assert 0 <= DAYS.between(a, b) <= (b - a).days


def test_a_year_without_data_is_not_guessed() -> None:
    assert not DAYS.covers(date(DAYS.last, 12, 1), date(DAYS.last + 1, 1, 5))
    with pytest.raises(ValueError, match="no holidays known"):
        DAYS.between(date(DAYS.last, 12, 1), date(DAYS.last + 1, 1, 5))
