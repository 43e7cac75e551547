"""Published reports: what their texts state (``text_claims``), said in customary words, is judged as it should be."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from xxgk.checks.narrative import check_narrative
from xxgk.checks.subject import subject_of
from xxgk.formats import load_form
from xxgk.jsonio import load_json
from xxgk.records import replace
from xxgk.report import Paragraph

from support.corpus import CORPUS
from support.reports import FORM, example

pytestmark = pytest.mark.corpus

# Customary words for what the transcriptions call by a short name.
WORDS = {
    "受理申请": ("全年共受理政府信息公开申请{}件。", "{year}年，{unit}受理依申请公开{}件，全部按时答复。"),
    "受理": ("全年共受理政府信息公开申请{}件。", "{year}年受理依申请公开申请{}件，较上年有所增长。"),
    "收到": ("{year}年，我单位共收到政府信息公开申请{}件。", "共收到公民、法人和其他组织提出的依申请公开{}宗。"),
    "收到(新收+结转)": ("全年共收到政府信息公开申请{}件（含上年结转）。",),
    "办结": ("全年办结政府信息公开申请{}件。", "共收到政府信息公开申请，截至年底办结{}件。"),
    "答复": ("对政府信息公开申请作出答复{}件。", "全年共答复依申请公开{}件。"),
    "结转下年": ("结转下年度继续办理{}件。",),
    "转下年": ("结转{next}年继续办理{}件。",),
    "上年结转": ("上年结转{}件。", "由上年度结转申请{}件。"),
    "自然人": ("政府信息公开申请中，自然人申请{}件。",),
    "商业企业": ("政府信息公开申请中，商业企业申请{}件。",),
    "予以公开及部分公开": ("答复中，予以公开及部分公开{}件。",),
    "复议": ("因政府信息公开引发行政复议{}件。", "发生政府信息公开行政复议案件{}起。"),
    "诉讼": ("因政府信息公开引发行政诉讼{}件。", "政府信息公开行政诉讼案件{}宗。"),
    "信息处理费(元)": ("本年度收取信息处理费{}元。",),
}
PLAIN = ("答复的申请中，{claim}{}件。", "{claim}{}件。")
# What the texts themselves have wrong; the answers in 表三 are 275 and 337. 表四 of hongze states totals of 0.
WRONG = {"shanghai-office-2019": {"予以公开及部分公开", "无法提供"}}


def cases() -> Iterator[tuple[str, str, str]]:
    for path in sorted(CORPUS.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for claim, value in data["text_claims"].items():
            for words in WORDS.get(claim, PLAIN):
                text = words.format(value, claim=claim, unit=data["unit"], year=data["year"], next=data["year"] + 1)
                yield path.stem, claim, text


@pytest.mark.parametrize(("name", "claim", "text"), list(cases()))
def test_what_the_text_says_is_judged_as_it_is(name: str, claim: str, text: str) -> None:
    report, _ = load_json((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    saying = replace(report, narrative={"overview": (Paragraph(text),)})
    found = list(check_narrative(subject_of(saying, load_form(report.form))))
    assert [finding.code for finding in found] == (["N101"] if claim in WRONG.get(name, ()) else [])


def test_where_cells_are_blank_the_rest_is_the_least() -> None:
    report, _ = load_json((CORPUS / "shanghai-office-2019.json").read_text(encoding="utf-8"))
    saying = replace(report, narrative={"overview": (Paragraph("予以公开及部分公开258件，无法提供265件。"),)})
    first, second = check_narrative(subject_of(saying, load_form(report.form)))
    assert first.message == "正文说“予以公开及部分公开258件”，表三予以公开加部分公开至少是275件，不相等。"
    assert second.message == "正文说“无法提供265件”，表三无法提供至少是337件，不相等。"


def test_the_running_example_says_nothing_that_its_tables_contradict() -> None:
    assert list(check_narrative(subject_of(example(), FORM))) == []
