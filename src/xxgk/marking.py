"""Findings written into workbook files, or taken out of them, each after a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from xxgk.checks import Finding
from xxgk.errors import FileProblem, UnreadableWorkbook, UsageProblem, XxgkError
from xxgk.faults import log_fault
from xxgk.files import quoted, refuse_open
from xxgk.output.marks import mark, unmark
from xxgk.output.result import UNREADABLE, FileResult
from xxgk.records import Record
from xxgk.suffixes import WORKBOOKS
from xxgk.workbook.writing.previewed import with_previews, without_previews
from xxgk.workbook.writing.save import save_over
from xxgk.xlsx.package import load_file


class Done(Record):
    """What became of one file, in words, and the exit code: 0, or that of the problem that left it as it was."""

    text: str
    code: int = 0


def mark_files(results: Iterable[FileResult]) -> Iterator[Done]:
    """Write the findings of each readable file into it, in place of older marks. One that resists stops no other."""
    for result in results:
        if not result.error:
            yield _done(_mark, Path(result.file), result.findings)


def unmark_files(paths: Iterable[Path]) -> Iterator[Done]:
    """Take all marks out of each file. One that resists stops no other."""
    for path in paths:
        yield _done(_unmark, path, ())


def _done(action: Callable[[Path, Sequence[Finding]], str], path: Path, findings: Sequence[Finding]) -> Done:
    try:
        return Done(action(path, findings))
    except XxgkError as error:
        return Done(str(error), error.exit_code)
    except Exception:
        return Done(f"程序内部出错，没有改动 {path}。请把它和这个记录发给维护人员：{log_fault()}", UNREADABLE)


def _mark(path: Path, findings: Sequence[Finding]) -> str:
    kept = _change(path, lambda data: with_previews(mark(data, findings)))
    if not findings:
        return f"没有发现问题，标记和预览已更新：{_saved(path, kept)}" if kept else f"没有发现问题，不用标记：{path}"
    if kept is None:
        return f"标记与文件里已有的一样，文件没有改动：{path}"
    return (
        f"已标记：{_saved(path, kept)}\n最后一页列出全部问题，有问题的格子加了颜色和批注。"
        f"全部去掉：xxgk check {quoted(path)} --unmark"
    )


def _unmark(path: Path, _: Sequence[Finding]) -> str:
    kept = _change(path, lambda data: without_previews(unmark(data)))
    return f"已去掉标记：{_saved(path, kept)}" if kept else f"没有标记，文件没有改动：{path}"


def _saved(path: Path, kept: Path) -> str:
    return f"{path}\n原来的文件备份在：{kept}"


def _change(path: Path, change: Callable[[bytes], bytes]) -> Path | None:
    """Change the workbook ``path`` and return its backup, or None where there was nothing to change."""
    if path.is_file() and path.suffix.lower() not in WORKBOOKS:
        raise UsageProblem(f"只有 .xlsx、.xlsm 工作簿能加标记、去标记，{path.name} 不是。")
    try:
        before = load_file(path)
        after = change(before)
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了 {path}，没有改动：{error}。") from error
    except FileProblem as error:
        raise FileProblem(f"{path}：{error}") from error
    if after == before:
        return None
    # Before the backup, so that a file that is open elsewhere leaves none behind.
    refuse_open(path)
    return save_over(path, before, after)
