"""The window opens by a double click or a dropped workbook, never for somebody who types or for a script."""

from __future__ import annotations

import io
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.errors import UsageProblem
from xxgk.window.main import NO_DESKTOP
from xxgk.window.starting import COMMAND, start, with_window

ROOT = Path(__file__).parents[2]
WORKBOOK = "年报 2023.XLSX"
on_x = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a desktop is always there")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, io.StringIO())


@pytest.mark.usefixtures("desktop")
def test_a_start_without_words_opens_the_window() -> None:
    assert with_window([]) == [COMMAND]


@on_x
@pytest.mark.usefixtures("desktop")
@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_in_a_terminal_it_shows_the_commands(stream: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, stream, Terminal())
    assert with_window([]) == []


@on_x
@pytest.mark.usefixtures("desktop")
def test_without_a_desktop_it_shows_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    assert with_window([]) == []


@pytest.mark.usefixtures("desktop")
def test_streams_that_are_not_there_are_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    assert with_window([]) == [COMMAND]


def test_a_workbook_alone_opens_in_the_window() -> None:
    assert with_window([WORKBOOK]) == [COMMAND, WORKBOOK]


@pytest.mark.parametrize("words", [["check", WORKBOOK], ["--help"], ["check"], ["年报.docx"]])
def test_other_words_stay_as_they_are(words: list[str]) -> None:
    assert with_window(words) == words


@on_x
def test_the_command_says_where_no_window_can_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(sys, "argv", ["xxgk", WORKBOOK])
    assert main() == 2
    assert capsys.readouterr().err == f"{NO_DESKTOP}\n"


@on_x
def test_a_display_that_does_not_answer_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tkinter")
    monkeypatch.setenv("DISPLAY", "nowhere:99")
    assert main([COMMAND]) == 2
    assert capsys.readouterr().err == f"{NO_DESKTOP}\n"


def test_everything_but_the_widgets_does_without_tkinter() -> None:
    script = "import sys, xxgk.window.presenter, xxgk.window.runner, xxgk.window.main; print('tkinter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@on_x
def test_the_program_for_a_double_click_says_why_there_is_no_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(sys, "argv", ["xxgkw", WORKBOOK])
    assert start() == UsageProblem.exit_code
    assert NO_DESKTOP in capsys.readouterr().err


def test_the_program_for_a_double_click_is_named_in_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (entry,) = project["gui-scripts"].values()
    module, _, name = entry.partition(":")
    assert getattr(import_module(module), name) is start
