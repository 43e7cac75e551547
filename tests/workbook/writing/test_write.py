"""A report put into a workbook and read again is the same report."""

from __future__ import annotations

import io
import json
from datetime import date
from random import Random

import openpyxl
import pytest
from hypothesis import given, settings

from xxgk.figures import known_values
from xxgk.jsonio import to_data
from xxgk.records import replace
from xxgk.report import Explanation, Figure, Paragraph, Reading, Report, Waiver
from xxgk.workbook.formula import snapshot
from xxgk.workbook.formulas import formulas
from xxgk.workbook.layout import COVER_FIELDS, WAIVER_ROWS
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.writing.write import fill_workbook
from xxgk.xlsx.a1 import Cell

from support.packages import parts_of
from support.reports import EXAMPLE_PATH, FORM, example, report_of, sound_values, zero_report
from support.sizes import spread
from support.workbooks import LAYOUT, TEMPLATE, edited, filled, insert_columns, insert_rows, reports

# Each example fills and reads a whole workbook, about 60 ms.
FEWER = settings(max_examples=settings().max_examples // 5)


@FEWER
@given(reports())
def test_what_is_written_is_read(report: Report) -> None:
    read = read_report(filled(report))
    assert read == report
    assert read.remarks == ()


def crowded() -> Report:
    """Return a report that has something in every cell that the workbook has for it."""
    inputs = {address: Figure(7, "备注") for address in LAYOUT.figures}
    return Report(
        FORM.id,
        unit="全称",
        year=2023,
        level="city",
        short_name="简称",
        title="标题",
        figures=inputs,
        table_notes=dict.fromkeys(FORM.tables, "注"),
        narrative={part.id: (Paragraph("文", 2),) * part.rows for part in FORM.parts},
        fields={field.id: Figure(3, "备注") for field in FORM.fields},
        signature="落款",
        date=date(2024, 1, 1),
        previous=Report("2019", "全称", 2022, "city", figures={address: Figure(9) for address in LAYOUT.previous}),
        explanations=tuple(Explanation(address, "原因") for address in LAYOUT.explanations),
        waivers=(Waiver("A101", "理由"),) * WAIVER_ROWS,
    )


PERSON = "applications.new.person"
CROWDED = filled(crowded())


def test_every_cell_can_hold_something() -> None:
    assert read_report(CROWDED) == crowded()


@FEWER
@given(reports())
def test_nothing_of_an_earlier_report_stays(report: Report) -> None:
    result = fill_workbook(CROWDED, report, FORM)
    assert result.problems == ()
    assert read_report(result.data) == report


def test_the_running_example_comes_back_as_its_json() -> None:
    report = read_report(filled(example()))
    assert to_data(report, FORM) == json.loads(EXAMPLE_PATH.read_text(encoding="utf-8"))


def test_equal_reports_give_equal_bytes() -> None:
    assert filled(example()) == filled(example())


def test_formula_cells_carry_the_value_they_will_have() -> None:
    report = report_of(sound_values(Random(7)))
    data = filled(report)
    values, texts = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (True, False))
    state = snapshot(FORM, report)
    for formula in formulas(LAYOUT):
        sheet, ref = formula.cell.sheet, formula.cell.ref
        expected = formula.value(state)
        assert texts[sheet][ref].value == formula.text
        assert values[sheet][ref].value == (expected if expected != "" else None), (sheet, ref)


def test_only_sheets_and_the_workbook_part_change() -> None:
    before, after = parts_of(TEMPLATE), parts_of(filled(example()))
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"xl/workbook.xml", *(name for name in before if name.startswith("xl/worksheets/sheet"))}
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


def test_a_stated_total_is_a_constant_and_a_computed_one_a_formula_again() -> None:
    address = "applications.new.total"
    stated = replace(zero_report(), figures={**zero_report().figures, address: Figure(3)})
    cell = LAYOUT.figures[address]
    first = filled(stated)
    assert openpyxl.load_workbook(io.BytesIO(first))[cell.sheet][cell.ref].value == 3
    assert read_report(first).figures[address] == Figure(3)
    second = fill_workbook(first, zero_report(), FORM).data
    text = next(formula.text for formula in formulas(LAYOUT) if formula.cell == cell)
    assert openpyxl.load_workbook(io.BytesIO(second))[cell.sheet][cell.ref].value == text
    assert address not in read_report(second).figures


@pytest.mark.parametrize("text", spread(["=1+1", "+1", "-1", "@A1", "=cmd|'/c calc'!A1"], 2))
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    data = filled(Report(FORM.id, unit=text, narrative={"overview": (Paragraph(text),)}))
    unit, slot = LAYOUT.cover["unit"], LAYOUT.narrative["overview"]
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    cells = (workbook[unit.sheet][unit.ref], workbook[slot.sheet].cell(slot.row, slot.column + 1))
    assert [(cell.value, cell.data_type == "f") for cell in cells] == [(text, False)] * 2


