"""P: is everything there that gets published, and in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xxgk.checks.finding import Finding
from xxgk.checks.labels import NARRATIVE_PREFIX
from xxgk.checks.subject import Subject
from xxgk.wording import printed_date


def check_publication(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about missing parts, unit, year, level and date."""
    yield from _empty_parts(subject)
    yield from _missing(subject)
    yield from _date(subject)


def _empty_parts(subject: Subject) -> Iterator[Finding]:
    for section in subject.form.sections:
        if section.part is None:
            continue
        paragraphs = subject.report.narrative.get(section.part.id, ())
        lost = subject.lost(NARRATIVE_PREFIX + section.part.id)
        if not lost and not any(paragraph.text.strip() for paragraph in paragraphs):
            yield subject.finding("P101", subject.part(section.part.id), f"“{section.heading}”是空的。")


def _missing(subject: Subject) -> Iterator[Finding]:
    report = subject.report
    unread = {remark.address for remark in report.remarks}
    empty = (
        ("unit", "P102", not report.unit.strip()),
        ("year", "P102", report.year is None),
        ("level", "P106", subject.level is None),
        ("date", "P103", report.date is None),
    )
    for key, code, is_empty in empty:
        # What stands there but could not be read, and what was not found, has its own finding.
        if is_empty and key not in unread and not subject.lost(key):
            spot = subject.cover(key)
            yield subject.finding(code, spot, f"{spot.labels[0]}没有填。")


def _date(subject: Subject) -> Iterator[Finding]:
    report, level = subject.report, subject.level
    if report.date is None or report.year is None:
        return
    shown = printed_date(report.date)
    year_end = date(report.year, 12, 31)
    if report.date <= year_end:
        message = f"落款日期是{shown}，报告年度到{printed_date(year_end)}才结束。"
        yield subject.finding("P105", subject.cover("date"), message, value=report.date.isoformat())
    elif level is not None and level.deadline:
        month, day = (int(part) for part in level.deadline.split("-"))
        deadline = date(report.year + 1, month, day)
        if report.date > deadline:
            message = f"落款日期是{shown}，{level.label}应在{printed_date(deadline)}以前公布。"
            yield subject.finding(
                "P104",
                subject.cover("date"),
                message,
                value=report.date.isoformat(),
                expected=deadline.isoformat(),
                difference=(report.date - deadline).days,
            )
