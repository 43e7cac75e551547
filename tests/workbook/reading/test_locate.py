"""Rearranged, damaged and copied workbooks: every number is read from where it belongs, or its loss is said."""

from __future__ import annotations

import io
import itertools
import os
import re
from collections.abc import Callable
from random import Random

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xxgk.errors import UnreadableWorkbook
from xxgk.records import replace
from xxgk.report import Report
from xxgk.workbook.layout import CHECKS, COVER, META, PREVIOUS
from xxgk.workbook.printed import patterns_of, printed_cells
from xxgk.workbook.reading.doubts import NUMBERS
from xxgk.workbook.reading.read import read_report
from xxgk.xlsx.a1 import Cell, Slot

from support.reports import FORM
from support.sizes import FULL as FULL_RUN
from support.sizes import spread
from support.workbooks import LAYOUT, TEMPLATE, edited, filled, full_report, insert_columns, insert_rows

FULL = full_report()
FULL_DATA = filled(FULL)
TABLES = tuple(LAYOUT.tables)
GRIDS = {table: LAYOUT.tables[table].grid for table in TABLES}
TYPED = "填的字"
EXAMPLES = int(os.environ.get("XXGK_REARRANGED", 12 if FULL_RUN else 6))


def read_after(change: Callable[[Workbook], None], data: bytes = FULL_DATA) -> Report:
    return read_report(edited(data, change))


def codes(report: Report) -> list[str]:
    return sorted(remark.code for remark in report.remarks)


def unnamed(workbook: Workbook) -> None:
    workbook.defined_names.clear()


def label_cell(text: str, sheet: str) -> str:
    return next(at for at, label in printed_cells(FORM)[sheet] if label == text)


# ------------------------------------------------------------------ the map itself


def test_every_printed_label_stands_in_the_template() -> None:
    workbook = edited(TEMPLATE, lambda workbook: None)
    assert read_report(workbook).remarks == ()
    sheets = openpyxl.load_workbook(io.BytesIO(TEMPLATE))
    for pattern in patterns_of(FORM).values():
        for label in pattern.labels:
            assert sheets[pattern.sheet].cell(label.row, label.column).value == label.text


def test_every_typed_cell_belongs_to_a_pattern() -> None:
    patterned = {Cell(p.sheet, *cell) for p in patterns_of(FORM).values() for cell in p.cells}
    assert patterned.issuperset(LAYOUT.figures.values())
    assert patterned.issuperset(LAYOUT.notes.values())
    assert patterned.issuperset(LAYOUT.previous.values())
    assert all(any(cell in slot for cell in patterned) for slot in LAYOUT.slots.values())


# ------------------------------------------------------------------ rows and columns


PRINTED = [sheet for sheet in LAYOUT.sheets if sheet in printed_cells(FORM)]


@pytest.mark.parametrize(("sheet", "axis"), spread(itertools.product(PRINTED, ("row", "column")), 7))
def test_lines_inserted_by_a_program_that_forgets_names_do_no_harm(sheet: str, axis: str) -> None:
    """openpyxl moves cells and leaves the names where they were."""

    def insert(workbook: Workbook) -> None:
        if axis == "row":
            workbook[sheet].insert_rows(2, 3)
        else:
            workbook[sheet].insert_cols(1, 2)

    report = read_after(insert)
    assert report == FULL
    # openpyxl leaves merges behind as well, and these may come to lie over numbers.
    assert [code for code in codes(report) if code != "S116"] == ([] if sheet == META else ["S115"])


def test_a_row_inserted_anywhere_in_the_list_of_last_year_shifts_nothing() -> None:
    for row in spread(sorted({cell.row for cell in LAYOUT.previous.values()})[::6], 3):
        assert read_after(lambda workbook, at=row: insert_rows(workbook, PREVIOUS, at, 1)) == FULL  # type: ignore[misc]
        assert read_after(lambda workbook, at=row: workbook[PREVIOUS].insert_rows(at)) == FULL  # type: ignore[misc]


@pytest.mark.parametrize("key", ["unit", "date", "previous_year", "processing_fee.received"])
def test_a_column_between_label_and_cell_is_seen_by_the_name(key: str) -> None:
    slot = LAYOUT.slots[key]
    report = read_after(lambda workbook: insert_columns(workbook, slot.sheet, slot.column, 1))
    assert report == FULL


def strangers(report: Report) -> list[str]:
    """Return the codes of all remarks but those on names that had to be made up for."""
    return [code for code in codes(report) if code != "S115"]


