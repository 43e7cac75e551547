"""Workbooks rearranged in LibreOffice itself: rows, columns and sheets inserted, deleted, moved and copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xxgk.report import Report
from xxgk.workbook.layout import PREVIOUS
from xxgk.workbook.reading.read import read_workbook

from support.office import Office
from support.workbooks import LAYOUT, filled, full_report

pytestmark = pytest.mark.office

FULL = full_report()
TABLE = LAYOUT.tables["applications"].grid


@pytest.fixture
def after(office: Office, tmp_path: Path) -> Callable[[Callable[[Any], None]], Report]:
    """Return what is read from the full workbook after a change made in LibreOffice and saved there."""

    def read(change: Callable[[Any], None]) -> Report:
        source, target = tmp_path / "年报.xlsx", tmp_path / "改过.xlsx"
        source.write_bytes(filled(FULL))
        document = office.open(source)
        try:
            for sheet in document.Sheets:
                sheet.unprotect("")
            change(document)
            office.save_as(document, target, "Calc MS Excel 2007 XML")
        finally:
            document.close(True)
        return read_workbook(target)

    return read


def codes(report: Report) -> set[str]:
    return {remark.code for remark in report.remarks}


def test_inserted_lines_do_no_harm(after: Callable[[Callable[[Any], None]], Report]) -> None:
    row = LAYOUT.figures["applications.withheld.process.person"].row - 1
    overview = LAYOUT.narrative["overview"]

    def insert(document: Any) -> None:
        document.Sheets.getByName(TABLE.sheet).Rows.insertByIndex(row, 2)
        document.Sheets.getByName(TABLE.sheet).Columns.insertByIndex(TABLE.column + 4, 1)
        document.Sheets.getByName(TABLE.sheet).Rows.insertByIndex(0, 3)
        document.Sheets.getByName(PREVIOUS).Rows.insertByIndex(LAYOUT.previous["disputes.review.upheld"].row - 1, 1)
        document.Sheets.getByName(PREVIOUS).Columns.insertByIndex(2, 1)
        document.Sheets.getByName(overview.sheet).Rows.insertByIndex(overview.row, 2)

    report = after(insert)
    assert report == FULL
    assert codes(report) == set()


def test_deleted_lines_are_named_and_shift_nothing(after: Callable[[Callable[[Any], None]], Report]) -> None:
    gone = "applications.withheld.process."
    row = LAYOUT.figures[f"{gone}person"].row - 1
    report = after(lambda document: document.Sheets.getByName(TABLE.sheet).Rows.removeByIndex(row, 1))
    assert {a for a, f in report.figures.items() if f != FULL.figures.get(a) and not a.endswith("total")} <= {
        a for a in LAYOUT.figures if a.startswith("applications.processed.")
    }
    assert not any(address.startswith(gone) for address in report.figures)
    assert "S103" in codes(report)


def test_renamed_moved_and_copied_sheets(after: Callable[[Callable[[Any], None]], Report]) -> None:
    cell = LAYOUT.figures["disputes.review.upheld"]

    def change(document: Any) -> None:
        sheets = document.Sheets
        sheets.copyByName(cell.sheet, "复印件", 0)
        sheets.getByName("复印件").getCellRangeByName(cell.ref).Value = 777
        sheets.getByName(cell.sheet).Name = "表四"
        sheets.moveByName(TABLE.sheet, 0)
        sheets.getByName(PREVIOUS).IsVisible = False

    report = after(change)
    assert report == FULL
    assert codes(report) == {"S111", "S113"}
    (copy,) = (remark for remark in report.remarks if remark.code == "S113")
    assert (copy.seen, copy.expected) == ("复印件", "表四")
