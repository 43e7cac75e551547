"""P: is everything there that gets published, and in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from xxgk.checks.finding import Finding
from xxgk.checks.labels import NARRATIVE_PREFIX
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Subject
from xxgk.formats import FormError, form_for_year
from xxgk.texts import bare, is_han
from xxgk.wording import default_title, printed_date, short_name

# The two customary forms of a title: the unit before the year, or after it.
_TITLES = (
    "(.+?)(?:19|20)[0-9]{2}年度?政府信息公开工作年度报告",
    "(?:19|20)[0-9]{2}年度?(.+?)政府信息公开工作年度报告",
)
LEAST_UNIT = 3  # characters of a unit's full name
_NO_UNIT = ("年度", "报告", "信息公开工作", "XX", "xx", "××", "某", "？", "?", "单位名称", "单位全称")


def check_publication(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about missing parts, unit, year, level, date, title and signature."""
    yield from _empty_parts(subject)
    yield from _missing(subject)
    yield from _form(subject)
    yield from _date(subject)
    yield from _title(subject)
    yield from _names(subject)


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


def _form(subject: Subject) -> Iterator[Finding]:
    """Yield that the workbook is of a form that its year does not use; years before the first form are anyone's."""
    year, form = subject.report.year, subject.form
    if year is None:
        return
    try:
        due = form_for_year(year)
    except FormError:
        return
    if due.id != form.id:
        message = f"{year} 年度用{due.document}的格式，这个工作簿是{form.document}的。"
        yield subject.finding("P115", subject.cover("year"), message, value=year)


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


def _title(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with a title that was typed: its wording (section 1 of the form's customs), year, unit."""
    report = subject.report
    text = bare(report.title)
    if not text:
        return
    spot = subject.cover("title")
    years = re.findall("(?<![0-9])((?:19|20)[0-9]{2})年", text)
    if report.year is not None and years and str(report.year) not in years:
        message = f"标题写的是{years[0]}年，报告年度是{report.year}。"
        yield subject.finding("P112", spot, message, value=years[0], expected=report.year)
    if not any(re.fullmatch(pattern, text) for pattern in _TITLES):
        expected = default_title(subject.form, report)
        like = f"，通常写成“{expected}”" if expected else ""
        yield subject.finding("P111", spot, f"标题{quote(report.title)}不合惯例{like}。", value=report.title)
    elif bare(report.unit) and not _names_unit(subject, text):
        message = f"标题{quote(report.title)}里没有本单位（{report.unit}）的名称。"
        yield subject.finding("P111", spot, message, value=report.title)


def _names_unit(subject: Subject, title: str) -> bool:
    """Tell whether the unit, or what it is called for short, is in ``title``; 濮阳县和平镇 also as 和平镇."""
    names = {bare(subject.report.unit), bare(short_name(subject.form, subject.report))}
    own = next(m[1] for pattern in _TITLES if (m := re.fullmatch(pattern, title)))
    return any(name in own for name in names) or any(name.endswith(own.removesuffix("人民政府")) for name in names)


def _names(subject: Subject) -> Iterator[Finding]:
    """Yield a unit's name that is none, and a signature that is another one's."""
    report = subject.report
    unit, signed = bare(report.unit), bare(report.signature)
    if unit and (len(unit) < LEAST_UNIT or not any(map(is_han, unit)) or any(word in unit for word in _NO_UNIT)):
        message = f"{quote(report.unit)}不像单位的全称。"
        yield subject.finding("P114", subject.cover("unit"), message, value=report.unit)
    if unit and signed and unit not in signed and signed not in unit:
        message = f"落款是{quote(report.signature)}，单位是{quote(report.unit)}。"
        yield subject.finding("P113", subject.cover("signature"), message, value=report.signature, expected=report.unit)
