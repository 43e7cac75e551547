"""Workbooks made into reports: one, or many on several processes."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path

from xxgk.appearance import appearance_beside
from xxgk.checking import TIME_LIMIT, lost
from xxgk.checks import Finding, check
from xxgk.checks.finding import ERROR
from xxgk.errors import UnreadableWorkbook, XxgkError
from xxgk.formats import load_form
from xxgk.narrative.words import words_beside
from xxgk.output.result import CLEAN, FOUND, UNREADABLE
from xxgk.records import Record, replace
from xxgk.render.document import with_seal
from xxgk.render.outputs import Output
from xxgk.render.site import Site
from xxgk.reporting import Published, checked_document, publish_document
from xxgk.sources import read_report


class Order(Record):
    """What reports to make, the same for all workbooks.

    They are written to ``folder``, or beside each workbook where it is None. ``style`` is an office's own reference
    docx, ``sealed`` leaves room for a seal; without them goes what is remembered beside the workbook. ``drafts`` makes
    a draft of what has errors.
    """

    formats: tuple[Output, ...]
    folder: Path | None = None
    style: bytes | None = None
    site: Site = Site()
    sealed: bool = False
    drafts: bool = False


class Outcome(Record):
    """What became of one workbook: its findings and the files that were written, or why it cannot be read."""

    path: Path
    findings: tuple[Finding, ...] = ()
    files: tuple[Published, ...] = ()
    error: str = ""

    @property
    def errors(self) -> int:
        """How many errors were found."""
        return sum(finding.severity == ERROR for finding in self.findings)

    @property
    def code(self) -> int:
        """The exit code: a draft is a report with errors."""
        if self.error:
            return UNREADABLE
        return FOUND if self.errors else CLEAN


def report_file(path: Path, order: Order) -> Outcome:
    """Check the workbook and write its report, which errors stop unless drafts are wanted.

    Raise ``UnreadableWorkbook``, ``FileProblem`` or ``UsageProblem``.
    """
    report = read_report(path)
    form = load_form(report.form)
    findings = check(report, form, words_beside(path))
    document = checked_document(report, form, findings)
    if document.draft and not order.drafts:
        return Outcome(path, findings)
    document = replace(document, metadata=replace(document.metadata, site=order.site))
    remembered = appearance_beside(path)
    if order.sealed or remembered.sealed:
        document = with_seal(document)
    style = remembered.style_bytes() if order.style is None else order.style
    folder = order.folder or path.parent
    files = publish_document(document, folder, path.stem, order.formats, style, lambda _: None)
    return Outcome(path, findings, files)


def report_files(
    paths: Sequence[Path], order: Order, jobs: int, seconds: float = TIME_LIMIT
) -> Generator[tuple[int, Outcome], None, None]:
    """Yield the index of each path with its outcome, as they get done on ``jobs`` processes.

    A workbook that cannot be read or reported never stops the rest. Closing the generator stops all work at once.
    """
    from xxgk.workers import Lost, run_each

    for index, outcome in run_each(partial(_outcome, order=order), paths, jobs, seconds):
        path = paths[index]
        yield index, Outcome(path, error=lost(path, outcome.late)) if isinstance(outcome, Lost) else outcome


def _outcome(path: Path, order: Order) -> Outcome:
    try:
        return report_file(path, order)
    except UnreadableWorkbook as error:
        return Outcome(path, error=str(error))
    except XxgkError as error:
        return Outcome(path, error=f"{path}：{error}")
    except Exception:
        from xxgk.faults import log_fault

        sentence = f"程序内部出错，{path} 的报告没有生成。请把它和这个记录发给维护人员：{log_fault()}"
        return Outcome(path, error=sentence)
