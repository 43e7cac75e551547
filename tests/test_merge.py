"""Two reports made one: the new one's values over the base's, nothing else lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hypothesis import given

from xxgk.figures import known_values
from xxgk.merge import merge_reports
from xxgk.records import replace
from xxgk.report import Explanation, Figure, Paragraph, Place, Reading, Remark, Report, Waiver

from support.reports import FORM, example, zero_report
from support.workbooks import reports

BLANK = Report(FORM.id)
PERSON = "applications.new.person"
TOTAL = "applications.new.total"


@given(reports())
def test_nothing_new_changes_nothing(report: Report) -> None:
    assert merge_reports(report, BLANK) == report


@given(reports())
def test_into_a_blank_goes_everything(report: Report) -> None:
    assert merge_reports(BLANK, report) == replace(
        report,
        figures=numbers(report.figures),
        fields=numbers(report.fields),
        previous=report.previous and replace(report.previous, figures=numbers(report.previous.figures)),
    )


def numbers(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """What a merge takes: numbers and remarks, not what stands in a number's place."""
    taken = {address: figure for address, figure in figures.items() if figure.value is not None or figure.note}
    return {address: Figure(figure.value, figure.note) for address, figure in taken.items()}


@given(reports(), reports())
def test_merging_twice_is_merging_once(base: Report, new: Report) -> None:
    once = merge_reports(base, new)
    assert merge_reports(once, new) == once


def test_what_the_new_report_has_wins_and_the_rest_stays() -> None:
    base = replace(
        example(),
        figures={PERSON: Figure(1), "applications.new.business": Figure(2, "两件")},
        fields={"processing_fee.notices": Figure(4)},
        table_notes={"disputes": "旧", "disclosure": "旧"},
        explanations=(Explanation("a", "旧"), Explanation("b", "旧")),
        waivers=(Waiver("W201", "旧"),),
    )
    new = Report(
        FORM.id,
        year=2024,
        figures={PERSON: Figure(5), "applications.new.business": Figure(6)},
        narrative={"matters": (Paragraph("新"),), "problems": ()},
        fields={"processing_fee.received": Figure(380)},
        table_notes={"disputes": "新"},
        explanations=(Explanation("b", "新"),),
        waivers=(Waiver("W202", "新"),),
        date=date(2025, 1, 9),
    )
    merged = merge_reports(base, new)
    assert (merged.unit, merged.level, merged.year, merged.date) == (base.unit, base.level, 2024, new.date)
    assert merged.figures == {PERSON: Figure(5), "applications.new.business": Figure(6)}
    assert merged.narrative == {**base.narrative, "matters": (Paragraph("新"),)}
    assert merged.fields == {"processing_fee.notices": Figure(4), "processing_fee.received": Figure(380)}
    assert merged.table_notes == {"disputes": "新", "disclosure": "旧"}
    assert merged.explanations == (Explanation("a", "旧"), Explanation("b", "新"))
    assert merged.waivers == (Waiver("W201", "旧"), Waiver("W202", "新"))


def test_a_remark_alone_leaves_the_number() -> None:
    base = Report(FORM.id, figures={PERSON: Figure(1, "旧")})
    merged = merge_reports(base, Report(FORM.id, figures={PERSON: Figure(None, "新")}))
    assert merged.figures == {PERSON: Figure(1, "新")}


def test_what_is_no_number_is_replaced_by_one() -> None:
    base = Report(FORM.id, figures={PERSON: Figure(None, reading=Reading.PLACEHOLDER, seen="/")})
    assert merge_reports(base, Report(FORM.id, figures={PERSON: Figure(0)})).figures == {PERSON: Figure(0)}


def test_a_stated_total_goes_when_the_parts_come() -> None:
    base = Report(FORM.id, figures={TOTAL: Figure(9, "含撤回")})
    merged = merge_reports(base, zero_report())
    assert merged.figures[TOTAL] == Figure(None, "含撤回")
    assert known_values(FORM, merged.figures)[TOTAL] == 0
    assert TOTAL not in merge_reports(Report(FORM.id, figures={TOTAL: Figure(9)}), zero_report()).figures
    kept = merge_reports(Report(FORM.id, figures={TOTAL: Figure(9)}), Report(FORM.id, figures={PERSON: Figure(1)}))
    assert kept.figures[TOTAL] == Figure(9)


def test_last_years_figures_are_merged_within_one_year_only() -> None:
    last = Report("2021", year=2022, figures={PERSON: Figure(1), TOTAL: Figure(7)})
    same = Report("2021", year=2022, figures={PERSON: Figure(2)})
    other = replace(same, year=2021)
    base = replace(BLANK, previous=last)
    assert merge_reports(base, replace(BLANK, previous=same)).previous == replace(
        last, figures={PERSON: Figure(2), TOTAL: Figure(7)}
    )
    assert merge_reports(base, replace(BLANK, previous=other)).previous == other
    assert merge_reports(base, BLANK).previous == last
    assert merge_reports(BLANK, base).previous == last


def test_last_years_report_may_be_of_a_form_that_nobody_knows() -> None:
    last = Report("1987", year=1987, figures={PERSON: Figure(1)})
    base = replace(BLANK, previous=last)
    assert merge_reports(base, base).previous == last


def test_places_are_those_of_the_file_to_be_written() -> None:
    here, there = Place("表", "A1"), Place("别的表", "Z9")
    base = replace(BLANK, figures={PERSON: Figure(1, place=here)}, remarks=(Remark("S102"),), places={"unit": here})
    new = replace(
        BLANK,
        figures={PERSON: Figure(2, place=there), TOTAL: Figure(2, place=there)},
        remarks=(Remark("S101"),),
        places={"unit": there},
    )
    merged = merge_reports(base, new)
    assert merged.figures[PERSON].place == here
    assert merged.figures[TOTAL].place is None
    assert (merged.remarks, merged.places) == (base.remarks, base.places)
