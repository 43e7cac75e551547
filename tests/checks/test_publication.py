"""P: missing parts, unit, year, level, date, deadlines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xxgk.checks import Finding, check
from xxgk.records import replace
from xxgk.report import Paragraph, Remark, Report
from xxgk.workbook.layout import layout_of

from support.reports import FORM, zero_report

SECTIONS = [section for section in FORM.sections if section.part is not None]
LEVELS = [level for level in FORM.levels if level.deadline]


def only(report: Report) -> Finding:
    (finding,) = check(report, FORM)
    return finding


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
@pytest.mark.parametrize("text", [None, " 　"])
def test_an_empty_part_is_an_error(section, text) -> None:  # type: ignore[no-untyped-def]
    narrative = {part: value for part, value in zero_report().narrative.items() if part != section.id}
    if text is not None:
        narrative[section.id] = (Paragraph(text),)
    finding = only(replace(zero_report(), narrative=narrative))
    assert (finding.code, finding.severity) == ("P101", "error")
    assert finding.labels == (section.heading,)
    assert finding.sheet == section.sheet


def test_the_preface_may_be_empty() -> None:
    preface = next(section.preface for section in SECTIONS if section.preface)
    narrative = {part: value for part, value in zero_report().narrative.items() if part != preface.id}
    assert check(replace(zero_report(), narrative=narrative), FORM) == ()


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"unit": " "}, "P102", "error"),
        ({"year": None}, "P102", "error"),
        ({"date": None}, "P103", "warning"),
        ({"level": "unknown"}, "P106", "info"),
    ],
)
def test_what_is_missing_on_the_cover(change: dict[str, object], code: str, severity: str) -> None:
    finding = only(replace(zero_report(), **change))  # type: ignore[arg-type]
    (key,) = change
    cell = layout_of(FORM).cover[key]
    assert (finding.code, finding.severity) == (code, severity)
    assert (finding.address, finding.sheet, finding.cell) == (key, cell.sheet, cell.ref)


@pytest.mark.parametrize(("key", "value"), [("year", None), ("date", None), ("level", "unknown")])
def test_what_could_not_be_read_is_not_called_missing_too(key: str, value: object) -> None:
    report = replace(zero_report(), remarks=(Remark("V106", "看不懂", address=key),), **{key: value})  # type: ignore[arg-type]
    assert only(report).code == "V106"


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.id)
def test_the_deadline_of_each_level_is_its_last_good_day(level) -> None:  # type: ignore[no-untyped-def]
    month, day = map(int, level.deadline.split("-"))
    last = date(2024, month, day)
    report = replace(zero_report(), level=level.id)
    assert check(replace(report, date=last), FORM) == ()
    finding = only(replace(report, date=last + timedelta(2)))
    assert (finding.code, finding.severity, finding.difference) == ("P104", "warning", 2)
    assert (finding.value, finding.expected) == ((last + timedelta(2)).isoformat(), last.isoformat())
    assert level.label in finding.message


def test_without_a_level_no_deadline_is_judged() -> None:
    assert only(replace(zero_report(), level="unknown", date=date(2024, 12, 1))).code == "P106"


@pytest.mark.parametrize(
    ("day", "code"), [(date(2023, 12, 31), "P105"), (date(1999, 1, 1), "P105"), (date(2024, 1, 1), "")]
)
def test_a_date_before_the_year_has_ended(day: date, code: str) -> None:
    assert "".join(finding.code for finding in check(replace(zero_report(), date=day), FORM)) == code
