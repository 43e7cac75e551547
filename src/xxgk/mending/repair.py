"""A workbook whose structure has suffered: what was typed, put into a fresh template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xxgk.checks import Finding
from xxgk.checks.quoting import quote
from xxgk.checks.structure import check_structure
from xxgk.checks.subject import Subject, subject_of
from xxgk.checks.values import check_values
from xxgk.mending.moves import moves
from xxgk.mending.strays import foreign_sheets, notes_left, strays
from xxgk.records import Record
from xxgk.report import Report
from xxgk.suffixes import XLSX
from xxgk.workbook.layout import PREVIOUS
from xxgk.workbook.reading.locate import locate
from xxgk.workbook.reading.read import read_report, report_in
from xxgk.workbook.template import new_workbook
from xxgk.xlsx.book import open_book

# A remark of these codes is about something that nobody read, so that it is in the old file only.
LOST = ("S103", "S106", "S107", "S110", "S113", "V106")
FORMULA = "S105"
UNREAD = ("V105", "V106")


class Repaired(Record):
    """A fresh workbook, and sentences for staff.

    ``moved`` is what stands elsewhere now, ``restored`` what in the old file was not the form's, ``doubtful``
    what was carried as it was typed though it is no number (by its place in the fresh workbook), ``lost`` what
    could not be carried (by its place in the old file).
    """

    data: bytes
    moved: tuple[str, ...]
    restored: tuple[str, ...]
    doubtful: tuple[str, ...]
    lost: tuple[str, ...]


def repair_workbook(data: bytes, suffix: str = XLSX) -> Repaired:
    """Return what was typed into the workbook ``data`` in a fresh template; that with suffix ``.xlsm`` has buttons.

    Raise ``UnreadableWorkbook`` when ``data`` is no workbook of ours.
    """
    book = open_book(data)
    places = locate(book)
    report = report_in(places, book)
    filled = new_workbook(places.form, report, suffix)
    subject = subject_of(report, places.form)
    noticed = tuple(check_structure(subject))
    fresh = subject_of(read_report(filled.data), places.form)
    return Repaired(
        filled.data,
        tuple(moves(places)),
        _told(finding for finding in noticed if not _is_lost(finding)),
        _told(finding for finding in check_values(fresh) if finding.code in UNREAD),
        (
            *_told(finding for finding in noticed if _is_lost(finding)),
            *filled.problems,
            *_notes_of_last_year(subject),
            *strays(book, places, report),
            *notes_left(book),
            *foreign_sheets(book, places),
        ),
    )


def _is_lost(finding: Finding) -> bool:
    """Tell whether what a remark is about is not in the report: unread, or a formula without a stored result."""
    return finding.code in LOST or (finding.code == FORMULA and finding.expected is not None)


def _told(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(_sentence(finding) for finding in findings)


def _sentence(finding: Finding) -> str:
    place = f"【{finding.sheet}】{finding.cell} " if finding.sheet else ""
    labels = " › ".join(finding.labels)
    return f"{place}{labels}：{finding.message}" if labels else f"{place}{finding.message}"


def _notes_of_last_year(subject: Subject) -> Iterator[str]:
    """Yield the remarks typed beside last year's figures, for which the workbook has no cell."""
    last: Report | None = subject.report.previous
    for address, figure in last.figures.items() if last else ():
        if figure.note:
            labels = " › ".join((PREVIOUS, *subject.form.labels_of(address)))
            yield f"{labels}：说明{quote(figure.note)}没有地方放，只留下了数 {figure.value}。"
