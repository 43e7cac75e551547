"""Last year into this year: what follows from last year's report, and what staff typed."""

from __future__ import annotations

import pytest
from hypothesis import given

from xxgk.carrying import carry, outline, report_of_year_before
from xxgk.errors import UsageProblem
from xxgk.figures import known_values
from xxgk.formats import load_form
from xxgk.jsonio import dump_json, load_json
from xxgk.records import replace
from xxgk.report import Figure, Paragraph, Report
from xxgk.workbook.reading.read import read_report

from support.reports import FORM, example, zero_report
from support.workbooks import filled, reports

CARRIED_IN, CARRIED_OUT = "applications.carried_in.", "applications.carried_out."
LAST = replace(
    example(),
    year=2022,
    figures={
        **example().figures,
        CARRIED_OUT + "person": Figure(3, "其中两件在诉讼"),
        CARRIED_OUT + "legal": Figure(1),
    },
    short_name="和平",
    narrative={
        "overview": (Paragraph("导语。"), Paragraph("（一）主动公开。", 2), Paragraph("做了很多。")),
        "matters": (Paragraph("没有。"),),
    },
)
BLANK = Report(FORM.id, year=2023)


def columns(report: Report, row: str) -> dict[str, object]:
    values = known_values(FORM, report.figures)
    return {address.removeprefix(row): value for address, value in values.items() if address.startswith(row)}


def test_a_blank_report_gets_all_that_follows() -> None:
    carried = carry(FORM, BLANK, LAST, overwrite=False)
    report = carried.report
    assert carried.kept == ()
    assert (report.unit, report.level, report.short_name) == (LAST.unit, LAST.level, LAST.short_name)
    assert report.year == 2023
    assert report.title == ""
    assert columns(report, CARRIED_IN) == columns(LAST, CARRIED_OUT)
    assert set(report.figures) == {CARRIED_IN + column.id for column in FORM.tables["applications"].columns[:-1]}
    assert not any(figure.note for figure in report.figures.values())
    assert report.previous == replace(LAST, remarks=(), places={})


def test_the_text_comes_as_headings_with_room_below_them() -> None:
    report = carry(FORM, BLANK, LAST, overwrite=False).report
    texts = [paragraph.text for paragraph in report.narrative["overview"]]
    assert texts == ["", "", "（一）主动公开。", "", ""]
    assert set(report.narrative) == {"overview"}


def test_a_text_without_headings_has_no_outline() -> None:
    assert outline((Paragraph("一段。"), Paragraph("又一段。"))) == ()


def test_the_room_stays_free_in_the_workbook() -> None:
    report = carry(FORM, replace(BLANK, unit=LAST.unit, level=LAST.level), LAST, overwrite=False).report
    (heading,) = read_report(filled(report)).narrative["overview"]
    assert (heading.text, heading.heading) == ("（一）主动公开。", 2)
    first = read_report(filled(replace(report, narrative={"overview": (Paragraph("头一段"),)})))
    assert heading.place is not None
    assert first.narrative["overview"][0].place is not None
    assert int(heading.place.cell[1:]) - int(first.narrative["overview"][0].place.cell[1:]) == 2


TYPED = replace(
    BLANK,
    unit="青石镇人民政府",
    level="county",
    figures={CARRIED_IN + "person": Figure(9, "已核"), CARRIED_IN + "legal": Figure(1)},
    narrative={"overview": (Paragraph("今年写的。"),)},
)


def test_what_staff_typed_stays_and_is_told() -> None:
    carried = carry(FORM, TYPED, LAST, overwrite=False)
    assert (carried.report.unit, carried.report.level) == (TYPED.unit, TYPED.level)
    assert carried.report.figures[CARRIED_IN + "person"] == Figure(9, "已核")
    assert carried.report.figures[CARRIED_IN + "other"] == Figure(0)
    assert carried.report.narrative["overview"] == TYPED.narrative["overview"]
    told = "\n".join(carried.kept)
    assert len(carried.kept) == 3
    assert "青石镇人民政府" in told
    assert LAST.unit in told
    assert "自然人：已填“9”，没有改（上年报告是“3”）" in told


def test_overwriting_takes_last_years_but_no_text_of_staff() -> None:
    carried = carry(FORM, TYPED, LAST, overwrite=True)
    assert carried.kept == ()
    assert (carried.report.unit, carried.report.level) == (LAST.unit, LAST.level)
    assert carried.report.figures[CARRIED_IN + "person"].value == 3
    assert carried.report.narrative["overview"] == TYPED.narrative["overview"]


def test_last_years_figures_that_staff_typed_stay_where_they_differ() -> None:
    address = "disclosure.normative.in_force"
    typed = Report(FORM.id, year=2022, figures={address: Figure(77), "disclosure.normative.made": Figure(0)})
    kept = carry(FORM, replace(BLANK, previous=typed), LAST, overwrite=False)
    assert kept.report.previous is not None
    assert kept.report.previous.figures == {**LAST.figures, address: Figure(77)}
    assert len(kept.kept) == 1
    assert "77" in kept.kept[0]
    over = carry(FORM, replace(BLANK, previous=typed), LAST, overwrite=True)
    assert over.report.previous == replace(LAST, remarks=(), places={})


@given(reports(), reports())
def test_carrying_twice_is_carrying_once(base: Report, last: Report) -> None:
    once = carry(FORM, base, last, overwrite=False).report
    assert carry(FORM, once, last, overwrite=False).report == once


@given(reports(), reports())
def test_nothing_typed_is_lost(base: Report, last: Report) -> None:
    report = carry(FORM, base, last, overwrite=False).report
    typed = {a: f for a, f in base.figures.items() if f.value is not None or f.seen}
    assert {a: report.figures[a] for a in typed} == typed
    written = {part: text for part, text in base.narrative.items() if any(p.text.strip() for p in text)}
    assert {part: report.narrative[part] for part in written} == written
    assert report.unit == (base.unit or last.unit)


def test_a_report_of_the_older_form_gives_what_both_forms_have() -> None:
    older = load_form("2019")
    values = {a: 2 for table in older.tables.values() for a in table.addresses if a not in older.totals}
    last = Report(older.id, unit="青石镇人民政府", year=2020, figures={a: Figure(v) for a, v in values.items()})
    report = carry(FORM, Report(FORM.id, year=2021), last, overwrite=False).report
    assert columns(report, CARRIED_IN)["person"] == 2
    kept = read_report(filled(replace(report, level="township"))).previous
    assert kept is not None
    assert kept.form == older.id
    assert not {a for a in kept.figures if a not in {x for t in FORM.tables.values() for x in t.addresses}}
    processed = "applications.processed.person"
    assert known_values(FORM, kept.figures)[processed] == known_values(older, last.figures)[processed]


@pytest.mark.parametrize(("year", "words"), [(2020, "2020 年度"), (2023, "2023 年度"), (None, "没有写年度")])
def test_another_year_is_refused(year: int | None, words: str) -> None:
    with pytest.raises(UsageProblem, match=words):
        report_of_year_before(2023, replace(zero_report(), year=year), "上年.xlsx")


@given(reports())
def test_last_years_text_goes_through_workbook_and_json(report: Report) -> None:
    kept = read_report(filled(report)).previous
    read, problems = load_json(dump_json(replace(report, previous=kept), FORM))
    assert problems == ()
    texts = [last.narrative if last is not None else None for last in (report.previous, kept, read.previous)]
    assert texts[0] == texts[1] == texts[2]
