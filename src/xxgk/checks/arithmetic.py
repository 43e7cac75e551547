"""A and Y: figures that must agree, within the year and with last year's. The rules are the form's."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.checks.finding import INFO, Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Subject
from xxgk.checks.years import other_year
from xxgk.figures import State, Verdict, judge

REASON_LIMIT = 60


def check_arithmetic(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each rule of the form that fails; a rule with an unknown figure is not judged."""
    reasons = {explanation.address: explanation.reason for explanation in subject.report.explanations}
    of_other_year = other_year(subject.report)
    for verdict in judge(subject.form, subject.report):
        if of_other_year and any(term.previous for term in verdict.instance.terms):
            continue  # Y105 says it once
        if verdict.state in (State.FAIL, State.EXPLAINED):
            address = verdict.instance.left[0].address
            reason = reasons.get(address, "") if verdict.instance.rule.explainable else ""
            yield _finding(subject, verdict, address, reason.strip())


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
