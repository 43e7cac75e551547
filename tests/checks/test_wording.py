"""W: faults of wording are found wherever they stand; sound sentences are left alone."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.checks import Finding, check
from xxgk.records import replace
from xxgk.report import Paragraph, Report
from xxgk.workbook.layout import layout_of

from support.reports import FORM, zero_report

# (code, sentence, words that must be quoted)
FAULTY = (
    ("W101", "现将有关情况汇报如下现将一年来政府信息公开工作总结如下：", "现将有关情况汇报如下"),
    ("W101", "现将本年度情况报告如下：现将有关工作总结如下：", "现将本年度情况"),
    ("W101", "现就有关情况说明如下，现将具体内容公布如下。", "现就有关情况说明如下"),
    ("W101", "全面推进政府信息公开政府信息公开工作。", "政府信息公开政府信息公开"),
    ("W101", "不断提高不断提高服务水平。", "不断提高不断提高"),
    ("W103", "按照职责和任务，的政府信息公开工作领导小组，负责日常工作。", "，的政府信息公开"),
    ("W103", "的工作人员参加了培训。", "的工作人员"),
    ("W103", "主动公开工作情况：的内容不断增加。", "：的内容"),
    ("W103", "工作扎实开展。的信息及时发布。", "。的信息"),
    ("W104", "1、 加强培训和宣传工作。", "1、 加强"),
    ("W104", "1. 加强培训和宣传工作。", "1. 加强"),
    ("W104", "1．　加强培训和宣传工作。", "1． 加强"),
    ("W104", "（一） 主动公开情况", "（一） 主动"),
    ("W104", "不断提高信 息公开质量。", "信 息"),
    ("W104", "工作扎实开展。 信息及时发布。", "。 信息"),
    ("W104", "认真落实　《政府信息公开条例》。", "落实 《"),
    ("W104", "主动公开\u00a0政府信息。", "公开 政府"),
)

SOUND = (
    "2023年，我镇认真贯彻落实国家和省、市关于政府信息公开的要求，扎实推进各项工作。",
    "现将2023年政府信息公开工作情况报告如下：",
    "现将有关情况公布如下。现将联系方式列在文后。",
    "一是明确工作职责；二是健全工作机制；三是依法主动公开。",
    "的确还存在一些不足，的士司机也可以通过热线咨询。",
    "工作人员不足，的确影响了办理速度。",
    "有不同意见的，可以依法申请行政复议；不服的，可以起诉。",
    "我们的、群众的、社会的意见都要听。",
    "全年发布信息 1200 条，其中 PDF 文件 30 份。",
    "网站 www.example.gov.cn 提供 Word 和 PDF 两种格式。",
    "　　全年没有收到政府信息公开申请。　",
    "全年没有收到申请。\n　　没有收取信息处理费。",
    "地址：和平镇人民政府　邮编：457000　联系电话：0393-1234567",
    "地址：和平镇人民政府　联系人：王　芳　电　话：0393-1234567",
    "第三条　主动公开的范围按照条例确定。",
    "第一章 总则规定了基本要求。",
    "研究研究再决定，讨论讨论再答复。",
    "做到应公开尽公开、能公开都公开，以公开为常态、不公开为例外。",
    "坚持谁公开谁负责、谁审查谁负责、谁发布谁负责。",
    "全力推进政府信息公开，政府信息公开工作取得新成效。",
    "本年度收取信息处理费 0 元。",
    "统计期限为2023年1月1日至2023年12月31日。",
    "1.5万余人次浏览专栏；2.主动公开工作有序开展。",
    "代码 {x} 与 }{ 不是占位符。",
)


def report_with(*texts: str, part: str = "overview") -> Report:
    """Return a report with ``texts`` before what a part has to say."""
    narrative = zero_report().narrative
    return replace(zero_report(), narrative={**narrative, part: (*map(Paragraph, texts), *narrative[part])})


def findings(*texts: str, part: str = "overview") -> list[Finding]:
    return list(check(report_with(*texts, part=part), FORM))


@pytest.mark.parametrize(("code", "sentence", "quoted"), FAULTY)
def test_a_fault_is_found_and_quoted(code: str, sentence: str, quoted: str) -> None:
    (finding,) = findings(sentence)
    assert finding.code == code
    assert quoted in finding.message
    assert finding.severity == "warning"


@pytest.mark.parametrize("sentence", SOUND)
def test_a_sound_sentence_is_left_alone(sentence: str) -> None:
    assert findings(sentence) == []


@given(
    part=st.sampled_from([part.id for part in FORM.parts]),
    before=st.lists(st.sampled_from(SOUND), max_size=6, unique=True),
    fault=st.sampled_from(FAULTY),
    after=st.lists(st.sampled_from(SOUND), max_size=6, unique=True),
)
def test_one_planted_fault_is_the_only_one(
    part: str, before: list[str], fault: tuple[str, str, str], after: list[str]
) -> None:
    code, sentence, _ = fault
    after = [text for text in after if text not in before]
    texts = (*before, sentence, *after)
    (finding,) = findings(*texts, part=part)
    slot = layout_of(FORM).narrative[part]
    assert (finding.code, finding.address) == (code, f"narrative.{part}[{len(before)}]")
    assert (finding.sheet, finding.cell[1:]) == (slot.sheet, str(slot.row + len(before)))
    assert finding.labels[-1] == f"第{len(before) + 1}段"


@given(st.text(max_size=200))
def test_any_text_gets_short_messages_on_one_line(text: str) -> None:
    for finding in findings(text, "政府 信息，的{{"):
        assert len(finding.message) < 200
        assert "\n" not in finding.message


def test_many_faults_of_one_paragraph_are_one_finding() -> None:
    (finding,) = findings("政府 信息 公开 工作 年度 报告。")
    assert finding.code == "W104"
    assert "5 处" in finding.message


@pytest.mark.parametrize("unit", ["啊", "的，", "一 ", "{", "现将如下", "现将", "一是", "政务 公开，"])
def test_absurd_text_takes_no_time(unit: str) -> None:
    report = report_with(unit * (30_000 // len(unit)))
    start = process_time()
    check(report, FORM)
    assert process_time() - start < 3


def test_part_one_has_a_limit_that_spaces_do_not_count_for() -> None:
    limit = next(part.limit for part in FORM.parts if part.limit)
    exact = ("政务，" * limit)[:limit]

    def too_long(*texts: str, part: str = "overview") -> list[Finding]:
        narrative = {**zero_report().narrative, part: tuple(map(Paragraph, texts))}
        return [f for f in check(replace(zero_report(), narrative=narrative), FORM) if f.code == "W105"]

    assert too_long(exact, "　　 ") == []
    assert too_long(exact[:10], exact[10:]) == []
    (finding,) = too_long(exact, "。")
    assert (finding.value, finding.expected, finding.difference) == (limit + 1, limit, 1)
    assert too_long(exact, exact, part="problems") == []
