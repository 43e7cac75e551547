"""Work done in a thread of its own, one piece at a time, so that the window stays alive."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from xxgk.errors import XxgkError
from xxgk.window.work import Outcome, Stopped, Work


class Runner:
    """``told`` hears how far the work is, ``done`` what came of it; both are called in the thread of the work."""

    def __init__(self, told: Callable[[str], None], done: Callable[[Outcome], None]) -> None:
        self._told, self._done = told, done
        self._stop = Event()

    def start(self, work: Work) -> None:
        """Begin; what is written is written to the end, also when the window closes."""
        self._stop.clear()
        Thread(target=self._run, args=(work,), name="work").start()

    def stop(self) -> None:
        """Let the work end at its next step, before it writes anything more."""
        self._stop.set()

    def _run(self, work: Work) -> None:
        self._done(outcome_of(work, self._tell))

    def _tell(self, text: str) -> None:
        if self._stop.is_set():
            raise Stopped("已停止，文件没有改动。")
        self._told(text)


def outcome_of(work: Work, tell: Callable[[str], None]) -> Outcome:
    """Do the work; whatever goes wrong becomes a sentence."""
    try:
        return work(tell)
    except Stopped as stopped:
        return Outcome(str(stopped))
    except XxgkError as error:
        return Outcome(str(error), refused=True)
    except Exception:
        return Outcome(fault_sentence(), refused=True)


def fault_sentence() -> str:
    """Return what staff are told about the fault that is being handled, which is recorded."""
    from xxgk.faults import log_fault

    try:
        return f"程序内部出错，没有做完。请把这个记录发给维护人员：{log_fault()}"
    except OSError:
        return "程序内部出错，没有做完；记录也没有写成（磁盘可能满了）。请清出空间再试。"
