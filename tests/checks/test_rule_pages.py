"""Every page of docs/rules is current, and both of its examples do what they say."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from xxgk.checks import check
from xxgk.checks.catalogue import catalogue
from xxgk.checks.explain import codes
from xxgk.checks.finding import ERROR, Finding
from xxgk.formats import Form

from rule_examples import PAGES, Cell, page_examples, report_with, words_with
from support.counties import county

CODES = codes()


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_rules", Path(PAGES).parent / "build_rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _findings(code: str, cells: Sequence[Cell], form: Form) -> tuple[Finding, ...]:
    """Return what is found in the report of an example, or in the consolidation where the code is about many."""
    if code.startswith("C"):
        return county(cells).top.findings
    return check(report_with(cells, form), form, words_with(cells))


def test_pages_are_what_the_script_writes() -> None:
    built = dict(_builder().rule_files())
    there = {path.name: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}
    assert there == built, "run python docs/build_rules.py"


def test_the_index_names_every_code() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"]({code}.md)" not in index] == []


@pytest.mark.parametrize(("code", "form"), CODES.items(), ids=CODES)
def test_the_wrong_example_is_found(code: str, form: Form) -> None:
    wrong, _ = page_examples(code)
    assert wrong
    found = [finding for finding in _findings(code, wrong, form) if finding.code == code]
    assert found
    assert {finding.severity for finding in found} == {catalogue(form)[code].severity}


@pytest.mark.parametrize(("code", "form"), CODES.items(), ids=CODES)
def test_the_right_example_is_not_found(code: str, form: Form) -> None:
    _, right = page_examples(code)
    assert right
    findings = _findings(code, right, form)
    assert code not in {finding.code for finding in findings}
    assert [finding for finding in findings if finding.severity == ERROR] == []


def test_the_base_of_all_examples_is_sound() -> None:
    for form in set(CODES.values()):
        assert check(report_with([], form), form) == ()
