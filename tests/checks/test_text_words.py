"""W141 to W152: wrong characters, leftovers, names of units and laws, numbers of documents, personal data."""

from __future__ import annotations

import pytest

from xxgk.checks import Finding, check
from xxgk.narrative.words import shipped_words
from xxgk.records import replace
from xxgk.report import Paragraph

from support.reports import FORM, zero_report


def findings(text: str, unit: str = "青石镇人民政府", level: str = "township", year: int = 2023) -> list[Finding]:
    own = zero_report()
    narrative = {**own.narrative, "overview": (Paragraph(text), *own.narrative["overview"])}
    report = replace(own, unit=unit, level=level, year=year, narrative=narrative, date=None)
    return [finding for finding in check(report, FORM) if finding.code >= "W131"]


@pytest.mark.parametrize("wrong", shipped_words().misspelt)
def test_every_wrong_word_is_found_and_its_right_one_is_not(wrong: str) -> None:
    right = shipped_words().misspelt[wrong]
    (finding,) = findings(f"全年{wrong}工作有序开展。")
    assert finding.code == "W141"
    assert f"“{right}”" in finding.message
    assert findings(f"全年{right}，有序开展。") == []


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("W132", "落实《条例的规定。", "《条例"),
        ("W132", "坚持“公开为常态的原则。", "“公开"),
        ("W132", "坚持“公开为常态“的原则”。", "“的原则"),
        ("W132", "收到申请3件）。", "）"),
        ("W133", "收到申请3件,办结3件。", ","),
        ("W133", "收到申请(含结转)3件。", "(含结转)"),
        ("W133", "坚持\"公开\"的原则。", "\"公开\""),
        ("W134", "工作有序开展。。", "。。"),
        ("W134", "工作有序，。开展良好。", "，。"),
        ("W131", "工作有序开展，取得了新的成效。群众比较满意", "群众比较满意"),
        ("W131", "工作有序开展，", "开展，"),
        ("W142", "XX镇认真落实要求。", "XX镇"),
        ("W142", "联系电话：××××。", "××××"),
        ("W142", "该部分以表格形式报告。表格如下：", "该部分以表格形式报告"),
        ("W142", "请填写主要做法。", "请填写"),
        ("W143", "我局认真落实要求。", "我局"),
        ("W143", "本局认真落实要求。", "本局"),
        ("W143", "我乡认真落实要求。", "我乡"),
        ("W143", "我街道认真落实要求。", "我街道"),
        ("W144", "2023年，白石镇认真落实要求。", "白石镇"),
        ("W144", "现将白石乡2023年情况报告如下：", "白石乡"),
        ("W145", "落实《中华人民共和国政府信息公开管理条例》。", "应为《中华人民共和国政府信息公开条例》"),
        ("W145", "落实《中华人民共和国保守国家机密法》。", "应为《中华人民共和国保守国家秘密法》"),
        ("W145", "落实《政府信息公开信息处理管理办法》。", "应为《政府信息公开信息处理费管理办法》"),
        ("W146", "按照《中华人民共和国政府信息公开条例》（国务院令第492号）编制。", "国务院令第711号"),
        ("W146", "按照《政府信息公开条例》（国务院令第771号）编制。", "国务院令第711号"),
        ("W146", "按照《政府信息公开信息处理费管理办法》（国办公开办函〔2021〕30号）办理。", "国办函〔2020〕109号"),
        ("W146", "按照《信访工作条例》（国务院令第711号）办理。", "政府信息公开条例"),
        ("W146", "按照国办公开办函〔2019〕60号的要求编制。", "国办公开办函〔2021〕30号"),
        ("W147", "按照国办公开办函【2021】30号的要求编制。", "【2021】"),
        ("W147", "按照县政办发（2021）5号的要求编制。", "（2021）"),
        ("W148", "全镇各村都设立了政务公开栏。没有空缺。全镇各村都设立了政务公开栏。", "全镇各村都设立"),
        ("W152", "申请人电话13800138000。", "138"),
    ],
)  # fmt: skip
def test_a_fault_is_found_and_told(code: str, text: str, words: str) -> None:
    (finding,) = findings(text)
    assert finding.code == code
    assert words in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "网站www.xxgk.gov.cn，含PM2.5、3×4、C++、XXL号。",
        "我县统一部署，我市检查，我省通报，我国公布，本级、本年度、本机关、本办法、本院校。",
        "我委托律师，我局限于材料，我办理了登记。",
        "各乡镇、本乡镇、所辖乡镇认真落实，县公安局配合。",
        "青石镇认真落实，2023年，青石镇坚持公开。",
        "《某某县政府信息公开办法》《河南省政府信息公开规定》《中华人民共和国行政监察法》。",
        "《政府信息公开条例》（国务院令第711号）、《条例》（以下简称711号令）。",
        "《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）。",
        "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）。",
        "（2021）豫0928行初30号判决已经生效，详见第2021号公告。",
        "一）甲；二）乙；1）丙；（1）丁。",
        "时间8:30至17:00，比例3:1，1,234件，公开率98.5%。",
        "公开……取得成效！！好。",
        "“公开为常态”，《条例》（2019年修订）〔2021〕都成对。",
        "联系电话：13800138000，传真：0393-1234567。",
        "编号110105194912310021不是身份证号，订单号12345678901234567890也不是。",
        "工作情况如下：",
        "地址：人民路12号，电话：0393-1234567",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("unit", "level", "text", "found"),
    [
        ("清源县公安局", "county_department", "我局、我县、我市都落实了。", []),
        ("清源县公安局", "county_department", "我镇落实了。", ["W143"]),
        ("临江市教育局", "city_department", "我县落实了。", ["W143"]),
        ("临江市教育委员会", "city_department", "我委落实了，我局没有。", ["W143"]),
        ("清源县人民政府", "county", "我县、我市落实了。", []),
        ("清源县人民政府", "county", "我局落实了。", ["W143"]),
        ("清源县人民政府办公室", "county_department", "我办落实了。", []),
        ("城关街道办事处", "township", "我街道、我办、我区落实了。", []),
        ("国家税务总局清源县税务局", "vertical", "我局、我县落实了。", []),
        ("江南省教育厅", "province_department", "我厅、我省落实了。", []),
        ("", "township", "我局落实了。", []),
    ],
)
def test_what_a_unit_may_call_itself(unit: str, level: str, text: str, found: list[str]) -> None:
    assert [finding.code for finding in findings(text, unit, level)] == found


def test_an_identity_number_is_an_error_and_is_not_spread() -> None:
    (finding,) = findings("当事人的证件号为11010519491231002X。")
    assert (finding.code, finding.severity) == ("W151", "error")
    assert "19491231" not in finding.message
    assert findings("当事人的证件号为110105194912310021。") == []


def test_an_old_document_is_right_in_the_years_of_its_form() -> None:
    assert findings("按照国办公开办函〔2019〕60号的要求编制。", year=2020) == []
