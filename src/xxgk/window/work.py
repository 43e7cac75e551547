"""What the window does with the workbook's file, without any window: each verb returns what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

from xxgk.checking import check_file
from xxgk.checks import Finding, check
from xxgk.checks.finding import ERROR
from xxgk.errors import FileProblem, UnreadableWorkbook, XxgkError
from xxgk.files import refuse_open
from xxgk.formats import load_form
from xxgk.opening import open_path
from xxgk.output.result import counted
from xxgk.records import Record, replace
from xxgk.report import Report
from xxgk.sources import read_workbook_bytes
from xxgk.window.entries import CAPTIONS, UNDO
from xxgk.window.memory import Fill
from xxgk.window.watch import Stamp, stamp_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.mending.mend import Mended

CLEAN = "没有发现问题。"


class Stopped(XxgkError):
    """The user has stopped the work; nothing was written."""


class Checked(Record):
    """The findings of the file as it was at ``stamp``."""

    findings: tuple[Finding, ...]
    stamp: Stamp | None


class Question(Record):
    """What the user must agree to, with details one a line; ``yes`` is what is done then, ``caption`` its button."""

    text: str
    lines: tuple[str, ...]
    caption: str
    yes: Work


class Outcome(Record):
    """What came of a verb, in one or more sentences.

    ``refused`` says that it could not be done. ``checked`` is None where nothing was checked. ``fill`` is the 填充
    that can be taken back from now on; ``undone`` says that the last one was.
    """

    text: str
    refused: bool = False
    checked: Checked | None = None
    fill: Fill | None = None
    undone: bool = False
    question: Question | None = None


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
    return Outcome(_told(result.findings), checked=Checked(result.findings, stamp))


def fill_book(path: Path, tell: Tell) -> Outcome:
    """填充: look for what can be mended without a change of meaning, and ask."""
    from xxgk.mending.mend import mend_workbook
    from xxgk.mending.told import mending_line

    tell("正在查找能自动改的地方…")
    data, _ = read_workbook_bytes(path)
    refuse_open(path)
    mended = mend_workbook(data)
    if not mended.mendings:
        return Outcome("没有可以自动改的地方，文件没有改动。")
    lines = tuple(mending_line(mending) for mending in mended.mendings)
    text = f"会改下面 {len(lines)} 处，意思都不变。改以前先备份。现在改吗？"
    return Outcome("", question=Question(text, lines, "改", partial(_fill, path, data, mended)))


def mark_book(path: Path, tell: Tell) -> Outcome:
    """标记: check, and write the findings into the workbook, in place of older marks."""
    from xxgk.output.marks import mark

    tell("正在校验…")
    data, report = read_workbook_bytes(path)
    findings = _findings(report)
    tell("正在标记…")
    kept = _save(path, data, mark(data, findings), tell)
    checked = Checked(findings, stamp_of(path))
    if kept is None:
        return Outcome(f"{_told(findings)}文件里的标记不用改动。", checked=checked)
    done = "有问题的格子加了颜色和批注，最后一页列出全部问题。" if findings else "原来的标记已去掉。"
    return Outcome(f"{_told(findings)}{done}{_backed_up(kept)}", checked=checked)


def clear_book(path: Path, tell: Tell) -> Outcome:
    """清除标记: take all marks out of the workbook."""
    from xxgk.output.marks import unmark

    tell("正在清除标记…")
    data, report = read_workbook_bytes(path)
    kept = _save(path, data, unmark(data), tell)
    text = "没有标记，文件没有改动。" if kept is None else f"标记已去掉。{_backed_up(kept)}"
    return Outcome(text, checked=Checked(_findings(report), stamp_of(path)))


def report_book(path: Path, tell: Tell, draft: bool = False) -> Outcome:
    """生成报告: check, then write the report beside the workbook; with errors, ask first whether a draft will do."""
    from xxgk.render.document import build_document
    from xxgk.reporting import FORMATS, publish_document

    tell("正在校验…")
    stamp = stamp_of(path)
    _, report = read_workbook_bytes(path)
    findings = _findings(report)
    checked = Checked(findings, stamp)
    errors = [finding for finding in findings if finding.severity == ERROR]
    if errors and not draft:
        text = f"校验发现{counted(errors)}，现在只能生成草稿，每页都标“草稿”。\n要先看看草稿吗？"
        ask = Question(text, (), "生成草稿", partial(report_book, path, draft=True))
        return Outcome("还有错误，没有生成报告。", checked=checked, question=ask)
    document = replace(build_document(report, load_form(report.form)), draft=bool(errors))
    files = publish_document(document, path.parent, path.stem, FORMATS, None, tell)
    what = "草稿" if errors else "报告"
    lines = tuple(file.path.name + ("（原来的已移到“备份”）" if file.kept else "") for file in files)
    ask = Question(f"{what}已生成，在工作簿旁边。现在打开吗？", lines, "打开", partial(open_file, files[0].path))
    return Outcome(f"{what}已生成：{'、'.join(file.path.name for file in files)}", checked=checked, question=ask)


def undo_book(path: Path, fill: Fill, tell: Tell) -> Outcome:
    """撤销上次填充: put the backup back, unless the workbook was changed since."""
    tell(f"正在{CAPTIONS[UNDO]}…")
    data, _ = read_workbook_bytes(path)
    if _digest(data) != fill.digest:
        raise FileProblem(
            f"填充以后文件又改过，没有恢复，免得丢掉后来改的内容。填充以前的文件在：{fill.backup}",
        )
    try:
        before = Path(fill.backup).read_bytes()
    except OSError as error:
        raise UnreadableWorkbook(f"找不到填充以前的备份，没有恢复：{fill.backup}") from error
    _save(path, data, before, tell)
    findings = check_file(path).findings
    text = f"已恢复成填充以前的样子。{_told(findings)}"
    return Outcome(text, checked=Checked(findings, stamp_of(path)), undone=True)


def open_file(path: Path, tell: Tell) -> Outcome:
    """Open the file or folder with its program."""
    tell(f"正在打开 {path.name}…")
    open_path(path)
    return Outcome(f"已打开：{path}")


def _fill(path: Path, data: bytes, mended: Mended, tell: Tell) -> Outcome:
    kept = _save(path, data, mended.data, tell)
    findings = _findings(mended.report)
    return Outcome(
        f"已改 {len(mended.mendings)} 处。{_told(findings)}{_backed_up(kept)}",
        checked=Checked(findings, stamp_of(path)),
        fill=Fill(str(path), str(kept), _digest(mended.data)),
    )


def _save(path: Path, before: bytes, after: bytes, tell: Tell) -> Path | None:
    """Write the changed workbook and return its backup, None where nothing has changed."""
    from xxgk.workbook.writing.save import save_over

    if after == before:
        return None
    # Before the backup, so that a file that is open elsewhere leaves none behind.
    refuse_open(path)
    tell("正在存盘…")
    return save_over(path, before, after)


def _findings(report: Report) -> tuple[Finding, ...]:
    return tuple(check(report, load_form(report.form)))


def _told(findings: tuple[Finding, ...]) -> str:
    return f"{counted(findings)}。" if findings else CLEAN


def _backed_up(kept: Path | None) -> str:
    return f"原来的文件备份在：{kept}"


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
