"""Reports for 一图读懂: with nothing, with little and with much to show."""

from __future__ import annotations

from xxgk.formats import Form
from xxgk.records import replace
from xxgk.report import Figure, Number, Report

from support.reports import FORM, city, zero_report


def year(values: dict[str, Number], last: dict[str, Number] | None = None, form: Form = FORM) -> Report:
    """Return a report with these figures, all others 0, and last year's likewise."""
    report = zero_report(form)
    figures = {**report.figures, **{address: Figure(value) for address, value in values.items()}}
    previous = replace(year(last, form=form), year=2022) if last is not None else None
    return replace(report, figures=figures, previous=previous)


FIVE: dict[str, Number] = {
    "applications.new.person": 4,
    "applications.new.business": 1,
    "applications.carried_in.person": 2,
    "applications.disclosed.person": 3,
    "applications.withheld.secret.person": 1,
    "applications.withheld.process.business": 1,
    "applications.carried_out.person": 2,
    "disputes.review.upheld": 1,
    "disputes.suit_direct.corrected": 1,
    "disputes.suit_after_review.pending": 1,
}

REPORTS = {"zeros": lambda: year({}, {}), "five": lambda: year(FIVE, {"applications.new.person": 3}), "city": city}
