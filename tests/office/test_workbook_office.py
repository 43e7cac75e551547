"""Workbooks that LibreOffice saved are read and patched like our own, and it agrees with the values we write."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from xxgk.records import replace
from xxgk.report import Figure, Report
from xxgk.workbook.formula import snapshot
from xxgk.workbook.formulas import formulas
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.writing.write import fill_workbook

from support.office import Office
from support.packages import packed, parts_of
from support.reports import FORM, example
from support.sizes import spread
from support.workbooks import LAYOUT, TEMPLATE, filled, full_report

pytestmark = pytest.mark.office

XLSX = "Calc MS Excel 2007 XML"


def resaved(office: Office, data: bytes, folder: Path) -> bytes:
    """Return ``data`` opened, recalculated and saved by LibreOffice."""
    before, after = folder / "before.xlsx", folder / "after.xlsx"
    before.write_bytes(data)
    document = office.open(before)
    try:
        document.calculateAll()
        office.save_as(document, after, XLSX)
    finally:
        document.close(True)
    return after.read_bytes()


@pytest.mark.parametrize("report", [example(), full_report()], ids=["example", "full"])
def test_a_workbook_that_libreoffice_saved_reads_the_same(office: Office, tmp_path: Path, report: Report) -> None:
    read = read_report(resaved(office, filled(report), tmp_path))
    assert read == report
    assert read.remarks == ()


def test_a_workbook_that_libreoffice_saved_can_be_filled(office: Office, tmp_path: Path) -> None:
    saved = resaved(office, filled(full_report()), tmp_path)
    for report in spread((example(), full_report()), 1):
        result = fill_workbook(saved, report, FORM)
        assert result.problems == ()
        assert read_report(result.data) == report
        assert read_report(resaved(office, result.data, tmp_path)) == report


def test_libreoffice_calculates_the_values_that_we_write(office: Office, tmp_path: Path) -> None:
    for report in spread((full_report(), example(), Report(FORM.id)), 2):
        workbook = openpyxl.load_workbook(io.BytesIO(resaved(office, filled(report), tmp_path)), data_only=True)
        state = snapshot(FORM, report)
        stated = {LAYOUT.figures[address] for address in report.figures}
        for formula in formulas(LAYOUT):
            if formula.cell not in stated:
                value, expected = workbook[formula.cell.sheet][formula.cell.ref].value, formula.value(state)
                assert (value if value is not None else "") == expected, formula.cell


def test_formulas_that_libreoffice_shares_are_not_orphaned(office: Office, tmp_path: Path) -> None:
    """A shared formula as Excel saves them, its master replaced by a stated total."""
    parts = parts_of(filled(example()))
    name = next(name for name, part in parts.items() if name.startswith("xl/worksheets/") and b'r="K31"' in part)
    text = parts[name].decode()
    plain = re.compile(r'(<c r="K(8|9|10)"[^>]*>)<f>[^<]*</f>')
    assert len(plain.findall(text)) == 3
    text = plain.sub(
        lambda found: (
            f'{found[1]}<f t="shared" ref="K8:K10" si="0">SUM(E8:J8)</f>'
            if found[2] == "8"
            else f'{found[1]}<f t="shared" si="0"/>'
        ),
        text,
    )
    parts[name] = text.encode()
    report = replace(example(), figures={**example().figures, "applications.new.total": Figure(3)})
    result = fill_workbook(packed(parts), report, FORM)
    read = read_report(resaved(office, result.data, tmp_path))
    assert read == report


def test_the_template_itself_survives_libreoffice(office: Office, tmp_path: Path) -> None:
    assert read_report(resaved(office, TEMPLATE, tmp_path)) == read_report(TEMPLATE)
