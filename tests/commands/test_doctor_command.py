"""``xxgk doctor``: its list, its JSON, its exit code."""

from __future__ import annotations

import json

import pytest

from xxgk.cli import main
from xxgk.commands import doctor
from xxgk.commands.doctor import exit_code, missing_files, to_text
from xxgk.machine.answers import GOOD, MISSING, NEUTRAL, Answer
from xxgk.output.width import display_width

FINE = Answer("python", "Python", GOOD, "3.12", "运行 xxgk", needed=True)
ABSENT = Answer("wps", "WPS 表格", NEUTRAL, "没有安装", "填写工作簿")
BROKEN = Answer("buttons", "按钮的设置", MISSING, "还没有设置", "按钮能用", "请运行 xxgk setup。")
NEEDED = Answer("home", "用户文件夹", MISSING, "不能写入", "保存", "请检查权限。" * 12, needed=True)


def test_this_computer_can_check_and_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert missing_files() == ()
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "√ Python" in said
    assert said.encode("gbk")


def test_json_tells_the_same_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {"xxgk", "system", "items"} == set(data)
    assert {"id", "title", "state", "found", "purpose", "advice", "needed"} == set(data["items"][0])
    assert {item["state"] for item in data["items"]} <= {GOOD, MISSING, NEUTRAL}


def test_only_what_checks_and_reports_need_makes_it_fail() -> None:
    assert exit_code([FINE, ABSENT, BROKEN]) == 0
    assert exit_code([FINE, ABSENT, BROKEN, NEEDED]) == 1


def test_each_answer_has_its_mark_and_each_advice_stands_once() -> None:
    text = to_text([FINE, ABSENT, BROKEN, BROKEN], "Linux", 80)
    assert [line[:2] for line in text.splitlines()[2:6]] == ["√ ", "– ", "× ", "× "]
    assert text.count("请运行 xxgk setup。") == 1
    assert "可以校验、生成报告" in text
    assert "还不能校验" in to_text([NEEDED], "Linux", 80)
    assert to_text([FINE, ABSENT], "Linux", 80).endswith("都齐了。")


def test_long_lines_fit_the_window() -> None:
    assert max(display_width(line) for line in to_text([NEEDED], "Linux", 40).splitlines()) <= 40


def test_a_form_or_template_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "EXAMPLE", "没有.json")
    assert missing_files() == ("没有.json",)
    monkeypatch.setattr(doctor, "form_ids", lambda: ())
    assert "formats" in missing_files()
