"""The line that tells how far long work is."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.output import progress
from xxgk.output.progress import Progress, progress_line
from xxgk.output.width import display_width


class Terminal(io.StringIO):
    """A terminal as a stream knows it."""

    def isatty(self) -> bool:
        return True


@given(st.data(), st.integers(-1, 200), st.floats(0, 1e6))
def test_the_line_always_fits(data: st.DataObject, width: int, passed: float) -> None:
    total = data.draw(st.integers(1, 100_000))
    done = data.draw(st.integers(0, total))
    faulty = data.draw(st.integers(0, done))
    line = progress_line(done, total, faulty, passed, width)
    assert display_width(line) <= max(width, 0)
    assert "\n" not in line


def test_the_line_tells_count_bar_time_and_errors() -> None:
    assert progress_line(250, 1000, 3, 10, 60) == "已校验 250/1000 个 [###...........]，未通过 3 个，还要 30 秒"
    assert progress_line(10, 1000, 0, 10, 40) == "已校验 10/1000 个 [......]，还要 16 分钟"
    assert progress_line(1000, 1000, 0, 10, 40) == "已校验 1000/1000 个 [##################]"


def test_a_narrow_terminal_gets_the_count_alone() -> None:
    assert progress_line(250, 1000, 3, 10, 20) == "已校验 250/1000 个"
    assert progress_line(250, 1000, 3, 10, 5) == ""


def test_nothing_is_written_where_nobody_looks() -> None:
    stream = io.StringIO()
    bar = Progress(2, stream)
    bar.add(faulty=False)
    with bar.hidden():
        pass
    bar.clear()
    assert bar.done == 1
    assert stream.getvalue() == ""


def test_what_is_drawn_is_taken_away_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PAUSE", 0)
    stream = Terminal()
    bar = Progress(2, stream)
    bar.add(faulty=True)
    with bar.hidden():
        stream.write("结果\n")
    bar.clear()
    *_, before, after = stream.getvalue().split("结果\n")
    first, blank, end = before.split("\r")
    assert first.startswith("已校验 1/2 个")
    assert blank == " " * display_width(first)
    assert end == ""
    assert after.startswith("已校验 1/2 个")
    assert after.endswith("\r")


def test_it_is_not_drawn_for_every_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "monotonic", iter(range(10_000)).__next__)
    monkeypatch.setattr(progress, "PAUSE", 100)
    stream = Terminal()
    bar = Progress(1000, stream)
    for _ in range(1000):
        bar.add(faulty=False)
    assert 5 <= stream.getvalue().count("已校验") <= 15


def test_a_log_gets_a_line_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 20))
    monkeypatch.setattr(progress, "monotonic", lambda: float(next(clock)))
    stream = io.StringIO()
    bar = Progress(1000, stream, "读")
    for number in range(9):
        bar.add(faulty=number == 1)
    with bar.hidden():
        pass
    bar.clear()
    lines = stream.getvalue().splitlines()
    assert [line.partition(" [")[0] for line in lines] == [f"已读 {done}/1000 个" for done in (3, 6, 9)]
    assert all("未通过 1 个" in line for line in lines)
