"""Between the window and the work: it decides what a key or a button does. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from xxgk.appearance import Appearance
from xxgk.records import replace
from xxgk.suffixes import WORKBOOKS
from xxgk.window import filling, work
from xxgk.window.entries import (
    CAPTIONS,
    CHECK,
    CHOOSE,
    CLEAR,
    EDIT,
    FILL,
    FOLDER,
    MARK,
    OWN_STYLE,
    REPORT,
    SEAL,
    STYLE,
    UNDO,
)
from xxgk.window.memory import load_memory, save_memory
from xxgk.window.state import State, chosen, enabled, finished, seen, started
from xxgk.window.watch import Glance
from xxgk.window.work import BookWork, Outcome, Question, Work

STOPPING = "正在停下…"
BOOK_WORK: Mapping[str, BookWork] = {
    CHECK: work.check_book,
    FILL: filling.fill_book,
    MARK: work.mark_book,
    CLEAR: work.clear_book,
    REPORT: work.report_book,
    EDIT: work.open_file,
}


class View(Protocol):
    """What the presenter asks of the window."""

    def show(self, state: State) -> None:
        """Show this state."""

    def tell(self, text: str) -> None:
        """Show a sentence that must not be overlooked."""

    def agreed(self, question: Question) -> bool:
        """Ask, and return whether the answer was yes."""

    def ask_file(self, folder: Path | None) -> Path | None:
        """Let the user choose a workbook, None when nothing was chosen."""

    def ask_style(self, folder: Path) -> Path | None:
        """Let the user choose a reference docx, None when nothing was chosen."""


class Hand(Protocol):
    """What does the work, in a thread or at once."""

    def start(self, work: Work) -> None:
        """Begin; the outcome is given to ``Presenter.finished``."""

    def stop(self) -> None:
        """Let the work end at its next step."""


class Presenter:
    """The window's state and what changes it. Everything here happens in the window's own thread."""

    def __init__(self, view: View, hand: Hand, memory_file: Path, watched: Callable[[Path], None]) -> None:
        self._view, self._hand, self._memory_file, self._watched = view, hand, memory_file, watched
        self._memory = load_memory(memory_file)
        self.state = State()

    @property
    def recent(self) -> tuple[Path, ...]:
        """The last workbooks, newest first."""
        return tuple(Path(name) for name in self._memory.recent)

    def do(self, name: str) -> None:
        """Start the entry of this name, if it can be started now."""
        state = self.state
        if name not in enabled(state):
            return
        if name == CHOOSE:
            path = self._view.ask_file(state.path.parent if state.path else None)
            if path is not None:
                self.choose(path)
        elif state.path is None:
            return
        elif name == FOLDER:
            self._start(CAPTIONS[name], partial(work.open_file, state.path.parent))
        elif name == UNDO:
            assert state.fill is not None
            self._start(CAPTIONS[name], partial(work.undo_book, state.path, state.fill))
        elif name == SEAL:
            self._dress(state.path, replace(state.look, sealed=not state.look.sealed))
        elif name == STYLE:
            style = self._view.ask_style(state.path.parent)
            if style is not None:
                self._dress(state.path, replace(state.look, style=style))
        elif name == OWN_STYLE:
            self._dress(state.path, replace(state.look, style=None))
        else:
            self._start(CAPTIONS[name], partial(BOOK_WORK[name], state.path))

    def choose(self, path: Path) -> None:
        """Take this workbook and check it."""
        if self.state.busy:
            return
        path = path.absolute()
        if path.suffix.lower() not in WORKBOOKS:
            self._view.tell(f"工作簿应是 .xlsx 或 .xlsm 文件，{path.name} 不是。请用 WPS 或 Excel 另存为 .xlsx 再选。")
            return
        self._memory = self._memory.opened(path)
        save_memory(self._memory_file, self._memory)
        self._watched(path)
        self._show(chosen(path, self._memory.fill_of(path)))
        self.do(CHECK)

    def limit(self, severity: str) -> None:
        """Show only findings of this severity."""
        self._show(replace(self.state, shown=severity))

    def stop(self) -> None:
        """Let the work that is being done end."""
        if self.state.busy:
            self._hand.stop()
            self._show(replace(self.state, status=STOPPING))

    def told(self, text: str) -> None:
        """Take in how far the work is."""
        if self.state.busy and self.state.status != STOPPING:
            self._show(replace(self.state, status=text))

    def glanced(self, path: Path, glance: Glance) -> None:
        """Take in a look at the file."""
        state = seen(self.state, path, glance)
        if state != self.state:
            self._show(state)

    def finished(self, outcome: Outcome) -> None:
        """Take in what came of the work, and ask what it asks."""
        self._show(finished(self.state, outcome))
        path = self.state.path
        if path is not None and (outcome.fill is not None or outcome.undone):
            self._memory = self._memory.with_fill(path, outcome.fill)
            save_memory(self._memory_file, self._memory)
        if outcome.refused:
            self._view.tell(outcome.text)
        elif outcome.question is not None:
            question = outcome.question
            if self._view.agreed(question):
                self._start(question.caption, question.yes)
            elif question.no is not None:
                self._start(question.caption, question.no)
            elif not outcome.text:
                self._show(replace(self.state, status="没有改动。"))

    def _dress(self, path: Path, look: Appearance) -> None:
        self._start("报告设置", partial(work.dress_book, path, look))

    def _start(self, caption: str, piece: Work) -> None:
        self._show(started(self.state, caption, caption == CAPTIONS[CHECK]))
        self._hand.start(piece)

    def _show(self, state: State) -> None:
        self.state = state
        self._view.show(state)
