"""Sums against an independent addition, in any order of files, at several levels, with blanks and adjustments."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.consolidate.gather import Wanted, gather
from xxgk.consolidate.model import Adjustment, Gathered, Roster, Standing, Taken, Unit
from xxgk.consolidate.sums import parts_of
from xxgk.consolidate.tree import MOST
from xxgk.errors import UsageProblem
from xxgk.figures import known_values
from xxgk.records import replace
from xxgk.report import Figure, Report

from support.counties import COUNTY, ROSTER, TOWNS, county, taken, town, town_report
from support.reports import FORM, OLD_FORM, report_of, sound_previous, sound_values, with_figure, zero_report

NATION = (
    Unit("清水省人民政府", "P", "province"),
    Unit("临江市人民政府", "C1", "city", "P"),
    Unit("临江市水利局", "C1W", "city_department", "C1"),
    Unit("东山县人民政府", "X1", "county", "C1"),
    Unit("城关镇人民政府", "T1", "township", "X1"),
    Unit("河口镇人民政府", "T2", "township", "X1"),
    Unit("西山县人民政府", "X2", "county", "C1"),
    Unit("西山县城关镇人民政府", "T3", "township", "X2"),
    Unit("省教育厅", "PD", "province_department", "P"),
)
LEAVES = ("C1W", "T1", "T2", "T3", "PD")


def unit_report(unit: Unit, seed: int) -> Report:
    values = sound_values(Random(seed))
    report = report_of(values, {a: 0 for a in parts_of(FORM) if FORM.table_of(a)} | sound_previous(values))
    fees = Figure(Decimal(seed) / 100)
    return replace(
        report,
        unit=unit.name,
        level=unit.level,
        figures={**report.figures, "disclosure.fees.amount": fees},
        fields={field.id: Figure(seed) for field in FORM.fields},
    )


def nation() -> list[Taken]:
    units = {unit.code: unit for unit in NATION}
    return [taken(unit_report(units[code], n), f"{code}.xlsx") for n, code in enumerate(LEAVES, 1)]


FILES = nation()


def added_elsewhere(files: list[Taken], codes: set[str]) -> dict[str, Decimal]:
    """Add the figures of ``codes`` through a CSV text, with nothing of the program's own addition."""
    text = io.StringIO()
    writer = csv.writer(text)
    for file in files:
        writer.writerows((file.source.shown.removesuffix(".xlsx"), a, str(v)) for a, v in file.values.items())
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for code, address, value in csv.reader(io.StringIO(text.getvalue())):
        if code in codes:
            sums[address] += Decimal(value)
    return dict(sums)


def by_name(gathered: Gathered) -> dict[str, dict[str, Decimal]]:
    return {one.unit.code: {a: Decimal(v) for a, v in one.totals.items()} for one in gathered.sums}


@given(st.permutations(FILES))
def test_every_level_is_the_sum_of_its_leaves_whatever_the_order(files: list[Taken]) -> None:
    gathered = gather(files, Wanted(Roster(NATION)))
    assert [one.unit.code for one in gathered.sums] == ["P", "C1", "X1", "X2"]
    below = {"P": set(LEAVES), "C1": set(LEAVES) - {"PD"}, "X1": {"T1", "T2"}, "X2": {"T3"}}
    assert by_name(gathered) == {code: added_elsewhere(FILES, codes) for code, codes in below.items()}
    assert gathered == gather(FILES, Wanted(Roster(NATION)))
    assert all(one.complete for one in gathered.sums)
    assert [finding for one in gathered.sums for finding in one.findings] == []


def test_last_years_figures_are_added_up_likewise() -> None:
    top = gather(FILES, Wanted(Roster(NATION))).top
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for file in FILES:
        for address, value in file.last.items():
            expected[address] += value
    assert top.last == expected


@given(st.sampled_from(parts_of(FORM)), st.sampled_from(TOWNS))
def test_a_blank_is_no_zero(address: str, name: str) -> None:
    report = town_report(name)
    figures, fields = (
        {a: f for a, f in held.items() if a != address} for held in (report.figures, report.fields)
    )  # fmt: skip
    files = [taken(replace(report, figures=figures, fields=fields)), taken(town_report(*set(TOWNS) - {name}))]
    top = gather(files, Wanted(ROSTER)).top
    assert address not in top.values
    assert address not in top.totals
    assert top.lacking == {address: (town(name).name,)}
    assert [finding.code for finding in top.findings if finding.code != "C109"] == ["C102"]
    assert name in next(finding.message for finding in top.findings if finding.code == "C102")


