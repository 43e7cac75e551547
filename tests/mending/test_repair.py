"""Workbooks damaged in many ways: the repaired one is sound and says the same, and nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from openpyxl import Workbook
from openpyxl.comments import Comment

from xxgk.figures import known_values
from xxgk.mending.repair import Repaired, repair_workbook
from xxgk.records import replace
from xxgk.report import Figure, Reading, Report
from xxgk.workbook.layout import COVER, GUIDE, META
from xxgk.workbook.reading.read import read_report
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.book import parse_area
from xxgk.xlsx.references import quoted

from support.packages import packed, parts_of
from support.reports import FORM, example, with_figure
from support.sizes import spread
from support.workbooks import LAYOUT, as_typed, edited, filled, full_report, insert_columns, insert_rows, reports

FEWER = settings(max_examples=settings().max_examples // 5)
SOUND = filled(full_report())
TABLE = LAYOUT.tables["applications"]
ADDRESS = "applications.withheld.internal.charity"
INSIDE = LAYOUT.figures[ADDRESS]
OVERVIEW = LAYOUT.narrative["overview"]


def repaired(change: Callable[[Workbook], None]) -> tuple[Repaired, Report]:
    """Return what becomes of the full report's workbook when it is changed and repaired, and what that says."""
    result = repair_workbook(edited(SOUND, change))
    report = read_report(result.data)
    assert report.remarks == ()
    return result, report


def type_in(cell: Cell, value: object) -> Callable[[Workbook], None]:
    def change(workbook: Workbook) -> None:
        workbook[cell.sheet][cell.ref] = value

    return change


def beside(cell: Cell, down: int, right: int) -> Cell:
    return Cell(cell.sheet, cell.row + down, cell.column + right)


@FEWER
@given(reports())
def test_a_sound_workbook_comes_out_equal_with_nothing_to_say(report: Report) -> None:
    result = repair_workbook(filled(report))
    unread = [
        figure
        for figures in (report.figures, report.fields, report.previous.figures if report.previous else {})
        for figure in figures.values()
        if figure.reading is not Reading.NUMBER
    ]
    assert read_report(result.data) == report
    assert (result.moved, result.restored, result.lost) == ((), (), ())
    assert len(result.doubtful) == len(unread)


# ------------------------------------------------------------------ damage that costs nothing


def insert_everywhere(workbook: Workbook) -> None:
    for sheet in LAYOUT.sheets:
        insert_rows(workbook, sheet, 1, 2)
        insert_columns(workbook, sheet, 1, 1)


def insert_inside(workbook: Workbook) -> None:
    insert_rows(workbook, INSIDE.sheet, INSIDE.row, 1)
    insert_columns(workbook, INSIDE.sheet, INSIDE.column, 1)


