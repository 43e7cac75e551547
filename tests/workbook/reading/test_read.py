"""Workbooks read into reports: what is typed where, however the file was saved or rearranged."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl import Workbook

from xxgk.errors import UnreadableWorkbook
from xxgk.formats import loader
from xxgk.records import replace
from xxgk.report import Explanation, Figure, Paragraph, Place, Reading, Remark, Report, Waiver
from xxgk.workbook.layout import META, PREVIOUS
from xxgk.workbook.reading.read import read_report, read_workbook
from xxgk.xlsx.a1 import Cell

from support.packages import packed, parts_of
from support.reports import FORM, example
from support.workbooks import LAYOUT, TEMPLATE, decimal, edited, filled, full_report, insert_columns, insert_rows

PERSON = "applications.new.person"


def typed(values: dict[Cell, Any]) -> bytes:
    """Return the template with values typed into cells."""

    def type_in(workbook: Workbook) -> None:
        for cell, value in values.items():
            workbook[cell.sheet][cell.ref] = value

    return edited(TEMPLATE, type_in)


FULL = full_report()
FULL_DATA = filled(FULL)


# ------------------------------------------------------------------ the same cells, saved by other programs


def by_xlsxwriter(data: bytes) -> bytes:
    """Return the cells and names of ``data`` written anew by XlsxWriter: shared strings, no blank cells."""
    values, texts = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (True, False))
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_numbers": False})
    for source in texts.worksheets:
        sheet = workbook.add_worksheet(source.title)
        for cell in (cell for row in source.iter_rows() for cell in row if cell.value is not None):
            place = (cell.row - 1, cell.column - 1)
            value = values[source.title].cell(cell.row, cell.column).value
            if cell.data_type == "f":
                sheet.write_formula(*place, cell.value, value="" if value is None else value)
            elif isinstance(value, datetime):
                sheet.write_datetime(*place, value)
            elif isinstance(value, str):
                sheet.write_string(*place, value)
            else:
                sheet.write(*place, value)
    for name in texts.defined_names.values():
        workbook.define_name(name.name, f"={name.value}")
    workbook.close()
    return out.getvalue()


RESAVED = {"openpyxl": lambda data: edited(data, lambda workbook: None), "XlsxWriter": by_xlsxwriter}


@pytest.mark.parametrize("program", RESAVED)
@pytest.mark.parametrize("report", [FULL, example()], ids=["full", "example"])
def test_a_workbook_reads_the_same_whoever_saved_it(program: str, report: Report) -> None:
    read = read_report(RESAVED[program](filled(report)))
    assert read == report
    assert read.remarks == ()


def test_prefixed_xml_reads_the_same() -> None:
    parts = parts_of(FULL_DATA)
    for name, data in parts.items():
        if name.startswith("xl/w"):
            parts[name] = prefixed(data)
    assert read_report(packed(parts)) == FULL


def prefixed(xml: bytes) -> bytes:
    """Return a part with every element of the default namespace under a prefix."""
    renamed = re.sub(rb"<(/?)([A-Za-z]+)(?=[\s/>])", rb"<\1x:\2", xml)
    return renamed.replace(b" xmlns=", b" xmlns:x=", 1)


# ------------------------------------------------------------------ where values stand


def test_every_value_keeps_its_sheet_and_cell() -> None:
    report = read_report(FULL_DATA)
    for address, figure in report.figures.items():
        cell = LAYOUT.figures[address]
        assert figure.place == Place(cell.sheet, cell.ref)
    assert report.previous is not None
    for address, figure in report.previous.figures.items():
        assert figure.place == Place(PREVIOUS, LAYOUT.previous[address].ref)
    for part_id, paragraphs in report.narrative.items():
        slot = LAYOUT.narrative[part_id]
        assert paragraphs[0].place == Place(slot.sheet, Cell(slot.sheet, slot.row, slot.column + 1).ref)
    for key, cell in LAYOUT.cover.items():
        assert report.places[key] == Place(cell.sheet, cell.ref)


def test_places_are_the_files_own_when_things_have_moved() -> None:
    data = edited(FULL_DATA, lambda workbook: insert_rows(workbook, LAYOUT.figures[PERSON].sheet, 1, 2))
    report = read_report(data)
    cell = LAYOUT.figures[PERSON]
    moved = Place(cell.sheet, Cell(cell.sheet, cell.row + 2, cell.column).ref)
    assert report.figures[PERSON].place == moved
    assert report.places[PERSON] == moved
    assert report == FULL


# ------------------------------------------------------------------ rearranged workbooks


def test_rows_above_and_columns_left_do_no_harm() -> None:
    def rearrange(workbook: Workbook) -> None:
        for shift, sheet in enumerate(LAYOUT.sheets, 1):
            insert_rows(workbook, sheet, 1, shift)
            insert_columns(workbook, sheet, 1, 2)

    read = read_report(edited(FULL_DATA, rearrange))
    assert read == FULL
    assert read.remarks == ()


def test_renamed_sheets_are_found_by_name() -> None:
    parts = parts_of(FULL_DATA)
    text = parts["xl/workbook.xml"].decode()
    for sheet in LAYOUT.sheets:
        text = text.replace(sheet, f"{sheet}改")
    parts["xl/workbook.xml"] = text.encode()
    read = read_report(packed(parts))
    assert read == FULL
    assert read.remarks == ()
    assert read.places["unit"].sheet == LAYOUT.cover["unit"].sheet + "改"


def test_without_names_everything_is_found_by_its_labels_with_a_remark() -> None:
    read = read_report(edited(FULL_DATA, lambda workbook: workbook.defined_names.clear()))
    assert read == FULL
    assert {remark.code for remark in read.remarks} == {"S115"}
    assert {remark.labels for remark in read.remarks} == {(s.sheet,) for s in LAYOUT.slots.values() if s.sheet != META}


def test_a_broken_name_is_as_good_as_none() -> None:
    def break_name(workbook: Workbook) -> None:
        workbook.defined_names[LAYOUT.slots["unit"].name].value = "#REF!"

    read = read_report(edited(FULL_DATA, break_name))
    assert read == FULL
    assert [(remark.code, remark.expected) for remark in read.remarks] == [("S115", LAYOUT.slots["unit"].name)]


def test_a_name_of_a_copied_sheet_does_not_count() -> None:
    parts = parts_of(FULL_DATA)
    name = LAYOUT.slots["unit"].name.encode()
    other = b'<definedName name="' + name + b'" localSheetId="1">' + "'首页'!$Z$99".encode() + b"</definedName>"
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</definedNames>", other + b"</definedNames>")
    assert read_report(packed(parts)) == FULL


def test_a_deleted_sheet_is_reported_and_the_rest_is_read() -> None:
    plan = LAYOUT.tables["disputes"]
    read = read_report(edited(FULL_DATA, lambda workbook: workbook.remove(workbook[plan.grid.sheet])))
    assert [(remark.code, remark.expected) for remark in read.remarks] == [("S103", plan.grid.sheet)]
    assert read.figures == {a: f for a, f in FULL.figures.items() if not a.startswith("disputes.")}


def test_a_row_inserted_inside_a_table_shifts_nothing() -> None:
    plan = LAYOUT.tables["applications"]
    row = LAYOUT.figures["applications.withheld.process.person"].row
    read = read_report(edited(FULL_DATA, lambda workbook: insert_rows(workbook, plan.grid.sheet, row, 1)))
    assert read == FULL
    assert read.remarks == ()


def test_a_row_deleted_inside_a_table_is_missing_and_shifts_nothing() -> None:
    plan = LAYOUT.tables["applications"]
    row_id = "withheld.process"
    gone = [a for a in plan.table.addresses if a.startswith(f"applications.{row_id}.")]
    row = LAYOUT.figures[gone[0]].row
    read = read_report(edited(FULL_DATA, lambda workbook: insert_rows(workbook, plan.grid.sheet, row, -1)))
    left = {a: f for a, f in FULL.figures.items() if a not in gone and a not in FORM.totals}
    assert {a: f for a, f in read.figures.items() if a not in FORM.totals} == left
    label = plan.table.labels[gone[0]][-2]
    assert [(remark.code, remark.expected) for remark in read.remarks] == [("S103", label)]


def test_a_column_inserted_inside_a_table_shifts_nothing() -> None:
    def insert(workbook: Workbook) -> None:
        for address in ("applications.new.research", "disputes.suit_direct.other"):
            insert_columns(workbook, LAYOUT.figures[address].sheet, LAYOUT.figures[address].column, 1)

    read = read_report(edited(FULL_DATA, insert))
    assert read == FULL
    assert read.remarks == ()


def test_swapped_rows_are_read_by_their_labels() -> None:
    plan = LAYOUT.tables["disclosure"]
    first, second = (LAYOUT.figures[f"disclosure.{row}.decisions"].row for row in ("penalties", "coercion"))

    def swap(workbook: Workbook) -> None:
        sheet = workbook[plan.grid.sheet]
        for column in (plan.grid.column, plan.grid.column + 1):
            upper, lower = sheet.cell(first, column), sheet.cell(second, column)
            upper.value, lower.value = lower.value, upper.value

    read = read_report(edited(FULL_DATA, swap))
    assert read == FULL


def test_a_changed_label_is_remarked_once_and_its_row_is_read() -> None:
    plan = LAYOUT.tables["applications"]
    grid = next(cell for cell in plan.table.grid if cell.text.startswith("2."))
    at = Cell(plan.grid.sheet, plan.grid.row + grid.row, plan.grid.column + grid.column)
    data = edited(FULL_DATA, lambda workbook: setattr(workbook[at.sheet][at.ref], "value", "2.其他法律行政止公开"))
    read = read_report(data)
    assert read == FULL
    assert read.remarks == (Remark("S101", "2.其他法律行政止公开", grid.text, labels=("表三", grid.text)),)
    assert read.remarks[0].place == Place(at.sheet, at.ref)


def test_labels_may_be_spaced_or_full_width() -> None:
    plan = LAYOUT.tables["applications"]

    def widen(workbook: Workbook) -> None:
        for cell in plan.table.grid:
            if cell.text:
                target = workbook[plan.grid.sheet].cell(plan.grid.row + cell.row, plan.grid.column + cell.column)
                target.value = "　".join(cell.text).replace("（", "(").replace("1", "１") + "\n"

    read = read_report(edited(FULL_DATA, widen))
    assert read == FULL
    assert read.remarks == ()


def test_a_row_deleted_from_the_list_of_last_year_is_missing_and_shifts_nothing() -> None:
    gone = "applications.disclosed."
    row = LAYOUT.previous[f"{gone}person"].row
    read = read_report(edited(FULL_DATA, lambda workbook: insert_rows(workbook, PREVIOUS, row, -1)))
    label = FORM.tables["applications"].member_label("rows", "disclosed")
    assert [(remark.code, remark.expected) for remark in read.remarks] == [("S103", label)]
    assert read.previous is not None
    assert FULL.previous is not None
    left = {a: f for a, f in FULL.previous.figures.items() if not a.startswith(gone) and a not in FORM.totals}
    assert {a: f for a, f in read.previous.figures.items() if a not in FORM.totals} == left


# ------------------------------------------------------------------ form and version


def test_another_version_of_the_template_is_remarked() -> None:
    read = read_report(typed({LAYOUT.meta["version"]: "99"}))
    assert [(remark.code, remark.seen) for remark in read.remarks] == [("S104", "99")]


def test_the_hidden_sheet_may_be_gone() -> None:
    read = read_report(edited(FULL_DATA, lambda workbook: workbook.remove(workbook[META])))
    assert read == FULL
    assert [(remark.code, remark.seen) for remark in read.remarks] == [("S104", "")]


@pytest.mark.parametrize(("year", "form"), [(2023, FORM.id), (2031, "younger"), ("明年", "younger"), (2001, "younger")])
def test_without_the_hidden_sheet_the_year_tells_the_form(
    year: object, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    younger = replace(FORM, id="younger", since=2031)
    monkeypatch.setattr(loader, "_first_years", lambda: [(one.since, one.id) for one in (FORM, younger)])
    monkeypatch.setattr(loader, "load_form", {FORM.id: FORM, younger.id: younger}.__getitem__)

    def change(workbook: Workbook) -> None:
        workbook.remove(workbook[META])
        workbook[LAYOUT.cover["year"].sheet][LAYOUT.cover["year"].ref] = year

    assert read_report(edited(FULL_DATA, change)).form == form


# ------------------------------------------------------------------ single cells


FIGURE_CELLS = [
    (12, Figure(12)),
    (12.0, Figure(12)),
    (7730.2799999999997, Figure(decimal("7730.28"))),
    (0.1 + 0.2, Figure(decimal("0.3"))),
    (-3, Figure(-3)),
    ("12", Figure(12, reading=Reading.TEXT_NUMBER, seen="12")),
    ("１２", Figure(12, reading=Reading.TEXT_NUMBER, seen="１２")),
    ("\u3000 0\xa0", Figure(0, reading=Reading.TEXT_NUMBER, seen="\u3000 0\xa0")),
    ("/", Figure(None, reading=Reading.PLACEHOLDER, seen="/")),
    ("22（其中修订16件）", Figure(22, "其中修订16件", Reading.ANNOTATED, "22（其中修订16件）")),
    ("十二", Figure(None, reading=Reading.UNREADABLE, seen="十二")),
    (True, Figure(None, reading=Reading.UNREADABLE, seen="TRUE")),
    ("#REF!", Figure(None, reading=Reading.UNREADABLE, seen="#REF!")),
    (10**15, Figure(None, reading=Reading.UNREADABLE, seen="1000000000000000")),
    ("   ", None),
]


def test_a_cell_is_understood_or_reported() -> None:
    addresses = [a for a in LAYOUT.figures if a.startswith("applications.") and a not in FORM.totals]
    tried = list(zip(addresses, FIGURE_CELLS, strict=False))
    assert len(tried) == len(FIGURE_CELLS)
    read = read_report(typed({LAYOUT.figures[address]: value for address, (value, _) in tried}))
    for address, (_, expected) in tried:
        assert read.figures.get(address) == expected


def test_remarks_stand_with_their_figures() -> None:
    notes, figures = LAYOUT.notes, LAYOUT.figures
    review = "disputes.review.upheld"
    read = read_report(
        typed(
            {
                figures[PERSON]: "22（其中修订16件）",
                notes[PERSON]: "网络申请 3 件",
                notes["applications.new.business"]: "没有填数",
                figures[review]: 1,
                notes[review]: "含上年度结转数量",
            }
        )
    )
    assert read.figures[PERSON].note == "其中修订16件；网络申请 3 件"
    assert read.figures["applications.new.business"] == Figure(None, "没有填数")
    assert read.figures[review] == Figure(1, "含上年度结转数量")


def test_totals_are_ours_to_compute_unless_stated() -> None:
    # What is typed over the total of four rows whose parts are all 2, and what is stated then.
    typed_over: dict[str, Any] = {"new": None, "carried_in": 12, "disclosed": 5, "partial": "=1+1"}
    cells: dict[Cell, Any] = {}
    for row, value in typed_over.items():
        total = f"applications.{row}.total"
        cells.update({LAYOUT.figures[part]: 2 for part in FORM.totals[total].parts})
        if value is not None:
            cells[LAYOUT.figures[total]] = value
    read = read_report(typed(cells))
    assert {a: f for a, f in read.figures.items() if a in FORM.totals} == {"applications.disclosed.total": Figure(5)}


def test_a_formula_in_an_input_cell_counts_with_a_remark() -> None:
    cell = LAYOUT.figures[PERSON]
    data = typed({cell: "=3*4"})
    parts = parts_of(data)
    for name, part in parts.items():
        parts[name] = part.replace(b"<f>3*4</f><v></v>", b"<f>3*4</f><v>12</v>").replace(
            b"<f>3*4</f><v/>", b"<f>3*4</f><v>12</v>"
        )
    read = read_report(packed(parts))
    assert read.figures[PERSON] == Figure(12)
    assert [(remark.code, remark.seen, remark.address) for remark in read.remarks] == [("S105", "=3*4", PERSON)]
    # openpyxl stores no value with a formula: nothing was typed that could be read.
    assert PERSON not in read_report(data).figures


def test_cover_fields_as_people_type_them() -> None:
    cover = LAYOUT.cover
    read = read_report(
        typed(
            {
                cover["unit"]: "和平镇人民政府",
                cover["year"]: "２０２３年度",
                cover["level"]: " 乡镇街道 ",
                cover["date"]: datetime(2024, 1, 23),
            }
        )
    )
    assert (read.unit, read.year, read.level, read.date) == ("和平镇人民政府", 2023, "township", date(2024, 1, 23))
    assert read.remarks == ()


def test_cover_fields_that_cannot_be_read_are_remarked() -> None:
    cover = LAYOUT.cover
    read = read_report(typed({cover["year"]: "二〇二三", cover["level"]: "镇", cover["date"]: "2024-2-30"}))
    assert (read.year, read.level, read.date) == (None, "unknown", None)
    assert {(remark.code, remark.address, remark.seen) for remark in read.remarks} == {
        ("V106", "year", "二〇二三"),
        ("S107", "level", "镇"),
        ("V106", "date", "2024-2-30"),
    }


def test_dates_count_from_the_day_that_the_workbook_says() -> None:
    parts = parts_of(typed({LAYOUT.cover["date"]: 43852}))
    assert read_report(packed(parts)).date == date(2020, 1, 22)
    text = parts["xl/workbook.xml"]
    assert b"<workbookPr" in text
    parts["xl/workbook.xml"] = text.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
    assert read_report(packed(parts)).date == date(2024, 1, 23)


def test_paragraphs_keep_their_text_and_skip_empty_rows() -> None:
    slot = LAYOUT.narrative["overview"]

    def kind(line: int) -> Cell:
        return Cell(slot.sheet, slot.row + line, slot.column)

    def text(line: int) -> Cell:
        return Cell(slot.sheet, slot.row + line, slot.column + 1)

    heading = next(kind for kind in FORM.paragraph_kinds if kind.heading == 3)
    read = read_report(
        typed(
            {
                text(0): "第一段\n第二行 ",
                kind(1): heading.label,
                text(3): "小标题",
                kind(3): f" {heading.label}",
                text(5): "其他",
                kind(5): "图片",
            }
        )
    )
    assert read.narrative == {
        "overview": (Paragraph("第一段\n第二行 "), Paragraph("小标题", 3), Paragraph("其他")),
    }
    assert [(remark.code, remark.seen, remark.place) for remark in read.remarks] == [
        ("S106", "图片", Place(slot.sheet, kind(5).ref))
    ]


def test_lists_and_single_fields() -> None:
    waivers, address = LAYOUT.waivers, next(iter(LAYOUT.explanations))
    fee = LAYOUT.fields["processing_fee.received"]
    read = read_report(
        typed(
            {
                Cell(waivers.sheet, waivers.row + 2, waivers.column): " A101 ",
                Cell(waivers.sheet, waivers.row + 2, waivers.column + 1): "已核对",
                LAYOUT.explanations[address]: "集中清理",
                LAYOUT.table_notes["disputes"]: "含上年度结转数量",
                fee: "380元",
                Cell(fee.sheet, fee.row, fee.column + 1): "两件",
            }
        )
    )
    assert read.waivers == (Waiver("A101", "已核对"),)
    assert read.explanations == (Explanation(address, "集中清理"),)
    assert read.table_notes == {"disputes": "含上年度结转数量"}
    assert read.fields == {"processing_fee.received": Figure(380, "两件", Reading.ANNOTATED, "380元")}


def test_last_year_is_nothing_until_a_figure_stands_there() -> None:
    assert read_report(filled(Report(FORM.id, year=2023))).previous is None
    read = read_report(typed({LAYOUT.previous[PERSON]: 4, LAYOUT.slots["previous_form"].cell: 2021}))
    assert read.previous == Report("2021", figures={PERSON: Figure(4)})


# ------------------------------------------------------------------ whole files


def test_a_message_names_the_file_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(path)
    assert str(caught.value) == f"读不了 {path}：没有这个文件，请核对文件名和所在的文件夹。"


def test_a_file_on_disk_is_read(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(FULL_DATA)
    assert read_workbook(path) == FULL