@pytest.mark.parametrize(("part", "text"), spread(itertools.product(LAYOUT.narrative, ["", "插在最前面的一段。"]), 3))
def test_a_row_above_the_first_paragraph_shifts_nothing_printed(part: str, text: str) -> None:
    """The prompts beside a written part and the heading of its sheet are the template's own."""
    slot = LAYOUT.slots[part]

    def insert(workbook: Workbook) -> None:
        insert_rows(workbook, slot.sheet, slot.row, 1)
        workbook[slot.sheet].cell(slot.row, slot.end.column).value = text or None

    report = read_after(insert)
    before = [paragraph.text for paragraph in FULL.narrative.get(part, ())]
    assert [p.text for p in report.narrative.get(part, ())] == [*([text] if text else []), *before]
    assert {p: t for p, t in report.narrative.items() if p != part} == {
        p: t for p, t in FULL.narrative.items() if p != part
    }
    assert strangers(report) == []


def test_a_text_of_ones_own_in_place_of_the_prompts_is_still_said() -> None:
    slot = LAYOUT.slots["problems"]

    def insert(workbook: Workbook) -> None:
        insert_rows(workbook, slot.sheet, slot.row, 1)
        workbook[slot.sheet].cell(slot.row + 1, slot.end.column + 1).value = "写错地方的一段。"

    assert strangers(read_after(insert)) == ["S110"]


@pytest.mark.parametrize("count", [1, 6, 12])
def test_the_text_below_another_is_found_however_much_that_has_grown(count: int) -> None:
    slot = LAYOUT.slots["preface"]
    report = read_after(lambda workbook: insert_rows(workbook, slot.sheet, slot.row + 1, count))
    assert report == FULL
    assert strangers(report) == []


@pytest.mark.parametrize("table", [table for table in TABLES if LAYOUT.tables[table].table.across])
@pytest.mark.parametrize("below", [0, 1])
def test_the_only_row_of_numbers_is_found_between_blank_rows(table: str, below: int) -> None:
    row = next(cell.row for address, cell in LAYOUT.figures.items() if address.startswith(f"{table}."))
    report = read_after(lambda workbook: insert_rows(workbook, GRIDS[table].sheet, row + below, 1))
    assert report == FULL
    assert report.remarks == ()


@pytest.mark.parametrize("table", [table for table in TABLES if LAYOUT.tables[table].table.across])
@pytest.mark.parametrize("below", [0, 1])
def test_of_two_rows_of_numbers_neither_is_guessed(table: str, below: int) -> None:
    first = next(cell for address, cell in LAYOUT.figures.items() if address.startswith(f"{table}."))

    def insert(workbook: Workbook) -> None:
        insert_rows(workbook, first.sheet, first.row + below, 1)
        workbook[first.sheet].cell(first.row + below, first.column).value = 9

    report = read_after(insert)
    assert not any(address.startswith(f"{table}.") for address in report.figures)
    assert [(remark.code, remark.expected) for remark in report.remarks] == [("S113", NUMBERS)]
    assert report.remarks[0].labels == (LAYOUT.tables[table].table.name, NUMBERS)


@pytest.mark.parametrize("table", [table for table in TABLES if not LAYOUT.tables[table].table.across])
def test_a_row_in_a_table_loses_no_remarks(table: str) -> None:
    rows = sorted({cell.row for address, cell in LAYOUT.figures.items() if address.startswith(f"{table}.")})
    for row in spread(rows[1::7], 2):
        report = read_after(lambda workbook, at=row: insert_rows(workbook, GRIDS[table].sheet, at, 1))  # type: ignore[misc]
        assert report == FULL
        assert "备注" not in "".join(remark.expected for remark in report.remarks)


def test_a_lost_column_of_table_four_is_named_once() -> None:
    cell = LAYOUT.figures["disputes.suit_direct.total"]
    report = read_after(lambda workbook: insert_columns(workbook, cell.sheet, cell.column, -1))
    lost = [remark for remark in report.remarks if remark.code == "S103"]
    assert len(lost) == 1
    assert lost[0].expected == " ".join(FORM.labels_of("disputes.suit_direct.total"))
    kept = {a: f for a, f in FULL.figures.items() if a != "disputes.suit_direct.total"}
    assert report.figures == kept


