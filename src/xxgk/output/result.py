"""What became of one file that was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from xxgk.checks.finding import SEVERITIES, SEVERITY_WORDS, Finding
from xxgk.records import Record

CLEAN, FOUND, UNREADABLE = 0, 1, 3


class FileResult(Record):
    """The findings of one file, or the sentence that says why it cannot be read (``error``)."""

    file: str
    findings: tuple[Finding, ...] = ()
    error: str = ""

    @property
    def status(self) -> str:
        """``unreadable``, ``findings`` or ``ok``."""
        if self.error:
            return "unreadable"
        return "findings" if self.findings else "ok"


def count_severities(results: Iterable[FileResult]) -> dict[str, int]:
    """Return how many findings of each severity there are, gravest first."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for result in results:
        for finding in result.findings:
            counts[finding.severity] += 1
    return counts


def counted(findings: Iterable[Finding]) -> str:
    """Return how many findings of each severity there are, in words; "" where there is none."""
    counts = Counter(finding.severity for finding in findings)
    return "，".join(f"{SEVERITY_WORDS[severity]} {counts[severity]} 处" for severity in SEVERITIES if counts[severity])


def exit_code(result: FileResult, fail_on: str) -> int:
    """Return 3 for an unreadable file, 1 for findings of severity ``fail_on`` or graver, else 0."""
    if result.error:
        return UNREADABLE
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return FOUND if any(finding.severity in grave for finding in result.findings) else CLEAN
