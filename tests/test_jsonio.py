"""JSON ↔ Report."""

from __future__ import annotations

import contextlib
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.jsonio import JsonError, dump_json, load_json, to_data
from xxgk.records import replace
from xxgk.report import Explanation, Figure, Paragraph, Waiver

from support.reports import EXAMPLE_PATH, FORM, OLD_FORM, example, report_of, sound_previous, sound_values

DATA: dict[str, Any] = json.loads(EXAMPLE_PATH.read_text(encoding="utf-8"))


def test_the_example_comes_back_as_it_was() -> None:
    assert to_data(example(), FORM) == DATA
    assert dump_json(example(), FORM) == EXAMPLE_PATH.read_text(encoding="utf-8")


@given(st.randoms(use_true_random=False), st.text(), st.sampled_from((0, 2, 3, 4)))
def test_round_trip(random: Random, text: str, heading: int) -> None:
    values = sound_values(random)
    report = report_of(values, sound_previous(values))
    report = replace(
        report,
        short_name=text,
        figures={**report.figures, "applications.new.person": Figure(7, text), "disputes.review.total": Figure(-1)},
        narrative={"overview": (Paragraph(f"甲{text}", heading),)},
        table_notes={"disputes": "含上年度结转数量"},
        explanations=(Explanation("disclosure.normative.in_force", "集中清理"),),
        waivers=(Waiver("W101", text),),
    )
    again, problems = load_json(dump_json(report, FORM))
    assert problems == ()
    assert again == report


def test_a_remark_stays_with_its_number() -> None:
    data = json.dumps({"tables": {"disclosure": {"normative": {"made": {"value": 22, "note": "其中修订16件"}}}}})
    report, problems = load_json(data)
    assert problems == ()
    assert report.figures == {"disclosure.normative.made": Figure(22, "其中修订16件")}


def test_a_single_other_row_is_read_into_rest() -> None:
    row = {"person": 1, "business": 2, "research": 0, "charity": 0, "legal": 0, "other": 0, "total": 3}
    report, problems = load_json(json.dumps({"tables": {"applications": {"other": row}}}))
    assert problems == ()
    assert report.figures["applications.other.rest.person"] == Figure(1, FORM.folds[0].remark)
    assert report.figures["applications.other.rest.business"] == Figure(2)
    assert not any("unpaid" in address for address in report.figures)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"surprise": 1}, "surprise"),
        ({"unit": 3}, "unit"),
        ({"year": "2023"}, "year"),
        ({"year": 1023}, "year"),
        ({"level": "village"}, "level"),
        ({"date": "2024年1月"}, "date"),
        ({"tables": {"budget": {}}}, "tables.budget"),
        ({"tables": []}, "tables"),
        ({"tables": {"disputes": {"review": {"won": 1}}}}, "tables.disputes.review.won"),
        ({"tables": {"disputes": {"review": {"upheld": "1"}}}}, "tables.disputes.review.upheld"),
        ({"tables": {"disputes": {"review": {"upheld": True}}}}, "tables.disputes.review.upheld"),
        ({"tables": {"disputes": {"review": {"upheld": 10**20}}}}, "tables.disputes.review.upheld"),
        ({"tables": {"disputes": {"review": {"upheld": {"value": 1, "x": 2}}}}}, "tables.disputes.review.upheld.x"),
        ({"narrative": {"epilogue": []}}, "narrative.epilogue"),
        ({"narrative": {"overview": "x"}}, "narrative.overview"),
        ({"narrative": {"overview": [{"heading": 1, "text": "x"}]}}, "narrative.overview[0]"),
        ({"processing_fee": {"bribes": 1}}, "processing_fee.bribes"),
        ({"table_notes": {"x": "y"}}, "table_notes.x"),
        ({"previous": 3}, "previous"),
        ({"previous": {"unit": 3}}, "previous.unit"),
        ({"waivers": [{"code": "W101"}]}, "waivers[0]"),
        ({"explanations": [{"address": "a.b.c", "reason": "x"}]}, "explanations[0]"),
    ],
)
def test_what_cannot_be_taken_is_named(data: dict[str, Any], where: str) -> None:
    _, problems = load_json(json.dumps(data))
    assert [problem.partition("：")[0] for problem in problems] == [where]


def test_without_a_format_the_year_tells_it() -> None:
    for data in ({}, {"year": FORM.since}, {"year": 2023, "format": None}):
        report, problems = load_json(json.dumps(data))
        assert (report.form, problems) == (FORM.id, ())
    assert load_json(json.dumps({"year": FORM.since - 1}))[0].form == OLD_FORM.id
    with pytest.raises(JsonError, match=f"{OLD_FORM.since - 1} 年度"):
        load_json(json.dumps({"year": OLD_FORM.since - 1}))


@pytest.mark.parametrize(("form", "year"), [("", 2018), ("2008", 2018), (OLD_FORM.id, 2020), (FORM.id, 2020)])
def test_last_years_report_may_be_of_another_form_and_has_this_years_cells(form: str, year: int) -> None:
    values = sound_values(Random(4))
    report = replace(report_of(values, sound_previous(values)), year=year + 1, form=FORM.id)
    assert report.previous is not None
    report = replace(report, previous=replace(report.previous, form=form, year=year))
    assert load_json(dump_json(report, FORM)) == (report, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"a": NaN}',
        '{"format": "1999"}',
        "[" * 100_000,
        "9" * 5000,
        '{"unit": "\\ud800"}',
        '{"year": 1e99999999999999999999}',
        '{"previous":' * 3000 + "null" + "}" * 3000,
    ],
)
def test_what_is_no_report_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(JsonError) as caught:
        load_json(text)
    assert any("一" <= char <= "鿿" for char in str(caught.value))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "tables",
                        "applications",
                        "new",
                        "person",
                        "value",
                        "note",
                        "narrative",
                        "overview",
                        "heading",
                        "text",
                        "previous",
                        "date",
                        "unit",
                        "waivers",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_strange_json_never_crashes(data: Any) -> None:
    with contextlib.suppress(JsonError):
        load_json(json.dumps(data))
