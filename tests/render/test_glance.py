import re
from random import Random

import pytest
from hypothesis import given

from render.reading import reports
from xxgk.figures import known_values
from xxgk.formats import Form
from xxgk.records import replace
from xxgk.render.summary import PARTS, Summary, Topic, summarise
from xxgk.report import Number, Report

from support.glances import FIVE, year
from support.reports import FORM, OLD_FORM, city, report_of, sound_values, with_figure


def bars(topic: Topic) -> dict[str, dict[str, str]]:
    return {group.title: {bar.label: bar.number for bar in group.bars} for group in topic.groups}


def test_five_applications() -> None:
    received, answered, disputed = summarise(year(FIVE), FORM).topics
    assert received.sentence == "2023年收到政府信息公开申请 5 件；另有上年结转的 2 件，共 7 件要办理。"
    assert bars(received) == {"谁在申请": {"自然人": "4", "商业企业": "1"}}
    assert answered.sentence == "办结 5 件；还有 2 件结转下年度继续办理。"
    assert bars(answered) == {"怎样答复": {"予以公开": "3", "不予公开": "2"}}
    assert disputed.sentence == "行政复议 1 件；行政诉讼 2 件；其中结果被纠正的 1 件。"
    assert bars(disputed) == {
        "行政复议的结果": {"结果维持": "1"},
        "行政诉讼的结果": {"结果纠正": "1", "尚未审结": "1"},
    }
    assert [topic.number for topic in (received, answered, disputed)] == ["5", "5", "3"]


def test_nothing_at_all_is_said_and_not_drawn() -> None:
    topics = summarise(year({}), FORM).topics
    assert [topic.sentence for topic in topics] == [
        "2023年没有收到政府信息公开申请。",
        "没有需要办理的申请。",
        "没有因政府信息公开引起的行政复议和行政诉讼。",
    ]
    assert all(topic.groups == () and topic.number == "0" for topic in topics)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (5, 3, "2023年收到政府信息公开申请 5 件，比上年多 2 件。"),
        (5, 7, "2023年收到政府信息公开申请 5 件，比上年少 2 件。"),
        (5, 5, "2023年收到政府信息公开申请 5 件，与上年相同。"),
        (5, 0, "2023年收到政府信息公开申请 5 件，上年没有。"),
        (0, 5, "2023年没有收到政府信息公开申请，上年有 5 件。"),
        (0, 0, "2023年没有收到政府信息公开申请，上年也没有。"),
    ],
)
def test_against_last_year(now: int, before: int, said: str) -> None:
    person = "applications.new.person"
    topic = summarise(year({person: now}, {person: before}), FORM).topics[0]
    assert topic.sentence == said
    drawn = [(bar.label, bar.number, bar.before) for group in topic.groups for bar in group.bars if "年" in bar.label]
    assert drawn == ([("2022年", str(before), True), ("2023年", str(now), False)] if now or before else [])


def test_disputes_are_compared_each_with_its_own() -> None:
    last: dict[str, Number] = {"disputes.review.upheld": 3}
    assert summarise(year(FIVE, last), FORM).topics[2].sentence == (
        "行政复议 1 件，比上年少 2 件；行政诉讼 2 件，上年没有；其中结果被纠正的 1 件。"
    )
    assert summarise(year({}, last), FORM).topics[2].sentence == (
        "没有因政府信息公开引起的行政复议和行政诉讼，上年有 3 件。"
    )


def test_a_report_of_another_year_than_the_last_is_not_compared() -> None:
    report = year(FIVE, {})
    assert report.previous is not None
    older = replace(report, previous=replace(report.previous, year=2020))
    assert summarise(older, FORM) == summarise(replace(report, previous=None), FORM)


def test_what_is_not_known_is_left_out() -> None:
    blank = with_figure(year(FIVE), "applications.new.person", None)
    assert [topic.title for topic in summarise(blank, FORM).topics] == ["复议和诉讼"]
    assert summarise(Report(FORM.id), FORM).topics == ()


@pytest.mark.parametrize("form", [FORM, OLD_FORM], ids=["2021", "2019"])
def test_bars_add_up_to_the_number_in_large_print(form: Form) -> None:
    for seed in range(5):
        report = report_of(sound_values(Random(seed), form), form=form)
        received, answered, disputed = summarise(report, form).topics
        assert sum(map(int, bars(received)["谁在申请"].values())) == int(received.number)
        assert sum(map(int, bars(answered)["怎样答复"].values())) == int(answered.number)
        assert sum(int(n) for group in bars(disputed).values() for n in group.values()) == int(disputed.number)


def test_5000_applications() -> None:
    report = city()
    topics = summarise(report, FORM).topics
    known = known_values(FORM, report.figures)
    assert topics[0].number == str(known["applications.new.total"])
    assert "比上年多 777 件" in topics[0].sentence


@given(reports())
def test_bars_of_a_topic_are_to_one_scale_and_none_is_invisible(report: Report) -> None:
    summary: Summary = summarise(report, FORM)
    for topic in summary.topics:
        drawn = [bar for group in topic.groups for bar in group.bars]
        longest = max((float(bar.number) for bar in drawn), default=0)
        for bar in drawn:
            exact = float(bar.number) * PARTS / longest
            assert abs(bar.length - exact) <= 1 or (bar.length == 1 and exact < 1)
            assert bar.length or not float(bar.number)
        assert re.fullmatch(r"[^。]+。", topic.sentence)
    assert summary.digits >= 1