def test_characters_that_xml_cannot_hold_are_dropped() -> None:
    report = read_report(filled(Report(FORM.id, unit="和平\x00\x1b镇\ud800\uffff")))
    assert report.unit == "和平镇"


def test_last_years_year_and_form_are_filled_in_when_nobody_did() -> None:
    year, form = (LAYOUT.slots[key].cell for key in ("previous_year", "previous_form"))
    workbook = openpyxl.load_workbook(io.BytesIO(filled(Report(FORM.id, year=2023))))
    assert (workbook[year.sheet][year.ref].value, workbook[form.sheet][form.ref].value) == (2022, 2021)
    workbook = openpyxl.load_workbook(io.BytesIO(filled(Report(FORM.id, year=FORM.since))))
    assert workbook[year.sheet][year.ref].value == FORM.since - 1
    assert workbook[form.sheet][form.ref].value != int(FORM.id)


def test_remarks_of_last_year_are_not_kept_but_the_totals_that_need_them_are() -> None:
    fold = FORM.folds[0]
    inputs = {a: Figure(1) for a in FORM.tables[fold.table].addresses if a not in FORM.totals}
    last = {a: figure for a, figure in inputs.items() if a not in fold.absent_addresses}
    last[fold.marker] = Figure(1, fold.remark)
    previous = Report(FORM.id, year=2022, figures=last)
    read = read_report(filled(Report(FORM.id, year=2023, previous=previous))).previous
    assert read is not None
    assert read.figures[fold.marker] == Figure(1)
    assert known_values(FORM, read.figures) == known_values(FORM, last)


# ------------------------------------------------------------------ what finds no place


def too_many(count: int) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(f"第{n}段。") for n in range(count))


PART = FORM.parts[-1]
MISFITS = {
    "more paragraphs than rows": Report(FORM.id, narrative={PART.id: too_many(PART.rows + 1)}),
    "more waivers than rows": Report(FORM.id, waivers=(Waiver("A101", "已核对"),) * (WAIVER_ROWS + 1)),
    "a text longer than a cell": Report(FORM.id, title="长" * 32_768),
    "a text of astral characters longer than a cell": Report(FORM.id, title="😀" * 16_384),
    "an address of no table": Report(FORM.id, figures={"applications.none.person": Figure(1)}),
    "an unknown table note": Report(FORM.id, table_notes={"none": "注"}),
    "an unknown part": Report(FORM.id, narrative={"none": (Paragraph("文"),)}),
    "an unknown field": Report(FORM.id, fields={"none": Figure(1)}),
    "an address of no table last year": Report(FORM.id, previous=Report("2021", figures={"none.none": Figure(1)})),
    "a reason where the workbook asks for none": Report(
        FORM.id, explanations=(Explanation("disclosure.licences.decisions", "口径调整"),)
    ),
    "two reasons for one figure": Report(
        FORM.id, explanations=(Explanation(next(iter(LAYOUT.explanations)), "一"),) * 2
    ),
    "a level of no form": Report(FORM.id, level="village"),
    "a heading of no kind": Report(FORM.id, narrative={PART.id: (Paragraph("一", 1),)}),
    "another form": Report("2019"),
}


@pytest.mark.parametrize("name", MISFITS)
def test_what_finds_no_place_is_told_in_one_sentence(name: str) -> None:
    problems = fill_workbook(TEMPLATE, MISFITS[name], FORM).problems
    assert len(problems) == 1
    assert problems[0].endswith("。")


def test_a_part_that_does_not_fit_is_left_as_it_was() -> None:
    before = filled(example())
    report = replace(example(), narrative={**example().narrative, PART.id: too_many(PART.rows + 1)})
    result = fill_workbook(before, report, FORM)
    assert result.problems == (f"{PART.title}：有 {PART.rows + 1} 条，工作簿里只有 {PART.rows} 行，没有写入。",)
    assert read_report(result.data) == example()


def test_exactly_as_many_paragraphs_as_rows_fit() -> None:
    report = Report(FORM.id, narrative={part.id: too_many(part.rows) for part in FORM.parts})
    assert read_report(filled(report)) == report


# ------------------------------------------------------------------ workbooks that staff have worked in


def test_what_could_not_be_read_is_left_to_the_staff() -> None:
    cover = LAYOUT.cover

    def type_in(workbook: openpyxl.Workbook) -> None:
        for key, text in (("year", "二〇二三年"), ("date", "明年一月"), ("level", "镇")):
            workbook[cover[key].sheet][cover[key].ref] = text

    data = edited(TEMPLATE, type_in)
    again = fill_workbook(data, read_report(data), FORM).data
    sheet = openpyxl.load_workbook(io.BytesIO(again))[cover["year"].sheet]
    assert [sheet[cover[key].ref].value for key in ("year", "date", "level")] == ["二〇二三年", "明年一月", "镇"]


