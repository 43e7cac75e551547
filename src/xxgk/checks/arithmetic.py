"""A and Y: figures that must agree, within the year and with last year's. The rules are the form's."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.checks.finding import INFO, Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Subject
from xxgk.figures import State, Verdict, judge
from xxgk.report import Report
from xxgk.texts import bare

REASON_LIMIT = 60


def check_arithmetic(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each rule of the form that fails; a rule with an unknown figure is not judged."""
    reasons = {explanation.address: explanation.reason for explanation in subject.report.explanations}
    other_year = _other_year(subject.report)
    for verdict in judge(subject.form, subject.report):
        if other_year and any(term.previous for term in verdict.instance.terms):
            continue  # Y105 says it once
        if verdict.state is State.FAIL:
            address = verdict.instance.left[0].address
            reason = reasons.get(address, "") if verdict.instance.rule.explainable else ""
            yield _finding(subject, verdict, address, reason.strip())


def check_previous(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when last year's figures are another year's, or another unit's."""
    report, last = subject.report, subject.report.previous
    if last is None:
        return
    spot = subject.cell("previous_year")
    if report.year is not None and _other_year(report):
        message = f"上年数据是{last.year}年度的，报告年度{report.year}的上一年是{report.year - 1}。"
        yield subject.finding("Y105", spot, message, value=last.year, expected=report.year - 1)
    if report.unit and last.unit and bare(report.unit) != bare(last.unit):
        message = f"上年数据是{quote(last.unit)}的，本报告是{quote(report.unit)}的。"
        yield subject.finding("Y105", spot, message, value=last.unit, expected=report.unit)


def _other_year(report: Report) -> bool:
    """Tell whether last year's figures are known to be of another year."""
    last = report.previous
    return last is not None and None not in (report.year, last.year) and last.year != (report.year or 0) - 1


def _finding(subject: Subject, verdict: Verdict, address: str, reason: str) -> Finding:
    rule = verdict.instance.rule
    message = f"{verdict.instance.sentence}。左边是 {verdict.left}，右边是 {verdict.right}，相差 {_size(verdict)}。"
    if reason:
        message += f"已写明原因：{quote(reason, REASON_LIMIT)}"
    return subject.finding(
        rule.code,
        subject.figure(address),
        message,
        value=verdict.left,
        expected=verdict.right,
        difference=verdict.difference,
        severity=INFO if reason else "",
    )


def _size(verdict: Verdict) -> str:
    return str(abs(verdict.difference)) if verdict.difference is not None else ""
