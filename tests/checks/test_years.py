"""Y106, Y107: jumps from year to year, and years of zeros; only what means the same in both years is compared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xxgk.checks import Finding, check
from xxgk.checks.finding import ERROR, INFO
from xxgk.checks.years import JUMP, LEAST_CHANGE, ZERO_YEARS
from xxgk.formats import load_form
from xxgk.records import replace
from xxgk.report import Explanation, Figure, Number, Report

from support.reports import FORM, with_figure, zero_report

LICENCES = "disclosure.licences.decisions"
NEW = "applications.new."


def found(report: Report, code: str) -> list[Finding]:
    return [finding for finding in check(report, FORM) if finding.code == code]


def after(report: Report, last: Report) -> Report:
    return replace(report, previous=replace(last, year=(report.year or 0) - 1))


def years(old: Number, new: Number, address: str = LICENCES) -> Report:
    return after(with_figure(zero_report(), address, new), with_figure(zero_report(), address, old))


@pytest.mark.parametrize(
    ("old", "new"), [(12, 120), (120, 12), (0, 20), (20, 0), (4, 24), (Decimal("0.5"), 30), (1_000, 199)]
)
def test_a_jump_is_told(old: Number, new: Number) -> None:
    (finding,) = found(years(old, new), "Y106")
    assert (finding.address, finding.value, finding.difference) == (LICENCES, new, new - old)
    assert f"上年是 {old}，本年是 {new}" in finding.message


@pytest.mark.parametrize(("old", "new"), [(1, 6), (0, 19), (19, 0), (10, 50), (50, 10), (1_000, 200), (-5, 40), (7, 7)])
def test_a_small_or_gradual_change_is_not(old: Number, new: Number) -> None:
    assert found(years(old, new), "Y106") == []
    assert (JUMP, LEAST_CHANGE) == (5, 20)


def test_a_row_with_a_total_is_told_once() -> None:
    report = years(1, 40, NEW + "person")
    assert [finding.address for finding in found(report, "Y106")] == [NEW + "total"]


def test_another_year_or_a_blank_figure_is_not_compared() -> None:
    report = years(1, 40)
    assert report.previous is not None
    assert found(replace(report, previous=replace(report.previous, year=2019)), "Y106") == []
    assert found(after(report, with_figure(report.previous, LICENCES, None)), "Y106") == []


def test_of_an_older_form_only_what_means_the_same_is_compared() -> None:
    older = load_form("2019")
    figures = {address: Figure(100) for table in older.tables.values() for address in table.addresses}
    report = after(zero_report(), Report(older.id, figures=figures))
    told = {finding.address for finding in found(report, "Y106")}
    assert told <= set(FORM.comparable(older))
    assert {LICENCES, NEW + "total"} <= told
    assert found(after(zero_report(), Report("2007", figures=figures)), "Y106") == []


def test_years_of_zeros_are_told_once_a_table() -> None:
    report = zero_report()
    for count in range(1, ZERO_YEARS + 2):
        tables = [finding.address for finding in found(report, "Y107")]
        assert tables == (list(FORM.tables) if count >= ZERO_YEARS else [])
        report = replace(report, previous=replace(zero_report(), year=2022, previous=_older(report.previous)))


def _older(last: Report | None) -> Report | None:
    """Return ``last`` with it and all before it one year earlier."""
    if last is None:
        return None
    return replace(last, year=(last.year or 0) - 1, previous=_older(last.previous))


def test_a_year_with_a_number_or_a_blank_ends_the_zeros() -> None:
    for value in (1, None):
        middle = with_figure(zero_report(), LICENCES, value)
        report = after(zero_report(), after(replace(middle, year=2022), zero_report()))
        assert "disclosure" not in {finding.address for finding in found(report, "Y107")}


@pytest.mark.parametrize(("reason", "severity"), [("", ERROR), ("  ", ERROR), ("集中清理", INFO)])
def test_a_reason_makes_the_error_a_remark(reason: str, severity: str) -> None:
    address = "disclosure.normative.in_force"
    report = replace(years(0, 0), explanations=(Explanation(address, reason),))
    (finding,) = found(with_figure(report, address, 3), "Y102")
    assert finding.severity == severity
    assert reason.strip() in finding.message
