"""A and Y: every instance of every rule, broken once in a sound report."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from xxgk.checks import Finding, check
from xxgk.figures import State, judge, known_values
from xxgk.formats import RuleInstance
from xxgk.records import replace
from xxgk.report import Explanation, Figure, Report
from xxgk.workbook.layout import layout_of

from support.reports import FORM, report_of, sound_previous, sound_values, with_figure, zero_report

SEED = 20240131


def sound_report(seed: int) -> Report:
    """Return a random report of two years in which every rule holds."""
    values = sound_values(Random(seed))
    report = replace(report_of(values, sound_previous(values)), level="province", waivers=())
    assert report.previous is not None
    complete = {a: Figure(0) for a in FORM.tables["disclosure"].addresses}
    last = {**complete, **report.previous.figures}
    return replace(report, previous=replace(report.previous, figures=last))


def broken(report: Report, instance: RuleInstance) -> Report:
    """Return ``report`` with the first figure of the instance moved one step beyond what it allows."""
    (verdict,) = [v for v in judge(FORM, report) if v.instance == instance]
    assert verdict.state is State.PASS
    assert verdict.difference is not None
    step = -1 if instance.rule.op == ">=" else 1
    address = instance.left[0].address
    return with_figure(report, address, known_values(FORM, report.figures)[address] - verdict.difference + step)


def of_rule(report: Report, instance: RuleInstance) -> list[Finding]:
    address = instance.left[0].address
    return [f for f in check(report, FORM) if (f.code, f.address) == (instance.rule.code, address)]


@pytest.mark.parametrize("seed", range(20))
def test_a_sound_report_has_no_finding(seed: int) -> None:
    # Random numbers do jump from year to year.
    assert {finding.code for finding in check(sound_report(seed), FORM)} <= {"Y106"}


@pytest.mark.parametrize("instance", FORM.instances, ids=lambda instance: instance.id)
def test_one_cell_off_is_caught_and_said(instance: RuleInstance) -> None:
    report = sound_report(SEED)
    if instance.id not in {v.instance.id for v in judge(FORM, report) if v.state is State.PASS}:
        pytest.fail(f"{instance.id} is not judged in the base report")
    assert of_rule(report, instance) == []
    (finding,) = of_rule(broken(report, instance), instance)
    cell = layout_of(FORM).figures[instance.left[0].address]
    assert (finding.sheet, finding.cell) == (cell.sheet, cell.ref)
    assert finding.severity == instance.rule.severity
    assert finding.labels == FORM.labels_of(instance.left[0].address)
    assert finding.difference == (-1 if instance.rule.op == ">=" else 1)
    assert isinstance(finding.value, int)
    assert finding.value - finding.difference == finding.expected
    assert instance.sentence in finding.message
    assert f"左边是 {finding.value}" in finding.message
    assert f"右边是 {finding.expected}" in finding.message


def test_a_blank_leaves_the_rule_unjudged() -> None:
    report = with_figure(
        with_figure(zero_report(), "applications.new.person", 5), "applications.carried_in.person", None
    )
    assert {finding.code for finding in check(report, FORM)} == {"V101"}


def test_a_reason_turns_the_explainable_rule_into_an_info() -> None:
    instance = next(i for i in FORM.instances if i.rule.explainable)
    report = broken(sound_report(SEED), instance)
    address = instance.left[0].address
    (finding,) = of_rule(replace(report, explanations=(Explanation(address, "集中清理文件"),)), instance)
    assert finding.severity == "info"
    assert "集中清理文件" in finding.message
    for blank in (Explanation(address, "  "), Explanation("disclosure.other.in_force", "集中清理文件")):
        (finding,) = of_rule(replace(report, explanations=(blank,)), instance)
        assert finding.severity == "error"


def test_a_reason_does_not_excuse_other_rules() -> None:
    report = with_figure(zero_report(), "disputes.review.total", 1)
    report = replace(report, explanations=(Explanation("disputes.review.total", "就是这样"),))
    (finding,) = check(report, FORM)
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"year": 2022, "unit": "青石镇人民政府"}, 0),
        ({"year": 2021, "unit": "青石镇 人民政府"}, 1),
        ({"year": 2023}, 1),
        ({"year": 2022, "unit": "白石镇人民政府"}, 1),
        ({"year": 2020, "unit": "白石镇人民政府"}, 2),
    ],
)
def test_last_years_figures_are_of_the_same_unit_and_the_year_before(changes: dict[str, Any], found: int) -> None:
    report = replace(zero_report(), previous=Report(FORM.id, **changes))
    assert [finding.code for finding in check(report, FORM)].count("Y105") == found
