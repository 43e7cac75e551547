"""Text that begins like a formula is still text when LibreOffice has saved the workbook, twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.workbook.reading.read import read_report
from xxgk.workbook.writing.write import fill_workbook

from support.office import Office
from support.reports import FORM, texts_everywhere
from support.workbooks import filled

TEXTS = ("=1+1", "+86", "-5", "@SUM(A1)", "\t=1+1", "\n=1+1", "＝1+1", "＋1", "'=1", "=cmd|'/c calc'!A1", "{=1}")
XLSX = "Calc MS Excel 2007 XML"


@pytest.mark.office
def test_text_stays_text_when_libreoffice_saves_it(office: Office, tmp_path: Path) -> None:
    report = texts_everywhere(TEXTS)
    data = filled(report)
    for number in (1, 2):
        before, after = tmp_path / f"{number}.xlsx", tmp_path / f"{number} 另存.xlsx"
        before.write_bytes(data)
        document = office.open(before)
        document.calculateAll()
        office.save_as(document, after, XLSX)
        document.close(True)
        assert read_report(after.read_bytes()) == report
        data = fill_workbook(after.read_bytes(), report, FORM).data
    assert read_report(data) == report
