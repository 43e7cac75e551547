"""LibreOffice calculates the proof of a sum to what was stored, and keeps what the next run needs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from test_workbook_office import resaved

from xxgk.consolidate.adjustments import label_of
from xxgk.consolidate.book import make, read_before
from xxgk.consolidate.figuresheet import DATA
from xxgk.consolidate.gather import Wanted, gather
from xxgk.consolidate.model import Adjustment
from xxgk.workbook.reading.read import read_report

from support.counties import COUNTY, ROSTER, TOWNS, taken, town_report
from support.office import Office
from support.reports import FORM
from support.workbooks import edited

pytestmark = pytest.mark.office

MADE = "disclosure.normative.made"


def stored(data: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(data), data_only=True)[DATA].iter_rows(min_row=4, values_only=True))


def test_the_proof_holds_where_it_is_calculated(office: Office, tmp_path: Path) -> None:
    files = [taken(town_report(name, {MADE: number})) for number, name in enumerate(TOWNS, 3)]
    gathered = gather(files, Wanted(ROSTER), [Adjustment("", MADE, -1, "联合发文")])
    target = tmp_path / "汇总.xlsx"
    made = make(gathered.top, gathered, None, (), {}, target).data
    # The adjustment is not typed into the sheet: there, sum + 0 is not what the table says.
    rows = {row[1]: row[6] for row in stored(resaved(office, made, tmp_path))}
    assert rows.pop(MADE) == "差 -1"
    assert set(rows.values()) == {"平"}

    def typed(workbook: object) -> None:
        for column, value in enumerate((label_of(FORM, MADE), -1, "联合发文"), 1):
            workbook["汇总调整"].cell(4, column, value)  # type: ignore[index]

    target.write_bytes(resaved(office, edited(made, typed), tmp_path))
    assert {row[6] for row in stored(target.read_bytes())} == {"平"}
    before = read_before(target, COUNTY.id)
    assert before is not None
    assert [line.adjustment for line in before.lines] == [Adjustment(COUNTY.id, MADE, -1, "联合发文")]
    again = make(gathered.top, gathered, before, before.lines, {}, target).data
    assert read_report(again) == read_report(made)
    assert stored(again) == stored(resaved(office, again, tmp_path))
