"""A line on a terminal that tells how far long work is. Libraries for it start a thread and cost more than a check.

Where there is no terminal, in a log file, a line is written each minute instead.

Only ASCII is drawn with, besides the words: what else looks like a bar is two columns wide on a Chinese console.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

from xxgk.output.terminal import PLAIN_WIDTH
from xxgk.output.width import display_width

PAUSE = 0.1  # seconds between two drawings
LOG_PAUSE = 60.0  # seconds between two lines in a log
LOG_WIDTH = 60  # columns
LEAST_BAR = 4  # columns


class Progress:
    """So many of ``total`` done, so many of them ``faulty``; told on ``stream`` in the words of ``verb``."""

    def __init__(self, total: int, stream: TextIO, verb: str = "校验") -> None:
        self._total, self._stream, self._verb = total, stream, verb
        self._visible = stream.isatty()
        self.done = self._faulty = 0
        self._started = self._drawn_at = monotonic()
        self._drawn = 0  # columns

    def add(self, faulty: bool) -> None:
        """Count one more as done."""
        self.done += 1
        self._faulty += faulty
        if monotonic() - self._drawn_at >= (PAUSE if self._visible else LOG_PAUSE):
            self._draw()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Take the line away while something else is written to the terminal."""
        self.clear()
        yield
        if self._visible:
            self._draw()

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            self._stream.write("\r" + " " * self._drawn + "\r")
            self._stream.flush()
            self._drawn = 0

    def _draw(self) -> None:
        self.clear()
        self._drawn_at = monotonic()
        passed = self._drawn_at - self._started
        # The last column stays free: a terminal may go to the next line after it.
        width = _width(self._stream) - 1 if self._visible else LOG_WIDTH
        line = progress_line(self.done, self._total, self._faulty, passed, width, self._verb)
        if not self._visible:
            self._stream.write(line + "\n")
            self._stream.flush()
            return
        self._stream.write(line)
        self._stream.flush()
        self._drawn = display_width(line)


def progress_line(done: int, total: int, faulty: int, passed: float, width: int, verb: str = "校验") -> str:
    """Return how far the work is after ``passed`` seconds, in at most ``width`` columns."""
    head = f"已{verb} {done}/{total} 个"
    left = _duration(passed / done * (total - done)) if 0 < done < total else ""
    tail = (f"，未通过 {faulty} 个" if faulty else "") + (f"，还要 {left}" if left else "")
    room = width - display_width(head) - display_width(tail) - 3
    if room < LEAST_BAR:
        return next((line for line in (head + tail, head) if display_width(line) <= width), "")
    filled = room * done // total
    return f"{head} [{'#' * filled}{'.' * (room - filled)}]{tail}"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < 100 else f"{seconds / 60:.0f} 分钟"


def _width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or PLAIN_WIDTH
    except (OSError, ValueError):
        return PLAIN_WIDTH
