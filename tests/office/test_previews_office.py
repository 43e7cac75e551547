"""LibreOffice turns a preview grey when its paragraph or any number has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.records import replace
from xxgk.report import Paragraph
from xxgk.workbook.layout import PREVIEW, PREVIEW_SOURCE, layout_of
from xxgk.workbook.printed import PREVIEW_BEGIN
from xxgk.workbook.template import new_workbook
from xxgk.workbook.writing.previewed import with_previews
from xxgk.xlsx.a1 import Cell

from support.office import Office
from support.reports import FORM, zero_report

LAYOUT = layout_of(FORM)
SLOT = LAYOUT.narrative["overview"]
TEXTS = ("收到{{ 本年新收 }}件。", "办结{{ 办结总数 }}件。")


@pytest.mark.office
def test_a_preview_is_outdated_as_soon_as_anything_has_changed(office: Office, tmp_path: Path) -> None:
    report = replace(zero_report(), narrative={"overview": tuple(map(Paragraph, TEXTS))})
    path = tmp_path / "年报.xlsx"
    path.write_bytes(with_previews(new_workbook(FORM, report).data))
    document = office.open(path)
    try:
        for sheet in document.Sheets:
            sheet.unprotect("")

        def cell(place: Cell):  # type: ignore[no-untyped-def]
            return document.Sheets.getByName(place.sheet).getCellByPosition(place.column - 1, place.row - 1)

        def beside(line: int, column: int) -> str:
            return str(cell(Cell(SLOT.sheet, SLOT.row + line, SLOT.column + column)).String)

        def outdated() -> list[bool]:
            document.calculateAll()
            state = beside(-1, PREVIEW_SOURCE)
            return [
                beside(line, PREVIEW_SOURCE) != PREVIEW_BEGIN + beside(line, SLOT.width - 1) + state for line in (0, 1)
            ]

        assert [beside(line, PREVIEW) for line in (0, 1)] == ["收到0件。", "办结0件。"]
        assert outdated() == [False, False]
        text = cell(Cell(SLOT.sheet, SLOT.row, SLOT.end.column))
        text.setString("改过。")
        assert outdated() == [True, False]
        text.setString(TEXTS[0])
        assert outdated() == [False, False]
        number = cell(next(place for address, place in LAYOUT.figures.items() if address not in FORM.totals))
        number.setValue(5)
        assert outdated() == [True, True]
    finally:
        document.close(True)
