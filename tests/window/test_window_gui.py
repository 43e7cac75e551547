"""The window itself, by keyboard and mouse on a screen of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.appearance import appearance_beside
from xxgk.checking import check_file
from xxgk.window.entries import CAPTIONS, CHECK, ENTRIES, FILL, REPORT
from xxgk.window.state import ALL, CHANGED, FIRST, OPEN_ELSEWHERE, lines
from xxgk.window.view import LEAST, LOOK
from xxgk.workbook.reading.read import read_workbook

from support.display import wait_for
from support.reports import zero_report
from support.sizes import full_only
from support.tkwindow import TkWindow, tk_window
from support.window_books import MENDED, UNMENDED, faulty_report, mendable_report, written

pytestmark = pytest.mark.window


def expected(path: Path) -> list[tuple[str, ...]]:
    return [line.values for line in lines(check_file(path).findings, ALL)]


def shows(window: TkWindow, path: Path) -> bool:
    return window.rows() == expected(path)


def test_findings_are_listed_follow_the_file_and_can_be_copied(tmp_path: Path) -> None:
    path = written(tmp_path, faulty_report())
    with tk_window(tmp_path, str(path)) as window:
        wait_for(lambda: shows(window, path))
        assert str(path) in window.texts()
        window.key("ctrl+a", "ctrl+c")
        copied = window.ask("clipboard get")
        assert all(finding.message in copied for finding in check_file(path).findings)

        written(tmp_path, mendable_report())
        wait_for(lambda: CHANGED in window.texts())
        window.key("F5")
        wait_for(lambda: shows(window, path))
        assert CHANGED not in window.texts()
        lock = path.with_name(f".~{path.name}")
        lock.write_bytes(b"")
        wait_for(lambda: OPEN_ELSEWHERE in window.texts())
        window.key("F7")
        wait_for(lambda: "关闭它" in window.texts() and "知道了" in window.texts())
        window.key("Escape")
        written(tmp_path, zero_report())
        window.key("Return")
        wait_for(lambda: shows(window, path))
        assert window.rows() == []


def test_the_report_by_mouse(tmp_path: Path) -> None:
    path = written(tmp_path, faulty_report())
    with tk_window(tmp_path, str(path)) as window:
        wait_for(lambda: shows(window, path))
        window.click(CAPTIONS[REPORT])
        wait_for(lambda: "草稿吗" in window.texts())
        window.click("不生成草稿")
        wait_for(lambda: "没有生成报告" in window.texts())
        assert not list(tmp_path.glob("*.docx"))
        window.click(CAPTIONS[REPORT])
        window.click("生成草稿")
        wait_for(lambda: "现在打开吗" in window.texts())
        window.click("不打开")
        made = {file.suffix: file for file in tmp_path.glob("*草稿*")}
        assert set(made) == {".docx", ".html"}
        assert "草稿" in made[".html"].read_text(encoding="utf-8")

        written(tmp_path, zero_report())
        window.click(CAPTIONS[CHECK])
        wait_for(lambda: shows(window, path))
        window.click(CAPTIONS[REPORT])
        wait_for(lambda: "报告已生成" in window.texts())
        assert len([file for file in tmp_path.glob("*.docx") if "草稿" not in file.name]) == 1


@full_only
def test_filling_and_undoing_by_keyboard(tmp_path: Path) -> None:
    path = written(tmp_path, mendable_report())
    before = path.read_bytes()
    with tk_window(tmp_path, str(path)) as window:
        wait_for(lambda: shows(window, path))
        window.key("F6")
        wait_for(lambda: "改吗？" in window.texts())
        assert UNMENDED[:4] in window.ask(f"{window.the('Toplevel')}.!frame.!frame2.!text get 1.0 end")
        window.key("Escape")
        wait_for(lambda: "没有改动" in window.texts())
        assert path.read_bytes() == before
        window.key("F6")
        wait_for(lambda: "改吗？" in window.texts())
        window.key("Return")
        wait_for(lambda: read_workbook(path).narrative["problems"][0].text == MENDED)
        wait_for(lambda: window.rows() == [])
        window.key("ctrl+z")
        wait_for(lambda: path.read_bytes() == before)


@full_only
def test_a_seal_is_chosen_in_the_menu_and_shown_there(tmp_path: Path) -> None:
    path = written(tmp_path, zero_report())
    with tk_window(tmp_path, str(path)) as window:
        wait_for(lambda: shows(window, path))
        for sealed in (True, False):
            window.click(LOOK)
            window.key("Down", "Return")
            wait_for(lambda sealed=sealed: appearance_beside(path).sealed == sealed)  # type: ignore[misc]


@full_only
def test_without_a_workbook_one_is_chosen_and_remembered(tmp_path: Path) -> None:
    path = written(tmp_path, faulty_report())
    with tk_window(tmp_path) as window:
        assert FIRST in window.texts()
        window.key("F5", "ctrl+o")
        wait_for(lambda: "文件名" in window.texts())
        *_, entry = (name for name, kind, *_ in window.widgets() if kind == "TEntry")
        window.ask(f"{entry} insert 0 {{{path}}}; focus {entry}")
        window.key("Return")
        wait_for(lambda: shows(window, path))
    with tk_window(tmp_path) as window:
        window.click("最近的")
        window.key("Down", "Return")
        wait_for(lambda: shows(window, path))


@full_only
def test_everything_is_reached_by_tab_and_started_by_enter(tmp_path: Path) -> None:
    path = written(tmp_path, faulty_report())
    with tk_window(tmp_path, str(path)) as window:
        wait_for(lambda: shows(window, path))
        reached = [window.ask("focus")]
        while (focus := (window.key("Tab"), window.ask("focus"))[1]) not in reached:
            reached.append(focus)
        captions = [text for name, *_, text in window.widgets() if name in reached]
        for entry in ENTRIES:
            usable = entry.name != "undo"
            assert any(text.startswith(f"{entry.caption} ") for text in captions) is usable, entry.caption
        assert {window.the("Treeview"), window.the("Text")} <= set(reached)
        fill = next(name for name, *_, text in window.widgets() if text.startswith(CAPTIONS[FILL]))
        window.ask(f"focus {fill}")
        window.key("Return")
        wait_for(lambda: "改吗？" in window.texts())


@full_only
def test_it_closes_and_ends(tmp_path: Path) -> None:
    with tk_window(tmp_path) as window:
        window.key("alt+F4")
        assert window.process.wait(20) == 0


@full_only
@pytest.mark.parametrize(("dpi", "size"), [(96, (1366, 768)), (144, (1366, 768)), (192, (2560, 1440))])
def test_everything_has_room_at_every_density(dpi: int, size: tuple[int, int], tmp_path: Path) -> None:
    path = written(tmp_path, faulty_report())
    scale = dpi / 96
    with tk_window(tmp_path, str(path), dpi=dpi, size=size) as window:
        wait_for(lambda: shows(window, path))
        em = int(window.ask("font measure TkDefaultFont 国国国国国国国国国国")) / 10
        assert em == pytest.approx(14 * scale, rel=0.1)
        least = [min(round(pixels * scale), most) for pixels, most in zip(LEAST, size, strict=True)]
        for width, height in (size, least):
            window.ask(f"wm geometry . {width}x{height}+0+0; update")
            right, bottom = (int(word) for word in window.ask("list [winfo width .] [winfo height .]").split())
            for name, *_ in window.widgets():
                edges = window.ask(
                    f"list [expr [winfo rootx {name}] + [winfo width {name}] - [winfo rootx .]]"
                    f" [expr [winfo rooty {name}] + [winfo height {name}] - [winfo rooty .]]"
                    f" [winfo width {name}] [winfo reqwidth {name}] [winfo class {name}]"
                ).split()
                assert int(edges[0]) <= right, name
                assert int(edges[1]) <= bottom, name
                if edges[4] in ("TButton", "TRadiobutton", "TMenubutton"):
                    assert int(edges[2]) >= int(edges[3]), name
            tree = window.the("Treeview")
            assert int(window.ask(f"winfo height {tree}")) >= 4 * int(
                window.ask("ttk::style lookup Treeview -rowheight")
            )
