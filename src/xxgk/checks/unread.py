"""What of a file's contents could not be read with certainty, for whoever takes the rest of it."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.checks import check
from xxgk.checks.finding import INFO
from xxgk.formats import Form
from xxgk.report import Report

UNREAD = ("V105", "V106")  # a sign in place of a number, and what nobody can read


def unread(report: Report, form: Form) -> Iterator[str]:
    """Yield a sentence for each thing of ``report`` that could not be read with certainty."""
    for finding in check(report, form):
        if finding.code in UNREAD or (finding.code.startswith("S") and finding.severity != INFO):
            yield f"{' › '.join(finding.labels)}：{finding.message}" if finding.labels else finding.message