def test_swapped_labels_are_pointed_at_where_they_stand() -> None:
    table = "applications"
    upper, lower = (LAYOUT.figures[f"{table}.withheld.{row}.person"].row for row in ("secret", "forbidden"))
    column = GRIDS[table].column + 2

    def swap(workbook: Workbook) -> None:
        sheet = workbook[GRIDS[table].sheet]
        first, second = sheet.cell(upper, column), sheet.cell(lower, column)
        first.value, second.value = second.value, first.value

    report = read_after(swap)
    person = {row: f"{table}.withheld.{row}.person" for row in ("secret", "forbidden")}
    assert report.figures[person["secret"]] == FULL.figures[person["forbidden"]]
    assert [(r.code, r.place and r.place.cell) for r in report.remarks] == [
        ("S101", Cell("", upper, column).ref),
    ]


# ------------------------------------------------------------------ sheets


def test_a_hidden_sheet_is_said() -> None:
    sheet = GRIDS["disputes"].sheet

    def hide(workbook: Workbook) -> None:
        workbook[sheet].sheet_state = "hidden"

    report = read_after(hide)
    assert report == FULL
    assert [(remark.code, remark.seen) for remark in report.remarks] == [("S111", sheet)]


def copy_sheet(workbook: Workbook, sheet: str) -> Worksheet:
    return workbook.copy_worksheet(workbook[sheet])


def test_a_copied_sheet_is_said_when_its_numbers_differ() -> None:
    cell = LAYOUT.figures["disputes.review.upheld"]
    assert read_after(lambda workbook: copy_sheet(workbook, cell.sheet) and None).remarks == ()

    def copy(workbook: Workbook) -> None:
        copy_sheet(workbook, cell.sheet)[cell.ref] = 777

    report = read_after(copy)
    assert report == FULL
    (remark,) = report.remarks
    assert (remark.code, remark.expected, remark.place and remark.place.cell) == ("S113", cell.sheet, cell.ref)


def test_sheets_of_their_own_are_nobodys_business() -> None:
    def add(workbook: Workbook) -> None:
        sheet = workbook.create_sheet("台账", 0)
        for row in range(1, 200):
            sheet.append([row, "本年新收", 3.5, "自然人"])

    report = read_after(add)
    assert report == FULL
    assert report.remarks == ()


def test_tables_copied_into_another_workbook_are_found_by_their_labels() -> None:
    """Only cells travel: no names, no hidden sheet, other sheet names, other places."""

    def values_only(workbook: Workbook) -> None:
        unnamed(workbook)
        for number, sheet in enumerate(list(workbook.worksheets)):
            if sheet.title not in {COVER, *(grid.sheet for grid in GRIDS.values())}:
                del workbook[sheet.title]
                continue
            for merge in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(merge.coord)
            sheet.insert_rows(1, number + 1)
            sheet.insert_cols(1, 3)
            sheet.title = f"Sheet{number}"

    report = read_after(values_only)
    assert report.figures == FULL.figures
    assert (report.unit, report.year, report.date) == (FULL.unit, FULL.year, FULL.date)
    found = codes(report)
    assert found.count("S115") == 1 + len(TABLES)
    assert set(found) == {"S103", "S104", "S115"}


@pytest.mark.parametrize("sheet", spread([section.sheet for section in FORM.sections], 3))
def test_a_renamed_sheet_without_names_is_found_by_its_labels(sheet: str) -> None:
    def change(workbook: Workbook) -> None:
        unnamed(workbook)
        workbook[sheet].title = "Sheet9"

    report = read_after(change)
    assert report == FULL
    assert strangers(report) == []


def test_a_workbook_without_the_sheet_of_checks_lacks_nothing_of_the_report() -> None:
    report = read_after(lambda workbook: workbook.remove(workbook[CHECKS]))
    assert report == replace(FULL, waivers=())
    assert strangers(report) == []


def test_a_workbook_without_any_table_of_ours_is_refused() -> None:
    workbook = Workbook()
    workbook.active.append(["本年新收", 1])  # type: ignore[union-attr]
    with pytest.raises(UnreadableWorkbook):
        read_report(edited(TEMPLATE, lambda book: [book.remove(s) for s in book.worksheets[1:]] and rename(book)))


def rename(workbook: Workbook) -> None:
    unnamed(workbook)
    workbook.worksheets[0].title = "别的"
    workbook.worksheets[0].delete_rows(1, 60)


# ------------------------------------------------------------------ names and labels


def shift_name(workbook: Workbook, slot: Slot, rows: int, sheet: str = "") -> None:
    name = workbook.defined_names[slot.name]
    moved = re.sub(r"\$(\d+)", lambda found: f"${int(found[1]) + rows}", name.attr_text)
    name.attr_text = moved.replace(slot.sheet, sheet or slot.sheet)


