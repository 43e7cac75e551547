"""One thing wrong with one file of a county: exactly that is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.consolidate.gather import Wanted, gather
from xxgk.consolidate.model import Gathered, Roster, Standing, Taken, Unit
from xxgk.consolidate.sums import parts_of
from xxgk.figures import known_values
from xxgk.records import replace
from xxgk.report import Report

from support.counties import COUNTY, TOWNS, taken, town, town_report
from support.reports import FORM, with_figure

NAMES = (*TOWNS, "青山镇", "白沙镇", "新安镇")
ROSTER = Roster((COUNTY, *map(town, NAMES)))
REPORTS = {name: town_report(name, {"applications.new.person": n, "applications.disclosed.person": n})
           for n, name in enumerate(NAMES, 1)}  # fmt: skip
CELLS = tuple(address for address in parts_of(FORM) if FORM.table_of(address))
FILES = {name: taken(report) for name, report in REPORTS.items()}


def gathered(files: list[Taken]) -> Gathered:
    return gather(files, Wanted(ROSTER))


def others(name: str) -> list[Taken]:
    return [file for one, file in FILES.items() if one != name]


def last_year(report: Report) -> list[Taken]:
    return [taken(replace(report, year=2022))]


def doubled(report: Report) -> list[Taken]:
    return [taken(report), taken(with_figure(report, "disclosure.fees.amount", 1), "改/再交.xlsx")]


def copied(report: Report) -> list[Taken]:
    return [taken(report, digest="一"), taken(report, "改/再交.xlsx", digest="一")]


def late(report: Report) -> list[Taken]:
    return [taken(report, modified=date(2024, 2, 3))]


def renamed(report: Report) -> list[Taken]:
    return [taken(replace(report, unit=report.unit.replace("镇人民政府", "街道办事处")), "x.xlsx")]


def vertical(report: Report) -> list[Taken]:
    return [taken(report), taken(replace(report, unit="清江县税务局", level="vertical"), "税务.xlsx")]


def missing(report: Report) -> list[Taken]:
    return []


def wrong_total(report: Report) -> list[Taken]:
    address = "applications.new.total"
    return [taken(with_figure(report, address, known_values(FORM, report.figures)[address] + 5))]


COUNTS, DOES_NOT = True, False
MUTATIONS: list[tuple[Callable[[Report], list[Taken]], list[str], bool]] = [
    (missing, ["C101"], DOES_NOT),
    (doubled, ["C101", "C105", "C105"], DOES_NOT),
    (copied, ["C111"], COUNTS),
    (late, ["C113"], COUNTS),
    (last_year, ["C101", "C106"], DOES_NOT),
    (renamed, ["C101", "C107"], DOES_NOT),
    (wrong_total, ["C109"], COUNTS),
]


def test_a_county_in_order_has_nothing_to_say() -> None:
    found = gathered(list(FILES.values()))
    assert found.top.findings == ()
    assert found.top.complete
    assert found.top.totals["applications.new.person"] == sum(range(1, len(NAMES) + 1))


@pytest.mark.parametrize(("mutate", "codes", "counts"), MUTATIONS, ids=[m[0].__name__ for m in MUTATIONS])
@given(st.sampled_from(NAMES), st.randoms())
def test_exactly_that_is_said(
    mutate: Callable[[Report], list[Taken]], codes: list[str], counts: bool, name: str, random: Random
) -> None:
    files = [*others(name), *mutate(REPORTS[name])]
    random.shuffle(files)
    found = gathered(files)
    assert [finding.code for finding in found.top.findings] == codes
    assert all(name.removesuffix("镇") in finding.message for finding in found.top.findings)
    number = NAMES.index(name) + 1
    expected = sum(range(1, len(NAMES) + 1)) - (0 if counts else number)
    assert found.top.totals["applications.new.person"] == expected
    assert found == gathered(files[::-1])


def test_a_vertical_unit_stays_out_and_is_told() -> None:
    roster = Roster((*ROSTER.units, Unit("清江县税务局", level="vertical", parent=COUNTY.id)))
    found = gather([*others(NAMES[0]), *vertical(REPORTS[NAMES[0]])], Wanted(roster))
    assert [finding.code for finding in found.top.findings] == ["C111"]
    assert {member.unit.name for member in found.top.members} == {town(name).name for name in NAMES}
    assert found.top.complete


def test_a_renamed_unit_is_asked_about_with_the_unit_that_it_may_be() -> None:
    found = gathered([*others(NAMES[0]), *renamed(REPORTS[NAMES[0]])])
    (asked,) = (one for one in found.handed if one.standing is Standing.UNMATCHED)
    assert asked.candidates[0] == next(unit for unit in found.units if unit.name == town(NAMES[0]).name)


def test_a_published_report_that_says_the_same_as_the_workbook_is_a_copy() -> None:
    name, report = next(iter(REPORTS.items()))
    published = taken(replace(report, fields={}, previous=None), "报告.docx")
    found = gathered([*others(name), FILES[name], published])
    assert [finding.code for finding in found.top.findings] == ["C111"]
    assert next(one for one in found.handed if one.taken == published).standing is Standing.COPY
    other = taken(with_figure(replace(report, fields={}), "disclosure.fees.amount", None), "报告.docx")
    found = gathered([*others(name), FILES[name], other])
    assert [finding.code for finding in found.top.findings] == ["C101", "C105", "C105"]


def test_the_list_settles_which_of_two_files_counts() -> None:
    units = [replace(unit, file="再交.xlsx") if unit.name == town(NAMES[0]).name else unit for unit in ROSTER.units]
    found = gather([*others(NAMES[0]), *doubled(REPORTS[NAMES[0]])], Wanted(Roster(tuple(units))))
    assert found.top.complete
    assert found.top.totals["disclosure.fees.amount"] == 1
    assert [finding.code for finding in found.top.findings] == ["C105"]


def test_the_date_in_the_list_counts_before_that_of_the_file() -> None:
    units = [replace(unit, received=date(2024, 1, 31)) for unit in ROSTER.units]
    found = gather([*others(NAMES[0]), *late(REPORTS[NAMES[0]])], Wanted(Roster(tuple(units))))
    assert found.top.findings == ()


@given(st.sampled_from(CELLS), st.integers(1, 9), st.sampled_from(NAMES))
def test_the_governments_own_figure_is_compared_cell_by_cell(address: str, more: int, name: str) -> None:
    base = gathered(list(FILES.values())).top.totals
    figures = {cell: base[cell] for cell in CELLS} | {address: base[address] + more}
    own = replace(town_report("", figures), unit=COUNTY.name, level="county")
    found = gathered([*FILES.values(), taken(own)])
    codes = [finding.code for finding in found.top.findings]
    assert set(codes) == {"C103"}
    assert address in [finding.address for finding in found.top.findings]
    assert {finding.difference for finding in found.top.findings} == {more}
    incomplete = gathered([*others(name), taken(own)])
    assert [finding.code for finding in incomplete.top.findings] == ["C101"]
