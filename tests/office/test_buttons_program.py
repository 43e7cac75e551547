"""The workbook that ships, its buttons, their macros and the program itself, all together in LibreOffice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from xxgk.checks import check
from xxgk.excel.verbs import VERBS
from xxgk.output.marks.status import status_text
from xxgk.output.marks.table import SHEET
from xxgk.report import Report
from xxgk.suffixes import XLSM
from xxgk.workbook.layout import layout_of
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.template import template_path
from xxgk.workbook.writing.write import fill_workbook

from support.buttons import colours, held, looks, open_with_macros, place, press
from support.office import Office, properties
from support.reports import FORM, example, with_figure
from support.standin import set_program

pytestmark = pytest.mark.office

CAPTIONS = {verb.name: verb.caption for verb in VERBS}
STATUS = layout_of(FORM).status
WRONG = with_figure(example(), "disputes.review.total", 9)
XLSX = "Calc MS Excel 2007 XML"


@pytest.fixture(autouse=True)
def program(office: Office) -> None:
    set_program(office.home, sys.executable)


def workbook(folder: Path, report: Report) -> Path:
    folder.mkdir()
    path = folder / f"年报 a=b%20{XLSM}"
    path.write_bytes(fill_workbook(template_path(FORM, XLSM).read_bytes(), report, FORM).data)
    return path


def as_seen(document: Any) -> dict[str, object]:
    """Return all that a run may change; the conditional formats cell by cell, since LibreOffice parts their areas."""
    sheets = [sheet.Name for sheet in document.Sheets]
    return {**held(document), "rules": {sheet: looks(document, sheet) for sheet in sheets}}


def stored(document: Any, path: Path) -> bytes:
    document.storeToURL(path.as_uri(), properties(FilterName=XLSX, Overwrite=True))
    return path.read_bytes()


def test_check_marks_what_the_command_finds_and_clear_takes_it_away(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "中文 目录", WRONG)
    saved = path.read_bytes()
    document = open_with_macros(office, path)
    before, report = as_seen(document), read_report(stored(document, tmp_path / "before.xlsx"))
    found = check(report, FORM)
    press(document, CAPTIONS["check"])
    places = [(one.sheet, one.cell) for one in found if one.cell]
    shown = {(sheet, cell) for sheet in {sheet for sheet, _ in places} for cell in colours(document, sheet)}
    assert {*places} <= shown
    assert place(document) == places[0]
    listed = document.Sheets.getByName(SHEET)
    assert status_text(found) == document.Sheets.getByName(STATUS.sheet).getCellRangeByName(STATUS.ref).String
    assert listed.getCellRangeByName("E4").String == found[0].message
    assert read_report(stored(document, tmp_path / "marked.xlsx")) == report
    press(document, CAPTIONS["clear"])
    assert as_seen(document) == before
    assert path.read_bytes() == saved
    document.close(True)


def test_report_writes_the_finished_report_beside_the_workbook(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "报告 目录", example())
    document = open_with_macros(office, path)
    press(document, CAPTIONS["report"])
    suffixes = {made.suffix for made in path.parent.iterdir() if made != path and not made.name.startswith(".")}
    assert {".docx", ".html"} <= suffixes
    document.close(True)
