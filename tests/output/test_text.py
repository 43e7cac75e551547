"""Findings as text for a terminal."""

from __future__ import annotations

import re

import pytest
from findings_samples import ALL, BROKEN, CLEAN, EXAMPLE, UNREADABLE, finding, text_numbers

from xxgk.output.result import FileResult
from xxgk.output.text import render_text
from xxgk.output.width import display_width

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def lines(*results: FileResult, width: int = 80) -> list[str]:
    text = render_text(results, width, False)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    return text.splitlines()


def joined(*results: FileResult) -> str:
    """Return the text with line breaks and indents undone."""
    return "".join(line.strip() for line in lines(*results))


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_every_line_fits(width: int) -> None:
    assert max(display_width(line) for line in lines(*ALL, width=width)) <= width


def test_a_narrower_terminal_than_sense_allows_still_prints() -> None:
    assert lines(*ALL, width=1) == lines(*ALL, width=20)


def test_everything_of_a_finding_is_there() -> None:
    for result in (EXAMPLE, BROKEN):
        text = joined(result)
        for one in result.findings:
            for part in (one.code, one.cell, one.sheet, *one.labels, one.message, one.hint):
                assert part in text


def test_grouped_by_file_and_by_sheet() -> None:
    shown = lines(EXAMPLE)
    sheets = list(dict.fromkeys(one.sheet for one in EXAMPLE.findings))
    assert shown[0] == EXAMPLE.file
    assert [line for line in shown if line.startswith("【")] == [f"【{sheet}】" for sheet in sheets]


def test_cells_and_labels_are_aligned() -> None:
    result = FileResult("甲", (finding(cell="F8"), finding(cell="AA10", message="另一处。")))
    heads = [line for line in lines(result) if " A104 " in line]
    assert [line.index("行政复议") for line in heads] == [heads[0].index("行政复议")] * 2


def test_severities_are_words() -> None:
    results = FileResult("甲", tuple(finding(severity=s, message=s) for s in ("error", "warning", "info", "info")))
    shown = lines(results)
    assert [line.split()[0] for line in shown if " A104 " in line] == ["错误", "警告", "提示", "提示"]
    assert shown[-1] == "错误 1 处，警告 1 处，提示 2 处"


def test_the_summary_comes_last() -> None:
    assert lines(EXAMPLE)[-1] == "错误 0 处，警告 7 处，提示 0 处"
    assert lines(*ALL)[-1] == "共 5 个文件，读不了 1 个，错误 1 处，警告 47 处，提示 0 处"


def test_the_gravest_code_is_offered_for_explanation() -> None:
    assert "xxgk explain V103" in joined(EXAMPLE, BROKEN)


def test_nothing_found_is_said_once() -> None:
    assert lines(CLEAN) == ["好.xlsx", "  没有发现问题"]
    assert lines(CLEAN, CLEAN)[-1] == "共 2 个文件，没有发现问题"
    assert lines(CLEAN, UNREADABLE)[-1] == "共 2 个文件，读不了 1 个，其余没有发现问题"
    assert lines(UNREADABLE, UNREADABLE)[-1] == "共 2 个文件，读不了 2 个"


def test_a_file_that_cannot_be_read_says_why() -> None:
    assert lines(UNREADABLE) == ["坏.xlsx", f"  {UNREADABLE.error}"]


def test_the_same_fault_in_many_cells_stands_once() -> None:
    result = text_numbers(40)
    text = joined(result)
    assert len(result.findings) == 40
    assert text.count("V104") == 2  # the finding, and the offer to explain
    assert "共 40 格" in text
    assert "警告 40 处" in text


def test_a_few_cells_keep_their_labels() -> None:
    for one in text_numbers(3).findings:
        assert one.labels[-1] in joined(text_numbers(3))
    assert joined(text_numbers(3)).count("V104") == 4


def test_different_faults_are_not_merged() -> None:
    assert joined(FileResult("甲", (finding(cell="F8"), finding(cell="K8", message="差 3。")))).count("A104") == 3


def test_colour_only_when_asked_and_changes_nothing_else() -> None:
    plain, coloured = render_text(ALL, 60, False), render_text(ALL, 60, True)
    assert "\x1b" not in plain
    assert ANSI.findall(coloured)
    assert ANSI.sub("", coloured) == plain
    assert len(ANSI.findall(coloured)) % 2 == 0


def test_text_from_a_file_cannot_steer_the_terminal() -> None:
    evil = finding(message="甲\x1b[2J\r\n乙\u202e", sheet="表\x1b[31m", labels=("名\n字",))
    text = render_text([FileResult("文\x1b件", (evil,), "")], 80, False)
    assert all(char.isprintable() for line in text.split("\n") for char in line)


def test_a_finding_about_the_whole_file_has_a_heading() -> None:
    shown = lines(FileResult("甲", (finding(sheet="", cell="", labels=()),)))
    assert "【整个文件】" in shown
    assert "  错误 A104" in shown