@pytest.mark.parametrize(
    "key", spread(["applications", "unit", "overview", "previous.disputes", "processing_fee.received"], 3)
)
def test_a_name_that_points_elsewhere_is_overruled_by_the_labels(key: str) -> None:
    slot = LAYOUT.slots[key]
    for change in (
        lambda workbook: shift_name(workbook, slot, 1),
        lambda workbook: shift_name(workbook, slot, 0, "填报说明"),
    ):
        report = read_after(change)
        assert report == FULL
        assert codes(report) == ["S115"]


def blank_labels(workbook: Workbook, sheet: str) -> None:
    for at, _ in printed_cells(FORM)[sheet]:
        workbook[sheet][at] = None


def test_without_any_label_the_old_place_is_read_and_said() -> None:
    sheet = GRIDS["disclosure"].sheet
    report = read_after(lambda workbook: blank_labels(workbook, sheet))
    assert report.figures == FULL.figures
    assert "S102" in codes(report)


def test_labels_are_known_without_numbering_and_with_a_slip() -> None:
    def retype(workbook: Workbook) -> None:
        sheet = workbook[GRIDS["applications"].sheet]
        for at, text in printed_cells(FORM)[sheet.title]:
            sheet[at] = re.sub(r"^(（.+?）|[一二三四]、|\d\.)", "", text).replace(
                "政府信息公开申请", "政府信息公开 申请"
            )

    report = read_after(lambda workbook: (retype(workbook), unnamed(workbook))[0])
    assert report.figures == FULL.figures
    assert "S103" not in codes(report)


def test_a_row_that_is_there_twice_is_not_guessed() -> None:
    row = LAYOUT.figures["applications.declined.repeat.person"].row
    grid = GRIDS["applications"]

    def double(workbook: Workbook) -> None:
        insert_rows(workbook, grid.sheet, row + 1, 1)
        for column in range(1, grid.end.column + 1):
            workbook[grid.sheet].cell(row + 1, column).value = workbook[grid.sheet].cell(row, column).value

    report = read_after(double)
    assert "S113" in codes(report)
    assert not any(address.startswith("applications.declined.repeat.") for address in report.figures)


# ------------------------------------------------------------------ form and version


@pytest.mark.parametrize("stated", ["2099", "1987", "第一版"])
def test_an_unknown_form_is_read_as_the_one_that_fits_and_said(stated: str) -> None:
    cell = LAYOUT.meta["form"]
    report = read_after(lambda workbook: setattr(workbook[cell.sheet][cell.ref], "value", stated))
    assert report == FULL
    assert [(r.code, r.seen, r.expected, r.address) for r in report.remarks] == [("S104", stated, FORM.id, "form")]


# ------------------------------------------------------------------ what stands outside


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("side", ["right", "below"])
def test_a_number_beside_or_below_a_table_is_said(table: str, side: str) -> None:
    grid = GRIDS[table]
    at = Cell(grid.sheet, grid.row + 3, 60) if side == "right" else Cell(grid.sheet, 90, grid.column + 2)
    report = read_after(lambda workbook: setattr(workbook[at.sheet][at.ref], "value", 41))
    assert report == FULL
    assert [(r.code, r.seen, r.place and r.place.cell) for r in report.remarks] == [("S110", "41", at.ref)]


def test_text_beside_and_between_the_written_parts_is_said() -> None:
    preface, overview = LAYOUT.narrative["preface"], LAYOUT.narrative["overview"]
    beside = Cell(preface.sheet, overview.row + 20, overview.end.column + 1)
    between = Cell(preface.sheet, preface.end.row + 1, preface.end.column)

    def type_in(workbook: Workbook) -> None:
        for cell in (beside, between):
            workbook[cell.sheet][cell.ref] = "没有地方写的一段。"

    report = read_after(type_in)
    assert {r.place and r.place.cell for r in report.remarks if r.code == "S110"} == {beside.ref, between.ref}


def test_many_lost_numbers_give_few_remarks() -> None:
    sheet = GRIDS["applications"].sheet

    def fill(workbook: Workbook) -> None:
        for row in range(100, 400):
            for column in range(1, 20):
                workbook[sheet].cell(row, column).value = row

    assert len(read_after(fill).remarks) <= 10


def test_merged_inputs_are_said() -> None:
    first = LAYOUT.figures["applications.new.person"]
    area = f"{first.ref}:{Cell('', first.row, first.column + 1).ref}"
    report = read_after(lambda workbook: workbook[first.sheet].merge_cells(area))
    assert [(r.code, r.seen) for r in report.remarks if r.code == "S116"] == [("S116", area)]


# ------------------------------------------------------------------ at random