def test_cells_that_say_the_same_already_are_not_touched() -> None:
    person, unit, day = LAYOUT.figures["applications.new.person"], LAYOUT.cover["unit"], LAYOUT.cover["date"]

    def type_in(workbook: openpyxl.Workbook) -> None:
        workbook[unit.sheet][unit.ref] = '="和平镇"&"人民政府"'
        workbook[day.sheet][day.ref] = "2024年1月23日"
        workbook[person.sheet][person.ref] = "１２"

    data = edited(TEMPLATE, type_in)
    report = replace(read_report(data), unit="")
    assert report.date == date(2024, 1, 23)
    again = openpyxl.load_workbook(io.BytesIO(fill_workbook(data, report, FORM).data))
    assert again[unit.sheet][unit.ref].value == '="和平镇"&"人民政府"'
    assert again[day.sheet][day.ref].value == "2024年1月23日"
    # A number typed as text is understood, and stays as it was typed until another one is filled in.
    assert report.figures["applications.new.person"].reading is Reading.TEXT_NUMBER
    assert again[person.sheet][person.ref].value == "１２"
    other = replace(report, figures={**report.figures, "applications.new.person": Figure(12)})
    again = openpyxl.load_workbook(io.BytesIO(fill_workbook(data, other, FORM).data))
    assert again[person.sheet][person.ref].value == 12


def test_a_date_is_told_as_a_date() -> None:
    filled_once = fill_workbook(TEMPLATE, replace(zero_report(), date=date(2024, 1, 23)), FORM)
    (label,) = (label for key, label, _ in COVER_FIELDS if key == "date")
    assert f"{label}：（空） → 2024年1月23日" in filled_once.changes
    again = fill_workbook(filled_once.data, replace(zero_report(), date=date(2024, 2, 1)), FORM)
    assert again.changes == (f"{label}：2024年1月23日 → 2024年2月1日",)


def rearranged(workbook: openpyxl.Workbook) -> None:
    """Insert rows and columns above, left of and inside the tables."""
    inside = LAYOUT.figures["applications.withheld.process.person"]
    insert_rows(workbook, inside.sheet, inside.row, 1)
    for shift, sheet in enumerate(LAYOUT.sheets, 1):
        insert_rows(workbook, sheet, 1, shift)
        insert_columns(workbook, sheet, 1, 1)


def test_a_rearranged_workbook_is_filled_in_its_own_places() -> None:
    report = replace(crowded(), figures={a: f for a, f in crowded().figures.items() if a not in FORM.totals})
    result = fill_workbook(edited(CROWDED, rearranged), report, FORM)
    assert result.problems == ()
    assert read_report(result.data) == report
    # A total that stood there as a constant is a formula over the cells where they are now.
    cell, first = LAYOUT.figures["applications.new.total"], LAYOUT.figures[PERSON]
    down = LAYOUT.sheets.index(cell.sheet) + 1
    moved = [Cell(cell.sheet, at.row + down, at.column + 1) for at in (cell, first)]
    texts, values = (openpyxl.load_workbook(io.BytesIO(result.data), data_only=only) for only in (False, True))
    last = Cell(cell.sheet, moved[0].row, moved[0].column - 1)
    area = f"{moved[1].ref}:{last.ref}"
    assert texts[cell.sheet][moved[0].ref].value == f'=IF(COUNT({area})=6,SUM({area}),"")'
    assert values[cell.sheet][moved[0].ref].value == 7 * 6


def test_what_has_lost_its_row_is_told_and_the_rest_is_filled() -> None:
    gone = [a for a in LAYOUT.figures if a.startswith("applications.withheld.process.")]
    row = LAYOUT.figures[gone[0]]
    damaged = edited(CROWDED, lambda workbook: insert_rows(workbook, row.sheet, row.row, -1))
    result = fill_workbook(damaged, crowded(), FORM)
    assert len(result.problems) == 2 * len(gone)
    assert all("6.属于四类过程性信息" in problem for problem in result.problems)
    read = read_report(result.data)
    assert {*crowded().figures} - {*read.figures} == {*gone}
    assert read.narrative == crowded().narrative


def test_a_total_whose_formula_cannot_be_restored_is_told() -> None:
    row = LAYOUT.figures["disclosure.coercion.decisions"]
    damaged = edited(CROWDED, lambda workbook: insert_rows(workbook, row.sheet, row.row, -1))
    report = replace(crowded(), figures={}, previous=None)
    problems = fill_workbook(damaged, report, FORM).problems
    assert len(problems) == 2 * len(FORM.totals)
    assert all("没有恢复" in problem for problem in problems)
