"""The running example: what is really wrong with it, and nothing else."""

from __future__ import annotations

import pytest

from xxgk.checks import Finding, check
from xxgk.checks.finding import WARNING

from support.reports import FORM, example

EXPECTED = {
    "W101": ("narrative.overview[0]", "现将有关情况汇报如下"),
    "W103": ("narrative.overview[1]", "，的政府信息公开工作"),
    "W102": ("narrative.problems[3]", "一是对政府信息公开"),
    "W104": ("narrative.problems[3]", "1、 加强"),
}


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    return check(example(), FORM)


def test_exactly_these_are_found(findings: tuple[Finding, ...]) -> None:
    assert [finding.code for finding in findings] == list(EXPECTED)
    assert {finding.severity for finding in findings} == {WARNING}


def test_each_says_where_and_quotes(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        address, quoted = EXPECTED[finding.code]
        assert finding.address == address
        assert quoted in finding.message
        assert finding.sheet
        assert finding.cell
        assert finding.hint
    assert findings[2].labels == (FORM.section("problems").heading, "第4段")
