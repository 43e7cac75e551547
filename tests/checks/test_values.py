"""V: single values, one cell at a time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xxgk.checks import Finding, check
from xxgk.records import replace
from xxgk.report import Figure, Place, Reading, Report
from xxgk.workbook.layout import layout_of

from support.reports import FORM, report_of, with_figure, zero_report

INPUTS = [a for table in FORM.tables.values() for a in table.addresses if a not in FORM.totals]
COUNTS = [a for a in INPUTS if FORM.kind_of(a).integer]
AMOUNTS = [a for a in INPUTS if not FORM.kind_of(a).integer]
FIELDS = [field.id for field in FORM.fields]

READINGS = {
    "V104": Figure(0, reading=Reading.TEXT_NUMBER, seen="　0 "),
    "V105": Figure(None, reading=Reading.PLACEHOLDER, seen="/"),
    "V106": Figure(None, reading=Reading.UNREADABLE, seen="约12件"),
    "V108": Figure(0, "不含撤回", Reading.ANNOTATED, "0（不含撤回）"),
}


def with_reading(report: Report, address: str, figure: Figure) -> Report:
    if address in FIELDS:
        return replace(report, fields={**report.fields, address: figure})
    return replace(report, figures={**report.figures, address: figure})


def where(finding: Finding) -> tuple[str, str, str]:
    return finding.address, finding.sheet, finding.cell


def standard_place(address: str) -> tuple[str, str, str]:
    layout = layout_of(FORM)
    cell = layout.figures.get(address) or layout.fields[address]
    return address, cell.sheet, cell.ref


@pytest.mark.parametrize("code", READINGS)
def test_each_cell_with_such_a_reading_is_found_where_it_stands(code: str) -> None:
    for address in INPUTS + FIELDS:
        (finding,) = check(with_reading(zero_report(), address, READINGS[code]), FORM)
        assert finding.code == code
        assert where(finding) == standard_place(address)
        assert finding.labels == FORM.labels_of(address)
        assert READINGS[code].seen.strip("　 ") in finding.message


@pytest.mark.parametrize("address", COUNTS[:1] + COUNTS[-1:] + FIELDS[:1])
@pytest.mark.parametrize("value", [-1, Decimal("0.5")])
def test_a_count_that_is_none_is_found(address: str, value: int) -> None:
    report = replace(zero_report(), level="ministry")
    found = [f for f in check(with_reading(report, address, Figure(value)), FORM) if f.code[0] == "V"]
    assert [(f.code, f.address, f.value) for f in found] == [("V102", address, value)]


def test_every_count_and_amount_is_looked_at() -> None:
    for address in INPUTS:
        code = "V102" if address in COUNTS else "V103"
        found = check(with_figure(zero_report(), address, -1), FORM)
        assert [(f.code, f.address) for f in found if f.code in ("V102", "V103")] == [(code, address)]


def test_an_amount_may_have_decimals() -> None:
    for address in AMOUNTS:
        assert check(with_figure(zero_report(), address, Decimal("12.345678")), FORM) == ()


def test_a_blank_is_one_finding_a_table() -> None:
    for table in FORM.tables.values():
        inputs = [a for a in table.addresses if a in INPUTS]
        report = zero_report()
        for address in inputs[:2]:
            report = with_figure(report, address, None)
        (finding,) = check(report, FORM)
        assert (finding.code, finding.severity) == ("V101", "error")
        assert where(finding) == standard_place(inputs[0])
        assert "2 格" in finding.message
        assert " › ".join(FORM.labels_of(inputs[1])[-2:]) in finding.message


def test_a_table_without_any_figure_says_so() -> None:
    for table in FORM.tables.values():
        inputs = [a for a in table.addresses if a in INPUTS]
        kept = {a: 0 for a in INPUTS if a not in inputs}
        (finding,) = check(report_of(kept), FORM)
        assert finding.code == "V101"
        assert "一格都没有填" in finding.message
        assert str(len(inputs)) in finding.message


def test_a_remark_alone_is_a_blank() -> None:
    (finding,) = check(with_reading(zero_report(), INPUTS[0], Figure(None, "见附件")), FORM)
    assert finding.code == "V101"


def test_what_cannot_be_read_is_no_blank() -> None:
    report = with_reading(zero_report(), INPUTS[0], READINGS["V105"])
    assert {finding.code for finding in check(report, FORM)} == {"V105"}


def test_folded_rows_are_not_asked_for() -> None:
    (fold,) = FORM.folds
    report = zero_report()
    for address in fold.absent_addresses:
        report = with_figure(report, address, None)
    assert {finding.code for finding in check(report, FORM)} == {"V101"}
    assert check(with_reading(report, fold.marker, Figure(0, fold.remark)), FORM) == ()


def test_blank_fee_fields_are_one_info() -> None:
    report = replace(zero_report(), fields={FIELDS[0]: Figure(0)})
    (finding,) = check(report, FORM)
    assert (finding.code, finding.severity, finding.address) == ("V107", "info", FIELDS[1])
    assert FORM.labels_of(FIELDS[2])[0] in finding.message


def test_a_total_that_a_wrong_part_spoils_has_no_finding_of_its_own() -> None:
    report = with_figure(zero_report(), "disputes.review.upheld", -1)
    assert [f.address for f in check(report, FORM)] == ["disputes.review.upheld"]


def test_a_stated_total_may_be_no_count_either() -> None:
    report = with_figure(zero_report(), "disputes.review.total", -1)
    found = [f for f in check(report, FORM) if f.code == "V102"]
    assert [f.address for f in found] == ["disputes.review.total"]


@pytest.mark.parametrize("level", [level.id for level in FORM.levels])
def test_rules_of_government_only_by_those_who_make_them(level: str) -> None:
    declared = FORM.level(level)
    assert declared is not None
    report = replace(with_figure(zero_report(), "disclosure.regulations.in_force", 6), level=level)
    codes = [finding.code for finding in check(report, FORM)]
    allowed = declared.makes_regulations or level == "unknown"
    assert ("V109" in codes) is not allowed


def test_last_years_cells_are_read_but_not_judged_as_hard() -> None:
    last = replace(report_of({}), year=2022, narrative={}, figures={INPUTS[0]: READINGS["V105"], INPUTS[1]: Figure(-5)})
    (finding,) = check(replace(zero_report(), previous=last), FORM)
    cell = layout_of(FORM).previous[INPUTS[0]]
    assert (finding.code, finding.severity) == ("V105", "warning")
    assert where(finding) == (f"previous.{INPUTS[0]}", cell.sheet, cell.ref)
    assert finding.labels == (cell.sheet, *FORM.labels_of(INPUTS[0]))


def test_last_years_place_is_given_only_within_this_workbook() -> None:
    figure = replace(READINGS["V105"], place=Place("上年", "Z9"))
    report = replace(
        zero_report(), previous=replace(report_of({}), year=2022, narrative={}, figures={INPUTS[0]: figure})
    )
    (finding,) = check(report, FORM)
    assert where(finding) == (f"previous.{INPUTS[0]}", "", "")
    (finding,) = check(replace(report, places={"previous_year": Place("上年", "C4")}), FORM)
    assert where(finding) == (f"previous.{INPUTS[0]}", "上年", "Z9")


def test_last_years_report_may_have_figures_that_this_form_has_not() -> None:
    last = replace(
        report_of({}), year=2022, narrative={}, form="2019", figures={"disclosure.services.change": READINGS["V105"]}
    )
    (finding,) = check(replace(zero_report(), previous=last), FORM)
    assert where(finding) == ("previous.disclosure.services.change", "", "")


def test_the_workbooks_own_place_is_given() -> None:
    figure = replace(READINGS["V105"], place=Place("改名的表", "Z99"))
    (finding,) = check(with_reading(zero_report(), INPUTS[0], figure), FORM)
    assert where(finding) == (INPUTS[0], "改名的表", "Z99")


def test_a_blank_in_a_renamed_sheet_is_placed_there() -> None:
    report = with_figure(zero_report(), INPUTS[0], None)
    neighbour = replace(report.figures[INPUTS[1]], place=Place("改名的表", "D7"))
    (finding,) = check(with_reading(report, INPUTS[1], neighbour), FORM)
    assert where(finding) == (INPUTS[0], "改名的表", standard_place(INPUTS[0])[2])


def test_places_by_address_go_before_the_standard_place() -> None:
    report = replace(with_figure(zero_report(), INPUTS[0], None), places={INPUTS[0]: Place("表", "Q5")})
    (finding,) = check(report, FORM)
    assert where(finding) == (INPUTS[0], "表", "Q5")
