"""Two reports side by side: every number that differs, and of other forms only what means the same."""

from __future__ import annotations

from hypothesis import given

from xxgk.comparing.compare import compare_reports
from xxgk.comparing.numbers import NumberChange
from xxgk.figures import known_values
from xxgk.formats import load_form
from xxgk.records import replace
from xxgk.report import Figure, Report

from support.reports import FORM, example, with_figure, zero_report
from support.workbooks import reports

OLDER = load_form("2019")
LICENCES = "disclosure.licences.decisions"


@given(reports(), reports())
def test_the_changes_lead_from_one_report_to_the_other(old: Report, new: Report) -> None:
    found = compare_reports(old, FORM, new, FORM)
    tables = found.tables[: len(FORM.tables)]
    values = known_values(FORM, old.figures)
    for change in (change for table in tables for change in table.changes):
        assert values.get(change.address) == change.old
        values.pop(change.address, None)
        if change.new is not None:
            values[change.address] = change.new
    assert values == known_values(FORM, new.figures)
    assert sum(table.same + len(table.changes) for table in tables) == sum(
        len(t.addresses) for t in FORM.tables.values()
    )


@given(reports())
def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    found = compare_reports(report, FORM, report, FORM)
    assert (found.numbers_changed, found.paragraphs_changed, found.singles) == (0, 0, ())


def test_difference_and_share() -> None:
    changes = [NumberChange("a", (), *pair) for pair in ((4, 6), (0, 3), (None, 3), (4, None))]
    assert [(change.difference, change.share) for change in changes] == [
        (2, 0.5),
        (3, None),
        (None, None),
        (None, None),
    ]


def test_a_single_number_and_a_remark_are_compared_too() -> None:
    old = zero_report()
    new = replace(
        old,
        fields={**old.fields, "processing_fee.received": Figure(380)},
        figures={**old.figures, LICENCES: Figure(0, "其中一件撤回")},
    )
    found = compare_reports(old, FORM, new, FORM)
    assert [change.address for table in found.tables for change in table.changes] == ["processing_fee.received"]
    assert ["".join(span.text for span in single.spans) for single in found.singles] == ["其中一件撤回"]


def test_of_two_forms_only_what_means_the_same_is_compared() -> None:
    figures = {a: Figure(1) for table in OLDER.tables.values() for a in table.addresses if a not in OLDER.totals}
    old = Report(OLDER.id, unit="青石镇人民政府", year=2020, figures=figures)
    found = compare_reports(old, OLDER, with_figure(zero_report(), LICENCES, 1), FORM)
    changed = {change.address for table in found.tables for change in table.changes}
    assert found.forms_differ
    assert changed <= set(FORM.comparable(OLDER))
    assert LICENCES not in changed
    apart = [row for table in found.tables for row in table.apart]
    assert any("现行有效" in row or "规章" in row for row in apart)
    assert {row.partition(" 版的 ")[0] for row in apart} == {OLDER.id, FORM.id}
    assert not compare_reports(example(), FORM, example(), FORM).forms_differ
