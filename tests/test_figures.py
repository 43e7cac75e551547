"""Totals and rules: what is known, what follows, what is wrong."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.checks import check
from xxgk.figures import State, folded_addresses, judge, judge_kinds, known_values, without_computed_totals
from xxgk.records import replace
from xxgk.report import Figure, Reading, Report

from support.reports import FORM, changed_form, report_of, sound_previous, sound_values, with_figure, zero_report

INPUTS = [a for table in FORM.tables.values() for a in table.addresses if a not in FORM.totals]


def states(report: Report) -> dict[str, State]:
    return {verdict.instance.id: verdict.state for verdict in judge(FORM, report)}


@given(st.randoms(use_true_random=False))
def test_sound_figures_pass_every_rule(random: Random) -> None:
    values = sound_values(random)
    report = report_of(values, sound_previous(values))
    wrong = [key for key, state in states(report).items() if state is State.FAIL]
    assert wrong == []
    assert all(v.state is State.PASS for v in judge_kinds(FORM, report))


@given(st.sampled_from(INPUTS))
def test_a_blank_is_never_zero(address: str) -> None:
    report = with_figure(zero_report(), address, None)
    found = states(report)
    for instance in FORM.instances:
        needs = {term.address for term in instance.terms if not term.previous}
        for total in reversed(FORM.totals.values()):
            if total.address in needs:
                needs.update(total.parts)
        if address in needs:
            assert found[instance.id] is State.UNJUDGED, instance.id


def test_totals_are_sums_of_sums() -> None:
    report = with_figure(zero_report(), "applications.declined.repeat.legal", 3)
    values = known_values(FORM, report.figures)
    assert values["applications.declined.repeat.total"] == 3
    assert values["applications.processed.legal"] == 3
    assert values["applications.processed.total"] == 3


@pytest.mark.parametrize("code", sorted({rule.code for rule in FORM.rules}))
def test_each_rule_catches_a_change_of_one_figure(code: str) -> None:
    """From a sound report, moving any figure of an equation by one breaks that very instance."""
    values = sound_values(Random(7))
    previous = sound_previous(values)
    for instance in (i for i in FORM.instances if i.rule.code == code):
        stated = {**values, **dict(known_values(FORM, report_of(values).figures))}
        for term in instance.terms:
            # Far enough to break an inequality too.
            side = 1 if term in instance.left else -1
            direction = {"=": 1, "<=": side, ">=": -side}[instance.rule.op] * term.sign
            step = direction * (1 if instance.rule.op == "=" else 10**6)
            this, last = dict(stated), dict(previous)
            target = last if term.previous else this
            target[term.address] = target.get(term.address, 0) + step
            verdict = next(v for v in judge(FORM, report_of(this, last)) if v.instance.id == instance.id)
            assert verdict.state is State.FAIL, (instance.id, term)


def test_a_stated_total_is_kept_and_compared() -> None:
    report = with_figure(zero_report(), "applications.new.total", 5)
    verdict = next(v for v in judge(FORM, report) if v.instance.id == "A103.new")
    assert (verdict.state, verdict.left, verdict.right, verdict.difference) == (State.FAIL, 5, 0, 5)


def test_an_unreadable_total_is_not_computed() -> None:
    figures = {
        **zero_report().figures,
        "applications.new.total": Figure(None, reading=Reading.UNREADABLE, seen="见附件"),
    }
    report = replace(zero_report(), figures=figures)
    assert "applications.new.total" not in known_values(FORM, report.figures)
    assert states(report)["A103.new"] is State.UNJUDGED


def test_totals_that_equal_their_sum_are_dropped_and_their_remarks_kept() -> None:
    values = known_values(FORM, zero_report().figures)
    figures = {address: Figure(value) for address, value in values.items()}
    figures["applications.new.total"] = Figure(0, "含上年")
    figures["applications.processed.total"] = Figure(9)
    kept = without_computed_totals(FORM, figures)
    assert set(kept) - set(INPUTS) == {"applications.new.total", "applications.processed.total"}
    assert kept["applications.new.total"] == Figure(None, "含上年")
    assert known_values(FORM, kept)["applications.new.total"] == 0


def test_a_fold_counts_absent_rows_as_zero() -> None:
    (fold,) = FORM.folds
    figures = {a: f for a, f in zero_report().figures.items() if a not in fold.absent_addresses}
    figures["applications.other.rest.person"] = Figure(4, fold.remark)
    folded = replace(zero_report(), figures=figures)
    assert known_values(FORM, folded.figures)["applications.processed.person"] == 4
    figures["applications.other.rest.person"] = Figure(4)
    plain = replace(zero_report(), figures=figures)
    assert "applications.processed.person" not in known_values(FORM, plain.figures)


@pytest.mark.parametrize(
    ("value", "state"),
    [(3, State.PASS), (-1, State.FAIL), (Decimal("1.5"), State.FAIL), (Decimal("2.0"), State.PASS)],
)
def test_counts_are_whole_and_not_negative(value: int | Decimal, state: State) -> None:
    report = with_figure(zero_report(), "applications.new.person", value)
    assert {v.check.id: v.state for v in judge_kinds(FORM, report)}["V102.applications"] is state


def test_amounts_may_have_decimals() -> None:
    report = with_figure(zero_report(), "disclosure.fees.amount", Decimal("24252.311082"))
    assert {v.check.id: v.state for v in judge_kinds(FORM, report)}["V103.disclosure"] is State.PASS


@pytest.mark.parametrize(
    ("years", "year", "judged"),
    [
        ({"since": 2024}, 2023, False),
        ({"since": 2023, "until": 2023}, 2023, True),
        ({"until": 2022}, 2023, False),
        ({"until": 2022}, None, False),
        ({"since": 2021}, None, False),
        ({}, None, True),
    ],
)
def test_a_rule_is_judged_only_in_its_years(years: dict[str, int], year: int | None, judged: bool) -> None:
    form = changed_form("A104", **years)
    report = replace(with_figure(zero_report(), "disputes.review.total", 3), year=year)
    verdict = next(v for v in judge(form, report) if v.instance.id == "A104.review")
    if judged:
        assert (verdict.state, verdict.left, verdict.right) == (State.FAIL, 3, 0)
    else:
        assert (verdict.state, verdict.left, verdict.right) == (State.UNJUDGED, None, None)


def test_a_remark_does_not_break_a_fold_but_anything_typed_does() -> None:
    (fold,) = FORM.folds
    absent = set(fold.absent_addresses)
    kept = {a: f for a, f in zero_report().figures.items() if a not in absent}
    kept[fold.marker] = Figure(4, fold.remark)
    total = next(address for address in fold.absent_addresses if address in FORM.totals)
    cell = next(address for address in fold.absent_addresses if address not in FORM.totals)
    assert folded_addresses(FORM, {**kept, cell: Figure(None, "没有这一项")}) == absent
    for address in (cell, total):
        for typed in (Figure(0), Figure(None, reading=Reading.PLACEHOLDER, seen="/")):
            assert folded_addresses(FORM, {**kept, address: typed}) == frozenset()


@pytest.mark.parametrize("seen", ["#N/A", "#DIV/0!", "#REF!", "#NAME?"])
def test_an_error_value_leaves_the_kinds_of_its_table_unjudged(seen: str) -> None:
    report = with_figure(zero_report(), "applications.new.legal", -1)
    broken = Figure(None, reading=Reading.UNREADABLE, seen=seen)
    report = replace(report, figures={**report.figures, "applications.new.person": broken})
    verdicts = {verdict.check.id: verdict for verdict in judge_kinds(FORM, report)}
    assert (verdicts["V102.applications"].state, verdicts["V102.applications"].count) == (State.UNJUDGED, None)
    assert verdicts["V102.disputes"].state is State.PASS
    # What else is wrong is still said.
    assert "applications.new.legal" in [f.address for f in check(report, FORM) if f.code == "V102"]


@pytest.mark.parametrize("seen", ["#", "#1", "见#1", "约12件"])
def test_a_text_is_no_error_value(seen: str) -> None:
    odd = Figure(None, reading=Reading.UNREADABLE, seen=seen)
    report = replace(zero_report(), figures={**zero_report().figures, "applications.new.person": odd})
    assert {v.check.id: v.state for v in judge_kinds(FORM, report)}["V102.applications"] is State.PASS


def test_rules_over_two_years_need_last_years_form() -> None:
    values = sound_values(Random(3))
    report = report_of(values, sound_previous(values))
    assert report.previous is not None
    old = replace(report, previous=replace(report.previous, form="2019"))
    assert states(report)["Y102.normative"] is State.PASS
    assert states(old)["Y102.normative"] is State.UNJUDGED
    assert states(old)["Y101.person"] is State.PASS
