"""Texts that follow from a report's own fields (title, signature, printed date), and how long a text is."""

from __future__ import annotations

from datetime import date

from xxgk.formats import Form
from xxgk.report import Report


def short_name(form: Form, report: Report) -> str:
    """Return the unit's name as the title uses it: as typed, else the unit's name without 人民政府."""
    if report.short_name:
        return report.short_name
    for ending in form.short_name_drops:
        if report.unit.endswith(ending) and report.unit != ending:
            return report.unit.removesuffix(ending)
    return report.unit


def default_title(form: Form, report: Report) -> str:
    """Return the title in the form's customary wording, or "" while unit or year are missing."""
    if not report.unit or report.year is None:
        return ""
    return form.title.format(year=report.year, short_name=short_name(form, report))


def title(form: Form, report: Report) -> str:
    """Return the title to print: as typed, else the customary one."""
    return report.title or default_title(form, report)


def signature(report: Report) -> str:
    """Return the unit of the 落款: as typed, else the unit's name."""
    return report.signature or report.unit


def printed_date(day: date) -> str:
    """Return ``day`` as GB/T 9704-2012, 7.3.5.4 asks: Arabic digits, full year, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def character_count(text: str) -> int:
    """Return the length of ``text`` without spaces, as the workbook counts it (UTF-16 units)."""
    bare = text.replace(" ", "").replace("\u3000", "")
    return len(bare.encode("utf-16")) // 2 - 1
