"""The threads of the window: work that can be stopped, a file that is watched, programs that are started."""

from __future__ import annotations

from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event

import pytest

from xxgk.window.runner import Runner
from xxgk.window.watch import Glance, Watch, glance, stamp_of
from xxgk.window.work import Outcome, Tell

SECONDS = 20  # at most; what is waited for comes within milliseconds


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
