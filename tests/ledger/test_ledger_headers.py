from __future__ import annotations

import pytest

from xxgk.ledger.headers import find_header, guess_header, names_of
from xxgk.ledger.tables import Sheet

from support.ledgers import CAPTIONS, PLAN

NAMES = names_of(PLAN, {})


def sheet(*lines: str) -> Sheet:
    rows = {}
    for number, line in enumerate(lines, 1):
        cells = {column: text for column, text in enumerate(line.split(","), 1) if text}
        if cells:
            rows[number] = cells
    return Sheet("台账", rows)


def columns(*lines: str) -> dict[str, int]:
    header = find_header(sheet(*lines), NAMES)
    assert header is not None
    return dict(header.columns)


def test_our_own_captions() -> None:
    assert columns(",".join(CAPTIONS.values())) == {name: n for n, name in enumerate(CAPTIONS, 1)}


@pytest.mark.parametrize(
    "line", ["收到 日期,*申请人类型：,答复时间（必填）,办理结果", "受理日期,申请人性质,办结日期,答复类型"]
)
def test_other_names_spaces_stars_and_remarks(line: str) -> None:
    assert columns("某局台账", "", line) == {"received": 1, "applicant": 2, "answered": 3, "outcome": 4}


def test_two_rows_of_captions() -> None:
    found = columns(
        "登记编号,收到日期,补正,,征求第三方意见,,答复日期,处理结果",
        ",,通知日期,收到日期,开始日期,结束日期,,",
    )
    assert found["correction_sent"] == 3
    assert (found["consulted"], found["consulted_until"]) == (5, 6)
    assert (found["number"], found["answered"], found["outcome"]) == (1, 7, 8)


def test_the_likelier_name_wins_and_equals_are_doubtful() -> None:
    assert columns("序号,申请编号,收到日期,办结日期,答复日期")["number"] == 2
    header = find_header(sheet("收到日期,收到日期,处理结果,申请人类别"), NAMES)
    assert header is not None
    assert header.doubtful == {"received"}
    assert "received" not in header.columns


def test_answers_go_before_names() -> None:
    names = names_of(PLAN, {"received": "登记时间点", "answered": None})
    header = find_header(sheet("收到日期,登记时间点,答复日期,处理结果"), names)
    assert header is not None
    assert header.columns == {"received": 2, "outcome": 4}


def test_a_date_of_application_is_not_taken_for_that_of_receipt() -> None:
    assert "received" not in columns("申请日期,申请人类别,处理结果")


def test_captions_of_the_same_name_are_told_apart_by_their_group() -> None:
    header = find_header(sheet("申请编号,处理结果,甲,,乙,", ",,起,止,起,止"), NAMES)
    assert header is not None
    assert [header.captions[n] for n in range(3, 7)] == ["甲起", "甲止", "乙起", "乙止"]


def test_a_table_of_something_else_has_no_header() -> None:
    other = sheet("台账", "", "甲,乙,丙,丁", "1,2,3,4")
    assert find_header(other, NAMES) is None
    guessed = guess_header(other)
    assert guessed is not None
    assert guessed.row == 3
