"""The questions in a list of steps: those on which changes depend come before anything is changed, others after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xxgk.excel import actions as do
from xxgk.excel.actions import Action
from xxgk.records import Record

Agreed = Callable[[str], bool]  # asks the user


class Question(Record):
    """A question, and what is done on yes."""

    text: str
    steps: tuple[Action, ...]

    @property
    def about_later(self) -> bool:
        """Whether nothing in the workbook depends on the answer."""
        return all(step.op in (do.AGAIN, do.OPEN) for step in self.steps)


def decided(actions: Sequence[Action], agreed: Agreed) -> tuple[tuple[Action, ...], tuple[Question, ...]]:
    """Ask what changes depend on; return the steps to take, and the questions for afterwards."""
    steps: list[Action] = []
    later: list[Question] = []
    for part in _parts(actions):
        if isinstance(part, Action):
            steps.append(part)
        elif part.about_later:
            later.append(part)
        elif agreed(part.text):
            steps += part.steps
    return tuple(steps), tuple(later)


def _parts(actions: Sequence[Action]) -> Iterator[Action | Question]:
    inside: list[Action] | None = None
    text = ""
    for action in actions:
        if action.op == do.ASK:
            inside, text = [], action.text
        elif action.op == do.END_ASK and inside is not None:
            yield Question(text, tuple(inside))
            inside = None
        elif inside is None:
            yield action
        else:
            inside.append(action)
