"""The threads of the window: work that can be stopped, a file that is watched, programs that are started."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event

import pytest

from xxgk.errors import FileProblem
from xxgk.window.runner import Runner
from xxgk.window.system import open_path
from xxgk.window.watch import Glance, Watch, glance, stamp_of
from xxgk.window.work import Outcome, Tell

SECONDS = 20  # at most; what is waited for comes within milliseconds
posix = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="xdg-open is Linux's")


def test_work_is_done_aside_and_stopped_at_its_next_step() -> None:
    told: SimpleQueue[str] = SimpleQueue()
    done: SimpleQueue[Outcome] = SimpleQueue()
    go_on = Event()

    def work(tell: Tell) -> Outcome:
        tell("第一步")
        assert go_on.wait(SECONDS)
        tell("第二步")
        return Outcome("做完了")

    runner = Runner(told.put, done.put)
    runner.start(work)
    assert told.get(timeout=SECONDS) == "第一步"
    assert done.empty()
    runner.stop()
    go_on.set()
    stopped = done.get(timeout=SECONDS)
    assert (stopped.refused, stopped.text) == (False, "已停止，文件没有改动。")
    runner.start(work)
    assert done.get(timeout=SECONDS).text == "做完了"


def test_a_glance_tells_saving_and_opening(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    assert glance(path) == Glance()
    path.write_bytes(b"1")
    assert glance(path) == Glance(stamp_of(path), in_use=False)
    (tmp_path / ".~lock.年报.xlsx#").write_bytes(b"")
    assert glance(path).in_use


def test_the_file_is_watched_until_the_end(tmp_path: Path) -> None:
    seen: SimpleQueue[tuple[Path, Glance]] = SimpleQueue()
    watch = Watch(lambda path, glance: seen.put((path, glance)), pause=0.01)
    path = tmp_path / "年报.xlsx"
    watch.look_at(path)
    assert seen.get(timeout=SECONDS) == (path, Glance())
    path.write_bytes(b"12")
    while (found := seen.get(timeout=SECONDS)[1]) == Glance():
        pass
    assert found.stamp == stamp_of(path)
    watch.end()
    while not seen.empty():
        seen.get()
    with pytest.raises(Empty):
        seen.get(timeout=0.1)


def opener(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "xdg-open"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@posix
def test_the_system_opens_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener(tmp_path, f'printf "%s" "$1" > "{tmp_path}/opened"', monkeypatch)
    file = tmp_path / "年报 2023.docx"
    file.write_bytes(b"")
    open_path(file)
    assert (tmp_path / "opened").read_text(encoding="utf-8") == str(file)


@posix
@pytest.mark.parametrize("script", ["exit 3", None], ids=["fails", "is not there"])
def test_where_no_program_opens_it_the_place_is_told(
    script: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if script is None:
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        opener(tmp_path, script, monkeypatch)
    file = tmp_path / "年报.docx"
    file.write_bytes(b"")
    with pytest.raises(FileProblem, match=r"年报\.docx"):
        open_path(file)


def test_what_is_gone_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="找不到"):
        open_path(tmp_path / "没有.docx")
