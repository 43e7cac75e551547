"""Findings as SARIF 2.1.0, which code hosts and editors show beside the files.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; no time of day is in it, so equal
results give equal bytes.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

from xxgk import __version__
from xxgk.checks.catalogue import catalogue
from xxgk.checks.entry import Entry
from xxgk.checks.finding import ERROR, INFO, WARNING, Finding
from xxgk.formats import form_ids, load_form
from xxgk.output.packed import packed, unpacked
from xxgk.output.result import FileResult

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}
RESULT_INDENT = " " * 4  # as deep as the results of a run lie
# A workbook has no lines, but GitHub shows nothing without one. The logical locations say where it really is.
_NO_LINES = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
# In messages {0} stands for an argument and [a](b) for a link; viewers differ in how they undo an escape.
_NO_MARKUP = str.maketrans("{}[]", "｛｝［］")

_Artifact = dict[str, str | int]


def render_sarif(results: Iterable[FileResult]) -> Iterator[str]:
    """Yield the results as one run of SARIF in pieces, the first when all are there. The last ends in a newline.

    Every file examined is an artifact; one that cannot be read is a notification, and the run then failed.
    """
    artifacts: dict[str, _Artifact] = {}
    notifications: list[dict[str, Any]] = []
    texts: list[bytes] = []
    for result in results:
        uri = _uri(result.file)
        artifact = artifacts.setdefault(uri, {"uri": uri, "index": len(artifacts)})
        notifications += _notifications(result, artifact)
        found = [_json(entry).replace("\n", "\n" + RESULT_INDENT) for entry in _results(result, artifact)]
        if found:
            texts.append(packed(f",\n{RESULT_INDENT}".join(found)))
    run = {
        "tool": {"driver": {"name": "xxgk", "version": __version__, "rules": [_rule(entry) for entry in _entries()]}},
        "language": "zh-CN",
        "invocations": [{"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}],
        "artifacts": [{"location": {"uri": uri}, "roles": ["analysisTarget"]} for uri in artifacts],
        "results": [],
    }
    whole = _json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
    before, _, after = whole.rpartition("[]")  # the results', which come last
    yield f"{before}["
    for number, text in enumerate(texts):
        yield f"{',' if number else ''}\n{RESULT_INDENT}{unpacked(text)}"
    closing = f"\n{RESULT_INDENT[1:]}]" if texts else "]"
    yield f"{closing}{after}\n"


def _json(data: dict[str, Any]) -> str:
    # Numbers are int or Decimal, which JSON does not know.
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False, default=float)


def _entries() -> Iterable[Entry]:
    """Return every code once, as the newest form that has it declares it."""
    entries: dict[str, Entry] = {}
    for form_id in form_ids():
        entries.update(catalogue(load_form(form_id)))
    return entries.values()


def _rule(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.code,
        "name": _plain(entry.title),
        "shortDescription": {"text": _plain(entry.title)},
        "fullDescription": {"text": _plain(f"{entry.what}依据：{entry.clause}。")},
        "help": {"text": _plain(entry.hint)},
        "defaultConfiguration": {"level": LEVELS[entry.severity]},
    }


def _notifications(result: FileResult, artifact: _Artifact) -> Iterator[dict[str, Any]]:
    if result.error:
        text = {"text": _plain(result.error)}
        yield {"level": "error", "message": text, "locations": [_file(artifact)]}


def _results(result: FileResult, artifact: _Artifact) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for finding in result.findings:
        identity = "\n".join((finding.code, finding.address, finding.sheet, finding.cell))
        seen[identity] += 1
        location = _file(artifact)
        location["physicalLocation"]["region"] = _NO_LINES
        location["logicalLocations"] = list(_logical_locations(finding))
        yield {
            "ruleId": finding.code,
            "level": LEVELS[finding.severity],
            "message": {"text": _message(finding)},
            "locations": [location],
            # Without it GitHub takes all findings of a code in one file for the same, as all stand in line 1.
            "partialFingerprints": {
                "primaryLocationLineHash": f"{sha256(identity.encode()).hexdigest()[:16]}:{seen[identity]}"
            },
            "properties": _properties(finding),
        }


def _file(artifact: _Artifact) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": artifact}}


def _logical_locations(finding: Finding) -> Iterator[dict[str, str]]:
    """Yield the place as a spreadsheet names it, and as a person does."""
    if finding.cell:
        yield {"name": f"{finding.sheet}!{finding.cell}", "kind": "cell"}
    elif finding.sheet:
        yield {"name": finding.sheet, "kind": "sheet"}
    if finding.labels:
        yield {"name": " › ".join(finding.labels), "kind": "value"}


def _message(finding: Finding) -> str:
    """Return where, what and how to mend it: most viewers show nothing else."""
    labels, cell = " › ".join(finding.labels), f"{finding.sheet} {finding.cell}".strip()
    where = f"{labels}（{cell}）" if labels and cell else labels or cell
    return _plain(f"{where}：{finding.message}{finding.hint}" if where else finding.message + finding.hint)


def _properties(finding: Finding) -> dict[str, Any]:
    facts = {
        "address": finding.address,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "labels": list(finding.labels),
        "value": finding.value,
        "expected": finding.expected,
        "difference": finding.difference,
    }
    return {name: fact for name, fact in facts.items() if fact not in (None, "", [])}


def _uri(file: str) -> str:
    """Return the file's address (RFC 3986): as relative or absolute as it was named, never with ``..``."""
    path = Path(file)
    if ".." in path.parts:
        path = path.resolve()
    return path.as_uri() if path.is_absolute() else quote_from_bytes(os.fsencode(path.as_posix()))


def _plain(text: str) -> str:
    return text.translate(_NO_MARKUP)
