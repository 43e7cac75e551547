"""Findings as JSON: ``{"files": [{"file", "status", "findings": [{"code", "severity", …}]}]}``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from xxgk.checks.finding import Finding, Value
from xxgk.output.packed import packed, unpacked
from xxgk.output.result import FileResult


def render_json(results: Iterable[FileResult]) -> Iterator[str]:
    """Yield the results as JSON text in pieces, the first when all results are there. The last ends in a newline.

    A file that cannot be read has ``error``, a sentence.
    """
    files = [packed(f"\n  {_indented(_file_data(result))}") for result in results]
    yield '{\n "files": ['
    for number, file in enumerate(files):
        yield f"{',' if number else ''}{unpacked(file)}"
    yield "\n ]\n}\n" if files else "]\n}\n"


def _indented(data: dict[str, Any]) -> str:
    # A line break inside a text is escaped, so every one here begins a line of JSON.
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False).replace("\n", "\n  ")


def _file_data(result: FileResult) -> dict[str, Any]:
    data: dict[str, Any] = {"file": result.file, "status": result.status}
    if result.error:
        data["error"] = result.error
    return {**data, "findings": [_finding_data(finding) for finding in result.findings]}


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "address": finding.address,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "labels": list(finding.labels),
        "message": finding.message,
        "value": _plain(finding.value),
        "expected": _plain(finding.expected),
        "difference": _plain(finding.difference),
        "hint": finding.hint,
    }


def _plain(value: Value) -> int | float | str | None:
    if value is None or isinstance(value, int | str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
