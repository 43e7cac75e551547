"""Previews of paragraphs with placeholders, beside the paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.narrative.resolve import resolve
from xxgk.records import replace
from xxgk.report import Figure, Paragraph, Report
from xxgk.workbook.layout import PREVIEW, PREVIEW_SOURCE, layout_of
from xxgk.workbook.printed import PREVIEW_BEGIN
from xxgk.workbook.reading.locate import locate
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.states import state_text
from xxgk.workbook.template import new_workbook
from xxgk.workbook.writing.previewed import with_previews, without_previews
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.book import open_book
from xxgk.xlsx.patch import patch
from xxgk.xlsx.sheetpatch import CellChange

from support.reports import FORM, zero_report

LAYOUT = layout_of(FORM)
SLOT = LAYOUT.narrative["overview"]
TEXTS = ("全年没有占位符。", "收到{{ 本年新收 }}件，认不得的{{今年新收}}。")


def written() -> Report:
    return replace(
        zero_report(), narrative={"overview": tuple(map(Paragraph, TEXTS))}, unit="和平镇人民政府", year=2023
    )


def book(report: Report) -> bytes:
    return new_workbook(FORM, report).data


def beside(data: bytes, line: int, column: int) -> str:
    return open_book(data).cells(SLOT.sheet).text(Cell("", SLOT.row + line, SLOT.column + column).ref)


def test_a_preview_stands_beside_its_paragraph_and_nowhere_else() -> None:
    data = with_previews(book(written()))
    assert beside(data, 1, PREVIEW) == resolve(written(), FORM).narrative["overview"][1].text
    assert beside(data, 1, PREVIEW_SOURCE).startswith(PREVIEW_BEGIN + TEXTS[1])
    assert not beside(data, 0, PREVIEW)
    assert with_previews(data) == data


def test_previews_are_no_part_of_the_report_and_go_without_a_trace() -> None:
    data = book(written())
    shown = with_previews(data)
    assert read_report(shown) == read_report(data)
    assert not read_report(shown).remarks
    gone = without_previews(shown)
    assert not beside(gone, 1, PREVIEW)
    assert not beside(gone, 1, PREVIEW_SOURCE)
    assert without_previews(data) == data


def test_a_preview_follows_its_paragraph() -> None:
    data = with_previews(book(written()))
    cell = SLOT.sheet, (SLOT.row + 1, SLOT.end.column)
    changed = with_previews(patch(data, {cell[0]: {cell[1]: CellChange("新收{{ 本年新收 }}件。")}}))
    assert beside(changed, 1, PREVIEW) == "新收0件。"
    assert not beside(with_previews(patch(data, {cell[0]: {cell[1]: CellChange("改写了。")}})), 1, PREVIEW)


@pytest.mark.parametrize(
    "address", [next(iter(a for a in LAYOUT.figures if a not in FORM.totals)), "processing_fee.received"]
)
def test_what_a_preview_was_made_of_changes_with_every_number(address: str) -> None:
    cell = LAYOUT.figures.get(address) or LAYOUT.fields[address]
    data = with_previews(book(written()))
    now = patch(data, {cell.sheet: {(cell.row, cell.column): CellChange(7)}})
    assert beside(with_previews(now), 1, PREVIEW_SOURCE) != beside(data, 1, PREVIEW_SOURCE)


def test_the_state_is_the_one_that_the_formulas_carry() -> None:
    data = with_previews(book(written()))
    places = locate(open_book(data))
    state = state_text(LAYOUT, lambda cell: open_book(data).cells(cell.sheet).text(cell.ref))
    assert places.content(Cell(SLOT.sheet, SLOT.row - 1, SLOT.column + PREVIEW_SOURCE)).text == state  # type: ignore[union-attr]
    assert beside(data, 1, PREVIEW_SOURCE) == PREVIEW_BEGIN + TEXTS[1] + state


def test_something_typed_where_previews_stand_is_still_found() -> None:
    cell = Cell(SLOT.sheet, SLOT.row + 5, SLOT.column + PREVIEW)
    data = patch(book(written()), {cell.sheet: {(cell.row, cell.column): CellChange("写错了地方的一段文字。")}})
    (remark,) = read_report(data).remarks
    assert (remark.code, remark.place and remark.place.cell) == ("S110", cell.ref)


def test_a_workbook_whose_rows_have_moved_gets_none() -> None:
    data = book(written())
    places = locate(open_book(data))
    moved = replace(places, slots={key: slot for key, slot in places.slots.items() if key != "overview"})
    from xxgk.workbook.previews import previews

    assert previews(places, read_report(data))
    assert not previews(moved, read_report(data))


def test_marking_writes_previews_and_unmarking_takes_them_out(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(book(replace(written(), fields={key: Figure(0) for key in LAYOUT.fields})))
    assert main(["check", str(path), "--mark"]) == 1
    assert "收到0件" in beside(path.read_bytes(), 1, PREVIEW)
    main(["check", str(path), "--unmark"])
    assert not beside(path.read_bytes(), 1, PREVIEW)
