"""P107 to P114: what the parts must speak of; title, signature, the unit's name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from xxgk.checks import Finding, check
from xxgk.records import replace
from xxgk.report import Paragraph, Report

from support.reports import FORM, OLD_FORM, SOUND_TEXT, zero_report

PARTS = ("overview", "problems", "matters")


def with_part(part: str, *texts: str) -> Report:
    report = zero_report()
    return replace(report, narrative={**report.narrative, part: tuple(map(Paragraph, texts))})


def findings(report: Report) -> list[Finding]:
    return [finding for finding in check(report, FORM) if finding.code[0] == "P"]


def codes(report: Report) -> list[str]:
    return [finding.code for finding in findings(report)]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("text", ["无", "　无。", "没有", "暂无。", "/"])
def test_nothing_alone_is_not_enough(part: str, text: str) -> None:
    (finding,) = findings(with_part(part, text))
    assert (finding.code, finding.address) == ("P107", f"narrative.{part}")


ASPECTS = {
    "主动公开": "主动公开有序推进。",
    "依申请公开": "没有收到申请。",
    "政府信息管理": "逐条审查。",
    "政府信息公开平台建设": "设有公开栏。",
    "监督保障": "组织了培训。",
}


@pytest.mark.parametrize("aspect", ASPECTS)
def test_an_aspect_that_is_not_mentioned_is_named(aspect: str) -> None:
    assert findings(with_part("overview", *ASPECTS.values())) == []
    texts = [text for one, text in ASPECTS.items() if one != aspect]
    (finding,) = findings(with_part("overview", *texts))
    assert finding.code == "P108"
    assert aspect in finding.message


@pytest.mark.parametrize("level", ["county", "city", "province"])
def test_governments_have_more_to_say(level: str) -> None:
    report = replace(with_part("overview", SOUND_TEXT["overview"].replace("、评议和责任追究", "")), level=level)
    (finding,) = findings(report)
    assert finding.code == "P108"
    assert "社会评议、责任追究结果" in finding.message
    assert findings(replace(report, level="township")) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["一是内容不详细；二是更新不及时；三是培训不足。", "下一步，一是细化内容；二是明确时限。"], ["P109"]),
        (["一是公开内容不够详细；二是更新不够及时。", "下一步，一是细化内容；二是明确时限；三是加强培训。"], []),
        (["（一）问题", "1.内容不够详细。", "2.更新不够及时。", "（二）改进措施", "1.细化内容，列出要素。"], ["P109"]),
        (["公开的内容还不够详细，更新不够及时，队伍不够稳定，解读的形式单一，群众知晓率不高，差距较大。"], ["P109"]),
        (["全年各项任务完成良好，得到了群众的普遍欢迎，将继续加强培训，完善制度，细化目录，提高水平。"], ["P109"]),
        (["公开内容不够。将细化。"], ["P107"]),
        (["公开的内容还不够详细，群众反映找不到想要的信息；我们将细化目录，逐项列出公开的要素和时限。"], []),
    ],
)  # fmt: skip
def test_problems_and_improvements(texts: Sequence[str], expected: list[str]) -> None:
    assert codes(with_part("problems", *texts)) == expected


def test_fees_must_be_spoken_of_since_the_form_asks() -> None:
    report = with_part("matters", "没有其他需要报告的事项。")
    assert codes(report) == ["P110"]
    old = replace(report, form=OLD_FORM.id, year=2020)
    assert "P110" not in {finding.code for finding in check(old, OLD_FORM)}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("", []),
        ("2023年青石镇政府信息公开工作年度报告", []),
        ("青石镇2023年政府信息公开工作年度报告", []),
        ("青石镇人民政府2023年度政府信息公开工作年度报告", []),
        ("2023年白云县青石镇人民政府政府信息公开工作年度报告", []),
        ("2023年青石镇政府信息公开年度报告", ["P111"]),
        ("政府信息公开工作年度报告", ["P111"]),
        ("2023年白石镇政府信息公开工作年度报告", ["P111"]),
        ("2022年青石镇政府信息公开工作年度报告", ["P112"]),
    ],
)
def test_a_title(title: str, expected: list[str]) -> None:
    found = findings(replace(zero_report(), title=title))
    assert [finding.code for finding in found] == expected
    assert {finding.address for finding in found} <= {"title"}


@pytest.mark.parametrize(
    ("signature", "expected"),
    [("", []), ("青石镇人民政府", []), ("白云县青石镇人民政府", []), ("白石镇人民政府", ["P113"])],
)
def test_a_signature(signature: str, expected: list[str]) -> None:
    assert codes(replace(zero_report(), signature=signature)) == expected


@pytest.mark.parametrize("unit", ["XX镇人民政府", "2023年度", "政府", "ABC", "单位名称"])
def test_a_unit_that_is_none(unit: str) -> None:
    assert "P114" in codes(replace(zero_report(), unit=unit))
