"""What is said of a report held against its workbook: in words, within the width, and as JSON."""

from __future__ import annotations

import json

from xxgk.comparing.texts import compare_texts
from xxgk.output.verification import render_verification, render_verification_data
from xxgk.output.width import display_width
from xxgk.published.found import Spot
from xxgk.records import replace
from xxgk.render.stamp import Stamp
from xxgk.verifying.tables import FigureDifference, LabelDifference, TablesCompared
from xxgk.verifying.texts import Change, TextDifference, TextsCompared
from xxgk.verifying.verify import Verification
from xxgk.verifying.web import PageCompared

STAMP = Stamp("0123456789abcdef" * 4, "2021", "0.1.0", 0, 2, False)
NOTHING = TextsCompared(21, (), ())
EQUAL = Verification("", TablesCompared(200, (), (), (), ()), NOTHING, PageCompared(NOTHING, ()), STAMP, STAMP)
OLD = "全年主动公开政府信息120条，重点公开财政预决算、行政许可、行政处罚等信息，收到申请13件，均按期答复。"
NEW = OLD.replace("13", "31")
DIFFERING = Verification(
    "2019",
    TablesCompared(
        190,
        (
            FigureDifference("applications.new.person", ("一、新收", "自然人"), "12", "13", Spot(2, 2, 4)),
            FigureDifference("applications.new.legal", ("一、新收", "法律服务机构"), "3", "", Spot()),
        ),
        (LabelDifference("（三）不予公开", "（三）不予公布"), LabelDifference("总计", "")),
        (("（三）不予公开", "1.属于国家秘密"),),
        ("表四：格子对不上。",),
    ),
    TextsCompared(
        17,
        (
            TextDifference(Change.CHANGED, "一、总体情况 第2段", OLD, NEW, compare_texts(OLD, NEW), 1),
            TextDifference(Change.MISSING, "一、总体情况 第3段", "字" * 200),
            TextDifference(Change.ADDED, "", seen="多出来的。"),
            TextDifference(Change.ADDED, "标题", seen="又一段。"),
            TextDifference(Change.MOVED, "一、总体情况 第4段", "三是依法", "三是依法"),
        ),
        tuple(f"栏目{n}" for n in range(20)),
    ),
    PageCompared(
        TextsCompared(5, (TextDifference(Change.MISSING, "一图读懂 第1行", "收到 12 件"),), ()),
        (TextDifference(Change.CHANGED, "落款单位", "甲", "乙", compare_texts("甲", "乙")),),
    ),
    None,
    STAMP,
)


def said(found: Verification, width: int = 400) -> str:
    """Return the text for a terminal."""
    return render_verification(found, "r.docx", "a.xlsx", width, False)


def test_an_equal_report() -> None:
    text = said(EQUAL)
    assert "一致：200 个数、21 段文字都与工作簿相同。" in text
    assert "校验有 0 处错误、2 处警告，编号 0123456789ab。" in text
    assert "生成报告以后，工作簿没有改过。" in text
    assert "不同" not in text


def test_everything_that_differs_is_said_with_its_place() -> None:
    lines = [line.strip() for line in said(DIFFERING).splitlines()]
    for line in (
        "报告用的是 2019 版格式，工作簿是 2021 版：只有两版都有的行能比较。",
        "一、新收 › 自然人：工作簿是 12，报告是 13（第2页第2张表第4行）",
        "一、新收 › 法律服务机构：工作簿是 3，报告是 （空）",
        "应为“（三）不予公开”，报告是“（三）不予公布”",
        "应为“总计”，报告里找不到",
        "（三）不予公开 › 1.属于国家秘密",
        "一、总体情况 第2段：……行政处罚等信息，收到申请〖工作簿：13〗〖报告：31〗件，均按期答复。（第1页）",
        f"一、总体情况 第3段：报告里没有“{'字' * 60}……”",
        "报告里多出“多出来的。”（在最前面）",
        "报告里多出“又一段。”（在“标题”之后）",
        "一、总体情况 第4段：在报告里换了位置，“三是依法”",
        "一图读懂 第1行：报告里没有“收到 12 件”",
        "落款单位：〖工作簿：甲〗〖报告：乙〗",
        "表四：格子对不上。",
        "不同的有 13 处，1 处没有读准；相同的有 190 个数、17 段文字。",
    ):
        assert line in lines, line
    assert "等 20 处" in said(DIFFERING)
    assert "没有生成时的记录" in said(DIFFERING)


def test_a_draft_and_another_workbook_are_told() -> None:
    found = replace(EQUAL, carried=replace(STAMP, digest="f" * 64, errors=3, draft=True, form="2030"))
    assert "2030 版格式" in said(found)
    assert "3 处错误、2 处警告，是草稿，编号 ffffffffffff。" in said(found)
    assert "工作簿现在的编号是 0123456789ab：生成报告以后工作簿改过" in said(found)


def test_no_line_is_wider_than_the_terminal() -> None:
    for width in (20, 40, 80):
        assert max(map(display_width, said(DIFFERING, width).splitlines())) <= width


def test_json_says_the_same() -> None:
    data = json.loads(render_verification_data(DIFFERING, "r.docx", "a.xlsx"))
    assert (data["report"], data["workbook"], data["equal"], data["form"]) == ("r.docx", "a.xlsx", False, "2019")
    assert data["figures"][0] == {
        "address": "applications.new.person",
        "labels": ["一、新收", "自然人"],
        "workbook": "12",
        "report": "13",
        "page": 2,
        "table": 2,
        "row": 4,
    }
    assert [one["change"] for one in data["texts"]] == ["changed", "missing", "added", "added", "moved"]
    assert data["stamp"] is None
    assert data["workbook_stamp"]["sha256"] == STAMP.digest
    assert json.loads(render_verification_data(EQUAL, "r", "a"))["equal"] is True
