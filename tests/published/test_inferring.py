"""What is taken from a sentence must be what it says."""

from __future__ import annotations

import pytest

from xxgk.published.inferring import infer
from xxgk.published.naming import Name
from xxgk.report import UNKNOWN_LEVEL, Figure, Paragraph

from support.reports import FORM

NAME = Name("", 2023, "青石镇", (), ())
FIELDS = {field.id: Figure(0) for field in FORM.fields}


def fields(text: str, figures: dict[str, Figure] | None = None) -> object:
    return infer(FORM, NAME, "青石镇人民政府", {"matters": (Paragraph(text),)}, figures or {}).fields


@pytest.mark.parametrize(
    "text",
    ["本年度没有收取信息处理费。", "本机关未发生信息处理费。", "收取信息处理费0元。", "信息处理费收取情况：无。"],
)
def test_no_fee_is_0_in_all_fields(text: str) -> None:
    assert fields(text) == FIELDS


@pytest.mark.parametrize(
    "text",
    [
        "收取信息处理费3件，共400元。",
        "收取信息处理费0.5万元。",
        "申请人逾期未缴纳信息处理费的，不再处理。",
        "上年没有收取信息处理费。本年收取信息处理费380元。",
        "无其他需要报告的事项。",
    ],
)
def test_what_says_something_else_leaves_the_fields_blank(text: str) -> None:
    assert fields(text) == {}


def test_who_asked_for_fees_that_were_not_paid_sent_notices() -> None:
    assert fields("没有收取信息处理费。", {"applications.other.unpaid.person": Figure(1)}) == {}


@pytest.mark.parametrize(
    ("unit", "level"),
    [
        ("青石镇人民政府", "township"),
        ("城关街道办事处", "township"),
        ("某某县财政局", UNKNOWN_LEVEL),
        ("某县人民政府", UNKNOWN_LEVEL),
    ],
)
def test_only_a_name_that_leaves_no_doubt_gives_the_level(unit: str, level: str) -> None:
    inferred = infer(FORM, Name("", 2023, "", (), ()), unit, {}, {})
    assert inferred.level == level
    assert bool(inferred.sentences) == (level != UNKNOWN_LEVEL)
