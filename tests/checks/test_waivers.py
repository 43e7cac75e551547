"""Waivers: reasons instead of warnings, never instead of errors."""

from __future__ import annotations

from datetime import date

from xxgk.checks import check
from xxgk.records import replace
from xxgk.report import Report, Waiver
from xxgk.workbook.layout import layout_of

from support.reports import FORM, with_figure, zero_report

LATE = replace(zero_report(), date=date(2024, 2, 5))


def waived(report: Report, *waivers: tuple[str, str]) -> list[tuple[str, str, str]]:
    findings = check(replace(report, waivers=tuple(Waiver(code, reason) for code, reason in waivers)), FORM)
    return [(finding.code, finding.severity, finding.message) for finding in findings]


def test_a_warning_becomes_an_info_with_the_reason() -> None:
    ((before, _, message),) = waived(LATE)
    assert before == "P104"
    assert waived(LATE, ("P104", "经批准延期")) == [("P104", "info", f"{message}（已说明：经批准延期）")]
    assert waived(LATE, (" p104 ", " 经批准延期 ")) == waived(LATE, ("P104", "经批准延期"))


def test_a_waiver_of_another_code_changes_nothing() -> None:
    assert waived(LATE, ("P103", "没有日期")) == waived(LATE)


def test_an_error_stays_and_the_waiver_is_named() -> None:
    report = with_figure(zero_report(), "disclosure.licences.decisions", None)
    (s108,) = [row for row in waived(report, ("V101", "以后再填")) if row[0] == "S108"]
    assert s108[1] == "info"
    assert "V101" in s108[2]
    assert ("V101", "error") in [row[:2] for row in waived(report, ("V101", "以后再填"))]


def test_a_waiver_without_reason_or_of_no_known_code_is_named() -> None:
    codes = [row[:2] for row in waived(LATE, ("P104", " "))]
    assert sorted(codes) == [("P104", "warning"), ("S108", "info")]
    ((code, _, message),) = waived(zero_report(), ("X999", "理由"))
    assert code == "S108"
    assert "X999" in message


def test_the_waivers_own_row_is_named() -> None:
    waivers = (Waiver("P104", "理由"), Waiver("X999", "理由"))
    (finding,) = check(replace(zero_report(), waivers=waivers), FORM)
    slot = layout_of(FORM).slots["waivers"]
    assert finding.sheet == slot.sheet
    assert finding.cell.endswith(str(slot.row + 1))
