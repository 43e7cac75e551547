"""Marks that LibreOffice has shown, edited and saved again are still found, and nothing else goes with them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from xxgk.checks import check
from xxgk.checks.finding import ERROR
from xxgk.output.marks import mark, unmark
from xxgk.output.marks.looks import FILLS, RULE
from xxgk.output.marks.mark import BEGIN, NAME, note_text
from xxgk.output.marks.table import SHEET
from xxgk.workbook.reading.read import read_report

from support.marked import SHEETS, by_xlsxwriter, finding
from support.office import Office
from support.packages import parts_of
from support.reports import FORM, example, with_figure
from support.workbooks import filled

pytestmark = pytest.mark.office

XLSX = "Calc MS Excel 2007 XML"
OURS = filled(with_figure(example(), "disputes.review.total", 9))
FOUND = check(read_report(OURS), FORM)
OTHER = by_xlsxwriter(
    {SHEETS[0]: {"B2": "请核对\n第二行"}, SHEETS[1]: {"A1": "另一条"}}, {SHEETS[0]: [3], SHEETS[1]: []}
)
GIVEN = [finding(sheet, cell) for sheet in SHEETS for cell in ("A1", "B2", "C4")]
Edit = Callable[[Any], None]


def edited(office: Office, data: bytes, folder: Path, edit: Edit) -> bytes:
    """Return ``data`` opened by LibreOffice, changed and saved."""
    before, after = folder / "before.xlsx", folder / "after.xlsx"
    before.write_bytes(data)
    document = office.open(before)
    try:
        edit(document)
        office.save_as(document, after, XLSX)
    finally:
        document.close(True)
    return after.read_bytes()


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def contents(data: bytes) -> dict[str, object]:
    """Return what a person sees in a workbook: cells with their looks, notes, rules, validations, names."""
    workbook = opened(data)
    seen: dict[str, object] = {"names": {name: found.value for name, found in workbook.defined_names.items()}}
    for sheet in workbook:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        seen[sheet.title] = (
            {c.coordinate: c.value for c in cells if c.value is not None},
            {c.coordinate: (c.number_format, c.fill.fgColor.rgb, c.font.b) for c in cells if c.value is not None},
            {c.coordinate: c.comment.text for c in cells if c.comment},
            sorted((str(b.sqref), rule.formula[0]) for b in sheet.conditional_formatting for rule in b.rules),
            sorted((str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation),
        )
    return seen


def type_something(document: Any) -> None:
    """Do what staff do: fill a cell, write a note, insert a row."""
    sheet = document.Sheets.getByIndex(0)
    sheet.getCellByPosition(2, 30).setFormula("新填的")
    sheet.Annotations.insertNew(sheet.getCellByPosition(2, 30).CellAddress, "我的批注")
    document.Sheets.getByIndex(1).unprotect("")
    document.Sheets.getByIndex(1).Rows.insertByIndex(20, 1)


@pytest.mark.parametrize(("data", "given"), [(OURS, FOUND), (OTHER, GIVEN)], ids=["ours", "other"])
def test_what_was_edited_meanwhile_stays_and_marks_go(office: Office, tmp_path: Path, data: bytes, given: Any) -> None:
    expected = contents(edited(office, data, tmp_path, type_something))
    saved = edited(office, mark(data, given), tmp_path, type_something)
    assert SHEET in contents(saved)
    assert RULE in str(contents(saved))
    assert BEGIN in str(contents(saved))
    assert contents(unmark(saved)) == expected
    # Marks of an older check, saved meanwhile, give way to new ones.
    assert contents(unmark(mark(saved, given))) == expected
    assert opened(mark(saved, given)).sheetnames.count(SHEET) == 1


def test_a_list_that_was_moved_and_renamed_is_still_ours(office: Office, tmp_path: Path) -> None:
    def move(document: Any) -> None:
        document.Sheets.moveByName(SHEET, 0)
        document.Sheets.getByName(SHEET).setName("问题清单")
        document.CurrentController and document.CurrentController.setActiveSheet(document.Sheets.getByIndex(0))

    left = unmark(edited(office, mark(OURS, FOUND), tmp_path, move))
    assert contents(left) == contents(edited(office, OURS, tmp_path, lambda document: None))
    assert NAME not in opened(left).defined_names
    assert check(read_report(left), FORM) == FOUND


def test_what_libreoffice_saved_is_as_before_to_the_byte(office: Office, tmp_path: Path) -> None:
    for data, given in ((OURS, FOUND), (OTHER, GIVEN)):
        saved = edited(office, data, tmp_path, lambda document: None)
        assert parts_of(unmark(mark(saved, given))) == parts_of(saved)


def test_libreoffice_shows_colour_note_and_links(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "marked.xlsx"
    path.write_bytes(mark(OTHER, GIVEN))
    document = office.open(path)
    try:
        sheet = document.Sheets.getByName(SHEETS[1])
        texts = {note.Position.Row * 10 + note.Position.Column: note.String for note in sheet.Annotations}
        assert texts == {0: f"另一条\n{note_text(GIVEN[3:4])}", 11: note_text(GIVEN[4:5]), 32: note_text(GIVEN[5:])}
        entries = [
            sheet.ConditionalFormats.getConditionalFormats()[number].getByIndex(0)
            for number in range(sheet.ConditionalFormats.getLength())
        ]
        styles = document.StyleFamilies.getByName("CellStyles")
        colours = [styles.getByName(entry.StyleName).CellBackColor for entry in entries]
        assert colours == [int(FILLS[ERROR][2:], 16)]
        field = document.Sheets.getByName(SHEET).getCellRangeByName("C4").getTextFields().getByIndex(0)
        assert field.URL.startswith("#")
        assert field.URL.endswith("A1")
    finally:
        document.close(True)