def rearrange(random: Random, workbook: Workbook) -> None:
    """Do to a workbook what people and programs do to it, touching no number."""
    sheets = [sheet for sheet in workbook.sheetnames if sheet in printed_cells(FORM)]
    for _ in range(random.randint(1, 4)):
        sheet = random.choice(sheets)
        row, column = random.randint(1, 36), random.randint(1, 12)
        count = random.choice((1, 1, 2, -1))
        kind = random.choice(("rows", "rows", "columns", "columns", "unnamed", "renamed", "label", "hidden", "copy"))
        if kind == "rows" and random.random() < 0.5:
            insert_rows(workbook, sheet, row, count)
        elif kind == "rows":
            workbook[sheet].insert_rows(row, count) if count > 0 else workbook[sheet].delete_rows(row, 1)
        elif kind == "columns" and random.random() < 0.5:
            insert_columns(workbook, sheet, column, count)
        elif kind == "columns":
            workbook[sheet].insert_cols(column, count) if count > 0 else workbook[sheet].delete_cols(column, 1)
        elif kind == "unnamed":
            for name in random.sample(sorted(workbook.defined_names), len(workbook.defined_names) // 2):
                del workbook.defined_names[name]
        elif kind == "renamed":
            workbook[sheet].title = sheets[sheets.index(sheet)] = f"{sheet}改"[-20:]
        elif kind == "label":
            cells = [cell for line in workbook[sheet].iter_rows() for cell in line]
            texts = [c for c in cells if isinstance(c.value, str) and not c.value.startswith(TYPED)]
            random.choice(texts).value = random.choice(("", "改过的", None))
        elif kind == "copy":
            copy_sheet(workbook, sheet)
        else:
            workbook[sheet].sheet_state = "hidden"


def plain(report: Report) -> dict[str, object]:
    """Return every value of a report by address."""
    found: dict[str, object] = {a: f.value for a, f in report.figures.items() if a not in FORM.totals}
    found |= {a: f.value for a, f in report.fields.items()}
    if report.previous:
        last = report.previous.figures
        found |= {f"previous.{a}": f.value for a, f in last.items() if a not in FORM.totals}
    found |= {"unit": report.unit, "title": report.title, "signature": report.signature}
    found |= {f"explanations.{one.address}": one.reason for one in report.explanations}
    found |= {f"note.{table}": note for table, note in report.table_notes.items()}
    for part, paragraphs in report.narrative.items():
        found |= {f"{part}.{paragraph.text}": part for paragraph in paragraphs}
    return {a: v for a, v in found.items() if v not in (None, "")}


@pytest.mark.parametrize("start", range(0, EXAMPLES, 6))
def test_at_random_nothing_is_ever_read_from_the_wrong_place(start: int) -> None:
    numbered = distinct()
    sound = plain(read_report(numbered))
    for seed in range(start, start + 6):
        try:
            report = read_after(lambda workbook, seed=seed: rearrange(Random(seed), workbook), numbered)  # type: ignore[misc]
        except UnreadableWorkbook:
            continue
        wrong = {a: v for a, v in plain(report).items() if sound.get(a) != v}
        assert not wrong, f"seed {seed}: {wrong}"
        missing = {a for a in sound if a not in plain(report)}
        said = {"S101", "S102", "S103", "S110", "S113"} & set(codes(report))
        # A paragraph or a field of the cover that was deleted is gone; a number never goes without a word.
        gone = {a for a in missing if TYPED not in a and a not in LAYOUT.cover}
        assert said or not gone, f"seed {seed}: {sorted(gone)}"


def distinct() -> bytes:
    """Return a workbook in which every input holds another number or text."""

    def number(workbook: Workbook) -> None:
        cells = [c for a, c in (*LAYOUT.figures.items(), *LAYOUT.previous.items()) if a not in FORM.totals]
        for value, cell in enumerate((*cells, *LAYOUT.fields.values()), 1001):
            workbook[cell.sheet][cell.ref] = value
        singles = [LAYOUT.slots[key].cell for key in ("unit", "title", "signature")]
        words = [*singles, *LAYOUT.explanations.values(), *LAYOUT.table_notes.values()]
        for slot in LAYOUT.narrative.values():
            words += [Cell(slot.sheet, slot.row + line, slot.end.column) for line in range(4)]
            workbook[slot.sheet][slot.cell.ref] = FORM.paragraph_kinds[0].label
        for value, cell in enumerate(words):
            workbook[cell.sheet][cell.ref] = f"{TYPED}{value}"

    return edited(TEMPLATE, number)
