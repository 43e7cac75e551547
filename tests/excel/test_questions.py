"""Questions: those on which changes depend first, the others at the end."""

from __future__ import annotations

from xxgk.excel import actions as do
from xxgk.excel.actions import Action, asked
from xxgk.excel.questions import decided

CHANGE, OTHER, STATUS = Action(do.NUM, "表", "A1", "1"), Action(do.NUM, "表", "A2", "2"), Action(do.STATUS, text="好")
AGAIN, OPEN = Action(do.AGAIN, text="report"), Action(do.OPEN, text="a.docx")
LIST = (*asked("一？", CHANGE), *asked("二？", OTHER), STATUS, *asked("三？", AGAIN), *asked("四？", OPEN))


def test_only_what_was_agreed_to_is_done() -> None:
    heard: list[str] = []
    steps, later = decided(LIST, lambda question: heard.append(question) or question == "二？")  # type: ignore[func-returns-value]
    assert heard == ["一？", "二？"]
    assert steps == (OTHER, STATUS)
    assert [(question.text, question.steps) for question in later] == [("三？", (AGAIN,)), ("四？", (OPEN,))]


def test_without_questions_nothing_is_asked() -> None:
    def never(question: str) -> bool:
        raise AssertionError(question)

    assert decided((CHANGE, STATUS), never) == ((CHANGE, STATUS), ())
