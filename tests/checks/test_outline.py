"""W111 to W114: numbering, its levels, headings; what looks odd and is right is left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from xxgk.checks import check
from xxgk.records import replace
from xxgk.report import Paragraph, Report
from xxgk.wording import printed_date

from support.reports import FORM, zero_report

CODES = ("W111", "W112", "W113", "W114")
Text = str | Paragraph


def report_with(*texts: Text) -> Report:
    own = zero_report().narrative
    paragraphs = [text if isinstance(text, Paragraph) else Paragraph(text) for text in texts]
    return replace(zero_report(), narrative={**own, "overview": (*own["overview"], *paragraphs)})


def found(*texts: Text) -> list[tuple[str, int]]:
    """Return each code with the paragraph that it points at, counted from 0 within ``texts``."""
    findings = [one for one in check(report_with(*texts), FORM) if one.code in CODES]
    return [(one.code, int(one.address.partition("[")[2].rstrip("]")) - 1) for one in findings]


def heading(text: str, level: int = 2) -> Paragraph:
    return Paragraph(text, level)


@pytest.mark.parametrize(
    ("texts", "at"),
    [
        (("一是甲；二是乙；四是丙。",), 0),
        (("一是甲。", "三是乙。"), 1),
        (("一是甲；二是乙；二是丙。",), 0),
        (("二是甲；三是乙。",), 0),
        (("（一）甲。", "（三）乙。"), 1),
        (("（一）甲。", "（二）乙。", "（二）丙。", "（四）丁。"), 2),
        (("1.甲。", "2.乙。", "4.丙。", "5.丁。"), 2),
        (("2.甲。", "3.乙。"), 0),
        (("1、甲。", "1、乙。"), 1),
        (("（一）甲。", "1.乙。", "（二）丙。", "2.丁。"), 3),
        (("1.甲。\n2.乙。\n4.丙。",), 0),
        (("（十）甲。", "（十一）乙。"), 0),
        (("1.甲。", "（1）乙。", "（3）丙。"), 2),
    ],
)
def test_a_number_that_does_not_follow_is_found_once(texts: Sequence[str], at: int) -> None:
    assert found(*texts) == [("W111", at)]


@pytest.mark.parametrize(
    "texts",
    [
        ("一是甲；二是乙。", "一是丙；二是丁；三是戊。"),
        ("一是甲。", "中间的话。", "二是乙。", "三是丙。"),
        (heading("一是甲"), "话。", heading("二是乙"), "话。"),
        ("（一）甲。", "1.乙。", "2.丙。", "（二）丁。", "1.戊。", "2.己。"),
        ("1.甲。", "（1）乙。", "（2）丙。", "2.丁。", "（1）戊。"),
        ("正文。", "1.5万人次浏览，2.3万人次下载。", "12月召开会议。", "3月召开会议。"),
        ("统一是必要的，唯一是好的。",),
        ("（一）甲。（二）乙。",),
        ("1.甲。", "2.乙。", "做法有：", "1.丙。", "2.丁。"),
    ],
)
def test_lists_that_follow_are_left_alone(texts: Sequence[Text]) -> None:
    assert found(*texts) == []


@pytest.mark.parametrize(
    ("texts", "at"),
    [
        (("一、主动公开情况",), 0),
        (("话。", heading("1、加强培训"), "话。", heading("2、细化内容")), 1),
        (("（一）甲。", "（1）乙。", "（2）丙。"), 1),
        ((heading("（一）甲"), heading("（二）乙"), Paragraph("（1）丙", 3)), 2),
    ],
)
def test_a_number_of_the_wrong_level_is_found_once(texts: Sequence[Text], at: int) -> None:
    assert found(*texts) == [("W112", at)]


def test_headings_at_their_levels_are_left_alone() -> None:
    assert found(heading("（一）甲"), heading("1.乙", 3), heading("（1）丙", 4), heading("（二）丁")) == []
    assert found(heading("主动公开情况"), "话。", "1.甲。", "2.乙。") == []


@pytest.mark.parametrize("section", FORM.sections, ids=lambda section: section.id)
def test_a_heading_of_the_form_is_found(section) -> None:  # type: ignore[no-untyped-def]
    assert found(section.heading) == [("W113", 0)]
    assert found(f"　{FORM.sections.index(section) + 1}、 {section.title} ") == [("W113", 0)]
    assert found(f"{section.title}：按要求开展。") == []


def test_signature_and_date_in_the_text_are_found() -> None:
    report = zero_report()
    assert report.date
    assert found("话。", report.unit, printed_date(report.date)) == [("W113", 1), ("W113", 2)]


def test_full_stops_of_headings_must_agree() -> None:
    assert found(heading("（一）甲乙丙。"), "话。", heading("（二）丁戊己")) == [("W114", 0)]
    assert found(heading("（一）甲乙丙。"), "话。", heading("（二）丁戊己。")) == []
    assert found(heading("（一）甲乙丙"), Paragraph("1.丁戊己。", 3)) == []
