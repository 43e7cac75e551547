"""Files checked: one, or many on several processes."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path

from xxgk.checks import Finding, check
from xxgk.errors import UnreadableWorkbook
from xxgk.formats import load_form
from xxgk.narrative.words import words_beside
from xxgk.output.result import FileResult
from xxgk.sources import read_report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.earlier import Earlier

DEFAULT_JOBS = 4  # at most, unless told; more seldom helps, the files come from one disk
TIME_LIMIT = 60.0  # seconds for one file, a thousand times what one takes


def check_file(path: Path, previous: Earlier | None = None) -> FileResult:
    """Return the findings of ``path``; a file that cannot be read, or that our program fails on, is a result too.

    ``previous`` stands in for the workbook's own 上年数据.
    """
    try:
        report = read_report(path)
        lacking: tuple[Finding, ...] = ()
        if previous is not None:
            from xxgk.earlier import not_found, with_earlier

            lacking = tuple(not_found(report, previous))
            report = with_earlier(report, previous)
        return FileResult(str(path), (*lacking, *check(report, load_form(report.form), words_beside(path))))
    except UnreadableWorkbook as error:
        return FileResult(str(path), error=str(error))
    except Exception:
        from xxgk.faults import log_fault

        sentence = f"程序内部出错，{path} 没有校验完。请把它和这个记录发给维护人员：{log_fault()}"
        return FileResult(str(path), error=sentence)


def check_files(
    paths: Sequence[Path], previous: Earlier | None, jobs: int, seconds: float = TIME_LIMIT
) -> Generator[tuple[int, FileResult], None, None]:
    """Yield the index of each path with its result, as they get done on ``jobs`` processes.

    A file that takes longer than ``seconds``, or whose process dies, is unreadable; the others go on. Closing the
    generator stops all work at once.
    """
    # multiprocessing takes half as long to import as a check takes.
    from xxgk.workers import Lost, run_each

    for index, result in run_each(partial(check_file, previous=previous), paths, jobs, seconds):
        if isinstance(result, Lost):
            result = FileResult(str(paths[index]), error=lost(paths[index], result.late))
        yield index, result


def default_jobs() -> int:
    """Return how many processes to check many files on: one for each processor that we may use, within reason."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, DEFAULT_JOBS)


def lost(path: Path, late: bool) -> str:
    """Return the sentence on a file whose process took too long (``late``), or died."""
    if late:
        reason = "打开它用的时间太长，已放弃；请用 Excel 或 WPS 另存为 .xlsx 后再试"
    else:
        reason = "打开它的时候程序意外中止（可能是内存不够）；请单独再校验一次这个文件"
    return f"读不了 {path}：{reason}。"
