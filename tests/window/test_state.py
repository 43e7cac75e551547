"""What is shown follows from what is known."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from xxgk.checks import Finding
from xxgk.checks.finding import ERROR, INFO, SEVERITY_WORDS, WARNING
from xxgk.records import replace
from xxgk.window.entries import CAPTIONS, CHECK, CHOOSE, ENTRIES, LOOK_CAPTIONS, OWN_STYLE, UNDO
from xxgk.window.memory import Fill
from xxgk.window.state import (
    ALL,
    CHANGED,
    GONE,
    OPEN_ELSEWHERE,
    SHOWN,
    State,
    chosen,
    displayed,
    enabled,
    filters,
    finished,
    flowing,
    lines,
    notice,
    seen,
    started,
)
from xxgk.window.watch import Glance
from xxgk.window.work import Checked, Outcome

BOOK = Path("年报.xlsx")
FILL = Fill("年报.xlsx", "备份/年报.xlsx", "d1")
BEFORE, AFTER = (1, 10), (2, 10)
FINDINGS = (
    Finding("A102", ERROR, "a", "三 依申请公开", "E8", ("三、", "自然人"), "左边 7，右边 0。", 7, 0, 7, "请核对。"),
    Finding("W104", WARNING, "b", "五 问题与改进", "C8", ("五、",), "有空格。"),
    Finding("S109", INFO, "", "", "", (), "整个文件的事。"),
)
CHECKED = finished(started(chosen(BOOK, None), "校验", True), Outcome("完了", checked=Checked(FINDINGS, BEFORE)))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def names(*without: str) -> frozenset[str]:
    return frozenset({*CAPTIONS, *LOOK_CAPTIONS} - {OWN_STYLE, *without})


def test_only_a_choice_is_possible_without_a_workbook() -> None:
    assert enabled(State()) == {CHOOSE}
    assert notice(State()) == ""


def test_undo_is_possible_after_a_fill_only() -> None:
    assert enabled(CHECKED) == names(UNDO)
    filled = finished(CHECKED, Outcome("改了", fill=FILL))
    assert enabled(filled) == names()
    assert enabled(finished(filled, Outcome("校验了"))) == names()
    assert enabled(finished(filled, Outcome("恢复了", undone=True))) == names(UNDO)


def test_one_thing_is_done_at_a_time() -> None:
    assert enabled(started(CHECKED, "生成报告", False)) == frozenset()


def test_the_keys_are_all_different() -> None:
    assert len({entry.key for entry in ENTRIES}) == len(ENTRIES)
    assert CHECK in names()


def test_a_change_of_the_file_is_told_until_it_is_checked_again() -> None:
    assert notice(CHECKED) == ""
    changed = seen(CHECKED, BOOK, Glance(AFTER))
    assert notice(changed) == CHANGED
    assert notice(started(changed, "校验", True)) == ""
    assert notice(finished(changed, Outcome("", checked=Checked(FINDINGS, AFTER)))) == ""


def test_before_the_first_check_a_change_means_nothing() -> None:
    assert notice(seen(chosen(BOOK, None), BOOK, Glance(AFTER))) == ""


def test_a_workbook_open_elsewhere_or_gone_is_told() -> None:
    assert notice(seen(CHECKED, BOOK, Glance(BEFORE, in_use=True))) == OPEN_ELSEWHERE
    assert notice(seen(CHECKED, BOOK, Glance(AFTER, in_use=True))) == CHANGED + OPEN_ELSEWHERE
    assert notice(seen(CHECKED, BOOK, Glance())) == GONE


def test_a_look_at_another_workbook_says_nothing_of_this_one() -> None:
    assert seen(CHECKED, Path("另一个.xlsx"), Glance()) is CHECKED


def test_what_could_not_be_checked_anew_is_not_known_any_more() -> None:
    failed = finished(started(CHECKED, "校验", True), Outcome("打不开", refused=True))
    assert (failed.findings, failed.busy, failed.status) == (None, "", "打不开")
    assert finished(started(CHECKED, "标记", False), Outcome("没做成")).findings == FINDINGS


def test_the_list_is_limited_to_a_severity() -> None:
    assert [line.severity for line in lines(FINDINGS, ALL)] == [ERROR, WARNING, INFO]
    for severity, caption in filters(CHECKED):
        shown = lines(FINDINGS, severity)
        assert caption.endswith(f" {len(shown)}")
        assert all(severity in (ALL, line.severity) for line in shown)
    assert len(filters(State())) == len(SEVERITY_WORDS) + 1


def test_a_line_has_the_words_of_the_finding_and_the_whole_of_it() -> None:
    line, _, whole_file = lines(FINDINGS, ALL)
    assert dict(zip(SHOWN, line.values, strict=True)) == {
        "级别": "错误",
        "位置": "三 依申请公开 E8",
        "标签": "三、 › 自然人",
        "问题": "左边 7，右边 0。",
        "怎么改": "请核对。",
    }
    assert line.whole.splitlines()[1:] == ["问题：左边 7，右边 0。", "怎么改：请核对。", "现在的值：7，应为：0"]
    assert "A102" in line.whole.splitlines()[0]
    assert whole_file.values[1] == "整个文件"
    assert "怎么改" not in whole_file.whole


@given(TEXTS)
def test_nothing_that_tk_dies_of_is_displayed(text: str) -> None:
    finding = replace(FINDINGS[0], message=text, hint=text, labels=(text,), sheet=text, value=text)
    (line,) = lines([finding], ALL)
    for shown in (*line.values, *line.whole.splitlines(), displayed(text), *flowing(text).split("\n")):
        assert all(char.isprintable() or char == "\u00a0" for char in shown)
        assert not any("\U0001f000" <= char <= "\U0001faff" for char in shown)


def test_rare_characters_of_names_are_kept() -> None:
    assert displayed("𠮷野家😀") == "𠮷野家□"


def test_labels_break_anywhere() -> None:
    assert flowing("错误 2 处\n在这里") == "错误\u00a02\u00a0处\n在这里"
