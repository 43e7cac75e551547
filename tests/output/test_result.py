"""Status, counts and exit codes of checked files."""

from __future__ import annotations

import pytest
from findings_samples import ALL, CLEAN, EXAMPLE, UNREADABLE, finding

from xxgk.output.result import FileResult, count_severities, exit_code

ERROR, WARNING, INFO = (FileResult("甲", (finding(severity=severity),)) for severity in ("error", "warning", "info"))


def test_status() -> None:
    assert (CLEAN.status, EXAMPLE.status, UNREADABLE.status) == ("ok", "findings", "unreadable")


@pytest.mark.parametrize(
    ("result", "fail_on", "code"),
    [
        (ERROR, "error", 1), (ERROR, "warning", 1),
        (WARNING, "error", 0), (WARNING, "warning", 1),
        (INFO, "error", 0), (INFO, "warning", 0),
        (CLEAN, "error", 0), (CLEAN, "warning", 0),
        (UNREADABLE, "error", 3), (UNREADABLE, "warning", 3),
    ],
)  # fmt: skip
def test_exit_code(result: FileResult, fail_on: str, code: int) -> None:
    assert exit_code(result, fail_on) == code


def test_counts_over_all_files() -> None:
    assert count_severities(ALL) == {"error": 1, "warning": len(EXAMPLE.findings) + 40, "info": 0}
    assert list(count_severities(())) == ["error", "warning", "info"]