def test_rows_that_units_merge_into_one_are_not_missed() -> None:
    (fold,) = FORM.folds
    report = town_report(TOWNS[0])
    figures = {a: f for a, f in report.figures.items() if a not in fold.absent_addresses}
    merged = replace(report, figures={**figures, fold.marker: Figure(4, fold.remark)})
    both = gather([taken(merged), taken(town_report(TOWNS[1], {fold.absent_addresses[0]: 3}))], Wanted(ROSTER)).top
    assert both.complete
    assert (both.totals[fold.marker], both.totals[fold.absent_addresses[0]]) == (4, 3)
    assert known_values(FORM, {a: Figure(v) for a, v in both.totals.items() if a not in FORM.totals}) == both.totals


def test_an_adjustment_is_added_to_the_sum_and_kept_apart() -> None:
    address = "disclosure.normative.made"
    files = [taken(town_report(name, {address: 3})) for name in TOWNS]
    adjustment = Adjustment("", address, -1, "联合发文只计一次")
    top = gather(files, Wanted(ROSTER), [adjustment]).top
    assert (top.values[address], top.totals[address]) == (6, 5)
    assert top.adjustments == (replace(adjustment, unit=COUNTY.id),)


def test_a_unit_counts_with_its_own_report_only_where_nothing_below_it_counts() -> None:
    county_report = replace(zero_report(), unit="东山县人民政府", level="county")
    own = taken(with_figure(county_report, "applications.new.person", 7), "X1.xlsx")
    without = [file for file in FILES if file.source.shown not in ("T1.xlsx", "T2.xlsx")]
    gathered = gather([*without, own], Wanted(Roster(NATION)))
    city = gathered.sums[1]
    member = next(member for member in city.members if member.unit.code == "X1")
    assert (member.summed, member.complete, member.values["applications.new.person"]) == (False, False, 7)
    assert [unit.code for unit in city.missing] == ["T1", "T2"]
    whole = gather([*FILES, own], Wanted(Roster(NATION)))
    assert next(one for one in whole.handed if one.taken == own).standing is Standing.OWN
    assert by_name(whole)["P"] == added_elsewhere(FILES, set(LEAVES))


def test_a_wrong_total_of_a_unit_does_not_enter_the_sum() -> None:
    top = county([("member.石桥镇.disputes.review.upheld", "10"), ("member.石桥镇.disputes.review.total", "9")]).top
    assert top.totals["disputes.review.total"] == 10
    (finding,) = top.findings
    assert "写的是 9，各项的和是 10" in finding.message


def test_without_a_roster_what_is_there_is_added_and_the_government_is_compared() -> None:
    files = [taken(town_report(name, {"disclosure.fees.amount": 2})) for name in TOWNS]
    own = taken(replace(zero_report(), unit=COUNTY.name, level="county"), "县.xlsx")
    gathered = gather([*files, own], Wanted())
    assert not gathered.given
    assert gathered.top.unit.name == COUNTY.name
    assert [member.unit.name for member in gathered.top.members] == sorted(town(name).name for name in TOWNS)
    (finding,) = gathered.top.findings
    assert (finding.code, finding.value, finding.expected) == ("C103", 0, 4)


def test_who_belongs_under_whom_is_asked_where_it_cannot_be_told() -> None:
    files = [taken(town_report(name)) for name in TOWNS]
    counties = [taken(replace(zero_report(), unit=name, level="county")) for name in ("东山县", "西山县")]
    with pytest.raises(UsageProblem, match="不知道谁属于谁"):
        gather([*files, *counties], Wanted())


def test_more_units_than_a_sheet_has_columns_are_asked_to_be_parted() -> None:
    units = (COUNTY, *(replace(town("镇"), code=str(number)) for number in range(MOST + 1)))
    with pytest.raises(UsageProblem, match=f"{MOST + 1} 个下级单位.*分几级"):
        gather([taken(town_report(TOWNS[0]))], Wanted(Roster(units)))


def test_the_year_is_asked_where_files_disagree() -> None:
    files = [taken(town_report(TOWNS[0])), taken(replace(town_report(TOWNS[1]), year=2022))]
    with pytest.raises(UsageProblem, match="2022 年度 1 份，2023 年度 1 份"):
        gather(files, Wanted(ROSTER))


def test_the_older_form_is_added_up_too() -> None:
    reports = [replace(zero_report(OLD_FORM), unit=town(name).name, year=2020) for name in TOWNS]
    top = gather([taken(report) for report in reports], Wanted(ROSTER)).top
    assert top.complete
    assert set(top.totals.values()) == {0}
