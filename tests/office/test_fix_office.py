"""Workbooks that LibreOffice saved or rearranged are mended and repaired, and it agrees with what comes out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xxgk.figures import known_values
from xxgk.mending.mend import mend_workbook
from xxgk.mending.repair import repair_workbook
from xxgk.records import replace
from xxgk.workbook.reading.read import read_report

from support.office import Office
from support.reports import FORM
from support.workbooks import LAYOUT, filled, full_report

pytestmark = pytest.mark.office

XLSX = "Calc MS Excel 2007 XML"
PERSON = LAYOUT.figures["applications.new.person"]
INSIDE = LAYOUT.figures["applications.withheld.internal.charity"]
OVERVIEW = LAYOUT.narrative["overview"]


def changed(office: Office, data: bytes, folder: Path, change: Callable[[Any], None]) -> bytes:
    """Return ``data`` opened, changed, recalculated and saved by LibreOffice."""
    before, after = folder / "before.xlsx", folder / "after.xlsx"
    before.write_bytes(data)
    document = office.open(before)
    try:
        change(document.Sheets)
        document.calculateAll()
        office.save_as(document, after, XLSX)
    finally:
        document.close(True)
    return after.read_bytes()


def test_digits_typed_as_text_are_mended_and_the_totals_come_out_as_we_say(office: Office, tmp_path: Path) -> None:
    report = replace(full_report(), title="")  # the title has blanks around it, which would be mended too
    value = report.figures["applications.new.person"].value

    def type_text(sheets: Any) -> None:
        cell = sheets.getByName(PERSON.sheet).getCellRangeByName(PERSON.ref)
        cell.setString(f"　{value} ")

    damaged = changed(office, filled(report), tmp_path, type_text)
    mended = mend_workbook(damaged)
    assert [(mending.spot.place.cell, mending.after) for mending in mended.mendings] == [(PERSON.ref, value)]
    assert read_report(mended.data) == report
    recalculated = changed(office, mended.data, tmp_path, lambda sheets: None)
    total = LAYOUT.figures["applications.new.total"]
    shown = [
        openpyxl.load_workbook(io.BytesIO(data), data_only=True)[total.sheet][total.ref].value
        for data in (mended.data, recalculated)
    ]
    assert shown == [known_values(FORM, report.figures)["applications.new.total"]] * 2


def test_words_made_bold_in_libreoffice_are_left_alone(office: Office, tmp_path: Path) -> None:
    def type_bold(sheets: Any) -> None:
        cell = sheets.getByName(OVERVIEW.sheet).getCellByPosition(OVERVIEW.column, OVERVIEW.row - 1)
        cell.setString("一是加强， 落实。")
        cursor = cell.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(4, True)
        cursor.CharWeightAsian = 150.0

    mended = mend_workbook(changed(office, filled(full_report()), tmp_path, type_bold))
    assert [mending.spot.address for mending in mended.mendings] == ["title"]
    assert len(mended.formatted) == 1


def unprotected(sheets: Any) -> Any:
    sheet = sheets.getByName(INSIDE.sheet)
    sheet.unprotect("")
    return sheet


def rename(sheets: Any) -> None:
    sheets.getByName(PERSON.sheet).setName("表三（报送）")
    sheets.getByName(OVERVIEW.sheet).setName("总体")


def rearrange(sheets: Any) -> None:
    sheet = unprotected(sheets)
    sheet.Rows.insertByIndex(INSIDE.row - 1, 1)
    sheet.Rows.insertByIndex(0, 3)
    sheet.Columns.insertByIndex(0, 1)
    sheets.moveByName(INSIDE.sheet, 0)


@pytest.mark.parametrize("damage", [rename, rearrange])
def test_what_libreoffice_moved_comes_back(office: Office, tmp_path: Path, damage: Callable[[Any], None]) -> None:
    result = repair_workbook(changed(office, filled(full_report()), tmp_path, damage))
    assert result.lost == ()
    assert result.moved
    report = read_report(result.data)
    assert report == full_report()
    assert report.remarks == ()


def test_a_row_deleted_in_libreoffice_is_told(office: Office, tmp_path: Path) -> None:
    def delete(sheets: Any) -> None:
        unprotected(sheets).Rows.removeByIndex(INSIDE.row - 1, 1)

    result = repair_workbook(changed(office, filled(full_report()), tmp_path, delete))
    assert [FORM.labels_of("applications.withheld.internal.charity")[-2] in line for line in result.lost] == [True]
    report = read_report(result.data)
    assert report.remarks == ()
    kept = {a: f for a, f in full_report().figures.items() if not a.startswith("applications.withheld.internal.")}
    assert report.figures == kept
