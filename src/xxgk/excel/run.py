"""A verb run on the open workbook, whichever way that was read."""

from __future__ import annotations

from collections.abc import Callable

from xxgk.checks import check
from xxgk.errors import UsageProblem
from xxgk.excel.actions import Action
from xxgk.excel.opened import Opened
from xxgk.narrative.words import words_beside

Tell = Callable[[str], None]


def run_verb(verb: str, opened: Opened, answer: str, tell: Tell) -> tuple[Action, ...]:
    """Return the steps that ``verb`` (see ``verbs``) takes in the workbook.

    ``answer`` is ``actions.YES`` when the verb was started again by a question; ``tell`` shows how far the work is.
    Raise ``XxgkError``, with one sentence for staff, when it cannot be done.
    """
    if verb == "check":
        from xxgk.excel.marks import mark_actions

        tell("正在校验…")
        findings = check(opened.report, opened.places.form, words_beside(opened.home.path))
        return mark_actions(opened, findings)
    if verb == "clear":
        from xxgk.excel.marks import clear_actions

        return clear_actions(opened)
    if verb == "fill":
        from xxgk.excel.fill import fill_actions

        return fill_actions(opened)
    if verb == "undo":
        from xxgk.excel.undo import undo_actions

        return undo_actions(opened)
    if verb == "report":
        from xxgk.excel.report import report_actions

        return report_actions(opened, answer, tell)
    raise UsageProblem(f"程序不认识“{verb}”这个按钮，请更新 xxgk。")
