"""What the window does with the workbook's file, without any window: each verb returns what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

from xxgk.appearance import Appearance, appearance_beside, remember
from xxgk.checking import check_file
from xxgk.checks import Finding, check
from xxgk.checks.finding import ERROR
from xxgk.errors import FileProblem, UnreadableWorkbook, XxgkError
from xxgk.files import refuse_open
from xxgk.formats import load_form
from xxgk.narrative.words import words_beside
from xxgk.opening import open_path
from xxgk.output.result import counted
from xxgk.records import Record
from xxgk.report import Report
from xxgk.sources import read_workbook_bytes
from xxgk.window.entries import CAPTIONS, UNDO
from xxgk.window.memory import Fill
from xxgk.window.watch import Stamp, stamp_of

CLEAN = "没有发现问题。"


class Stopped(XxgkError):
    """The user has stopped the work; nothing was written."""


class Checked(Record):
    """The findings of the file as it was at ``stamp``."""

    findings: tuple[Finding, ...]
    stamp: Stamp | None


class Question(Record):
    """What the user must agree to, with details one a line; ``yes`` is what is done then, ``caption`` its button.

    ``no`` is what is done otherwise, None for nothing.
    """

    text: str
    lines: tuple[str, ...]
    caption: str
    yes: Work
    no: Work | None = None


class Outcome(Record):
    """What came of a verb, in one or more sentences.

    ``refused`` says that it could not be done. ``checked`` is None where nothing was checked. ``fill`` is the 填充
    that can be taken back from now on; ``undone`` says that the last one was. ``look`` is how reports are to look, None
    where that was not asked.
    """

    text: str
    refused: bool = False
    checked: Checked | None = None
    fill: Fill | None = None
    undone: bool = False
    question: Question | None = None
    look: Appearance | None = None


Tell = Callable[[str], None]  # hears how far the work is; raises Stopped when it is to end
Work = Callable[[Tell], Outcome]
BookWork = Callable[[Path, Tell], Outcome]


def check_book(path: Path, tell: Tell) -> Outcome:
    """校验: the findings of the file as it was last saved."""
    tell("正在校验…")
    # Before it is read: a change in between must be noticed.
    stamp = stamp_of(path)
    result = check_file(path)
    if result.error:
        return Outcome(result.error, refused=True)
    return Outcome(told(result.findings), checked=Checked(result.findings, stamp), look=_look_beside(path))


def mark_book(path: Path, tell: Tell) -> Outcome:
    """标记: check, and write the findings into the workbook, in place of older marks."""
    from xxgk.output.marks import mark
    from xxgk.workbook.writing.previewed import with_previews

    tell("正在校验…")
    data, report = read_workbook_bytes(path)
    findings = findings_of(path, report)
    tell("正在标记…")
    kept = save_book(path, data, with_previews(mark(data, findings)), tell)
    checked = Checked(findings, stamp_of(path))
    if kept is None:
        return Outcome(f"{told(findings)}文件里的标记不用改动。", checked=checked)
    done = "有问题的格子加了颜色和批注，最后一页列出全部问题。" if findings else "原来的标记已去掉。"
    return Outcome(f"{told(findings)}{done}{backed_up(kept)}", checked=checked)


def clear_book(path: Path, tell: Tell) -> Outcome:
    """清除标记: take all marks out of the workbook."""
    from xxgk.output.marks import unmark
    from xxgk.workbook.writing.previewed import without_previews

    tell("正在清除标记…")
    data, report = read_workbook_bytes(path)
    kept = save_book(path, data, without_previews(unmark(data)), tell)
    text = "没有标记，文件没有改动。" if kept is None else f"标记已去掉。{backed_up(kept)}"
    return Outcome(text, checked=Checked(findings_of(path, report), stamp_of(path)))


def report_book(path: Path, tell: Tell, draft: bool = False) -> Outcome:
    """生成报告: check, then write the report beside the workbook; with errors, ask first whether a draft will do."""
    from xxgk.render.document import with_seal
    from xxgk.reporting import FORMATS, checked_document, publish_document

    tell("正在校验…")
    stamp = stamp_of(path)
    _, report = read_workbook_bytes(path)
    findings = findings_of(path, report)
    checked = Checked(findings, stamp)
    errors = [finding for finding in findings if finding.severity == ERROR]
    if errors and not draft:
        text = f"校验发现{counted(errors)}，现在只能生成草稿，每页都标“草稿”。\n要先看看草稿吗？"
        ask = Question(text, (), "生成草稿", partial(report_book, path, draft=True))
        return Outcome("还有错误，没有生成报告。", checked=checked, question=ask)
    document = checked_document(report, load_form(report.form), findings)
    look = appearance_beside(path)
    if look.sealed:
        document = with_seal(document)
    files = publish_document(document, path.parent, path.stem, FORMATS, look.style_bytes(), tell)
    what = "草稿" if errors else "报告"
    lines = tuple(file.path.name + ("（原来的已移到“备份”）" if file.kept else "") for file in files)
    ask = Question(f"{what}已生成，在工作簿旁边。现在打开吗？", lines, "打开", partial(open_file, files[0].path))
    return Outcome(f"{what}已生成：{'、'.join(file.path.name for file in files)}", checked=checked, question=ask)


def dress_book(path: Path, look: Appearance, tell: Tell) -> Outcome:
    """落款盖章、样式文件: remember beside the workbook how its reports are to look."""
    from xxgk.render.docx_style import finished_style

    tell("正在存盘…")
    if look.style is not None:
        finished_style(look.style_bytes())  # raises for what no report can be made from
    remember(path, look)
    style = "默认样式" if look.style is None else look.style.name
    seal = "按盖章排" if look.sealed else "按不盖章排"
    return Outcome(f"这个文件夹里的报告以后用{style}，落款{seal}。", look=look)


def undo_book(path: Path, fill: Fill, tell: Tell) -> Outcome:
    """撤销上次填充: put the backup back, unless the workbook was changed since."""
    tell(f"正在{CAPTIONS[UNDO]}…")
    data, _ = read_workbook_bytes(path)
    if digest(data) != fill.digest:
        raise FileProblem(
            f"填充以后文件又改过，没有恢复，免得丢掉后来改的内容。填充以前的文件在：{fill.backup}",
        )
    try:
        before = Path(fill.backup).read_bytes()
    except OSError as error:
        raise UnreadableWorkbook(f"找不到填充以前的备份，没有恢复：{fill.backup}") from error
    save_book(path, data, before, tell)
    findings = check_file(path).findings
    text = f"已恢复成填充以前的样子。{told(findings)}"
    return Outcome(text, checked=Checked(findings, stamp_of(path)), undone=True)


def open_file(path: Path, tell: Tell) -> Outcome:
    """Open the file or folder with its program."""
    tell(f"正在打开 {path.name}…")
    open_path(path)
    return Outcome(f"已打开：{path}")


def save_book(path: Path, before: bytes, after: bytes, tell: Tell) -> Path | None:
    """Write the changed workbook and return its backup, None where nothing has changed."""
    from xxgk.workbook.writing.save import save_over

    if after == before:
        return None
    # Before the backup, so that a file that is open elsewhere leaves none behind.
    refuse_open(path)
    tell("正在存盘…")
    return save_over(path, before, after)


def _look_beside(path: Path) -> Appearance:
    try:
        return appearance_beside(path)
    except XxgkError:
        return Appearance()  # the sentence is told where a report is wanted


def findings_of(path: Path, report: Report) -> tuple[Finding, ...]:
    """Return the findings of the report that is in the file at ``path``."""
    return tuple(check(report, load_form(report.form), words_beside(path)))


def told(findings: tuple[Finding, ...]) -> str:
    """Return how many findings there are, as a sentence."""
    return f"{counted(findings)}。" if findings else CLEAN


def backed_up(kept: Path | None) -> str:
    """Return where the backup is, as a sentence."""
    return f"原来的文件备份在：{kept}"


def digest(data: bytes) -> str:
    """Return what tells one state of a file from another."""
    return sha256(data).hexdigest()
