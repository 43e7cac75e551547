"""The marks of a check in an open workbook: all that ``xxgk check --mark`` writes, and taken away by either."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from xxgk.checks import Finding, check
from xxgk.excel import actions as do
from xxgk.excel.actions import Action
from xxgk.excel.marks import clear_actions, mark_actions
from xxgk.output.marks import mark, unmark
from xxgk.output.marks.looks import FILLS, RULE
from xxgk.output.marks.mark import NAME, note_text
from xxgk.output.marks.sheet import HEADINGS, TOP
from xxgk.output.marks.status import BEGIN, CLEAN
from xxgk.output.marks.table import COLUMNS, SHEET, rows_of
from xxgk.output.result import counted
from xxgk.records import replace
from xxgk.report import Paragraph
from xxgk.workbook.layout import CHECKS, COVER, PREVIEW, PREVIEW_SOURCE
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.writing.previewed import with_previews
from xxgk.xlsx.a1 import parse_reference
from xxgk.xlsx.anchors import COLUMNS as COLUMN_COUNT
from xxgk.xlsx.anchors import ROWS
from xxgk.xlsx.cells import reference

from support.loaded import loaded
from support.marked import SHEETS as MARKED_SHEETS
from support.marked import findings
from support.reports import FORM, example, with_figure, zero_report
from support.sizes import spread
from support.steps import opened, state_of, taken
from support.workbooks import LAYOUT, edited, filled

OURS = filled(with_figure(example(), "disputes.review.total", 9))
SAVED = edited(OURS, lambda workbook: None)  # as another program writes it
FOUND = check(read_report(OURS), FORM)
MARKED_CELL = next(found for found in FOUND if found.severity == "error")


def contents(data: bytes, *but: str) -> dict[str, object]:
    """Return what a person sees in a workbook, and all names."""
    workbook = loaded(data)
    seen: dict[str, object] = {"names": {name: found.value for name, found in workbook.defined_names.items()}}
    for sheet in workbook:
        cells = [cell for row in sheet.iter_rows() for cell in row if f"{sheet.title}!{cell.coordinate}" not in but]
        seen[sheet.title] = (
            sheet.sheet_state,
            sheet.protection.sheet,
            {c.coordinate: c.value for c in cells if c.value is not None},
            {c.coordinate: (c.style, c.number_format, c.fill.fgColor.rgb, c.protection.locked) for c in cells},
            {c.coordinate: c.comment.text for c in cells if c.comment},
            sorted((str(b.sqref), rule.formula[0]) for b in sheet.conditional_formatting for rule in b.rules),
        )
    return seen


@lru_cache
def checked(data: bytes) -> bytes:
    state = state_of(data)
    return taken(data, mark_actions(state, check(state.report, FORM)))


def test_colours_and_notes_are_those_of_the_file_marks() -> None:
    ours, theirs = (loaded(one) for one in (checked(OURS), mark(OURS, FOUND)))
    for name in loaded(OURS).sheetnames:
        notes, rules = [], []
        for workbook in (ours, theirs):
            cells = [cell for row in workbook[name].iter_rows() for cell in row]
            notes.append({cell.coordinate: cell.comment.text for cell in cells if cell.comment})
            rules.append(
                {
                    cell: rule.dxf.fill.bgColor.rgb
                    for block in workbook[name].conditional_formatting
                    for rule in block.rules
                    if rule.formula == [RULE]
                    for area in str(block.sqref).split()
                    for line in workbook[name][f"{area}:{area}" if ":" not in area else area]
                    for cell in (one.coordinate for one in line)
                }
            )
        assert notes[0] == notes[1]
        assert rules[0] == rules[1]


def test_the_list_has_the_same_rows_name_and_title() -> None:
    workbook = loaded(checked(OURS))
    sheet = workbook[workbook.sheetnames[-1]]
    assert sheet.title == sheet["A1"].value == SHEET
    assert [cell.value for cell in sheet[HEADINGS]] == [column.heading for column in COLUMNS]
    for row, expected in zip(sheet.iter_rows(min_row=TOP), rows_of(FOUND), strict=True):
        shown = [cell.value for cell in row]
        if expected.cell:
            assert expected.values[2] in str(shown[2])
            shown[2] = expected.values[2]
        assert [value if value is not None else "" for value in shown] == [
            value if value is not None else "" for value in expected.values
        ]
    area = workbook.defined_names[NAME].value
    assert area == f"'{SHEET}'!$A${HEADINGS}:$I${HEADINGS + len(FOUND)}"


def test_the_list_looks_as_in_a_file() -> None:
    ours, theirs = (loaded(one)[SHEET] for one in (checked(OURS), mark(OURS, FOUND)))
    for of_sheet in (_sizes, lambda sheet: sheet.freeze_panes, lambda sheet: sheet.sheet_properties.tabColor.rgb):
        assert of_sheet(ours) == of_sheet(theirs)
    assert {str(area) for area in ours.merged_cells} == {str(area) for area in theirs.merged_cells}
    looks = _conditional_looks(theirs)
    for row in ours.iter_rows(min_row=1, max_row=TOP + len(FOUND) - 1):
        for cell in row:
            other = theirs[cell.coordinate]
            if isinstance(other, MergedCell):
                continue
            assert (cell.alignment.vertical, cell.alignment.wrap_text) == ("center", True)
            assert cell.alignment.horizontal == other.alignment.horizontal or other.value is None, cell.coordinate
            look = looks.get(cell.coordinate, {})
            assert (cell.fill.fill_type and cell.fill.start_color.rgb) == look.get("fill"), cell.coordinate
            assert (cell.font.b, cell.font.u) == look.get("letters", (False, None)), cell.coordinate
            assert bool(cell.border.left.style) == (cell.row >= HEADINGS)


def _sizes(sheet: Worksheet) -> object:
    rows, columns = sheet.row_dimensions, sheet.column_dimensions
    return {n: row.height for n, row in rows.items()}, {name: column.width for name, column in columns.items()}


def _conditional_looks(sheet: Worksheet) -> dict[str, dict[str, object]]:
    """Return fill and letters that the rules of a marked file give to each cell; of two the first counts."""
    found: dict[str, dict[str, object]] = {}
    for block in sheet.conditional_formatting:
        for rule in block.rules:
            font = rule.dxf.font
            for area in block.sqref.ranges:
                for row, column in area.cells:
                    look = found.setdefault(sheet.cell(row, column).coordinate, {})
                    if rule.dxf.fill:
                        look.setdefault("fill", rule.dxf.fill.bgColor.rgb)
                    if font:
                        look.setdefault("letters", (bool(font.b), font.u))
    return found


def test_clear_gives_back_the_document(tmp_path: Path) -> None:
    marked = checked(SAVED)
    assert contents(marked) != contents(SAVED)
    assert contents(taken(marked, clear_actions(opened(marked, tmp_path)))) == contents(SAVED)


def test_either_takes_away_what_the_other_wrote(tmp_path: Path) -> None:
    by_file = mark(SAVED, FOUND)
    assert contents(taken(by_file, clear_actions(opened(by_file, tmp_path)))) == contents(SAVED)
    assert contents(unmark(checked(SAVED))) == contents(SAVED)


def test_a_second_check_replaces_the_first() -> None:
    once = checked(OURS)
    assert contents(checked(once)) == contents(once)
    assert contents(checked(mark(SAVED, FOUND))) == contents(once)


def test_a_persons_note_and_colour_stay(tmp_path: Path) -> None:
    sheet, cell = MARKED_CELL.sheet, MARKED_CELL.cell

    def write(workbook: openpyxl.Workbook) -> None:
        workbook[sheet][cell].comment = Comment("请核对\n第二行", "张三")

    own = edited(OURS, write)
    marked = checked(own)
    note = loaded(marked)[sheet][cell].comment.text
    assert note == f"请核对\n第二行\n{note_text([MARKED_CELL])}"
    assert contents(taken(marked, clear_actions(opened(marked, tmp_path)))) == contents(own)


def test_a_conversation_is_left_alone(tmp_path: Path) -> None:
    def converse(workbook: openpyxl.Workbook) -> None:
        workbook[MARKED_CELL.sheet][MARKED_CELL.cell].comment = Comment("请核对", "tc={0F}")

    actions = mark_actions(opened(edited(OURS, converse), tmp_path), [MARKED_CELL])
    assert Action(do.FILL, MARKED_CELL.sheet, MARKED_CELL.cell, FILLS[MARKED_CELL.severity][2:]) in actions
    assert do.NOTE not in {action.op for action in actions}


def test_the_first_place_is_selected_and_the_counts_are_told(tmp_path: Path) -> None:
    actions = mark_actions(opened(OURS, tmp_path), FOUND)
    first = next(found for found in FOUND if found.cell)
    assert Action(do.SELECT, first.sheet, first.cell) in actions
    status = f"{BEGIN}{counted(FOUND)}"
    assert Action(do.STATUS, text=status) in actions
    assert Action(do.STR, COVER, LAYOUT.status.ref, status) in actions


def test_nothing_found_is_said(tmp_path: Path) -> None:
    data = filled(zero_report())
    actions = mark_actions(opened(data, tmp_path), [])
    assert Action(do.STATUS, text=f"{BEGIN}{CLEAN}") in actions
    assert {action.op for action in actions} == {do.STR, do.STATUS, do.MESSAGE}
    assert [action.op for action in clear_actions(opened(data, tmp_path))] == [do.MESSAGE]


def test_a_hidden_sheet_is_not_jumped_to(tmp_path: Path) -> None:
    def hide(workbook: openpyxl.Workbook) -> None:
        workbook[MARKED_CELL.sheet].sheet_state = "hidden"

    actions = mark_actions(opened(edited(OURS, hide), tmp_path), [MARKED_CELL])
    assert do.SELECT not in {action.op for action in actions}


def test_no_number_is_changed(tmp_path: Path) -> None:
    inputs = {(cell.sheet, cell.ref) for cell in LAYOUT.figures.values()}
    for action in mark_actions(opened(OURS, tmp_path), FOUND):
        assert action.op not in do.VALUES or (action.sheet, action.cell) not in inputs


def test_somebody_elses_text_in_the_cell_for_the_result_stays() -> None:
    def write(workbook: openpyxl.Workbook) -> None:
        workbook[COVER][LAYOUT.status.ref] = "联系人：张三"

    own = edited(OURS, write)
    assert loaded(checked(own))[COVER][LAYOUT.status.ref].value == "联系人：张三"


@pytest.mark.parametrize("renamed", spread([COVER, CHECKS, MARKED_CELL.sheet], 1))
def test_renamed_sheets_are_marked_under_their_new_names(tmp_path: Path, renamed: str) -> None:
    def rename(workbook: openpyxl.Workbook) -> None:
        workbook[renamed].title = "改了 名='"

    def named(workbook: openpyxl.Workbook) -> None:
        rename(workbook)
        for area in workbook.defined_names.values():
            area.value = area.value.replace(f"'{renamed}'", "'改了 名='''")

    own = edited(OURS, named)
    marked = checked(own)
    assert contents(marked) != contents(own)
    assert contents(taken(marked, clear_actions(opened(marked, tmp_path)))) == contents(own)


STATE = state_of(OURS)


@given(findings())
def test_any_findings_give_steps_that_can_be_taken(given_findings: list[Finding]) -> None:
    sheets = dict(zip(MARKED_SHEETS, LAYOUT.sheets[1:3], strict=True))
    moved = [replace(one, sheet=sheets.get(one.sheet, one.sheet)) for one in given_findings]
    actions = mark_actions(STATE, moved)
    notes = [(action.sheet, action.cell) for action in actions if action.op == do.NOTE]
    assert len({*notes}) == len(notes)
    for action in actions:
        assert action.op == do.STATUS or action.sheet in (*LAYOUT.sheets, SHEET)
        if action.op in (do.NOTE, do.SELECT, do.NUM, do.STR, do.LINK):
            row, column = parse_reference(action.cell)
            assert 1 <= row <= ROWS
            assert 1 <= column <= COLUMN_COUNT


def test_previews_of_placeholders_are_those_of_the_file_and_go_with_the_marks(tmp_path: Path) -> None:
    data = filled(replace(zero_report(), narrative={"overview": (Paragraph("收到{{ 本年新收 }}件。"),)}))
    ours, theirs = (loaded(one) for one in (checked(data), with_previews(data)))
    slot = LAYOUT.narrative["overview"]
    for column in (PREVIEW, PREVIEW_SOURCE):
        place = reference(slot.row, slot.column + column)
        assert ours[slot.sheet][place].value == theirs[slot.sheet][place].value
    assert ours[slot.sheet][reference(slot.row, slot.column + PREVIEW)].value == "收到0件。"
    cleared = loaded(taken(checked(data), clear_actions(opened(checked(data), tmp_path))))
    assert not cleared[slot.sheet][reference(slot.row, slot.column + PREVIEW)].value
