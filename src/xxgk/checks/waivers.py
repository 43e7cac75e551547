"""Waivers: a warning or an info that staff have answered with a reason is shown, but no longer urges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xxgk.checks.finding import ERROR, INFO, Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Subject
from xxgk.records import replace


def apply_waivers(subject: Subject, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield ``findings`` with waived ones lowered to info and the reason in the message.

    Errors stay as they are. A waiver that has no effect is itself a finding (S108).
    """
    reasons: dict[str, str] = {}
    for waiver in subject.report.waivers:
        if waiver.reason.strip():
            reasons.setdefault(_code(waiver.code), waiver.reason.strip())
    errors = set()
    for finding in findings:
        reason = reasons.get(finding.code)
        if finding.severity == ERROR:
            errors.add(finding.code)
        elif reason:
            finding = replace(finding, severity=INFO, message=f"{finding.message}（已说明：{reason}）")
        yield finding
    yield from _without_effect(subject, errors)


def _without_effect(subject: Subject, errors: set[str]) -> Iterator[Finding]:
    for index, waiver in enumerate(subject.report.waivers):
        code = _code(waiver.code)
        if code not in subject.entries:
            message = f"没有{quote(waiver.code)}这个编号。"
        elif not waiver.reason.strip():
            message = f"{code} 没有写理由。"
        elif code in errors:
            message = f"{code} 是错误，写了理由也要改正。"
        else:
            continue
        yield subject.finding("S108", subject.waiver(index), message, value=waiver.code)


def _code(text: str) -> str:
    return text.strip().upper()