def rename_sheets(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        for name in workbook.defined_names.values():
            area = parse_area(name.name, name.value)
            if area is not None and area.sheet == sheet.title:
                name.value = f"{quoted('新 ' + sheet.title)}!{area.cell.ref}:{area.end.ref}"
        sheet.title = f"新 {sheet.title}"


def lose_names(workbook: Workbook) -> None:
    for name in list(workbook.defined_names):
        del workbook.defined_names[name]


def reorder(workbook: Workbook) -> None:
    workbook.move_sheet(COVER, 5)
    workbook[TABLE.grid.sheet].sheet_state = "hidden"


def lose_guide(workbook: Workbook) -> None:
    del workbook[GUIDE]


def relabel(workbook: Workbook) -> None:
    head = next(cell for cell in TABLE.table.grid if cell.text.startswith("5."))
    workbook[TABLE.grid.sheet].cell(TABLE.grid.row + head.row, TABLE.grid.column + head.column).value = "5.内部事务"


def constant_totals(workbook: Workbook) -> None:
    values = known_values(FORM, full_report().figures)
    for address in FORM.totals:
        cell = LAYOUT.figures[address]
        workbook[cell.sheet][cell.ref] = values[address]


HARMLESS: dict[str, tuple[Callable[[Workbook], None], str]] = {
    "rows and columns above and left": (insert_everywhere, "moved"),
    "a row and a column inside a table": (insert_inside, "moved"),
    "renamed sheets": (rename_sheets, "moved"),
    "lost names": (lose_names, "restored"),
    "another order": (reorder, ""),
    "no guide": (lose_guide, ""),
    "another label": (relabel, "restored"),
    "constants in place of all totals": (constant_totals, ""),
}


@pytest.mark.parametrize("name", spread(HARMLESS, 4))
def test_what_can_be_read_comes_out_whole(name: str) -> None:
    damage, told = HARMLESS[name]
    result, report = repaired(damage)
    assert report == full_report()
    assert result.lost == ()
    assert result.doubtful == ()
    if told:
        assert getattr(result, told)


def test_moves_are_told_by_table_with_one_example() -> None:
    result, _ = repaired(lambda workbook: insert_rows(workbook, INSIDE.sheet, 1, 2))
    first = LAYOUT.figures[TABLE.table.addresses[0]]
    (line,) = (line for line in result.moved if line.startswith(TABLE.table.name))
    assert f"有 {len(TABLE.table.addresses)} 格" in line
    assert f"【{first.sheet}】{beside(first, 2, 0).ref}" in line
    assert f"【{first.sheet}】{first.ref}" in line


def test_digits_as_text_and_a_number_with_its_remark_become_plain() -> None:
    def type_both(workbook: Workbook) -> None:
        workbook[INSIDE.sheet][INSIDE.ref] = " １２ "
        workbook[beside(INSIDE, 1, 0).sheet][beside(INSIDE, 1, 0).ref] = "22（其中修订16件）"

    result, report = repaired(type_both)
    below = next(address for address, cell in LAYOUT.figures.items() if cell == beside(INSIDE, 1, 0))
    assert (report.figures[ADDRESS], report.figures[below]) == (Figure(12), Figure(22, "其中修订16件"))
    assert (result.doubtful, result.lost) == ((), ())


# ------------------------------------------------------------------ what could not be read, and what is not the form's


@pytest.mark.parametrize("seen", ["/", "1O", "#REF!"])
def test_what_is_no_number_is_carried_as_typed_and_said(seen: str) -> None:
    result, report = repaired(type_in(INSIDE, seen))
    assert report.figures[ADDRESS].seen == seen
    (line,) = result.doubtful
    assert INSIDE.ref in line
    assert seen in line
    assert result.lost == ()


def lose_row(workbook: Workbook) -> None:
    insert_rows(workbook, INSIDE.sheet, INSIDE.row, -1)


def lose_meta(workbook: Workbook) -> None:
    del workbook[META]


LOSSES: dict[str, tuple[Callable[[Workbook], None], str]] = {
    "a deleted row": (lose_row, "5.属于三类内部事务信息"),
    "a year that is none": (type_in(LAYOUT.cover["year"], "前年"), "前年"),
    "a date that is none": (type_in(LAYOUT.cover["date"], "明年一月"), "明年一月"),
    "a level that is none": (type_in(LAYOUT.cover["level"], "村"), "村"),
    "a formula without a result": (type_in(INSIDE, "=A1+1"), "=A1+1"),
    "a kind of paragraph that is none": (type_in(OVERVIEW.cell, "大标题"), "大标题"),
    "a paragraph below the last": (type_in(beside(OVERVIEW.end, 3, 0), "写到下面的一段。"), "写到下面的一段"),
    "a word beside a table": (type_in(beside(TABLE.notes.end, 1, 3), "待核实"), "待核实"),
    "a number under a table": (type_in(beside(TABLE.grid.end, 4, 0), 4711), "4711"),
    "a word on the cover": (type_in(Cell(COVER, 40, 3), "联系人张三"), "联系人张三"),
}


@pytest.mark.parametrize("name", spread(LOSSES, 5))
def test_what_could_not_be_carried_is_said_once(name: str) -> None:
    damage, word = LOSSES[name]
    result, _ = repaired(damage)
    assert [word in line for line in result.lost] == [True]


def test_a_lost_row_is_blank_not_zero() -> None:
    _, report = repaired(lose_row)
    gone = {address for address in TABLE.table.addresses if address.startswith("applications.withheld.internal.")}
    assert full_report().figures.keys() - report.figures.keys() == gone - FORM.totals.keys()


def test_the_users_own_sheets_are_named_and_empty_ones_are_not() -> None:
    def add(workbook: Workbook) -> None:
        workbook.create_sheet("台账")["B2"] = "甲"
        workbook.create_sheet("Sheet1")

    result, report = repaired(add)
    assert [("台账" in line, "Sheet1" in line) for line in result.lost] == [(True, False)]
    assert report == full_report()


def test_a_lost_sheet_is_said_and_the_rest_is_carried() -> None:
    def lose(workbook: Workbook) -> None:
        del workbook[TABLE.grid.sheet]
        for name in list(workbook.defined_names):
            area = parse_area(name, workbook.defined_names[name].value)
            if area is not None and area.sheet == TABLE.grid.sheet:
                del workbook.defined_names[name]

    result, report = repaired(lose)
    assert any(TABLE.grid.sheet in line for line in result.lost)
    kept = {a: f for a, f in full_report().figures.items() if FORM.table_of(a) is not TABLE.table}
    assert report == replace(full_report(), figures=kept)


def test_the_hidden_sheet_is_not_missed() -> None:
    result, report = repaired(lose_meta)
    assert report == full_report()
    assert result.lost == ()


def test_a_remark_beside_last_years_number_has_no_place_and_is_said() -> None:
    cell = LAYOUT.previous["applications.carried_out.person"]
    result, report = repaired(type_in(cell, "3（其中1件延期）"))
    assert report.previous
    assert report.previous.figures["applications.carried_out.person"] == Figure(3)
    assert [("其中1件延期" in line) for line in result.lost] == [True]


def test_repairing_twice_changes_nothing_more() -> None:
    result, _ = repaired(insert_everywhere)
    assert repair_workbook(result.data).data == result.data


def test_a_total_that_was_stated_stays_stated() -> None:
    report = with_figure(example(), "disputes.review.total", 5)
    assert read_report(repair_workbook(filled(report)).data) == as_typed(report)


def test_of_two_copies_of_a_table_one_is_carried_and_the_other_is_said() -> None:
    def copy(workbook: Workbook) -> None:
        sheet = workbook.copy_worksheet(workbook[TABLE.grid.sheet])
        sheet[INSIDE.ref] = 4711

    result, report = repaired(copy)
    assert report == full_report()
    assert any("Copy" in line for line in result.lost)


def test_notes_are_named_and_odd_references_do_no_harm() -> None:
    cell = LAYOUT.figures["disclosure.licences.decisions"]

    def add_note(workbook: Workbook) -> None:
        workbook[cell.sheet][cell.ref].comment = Comment("张三：待核", "张三")

    noted = edited(filled(full_report()), add_note)
    assert repair_workbook(noted).lost == (f"【{cell.sheet}】有 1 条批注没有带过去：{cell.ref}。",)
    parts = parts_of(filled(full_report()))
    part = f"xl/worksheets/sheet{LAYOUT.sheets.index(cell.sheet) + 1}.xml"
    for odd in ("zz5", "Ａ１", "B3:C4"):
        xml = parts[part].decode().replace("</row>", f'<c r="{odd}"><v>5</v></c></row>', 1)
        assert repair_workbook(packed({**parts, part: xml.encode()})).lost == ()
