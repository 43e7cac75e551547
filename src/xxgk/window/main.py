"""The window opened: view, presenter, thread and watch put together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue

from xxgk.errors import UsageProblem
from xxgk.records import replace
from xxgk.window.starting import has_desktop

TYPE_CHECKING = False
if TYPE_CHECKING:
    import tkinter as tk

    from xxgk.window.presenter import Presenter
    from xxgk.window.view import MainWindow
    from xxgk.window.work import Outcome

POLL = 50  # milliseconds between two looks at what the threads have to say
NO_DESKTOP = "这里没有桌面，打不开窗口。可以用命令：xxgk check 文件（校验），xxgk report 文件（生成报告）。"
NO_TK = "这个 Python 没有窗口组件（tkinter），打不开窗口。请信息技术人员安装 python3-tk，或改用免安装的程序。"


def open_window(path: Path | None) -> None:
    """Show the window, with the workbook ``path`` if there is one, until it is closed.

    Raise ``UsageProblem`` when no window can be shown here.
    """
    if not has_desktop():
        raise UsageProblem(NO_DESKTOP)
    try:
        import tkinter as tk
    except ImportError as error:
        raise UsageProblem(NO_TK) from error
    from xxgk.window.looks import screen_dpi, see_real_pixels

    see_real_pixels()
    try:
        dpi = screen_dpi()
        root = tk.Tk(className="xxgk")
    except tk.TclError as error:
        raise UsageProblem(NO_DESKTOP) from error
    _App(root, dpi).run(path)


class _App:
    """One window and its threads; what those say waits in a queue until the window's thread takes it out."""

    def __init__(self, root: tk.Tk, dpi: float) -> None:
        from xxgk.window.dialogs import speak_chinese
        from xxgk.window.looks import prepare
        from xxgk.window.memory import memory_file
        from xxgk.window.presenter import Presenter
        from xxgk.window.runner import Runner
        from xxgk.window.view import MainWindow
        from xxgk.window.watch import Watch

        self._root = root
        self._said: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._closing = False
        later = self._said.put
        runner = Runner(
            lambda text: later(lambda: presenter.told(text)),
            lambda outcome: later(lambda: presenter.finished(self._last_word(outcome))),
        )
        self._watch = Watch(lambda path, glance: later(lambda: presenter.glanced(path, glance)))
        looks = prepare(root, dpi)
        speak_chinese(root)
        self._view: MainWindow = MainWindow(
            root,
            looks,
            do=lambda name: presenter.do(name),
            choose=lambda path: presenter.choose(path),
            limit=lambda severity: presenter.limit(severity),
            stop=lambda: presenter.stop(),
            recent=lambda: presenter.recent,
        )
        presenter = Presenter(self._view, runner, memory_file(), self._watch.look_at)
        self._presenter: Presenter = presenter

    def run(self, path: Path | None) -> None:
        self._root.protocol("WM_DELETE_WINDOW", self._close)
        self._root.report_callback_exception = self._fault
        self._view.show(self._presenter.state)
        if path is not None:
            self._root.after_idle(self._presenter.choose, path)
        self._root.after(POLL, self._listen)
        self._root.mainloop()

    def _listen(self) -> None:
        # First, so that a fault in what follows, or a question that waits, does not end the listening.
        self._root.after(POLL, self._listen)
        try:
            while True:
                self._said.get_nowait()()
        except Empty:
            if self._closing and not self._presenter.state.busy:
                self._end()

    def _last_word(self, outcome: Outcome) -> Outcome:
        """Return the outcome as it is shown: who has closed the window is not asked anything more."""
        return replace(outcome, question=None) if self._closing else outcome

    def _close(self) -> None:
        """Close, after the work that is being done: a thread that outlives its window would take Tk down with it."""
        if self._root.tk.call("grab", "current", "."):
            return  # a question waits for its answer
        if self._closing:
            # The work does not end, such as where a network folder does not answer.
            self._root.withdraw()
        self._closing = True
        self._presenter.stop()

    def _end(self) -> None:
        self._watch.end()
        self._root.destroy()

    def _fault(self, *_: object) -> None:
        from xxgk.window.runner import fault_sentence

        self._view.tell(fault_sentence())
