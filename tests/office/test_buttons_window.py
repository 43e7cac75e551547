"""The buttons clicked with the mouse in a window of LibreOffice, as staff do."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from xxgk.excel import actions as do
from xxgk.excel.actions import Action, asked, message
from xxgk.excel.verbs import VERBS
from xxgk.output.marks.sheet import TOP
from xxgk.output.marks.table import SHEET
from xxgk.suffixes import XLSM
from xxgk.workbook.layout import COVER, layout_of
from xxgk.workbook.template import template_path
from xxgk.workbook.writing.write import fill_workbook

from support.display import wait_for
from support.reports import FORM, with_figure, zero_report
from support.screen import Window, window
from support.screen import missing as screen_missing
from support.sizes import full_only
from support.standin import Answers, install, set_program

pytestmark = [
    pytest.mark.office,
    full_only,
    pytest.mark.skipif(bool(screen_missing()), reason=screen_missing()),
]

CAPTIONS = {verb.name: verb.caption for verb in VERBS}
ADDRESS, FIRST = next(
    (address, cell) for address, cell in layout_of(FORM).figures.items() if address not in FORM.totals
)
STATUS = layout_of(FORM).status
CLICKS = 8
LINES = 300  # of a list of findings, about thirty of these
LIST = "清单"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Window, Answers]]:
    home = tmp_path_factory.mktemp("家")
    answers = Answers(home / "answers")
    install(home, answers)
    path = home / f"年报 2023{XLSM}"
    path.write_bytes(template_path(FORM, XLSM).read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        with window(path) as shown:
            yield shown, answers


def typed(shown: Window, sheet: str, cell: str) -> str:
    return str(shown.document.Sheets.getByName(sheet).getCellRangeByName(cell).String)


def last(shown: Window) -> str:
    return typed(shown, LIST, f"A{LINES}") if shown.document.Sheets.hasByName(LIST) else ""


def test_every_click_starts_one_run_and_all_its_changes_come(opened: tuple[Window, Answers]) -> None:
    shown, answers = opened
    for click in range(CLICKS):
        lines = [Action(do.STR, LIST, f"A{row}", f"{click} {row}") for row in range(1, LINES + 1)]
        answers.tell([Action(do.ADD_SHEET, LIST), *lines])
        shown.click(CAPTIONS["check"])
        wait_for(lambda: answers.runs() and last(shown).startswith(f"{click} "))  # noqa: B023
        assert len(answers.runs()) == 1


def test_while_it_runs_no_click_counts(opened: tuple[Window, Answers]) -> None:
    shown, answers = opened
    answers.tell([Action(do.NUM, FIRST.sheet, FIRST.ref, "7")], seconds=2)
    shown.click(CAPTIONS["fill"])
    wait_for(answers.runs)
    assert not shown.frame.isEnabled()
    shown.click(CAPTIONS["check"])
    wait_for(lambda: typed(shown, FIRST.sheet, FIRST.ref) == "7")
    wait_for(shown.frame.isEnabled)
    time.sleep(1)
    assert [job["verb"] for job in answers.runs()] == ["fill"]


def test_the_program_itself_marks_fills_and_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    set_program(tmp_path, sys.executable)
    path = tmp_path / "年报 目录" / f"年报 2023{XLSM}"
    path.parent.mkdir()
    path.write_bytes(
        fill_workbook(template_path(FORM, XLSM).read_bytes(), with_figure(zero_report(), ADDRESS, None), FORM).data
    )
    with window(path) as shown:
        shown.click(CAPTIONS["check"])
        wait_for(lambda: shown.document.Sheets.hasByName(SHEET))
        controller = shown.document.CurrentController
        wait_for(lambda: typed(shown, STATUS.sheet, STATUS.ref))
        # The jump to the first finding comes last.
        wait_for(lambda: controller.ActiveSheet.Name == FIRST.sheet)
        wait_for(shown.frame.isEnabled)
        assert shown.message() == ""
        controller.setActiveSheet(shown.document.Sheets.getByName(SHEET))
        assert controller.SplitRow == TOP - 1
        controller.setActiveSheet(shown.document.Sheets.getByName(COVER))
        shown.click(CAPTIONS["fill"])
        assert "→ 0" in wait_for(shown.message)
        shown.agree()
        wait_for(lambda: typed(shown, FIRST.sheet, FIRST.ref) == "0")
        shown.click(CAPTIONS["report"])
        assert "现在打开吗？" in wait_for(shown.message)
    assert {".docx", ".html"} <= {made.suffix for made in path.parent.iterdir()}


def test_a_refusal_is_shown_as_it_was_said(opened: tuple[Window, Answers]) -> None:
    shown, answers = opened
    sentence = "工作簿还没有存过盘。请先存盘，再试一次。"
    answers.tell(code=1, out=sentence)
    shown.click(CAPTIONS["report"])
    assert sentence in wait_for(shown.message)
    shown.agree()
    wait_for(lambda: not shown.message())


def test_yes_applies_what_was_asked_about_and_starts_again(opened: tuple[Window, Answers]) -> None:
    shown, answers = opened
    answers.tell(
        [
            *asked("改这一格吗？", Action(do.STR, COVER, "C5", "改了")),
            message("改好了。"),
            *asked("再来一次吗？", Action(do.AGAIN, text="report")),
        ]
    )
    shown.click(CAPTIONS["fill"])
    assert "改这一格吗？" in wait_for(shown.message)
    assert typed(shown, COVER, "C5") == ""
    shown.agree()
    wait_for(lambda: "改好了。" in shown.message())
    assert typed(shown, COVER, "C5") == "改了"
    shown.agree()
    wait_for(lambda: "再来一次吗？" in shown.message())
    answers.tell()  # the run that follows asks nothing
    shown.agree()
    assert wait_for(answers.runs) == [{**answers.runs()[0], "verb": "report", "answer": "yes"}]
