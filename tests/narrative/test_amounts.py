"""Sums of money in a text and what they are said to be the parts of."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.checks import check
from xxgk.narrative.amounts import unequal_sums
from xxgk.records import replace
from xxgk.report import Paragraph

from support.reports import FORM, zero_report

WRONG = [
    ("收取信息处理费380元，其中按件计收200元，按量计收280元。", 380, 480),
    ("收取信息处理费380元，其中按件计收200元、按量计收80元。", 380, 280),
    ("收取信息处理费380元，其中200元为按件计收，280元为按量计收。", 380, 480),
    ("共收费3笔，分别为100元、200元、90元，合计380元。", 380, 390),
    ("收取信息处理费3笔共380元，分别为100元、２００元和90元。", 380, 390),
    ("甲申请人100元、乙申请人200元，共计380元。", 380, 300),
    ("收取3.8万元，其中甲类1.2万元，乙类3.8万元。", 38000, 50000),
]
SOUND = [
    "收取信息处理费380元，其中按件计收200元，按量计收180元。",
    "收取信息处理费380元，其中最高一笔200元，最低一笔10元。",
    "发出收费通知2件，金额480元，实际收取380元，均已上缴国库。",
    "发出收费通知2件，金额480元，其中实际收取380元，尚未缴纳100元。",
    "收取380元，其中甲200元（2件，每件100元），乙180元。",
    "收取3.8万元，其中甲类1.23万元，乙类2.57万元。",
    "应收取480元，实际收取380元，减免100元，共计3件。",
    "收费标准为第11件至30件100元/件，第31件起200元/件，合计380元。",
    "收取信息处理费380元，其中2022年结转的申请380元。",
    "本年度没有收取信息处理费，上年收取380元、100元。",
]


@pytest.mark.parametrize(("text", "total", "parts"), WRONG)
def test_parts_that_are_not_their_total_are_found(text: str, total: int, parts: int) -> None:
    (found,) = unequal_sums(text)
    assert (found.total, found.parts) == (total, parts)
    assert found.said.replace(" ", "") in text


@pytest.mark.parametrize("text", SOUND)
def test_nothing_is_found_in_doubt(text: str) -> None:
    assert list(unequal_sums(text)) == []


def test_the_check_reads_the_part_that_tells_of_the_fee() -> None:
    texts = (Paragraph("（一）信息处理费"), Paragraph(WRONG[0][0]))
    base = zero_report()
    found = [
        one for one in check(replace(base, narrative={**base.narrative, "matters": texts}), FORM) if one.code == "N111"
    ]
    assert [(one.address, one.value, one.expected, one.difference) for one in found] == [
        ("narrative.matters[1]", 480, 380, 100)
    ]
    elsewhere = replace(base, narrative={**base.narrative, "overview": texts})
    assert "N111" not in {one.code for one in check(elsewhere, FORM)}


@given(st.text(alphabet="收取信息处理费元万0123、，。其中分别合计共为按件量（）\n", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    list(unequal_sums(text))


def test_absurd_text_takes_no_time() -> None:
    start = process_time()
    for text in ("1元，其中1元、" * 3_000, "元" * 30_000, "1元、" * 8_000 + "合计1元"):
        list(unequal_sums(text))
    assert process_time() - start < 2
