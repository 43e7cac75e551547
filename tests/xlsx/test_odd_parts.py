"""Parts that other programs or people wrote oddly: what is read, marked and mended says so, and never crashes."""

from __future__ import annotations

import re

import pytest

from xxgk.checks import check
from xxgk.errors import UnreadableWorkbook
from xxgk.mending.mend import mend_workbook
from xxgk.output.marks import mark, unmark
from xxgk.workbook.reading.read import read_report

from support.packages import packed, parts_of
from support.reports import FORM, example
from support.workbooks import LAYOUT, filled

BOOK = filled(example())
PERSON = LAYOUT.figures["applications.new.person"]
SHEET = f"xl/worksheets/sheet{LAYOUT.sheets.index(PERSON.sheet) + 1}.xml"
VAST = "9" * 5_000


def altered(part: str, pattern: str, new: str) -> bytes:
    """Return the example with the first match of ``pattern`` in a part replaced."""
    parts = parts_of(BOOK)
    text, count = re.subn(pattern, lambda _: new, parts[part].decode(), count=1)
    assert count == 1
    return packed({**parts, part: text.encode()})


@pytest.mark.parametrize(
    "element", ["<mergeCell ref='E8:F8'/>", '<mergeCell  ref="E8:F8"/>', '<mergeCell uid="1" ref="E8:F8"/>']
)
def test_a_merge_is_seen_however_it_is_written(element: str) -> None:
    report = read_report(altered(SHEET, "(?=</mergeCells>)", element))
    assert "S116" in {remark.code for remark in report.remarks}
    with pytest.raises(UnreadableWorkbook):
        read_report(altered(SHEET, "(?=</mergeCells>)", element.replace("E8:F8", "A1:XFD1048576")))


@pytest.mark.parametrize("key", ["previous.applications", "notes.applications", "processing_fee.received"])
def test_a_merge_of_any_cells_that_are_read_is_told(key: str) -> None:
    slot = LAYOUT.slots.get(key) or LAYOUT.slots[next(field.id for field in FORM.fields)]
    part = f"xl/worksheets/sheet{LAYOUT.sheets.index(slot.sheet) + 1}.xml"
    first = slot.cell if "notes" not in key else LAYOUT.notes["applications.new.person"]
    area = f"{first.ref}:{type(first)(first.sheet, first.row, first.column + 1).ref}"
    report = read_report(altered(part, "(?=</mergeCells>)", f'<mergeCell ref="{area}"/>'))
    assert [remark.seen for remark in report.remarks if remark.code == "S116"] == [area]


@pytest.mark.parametrize("new", ['<xf numFmtId="x" ', '<xf numFmtId="&nothing;" '])
def test_damaged_formats_are_not_taken_for_none(new: str) -> None:
    with pytest.raises(UnreadableWorkbook):
        read_report(altered("xl/styles.xml", '<cellXfs[^>]*><xf numFmtId="0" ', f"<cellXfs>{new}"))


@pytest.mark.parametrize(
    ("part", "pattern", "new"),
    [
        ("xl/workbook.xml", 'sheetId="1"', 'sheetId="²"'),
        ("xl/workbook.xml", 'sheetId="1"', f'sheetId="{VAST}"'),
        (SHEET, r'priority="[0-9]+"', f'priority="{VAST}"'),
        (SHEET, "(?=</row>)", f'<c r="XFD99" t="s"><v>{VAST}</v></c>'),
    ],
)
def test_numbers_that_are_none_stop_neither_marks_nor_mendings(part: str, pattern: str, new: str) -> None:
    data = altered(part, pattern, new)
    findings = check(read_report(data), FORM)
    assert read_report(unmark(mark(data, findings))) == read_report(data)
    assert mend_workbook(data).report == read_report(mend_workbook(data).data)
