"""W121 to W124: what last year's text has left behind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from xxgk.checks import Finding, check
from xxgk.records import replace
from xxgk.report import Paragraph, Report

from support.reports import FORM, zero_report

CODES = ("W121", "W122", "W123", "W124")
LONG = "本镇把政府信息公开列入重要议事日程，主要领导亲自过问，分管领导具体负责，定期召开会议研究部署有关的工作。"


def compared(now: Sequence[str], before: Sequence[str], part: str = "overview", **last: object) -> list[Finding]:
    own = zero_report()
    previous = replace(
        Report(FORM.id, unit=own.unit, year=2022, narrative={part: tuple(map(Paragraph, before))}),
        **last,  # type: ignore[arg-type]
    )
    narrative = {**own.narrative, part: (*own.narrative[part], *map(Paragraph, now))}
    findings = check(replace(own, previous=previous, narrative=narrative), FORM)
    return [finding for finding in findings if finding.code in CODES]


def codes(*arguments: Sequence[str], **last: object) -> list[str]:
    return [finding.code for finding in compared(*arguments, **last)]


def test_a_copied_paragraph_is_shown_with_last_years() -> None:
    (finding,) = compared([LONG], ["别的话。", LONG])
    assert finding.code == "W121"
    assert "上年第2段一字不差" in finding.message
    (finding,) = compared([LONG.replace("亲自", "多次")], [LONG])
    assert "% 相同" in finding.message
    assert "多次" in finding.message
    assert "亲自" in finding.message


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("短的一段话，每年都一样，不提示。", "短的一段话，每年都一样，不提示。"),
        (
            LONG,
            "今年镇里开了三次专题会，定下了目录的调整办法，把惠民补贴、征地补偿两类信息逐村张榜，群众在村里就能看到。",
        ),
        (f"{LONG}全年公开信息 143 条。", f"{LONG}全年公开信息 128 条。"),
        (
            "根据《中华人民共和国政府信息公开条例》的要求，编制本报告，报告中数据的统计期限为全年，请读者参考使用。",
            "根据《中华人民共和国政府信息公开条例》的要求，编制本报告，报告中数据的统计期限为全年，请读者参考使用。",
        ),
    ],
)
def test_what_is_short_new_or_customary_is_left_alone(now: str, before: str) -> None:
    assert codes([now], [before]) == []


def test_another_years_report_is_not_compared() -> None:
    assert codes([LONG], [LONG]) == ["W121"]
    assert codes([LONG], [LONG], year=2020) == []


def test_a_problem_of_last_year_is_found_in_part_five_alone() -> None:
    now, before = "一是政策解读的形式比较单一。二是队伍不稳。", "（一）政策解读的形式比较单一；（二）更新还不及时。"
    assert codes([now], [before], "problems") == ["W122"]
    assert codes([now], [before], "overview") == []
    assert codes(["一是基层的业务骨干流失较多，人手不足。"], [before], "problems") == []


def test_figures_of_last_year_are_found() -> None:
    sentence = "2022年，通过网站发布各类信息 1,280 条，回应留言 36 件"
    now = f"{LONG}{sentence.replace('2022', '2023')}。"
    assert codes([now], [f"{sentence}。"]) == ["W124"]
    assert codes([now.replace("36", "37")], [f"{sentence}。"]) == []
    assert codes(["在20个工作日内答复，答复率100%。"], ["在20个工作日内答复，答复率100%。"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我镇认真落实主动公开的要求。",
        "2022年我镇认真落实主动公开的要求。",
        "工作有序开展。在2021年，全镇公开了三类信息。",
        "现将2022年度政府信息公开工作情况报告如下：",
        "按照要求，现将2022年有关情况公布如下。",
        "统计期限为2022年1月1日至2022年12月31日。",
        "截至2022年12月31日，没有结转的申请。",
        "２０２２年，我镇认真落实主动公开的要求。",
        "2023年，我镇将进一步加强培训。",
        "2023年计划开展培训两次。",
    ],
)
def test_a_year_that_is_over_is_found(text: str) -> None:
    (finding,) = compared([text], [])
    assert finding.code == "W123"


@pytest.mark.parametrize(
    "text",
    [
        "2023年，我镇将政府信息公开纳入考核，比2022年多公开两类信息。",
        "2022年，收到申请3件；2023年收到5件，增加2件。",
        "2022年以来，公开的范围逐步扩大。",
        "自2022年起，实行新的办法。",
        "认真落实《2022年政务公开工作要点》和2022年6月印发的办法。",
        "对2022年评估指出的问题逐项整改。",
        "按时公布了2022年政府信息公开工作年度报告。",
        "2024年，我镇将进一步加强培训。",
        "统计期限为2023年1月1日至2023年12月31日。",
        "2015年，我镇设立公开栏。",
        "国办公开办函〔2022〕1号。",
    ],
)
def test_other_years_are_left_alone(text: str) -> None:
    assert compared([text], []) == []
