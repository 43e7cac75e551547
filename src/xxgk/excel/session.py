"""A verb on the workbook that is open in Excel, from the click to the last question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from xxgk.excel import actions as do
from xxgk.excel.actions import REFUSED, YES, Action
from xxgk.excel.apply import apply_changes
from xxgk.excel.live import open_live
from xxgk.excel.questions import Question, decided
from xxgk.excel.run import run_verb
from xxgk.opening import open_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    import xlwings

TITLE = "年报"


def run_live(verb: str, book: xlwings.Book) -> None:
    """Do ``verb``, and what its questions lead to, in the open workbook.

    Raise ``XxgkError``, with one sentence for staff, when it cannot be done.
    """
    answer = ""
    while verb:
        with _status_kept(book.app):
            steps = run_verb(verb, open_live(book), answer, lambda text: _tell(book.app, text))
            now, later = decided(steps, lambda question: _agreed(book.app, question))
            apply_changes(book, now)
        _show(book.app, now)
        verb, answer = _follow(book.app, later), YES


@contextmanager
def _status_kept(app: xlwings.App) -> Iterator[None]:
    before = app.status_bar
    try:
        yield
    finally:
        app.status_bar = before


def _tell(app: xlwings.App, text: str) -> None:
    app.status_bar = text


def _agreed(app: xlwings.App, question: str) -> bool:
    return app.alert(question, TITLE, "yes_no", "info") == YES


def _show(app: xlwings.App, steps: Sequence[Action]) -> None:
    for step in steps:
        if step.op == do.STATUS:
            app.status_bar = step.text
        elif step.op == do.MESSAGE:
            app.alert(step.text[1:], TITLE, "ok", "critical" if step.text[0] == REFUSED else "info")


def _follow(app: xlwings.App, later: Sequence[Question]) -> str:
    """Ask what is to be done now, do it, and return the verb to start again, "" for none."""
    verb = ""
    for question in later:
        if _agreed(app, question.text):
            for step in question.steps:
                if step.op == do.OPEN:
                    open_path(Path(step.text))
                else:
                    verb = step.text
    return verb
