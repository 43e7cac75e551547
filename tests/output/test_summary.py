"""The summary of many files."""

from __future__ import annotations

import re

import pytest
from findings_samples import ALL, CLEAN, EXAMPLE, UNREADABLE, finding, text_numbers

from xxgk.checks.catalogue import catalogue
from xxgk.formats import newest_form
from xxgk.output.result import FileResult, count_severities, exit_code
from xxgk.output.summary import CODES_SHOWN, FILES_SHOWN, Summary, render_summary, summarise
from xxgk.output.width import display_width

WRONG = FileResult("甲.xlsx", (finding(), finding(cell="K8"), finding(severity="warning", code="W101")))


def summary(*results: FileResult, fail_on: str = "error") -> Summary:
    return summarise(iter(results), fail_on)


def lines(*results: FileResult, width: int = 80, fail_on: str = "error") -> list[str]:
    return render_summary(summary(*results, fail_on=fail_on), width, False).splitlines()


@pytest.mark.parametrize("fail_on", ["error", "warning"])
def test_the_exit_code_is_the_highest_of_the_files(fail_on: str) -> None:
    for results in (ALL, (CLEAN, CLEAN), (EXAMPLE, CLEAN), (WRONG, EXAMPLE), (CLEAN, UNREADABLE)):
        assert summary(*results, fail_on=fail_on).exit_code == max(exit_code(result, fail_on) for result in results)


def test_every_file_is_counted_once() -> None:
    found = summary(*ALL, WRONG)
    assert found.files == len(ALL) + 1
    assert len(found.unreadable) == 1
    assert [file.file for file in found.failed] == ["d/洪泽.xlsx", "甲.xlsx"]
    assert (found.passed, found.remarked) == (3, 2)


def test_faults_count_places_and_files() -> None:
    found = summary(WRONG, WRONG, text_numbers(40))
    assert [(fault.code, fault.severity, fault.places, fault.files) for fault in found.faults] == [
        ("A104", "error", 4, 2),
        ("W101", "warning", 2, 2),
        ("V104", "warning", 40, 1),
    ]
    assert sum(fault.places for fault in found.faults) == sum(
        count_severities([WRONG, WRONG, text_numbers(40)]).values()
    )


def test_the_totals_come_last() -> None:
    assert lines(CLEAN, CLEAN) == ["共 2 个文件：通过 2 个"]
    assert lines(*ALL)[-1] == "共 5 个文件：通过 3 个（其中 2 个有警告或提示），有错误 1 个，读不了 1 个"
    assert lines(EXAMPLE, CLEAN, fail_on="warning")[-1] == "共 2 个文件：通过 1 个，有错误或警告 1 个"


def test_codes_have_their_titles_and_files_their_counts() -> None:
    text = "\n".join(lines(WRONG, EXAMPLE, UNREADABLE))
    assert catalogue(newest_form())["A104"].title in text
    assert "错误 2 处 警告 1 处  甲.xlsx" in text
    assert UNREADABLE.error in text
    assert "和平镇.xlsx" not in text  # it passed
    assert "xxgk explain A104" in text


def test_a_code_that_the_newest_form_has_not_is_counted_all_the_same() -> None:
    assert any("A999" in line for line in lines(FileResult("甲", (finding(code="A999"),))))


def test_long_lists_are_cut_with_the_rest_counted() -> None:
    codes = [finding(code=f"A9{number:02}", severity="error") for number in range(CODES_SHOWN + 3)]
    many = [FileResult(f"{number:03}号.xlsx", tuple(codes)) for number in range(FILES_SHOWN + 7)]
    bad = [FileResult(f"{number:03}坏.xlsx", error=f"读不了 {number:03}坏.xlsx。") for number in range(FILES_SHOWN + 9)]
    shown = lines(*many, *bad)
    assert sum("号.xlsx" in line for line in shown) == FILES_SHOWN
    assert sum("坏.xlsx" in line for line in shown) == FILES_SHOWN
    assert [int(found[1]) for line in shown if (found := re.search(r"另有 (\d+)", line))] == [3, 7, 9]


@pytest.mark.parametrize("width", [1, 20, 40, 80, 200])
def test_every_line_fits(width: int) -> None:
    long_name = FileResult("县" * 60 + "/报 表.xlsx", WRONG.findings)
    assert max(map(display_width, lines(*ALL, long_name, width=width))) <= max(width, 20)


def test_colour_changes_nothing_else() -> None:
    found = summary(*ALL, WRONG)
    plain, coloured = render_summary(found, 60, False), render_summary(found, 60, True)
    assert "\x1b" not in plain
    assert plain != coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_names_cannot_steer_the_terminal() -> None:
    text = render_summary(
        summary(FileResult("甲\x1b[2J\r.xlsx", (finding(),)), FileResult("x", error="乙\x1b")), 80, False
    )
    assert all(char.isprintable() for char in text.replace("\n", ""))
