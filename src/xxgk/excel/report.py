"""生成报告: the report of the open workbook as it stands, written beside its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from xxgk.checks import Finding, check
from xxgk.checks.finding import ERROR
from xxgk.errors import FileProblem
from xxgk.excel import actions as do
from xxgk.excel.actions import YES, Action, asked
from xxgk.excel.opened import Opened
from xxgk.excel.verbs import VERBS
from xxgk.narrative.words import words_beside
from xxgk.output.result import counted

CHECK_CAPTION = next(verb.caption for verb in VERBS if verb.name == "check")


def report_actions(opened: Opened, answer: str, tell: Callable[[str], None]) -> tuple[Action, ...]:
    """Write the report and return the steps that say so; with errors, ask first whether a draft will do.

    ``answer`` is ``YES`` when that was asked and agreed to; ``tell`` hears how far the work is. Raise ``FileProblem``
    when the workbook has no folder, or a file cannot be written.
    """
    if opened.home.path is None:
        raise FileProblem(opened.home.why)
    form = opened.places.form
    tell("正在校验…")
    findings = check(opened.report, form, words_beside(opened.home.path))
    errors = [finding for finding in findings if finding.severity == ERROR]
    if errors and answer != YES:
        question = (
            f"校验发现{counted(errors)}，现在只能生成草稿，每页都标“草稿”。要先看看草稿吗？\n"
            f"（选“否”，就先点“{CHECK_CAPTION}”，把错误改好。）"
        )
        return asked(question, Action(do.AGAIN, text="report"))
    return _published(opened, opened.home.path, findings, tell)


def _published(
    opened: Opened, path: Path, findings: Sequence[Finding], tell: Callable[[str], None]
) -> tuple[Action, ...]:
    # Rendering takes longer to import than a check takes.
    from xxgk.appearance import appearance_beside
    from xxgk.render.document import with_seal
    from xxgk.reporting import FORMATS, checked_document, publish_document

    look = appearance_beside(path)
    document = checked_document(opened.report, opened.places.form, findings)
    if look.sealed:
        document = with_seal(document)
    files = publish_document(document, path.parent, path.stem, FORMATS, look.style_bytes(), tell)
    names = "\n".join(file.path.name + ("（原来的已移到“备份”）" if file.kept else "") for file in files)
    what = "草稿" if document.draft else "报告"
    question = f"{what}已生成，在工作簿旁边：\n{names}\n\n现在打开吗？"
    return (
        Action(do.STATUS, text=f"{what}已生成：{files[0].path.name}"),
        *asked(question, Action(do.OPEN, text=str(files[0].path))),
    )
