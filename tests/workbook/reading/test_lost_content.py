"""What stands where nobody reads it, or cannot be read, is said: nothing is lost in silence."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from xxgk.report import Remark, Report
from xxgk.workbook.layout import layout_of
from xxgk.workbook.reading.read import read_workbook
from xxgk.workbook.template import new_workbook
from xxgk.xlsx.a1 import Cell

from support.reports import FORM, zero_report

LAYOUT = layout_of(FORM)
OVERVIEW = LAYOUT.narrative["overview"]


def read_after(tmp_path: Path, sheet: str, change: dict[str, object]) -> Report:
    """Return the report in a sound workbook in whose ``sheet`` some cells were typed over."""
    path = tmp_path / "改过.xlsx"
    path.write_bytes(new_workbook(FORM, zero_report()).data)
    book = openpyxl.load_workbook(path)
    for cell, value in change.items():
        book[sheet][cell] = value
    book.save(path)
    return read_workbook(path)


def found(report: Report, code: str) -> list[tuple[str, str]]:
    return [(r.seen, r.place.cell) for r in report.remarks if r.code == code and r.place]


def beside(cell: Cell, down: int, right: int) -> str:
    return Cell(cell.sheet, cell.row + down, cell.column + right).ref


def test_a_sound_workbook_has_no_remark(tmp_path: Path) -> None:
    assert read_after(tmp_path, OVERVIEW.sheet, {}).remarks == ()


def test_text_below_the_last_part_is_said(tmp_path: Path) -> None:
    below = beside(OVERVIEW.end, 2, 0)
    report = read_after(tmp_path, OVERVIEW.sheet, {below: "写到下面的一段。"})
    assert found(report, "S110") == [("写到下面的一段。", below)]


def test_text_in_the_kind_column_is_said(tmp_path: Path) -> None:
    kind = beside(OVERVIEW.cell, 5, 0)
    report = read_after(tmp_path, OVERVIEW.sheet, {kind: "写错了列的一段。"})
    assert found(report, "V106") == [("写错了列的一段。", kind)]


def test_an_error_value_is_no_text(tmp_path: Path) -> None:
    text = beside(OVERVIEW.cell, 0, 1)
    report = read_after(tmp_path, OVERVIEW.sheet, {text: "#NAME?"})
    assert found(report, "V106") == [("#NAME?", text)]
    assert "overview" not in report.narrative


@pytest.mark.parametrize("axis", ["row", "column"])
def test_numbers_in_an_inserted_line_are_said(tmp_path: Path, axis: str) -> None:
    plan = LAYOUT.tables["applications"]
    inside = LAYOUT.figures["applications.withheld.secret.business"]
    path = tmp_path / "插入.xlsx"
    path.write_bytes(new_workbook(FORM, zero_report()).data)
    book = openpyxl.load_workbook(path)
    sheet = book[plan.grid.sheet]
    (sheet.insert_rows(inside.row) if axis == "row" else sheet.insert_cols(inside.column))
    sheet[inside.ref] = 5
    area = plan.grid
    end = beside(area.end, int(axis == "row"), int(axis == "column"))
    name = book.defined_names[area.name]
    name.attr_text = f"'{area.sheet}'!${area.cell.ref[0]}${area.cell.ref[1:]}:${end[0]}${end[1:]}"
    book.save(path)
    report = read_workbook(path)
    assert [remark for remark in report.remarks if remark.code == "S110"] == [
        Remark("S110", "5", labels=(plan.table.name,))
    ]
    assert found(report, "S110") == [("5", inside.ref)]


@pytest.mark.parametrize(("typed", "form", "said"), [("２０２１", "2021", 0), (2021, "2021", 0), ("旧版", "", 1)])
def test_last_years_form_is_a_year(tmp_path: Path, typed: object, form: str, said: int) -> None:
    cell = LAYOUT.slots["previous_form"].cell
    figure = LAYOUT.previous["disclosure.normative.in_force"]
    report = read_after(tmp_path, cell.sheet, {cell.ref: typed, figure.ref: 3})
    assert report.previous is not None
    assert report.previous.form == form
    assert len(found(report, "V106")) == said


@pytest.mark.parametrize(("typed", "seen"), [(45294, "45294"), (True, "TRUE")])
def test_a_paragraph_that_became_a_number_is_said(tmp_path: Path, typed: object, seen: str) -> None:
    text = beside(OVERVIEW.cell, 0, 1)
    report = read_after(tmp_path, OVERVIEW.sheet, {text: typed})
    assert found(report, "V106") == [(seen, text)]
    assert [paragraph.text for paragraph in report.narrative["overview"]] == [seen]
