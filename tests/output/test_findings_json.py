"""Findings as JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from findings_samples import ALL, CLEAN, EXAMPLE, UNREADABLE, finding

from xxgk.output.json import render_json
from xxgk.output.result import FileResult

KEYS = ["code", "severity", "address", "sheet", "cell", "labels", "message", "value", "expected", "difference", "hint"]


def data(*results: FileResult) -> list[dict[str, Any]]:
    text = "".join(render_json(results))
    assert text.endswith("}\n")
    files: list[dict[str, Any]] = json.loads(text)["files"]
    return files


def test_the_shape() -> None:
    files = data(*ALL)
    assert [file["file"] for file in files] == [result.file for result in ALL]
    assert [file["status"] for file in files] == [result.status for result in ALL]
    for file, result in zip(files, ALL, strict=True):
        assert [list(one) for one in file["findings"]] == [KEYS] * len(result.findings)
    first = files[0]["findings"][0]
    assert (first["code"], first["labels"]) == (EXAMPLE.findings[0].code, list(EXAMPLE.findings[0].labels))
    assert first["value"] is None


@pytest.mark.parametrize("results", [(), (CLEAN,), (*ALL, FileResult("甲\n乙", (finding(message="一\r\n二"),)))])
def test_it_is_laid_out_as_any_json(results: tuple[FileResult, ...]) -> None:
    text = "".join(render_json(results))
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


def test_numbers_are_numbers() -> None:
    one = finding(value=Decimal("12.5"), expected=Decimal("12.0"), difference=Decimal("0.5"))
    (file,) = data(FileResult("甲", (one, finding(value="/", expected=0))))
    assert [(f["value"], f["expected"], f["difference"]) for f in file["findings"]] == [(12.5, 12, 0.5), ("/", 0, None)]
    assert isinstance(file["findings"][0]["expected"], int)


def test_what_cannot_be_read_has_a_sentence_and_no_findings() -> None:
    assert data(UNREADABLE) == [
        {"file": "坏.xlsx", "status": "unreadable", "error": UNREADABLE.error, "findings": []},
    ]
    assert data(CLEAN) == [{"file": "好.xlsx", "status": "ok", "findings": []}]
    assert data() == []


def test_chinese_is_readable() -> None:
    assert "行政复议" in "".join(render_json([FileResult("甲", (finding(),))]))
