"""The running example: what is really wrong with its text, as a reader listed it beforehand, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from xxgk.checks import Finding, check
from xxgk.checks.finding import WARNING

from support.reports import FORM, example

FAULTS = Path(__file__).parents[1] / "narrative" / "example_faults.toml"
# Each fault of the list, in its order, and the code that finds it.
CODES = ("W101", "W103", "P108", "W104", "W102", "W114", "W112")


@pytest.fixture(scope="module")
def findings() -> dict[str, Finding]:
    found = check(example(), FORM)
    assert len({finding.code for finding in found}) == len(found)
    return {finding.code: finding for finding in found}


def test_the_list_is_complete_and_nothing_else_is_found(findings: dict[str, Finding]) -> None:
    faults = tomllib.loads(FAULTS.read_text(encoding="utf-8"))["fault"]
    assert len(faults) == len(CODES)
    assert sorted(findings) == sorted(CODES)
    assert {finding.severity for finding in findings.values()} == {WARNING}
    for code, fault in zip(CODES, faults, strict=True):
        index = f"[{fault['paragraph']}]" if "paragraph" in fault else ""
        assert findings[code].address == f"narrative.{fault['part']}{index}"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("W101", "现将有关情况汇报如下"),
        ("W103", "，的政府信息公开工作"),
        ("P108", "依申请公开、政府信息公开平台建设"),
        ("W104", "1、 加强"),
        ("W102", "一是对政府信息公开"),
        ("W114", "加强培训和宣传工作。"),
        ("W112", "1、 加强"),
    ],
)
def test_each_says_where_and_quotes(findings: dict[str, Finding], code: str, words: str) -> None:
    finding = findings[code]
    assert words in finding.message
    assert finding.sheet
    assert finding.cell
    assert finding.hint


def test_a_paragraph_is_named_by_part_and_place(findings: dict[str, Finding]) -> None:
    assert findings["W102"].labels == (FORM.section("problems").heading, "第4段")
