"""What is said of rows: which row, column and number, and never who applied."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xxgk.checks.finding import ERROR, INFO, WARNING
from xxgk.ledger.period import PERIOD, clock_of, used_days
from xxgk.ledger.plan import KEPT
from xxgk.ledger.workdays import load_workdays

from support.ledgers import CAPTIONS, CASES, PLAN, RESULTS, Row, count_rows, row

NAME = "赵钱孙"
DISCLOSED = next(iter(RESULTS.values()))


def texts(folder: Path, *rows: Row, severity: str = "", year: int = 2023) -> list[str]:
    notes = count_rows(folder, rows, year).notes
    assert not any(NAME in note.text for note in notes)
    return [note.text for note in notes if note.severity == severity or not severity]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"received": ""}, ["收到日期", "没有填"]),
        ({"received": "上周三"}, ["收到日期", "看不出是哪一天"]),
        ({"received": "2032-03-05"}, ["收到日期", "请核对年份"]),
        ({"applicant": ""}, ["申请人类别", "没有填"]),
        ({"applicant": "自燃人"}, ["申请人类别", "不认识“自燃人”", "自然人"]),
        ({"outcome": ""}, ["处理结果", "没有填结果"]),
        ({"outcome": "属于国家密秘"}, ["处理结果", "属于国家密秘", RESULTS["withheld.secret"]]),
        ({"answered": ""}, ["答复日期", "没有填日期"]),
        ({"answered": "2023-03-01"}, ["答复日期", "还早"]),
        ({"suit_kind": "再审", "suit_filed": "2023-05-01"}, ["行政诉讼类型", "不认识"]),
        ({"review_outcome": CASES["upheld"], "review_filed": "2022-12-01", "received": "2022-11-20"}, ["审结日期"]),
        ({"review_decided": "2023-06-01", "review_filed": "2023-05-01"}, ["行政复议结果", "没有填结果"]),
        ({"suit_decided": "2023-06-01", "suit_filed": "2023-07-01", "suit_outcome": CASES["upheld"]}, ["还早"]),
    ],
)
def test_an_error_says_row_column_and_number(wrong: dict[str, object], words: list[str], tmp_path: Path) -> None:
    good = row("2023-001", answered=date(2023, 3, 20))
    bad = {**row("2023-007", answered=date(2023, 3, 20)), **wrong}
    found = texts(tmp_path, good, bad, severity=ERROR)
    assert len(found) == 1
    assert found[0].startswith("第 3 行")
    assert "2023-007" in found[0]
    assert all(word in found[0] for word in words), found[0]


@pytest.mark.parametrize(
    "column_id", [column.id for column in PLAN.columns if column.use != KEPT and column.id != "number"]
)
def test_a_name_in_the_wrong_column_is_not_printed(column_id: str, tmp_path: Path) -> None:
    found = texts(tmp_path, row(**{column_id: NAME}), row("2"))  # type: ignore[arg-type]
    assert any(text.startswith(f"第 2 行“{CAPTIONS[column_id]}”（申请编号 1）：") for text in found)


def test_a_denial_is_not_taken_for_the_opposite(tmp_path: Path) -> None:
    (text,) = texts(tmp_path, row(answered=date(2023, 3, 20), outcome="不予提供"), severity=ERROR)
    assert DISCLOSED not in text


def test_a_number_that_two_applications_have(tmp_path: Path) -> None:
    rows = [row("1"), row("2"), row("1"), row("1", received=date(2022, 12, 30))]
    found = [text for text in texts(tmp_path, *rows, severity=WARNING) if "编号 1 有" in text]
    assert len(found) == 1
    assert "第 2 行、第 4 行" in found[0]  # numbers begin anew each year


def test_dates_as_text_are_read_and_told_once(tmp_path: Path) -> None:
    found = texts(tmp_path, row("1", received="2023.3.5"), row("2", received="44990"), severity=INFO)
    assert [text for text in found if "第 2 行、第 3 行" in text and "读懂" in text]


def test_a_year_that_has_nothing_to_do_with_a_row_says_nothing_of_it(tmp_path: Path) -> None:
    old = row("9", received=date(2019, 5, 5), answered=date(2019, 12, 1), outcome="什么也不是")
    assert not [text for text in texts(tmp_path, old, row("1", answered=date(2023, 3, 20))) if "第 2 行" in text]


# ------------------------------------------------------------------ the period


def overdue(folder: Path, **filled: object) -> list[str]:
    return [text for text in texts(folder, row(**filled), severity=WARNING) if "工作日" in text]  # type: ignore[arg-type]


# 28 working days lie between 6 March and 14 April 2023: 清明 on 5 April is one day off.
MARCH = date(2023, 3, 6)


def test_twenty_working_days(tmp_path: Path) -> None:
    last = date(2023, 4, 3)
    assert load_workdays().between(MARCH, last) == PERIOD
    assert not overdue(tmp_path, received=MARCH, answered=last)
    (text,) = overdue(tmp_path, received=MARCH, answered=date(2023, 4, 4))
    assert "用了 21 个工作日，超过 20 个工作日" in text


@pytest.mark.parametrize(
    "more",
    [
        {"extended": "是"},
        {"correction_sent": date(2023, 3, 10), "correction_received": date(2023, 3, 20)},
        {"correction_sent": date(2023, 3, 10)},
        {"consulted": date(2023, 3, 8), "consulted_until": date(2023, 3, 28)},
        {"fee_notice": date(2023, 3, 15), "fee_paid": date(2023, 3, 30)},
    ],
)
def test_what_gives_more_time(more: dict[str, object], tmp_path: Path) -> None:
    assert overdue(tmp_path, received=MARCH, answered=date(2023, 4, 14))
    assert not overdue(tmp_path, received=MARCH, answered=date(2023, 4, 14), **more)


def test_even_extended_it_ends(tmp_path: Path) -> None:
    (text,) = overdue(tmp_path, received=MARCH, answered=date(2023, 5, 15), extended="是")
    assert "超过 40 个工作日（已延期）" in text


def test_open_at_the_end_of_the_year(tmp_path: Path) -> None:
    (text,) = overdue(tmp_path, received=date(2023, 11, 1))
    assert "到 2023-12-31 还没有答复" in text
    assert not overdue(tmp_path, received=date(2023, 12, 15))


def test_a_year_without_holidays_cannot_be_judged(tmp_path: Path) -> None:
    rows = [row("1", received=date(2018, 12, 1), answered=date(2019, 6, 1))]
    assert not [text for text in texts(tmp_path, *rows, year=2019, severity=WARNING) if "工作日" in text]
    (text,) = [text for text in texts(tmp_path, *rows, year=2019, severity=INFO) if "不能判断" in text]
    assert "2018 年" in text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(received=st.dates(date(2022, 6, 1), date(2023, 12, 31)), taken=st.integers(0, 120), late=st.integers(0, 40))
def test_days_used_against_a_walk_through_the_calendar(received: date, taken: int, late: int, tmp_path: Path) -> None:
    answered, days = received + timedelta(days=taken), load_workdays()
    filled = row("1", received=received, answered=answered, correction_sent=received)
    filled = {**filled, "correction_received": min(received + timedelta(days=late), answered)}
    tally = count_rows(tmp_path, [filled, row("2")]).tally
    entry = next((one for one in tally.concerned if one.number == "1"), None)
    clock = clock_of(entry, 2023) if entry else None
    if clock is None:
        return
    walked, day = 0, clock.start
    while day < clock.end:
        day += timedelta(days=1)
        walked += days.between(day - timedelta(days=1), day)
    assert used_days(clock, days) == walked
    assert clock.start == filled["correction_received"]


def test_a_ledger_without_any_application_is_pointed_out(tmp_path: Path) -> None:
    (empty,) = texts(tmp_path, severity=WARNING)
    assert "一件申请也没有" in empty
    assert not texts(tmp_path, row("1", answered=date(2023, 3, 8)), severity=WARNING)
