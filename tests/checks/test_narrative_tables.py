"""T6, T8, T13: 信息处理费 beside the tables, cases without applications, cases that go to court at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xxgk.checks import Finding, check
from xxgk.checks.finding import INFO, WARNING
from xxgk.records import replace
from xxgk.report import Figure, Number, Report

from support.reports import FORM, OLD_FORM, with_figure, zero_report

(RECEIVED,), (FEES,) = FORM.roles["fee_received"], FORM.roles["fees"]
(NOTICES,), (DIRECT,) = FORM.roles["fee_notices"], FORM.roles["direct_suits"]
UNPAID = "applications.other.unpaid.person"
REVIEW = "disputes.review.upheld"


def with_field(report: Report, field: str, value: Number | None) -> Report:
    return replace(report, fields={**report.fields, field: Figure(value)})


def found(report: Report) -> list[Finding]:
    silent = replace(report, narrative={})  # what a text says of the fee has rules of its own
    return [finding for finding in check(silent, FORM) if finding.code[0] == "N"]


# Real amounts, all of which the tariff gives (domain: 国办函〔2020〕109号).
@pytest.mark.parametrize("amount", [0, 380, 400, 880, 1080, 270, 2230, 2950, 3940, Decimal("380.0")])
def test_an_amount_of_the_tariff_is_sound(amount: Number) -> None:
    assert found(with_field(with_figure(zero_report(), FEES, 1), RECEIVED, amount)) == []


@pytest.mark.parametrize("field", [RECEIVED, "processing_fee.notice_amount"])
@pytest.mark.parametrize("amount", [385, 1, Decimal("0.038"), Decimal("380.5")])
def test_another_amount_is_none(field: str, amount: Number) -> None:
    (finding,) = found(with_field(with_figure(zero_report(), FEES, 1), field, amount))
    assert (finding.code, finding.severity, finding.address, finding.value) == ("N106", WARNING, field, amount)
    assert finding.message == f"{amount} 元不是 10 的倍数，信息处理费的标准都是整 10 元。"


def test_the_fees_of_the_table_hold_what_was_received() -> None:
    received = with_field(zero_report(), RECEIVED, 380)
    (finding,) = found(received)
    assert (finding.code, finding.severity, finding.address) == ("N107", WARNING, RECEIVED)
    assert finding.message == "收取信息处理费 380 元，表二的行政事业性收费却只有 0 万元。"
    assert found(with_figure(received, FEES, Decimal("0.038"))) == []
    assert [f.code for f in found(with_figure(received, FEES, Decimal("0.0379")))] == ["N107"]


def test_what_was_not_paid_was_asked_for() -> None:
    report = with_figure(with_figure(zero_report(), UNPAID, 2), "applications.new.person", 2)
    (finding,) = found(report)
    assert (finding.code, finding.severity, finding.address) == ("N108", INFO, NOTICES)
    assert finding.message == "有 2 件因逾期未缴费不再处理，发出收费通知却是 0 件。"
    assert found(with_field(report, NOTICES, 1)) == []


def test_cases_come_from_applications() -> None:
    (finding,) = found(with_figure(zero_report(), REVIEW, 1))
    assert (finding.code, finding.severity, finding.message) == ("N109", INFO, "表三全是 0，表四却有案件。")
    received = with_figure(with_figure(zero_report(), REVIEW, 1), "applications.new.person", 1)
    assert found(received) == []


@pytest.mark.parametrize(("year", "codes"), [(2023, []), (2024, ["N110"]), (2025, ["N110"])])
def test_from_2024_a_review_comes_before_a_suit(year: int, codes: list[str]) -> None:
    report = replace(with_figure(zero_report(), "applications.new.person", 1), year=year)
    report = with_figure(report, "disputes.suit_direct.other", 3)
    told = found(report)
    assert [(finding.code, finding.address) for finding in told] == [(code, DIRECT) for code in codes]
    assert all(finding.severity == INFO and finding.message == "未经复议直接起诉有 3 件。" for finding in told)


@pytest.mark.parametrize(
    ("address", "report"),
    [
        (FEES, with_field(zero_report(), RECEIVED, 380)),
        ("applications.other.unpaid.legal", with_figure(zero_report(), UNPAID, 2)),
        ("applications.new.person", with_figure(zero_report(), REVIEW, 1)),
        (
            "disputes.suit_direct.pending",
            replace(with_figure(zero_report(), "disputes.suit_direct.other", 3), year=2024),
        ),
    ],
)
def test_a_blank_cell_leaves_it_unjudged(address: str, report: Report) -> None:
    judged = {finding.code for finding in found(report)}
    assert {finding.code for finding in found(with_figure(report, address, None))} < judged


def test_a_blank_field_is_not_0() -> None:
    report = with_figure(zero_report(), UNPAID, 2)
    assert found(with_field(report, NOTICES, None)) == []


def test_the_form_of_2019_asks_for_none_of_it() -> None:
    assert [f for f in check(zero_report(OLD_FORM), OLD_FORM) if f.code[0] == "N"] == []
