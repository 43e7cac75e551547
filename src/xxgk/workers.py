"""The same work on many items in several processes, where an item that hangs or kills its process costs only itself.

``concurrent.futures`` gives up all items when one process dies and cannot stop one that hangs. Here each
process has a pipe of its own and one item at a time, so it is always known which item it is at.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any, Generic, TypeVar

from xxgk.records import Record

T = TypeVar("T")
R = TypeVar("R")

# A fork starts at once and shares the memory of what is already imported. It is safe from one thread only,
# which ours is; macOS's own libraries do not bear it, Windows has none.
START_METHOD = "fork" if sys.platform == "linux" else "spawn"


class Lost(Record):
    """What came of an item whose process took too long (``late``), or died."""

    late: bool


def run_each(
    function: Callable[[T], R],
    items: Sequence[T],
    jobs: int,
    seconds: float,
    start_method: str = START_METHOD,
) -> Generator[tuple[int, R | Lost], None, None]:
    """Yield the index of each item with ``function(item)``, in the order in which they get done.

    At most ``jobs`` processes work, ``seconds`` on one item. ``function`` and what goes in and out of it must be
    picklable. An item is asked for when a process is free for it. Closing the generator, or an exception in it, ends
    all processes at once.
    """
    context = multiprocessing.get_context(start_method)
    given, count = 0, len(items)
    team: list[_Worker[T, R]] = []
    try:
        while given < count or team:
            while given < count and len(team) < jobs:
                team.append(_Worker(context, function))
                team[-1].take(given, items[given], seconds)
                given += 1
            done: list[tuple[int, R | Lost]] = []
            for worker in _ready(team):
                outcome = worker.outcome()
                done.append((worker.index, outcome))
                if given < count and not isinstance(outcome, Lost):
                    worker.take(given, items[given], seconds)
                    given += 1
                else:
                    team.remove(worker)
                    worker.end()
            # The processes have their next items by now: what the caller does meanwhile costs them nothing.
            yield from done
    finally:
        for worker in team:
            worker.end()


def in_order(pairs: Iterable[tuple[int, T]]) -> Iterator[T]:
    """Yield the values of (index, value) pairs by index, from 0, each as soon as all before it are there."""
    early: dict[int, T] = {}
    expected = 0
    for index, value in pairs:
        early[index] = value
        while expected in early:
            yield early.pop(expected)
            expected += 1


class _Worker(Generic[T, R]):
    """A process, and the item that it is at."""

    def __init__(self, context: Any, function: Callable[[T], R]) -> None:
        self.pipe, far = context.Pipe()
        self.index = -1
        self.deadline = 0.0
        self._process = context.Process(target=_serve, args=(function, far, self.pipe), daemon=True)
        with _interrupts_held():
            self._process.start()
        far.close()

    def take(self, index: int, item: T, seconds: float) -> None:
        """Give the process its next item."""
        self.index, self.deadline = index, monotonic() + seconds
        # A dead process is noticed when its answer is awaited.
        with suppress(OSError):
            self.pipe.send(item)

    def outcome(self) -> R | Lost:
        """Return what came of the item; the process has answered, died or is late."""
        if not self.pipe.poll():
            return Lost(late=True)
        try:
            result: R = self.pipe.recv()
        except (EOFError, OSError):
            return Lost(late=False)
        return result

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()


def _ready(team: Sequence[_Worker[T, R]]) -> list[_Worker[T, R]]:
    """Wait for the first answer, death or time limit and return all workers that have one."""
    soonest = min(worker.deadline for worker in team)
    answered = wait([worker.pipe for worker in team], max(0.0, soonest - monotonic()))
    now = monotonic()
    return [worker for worker in team if worker.pipe in answered or worker.deadline <= now]


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C away while a process is started, which inherits this and so never gets one.

    Here a Ctrl-C takes effect afterwards; on Windows one in these milliseconds is lost.
    """
    if sys.platform == "win32":
        import ctypes

        ignore = ctypes.windll.kernel32.SetConsoleCtrlHandler
        ignore(None, True)
        try:
            yield
        finally:
            ignore(None, False)
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(function: Callable[[T], R], pipe: Connection, other_end: Connection) -> None:
    """Answer items until the pipe closes, which it only does when this process holds no end of the other side."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other_end.close()
    # Whatever ends this process, the other side sees that it is gone.
    with suppress(Exception):
        while True:
            pipe.send(function(pipe.recv()))
