"""The live 校验 sheet and the Python rules never differ: the same random books through both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from xxgk.figures import State, known_values
from xxgk.formats import Form
from xxgk.records import replace
from xxgk.report import Figure, Reading
from xxgk.workbook.formulas import DIFFERENCE, LEFT, RIGHT, STATE, formulas
from xxgk.workbook.layout import CHECKS, META, Layout, layout_of
from xxgk.workbook.template import new_workbook
from xxgk.xlsx.a1 import Cell

from support.books import Book, Entry, Verdict, book_count, expected_verdicts, is_error, random_book, random_old_book
from support.office import Office
from support.reports import FORM, OLD_FORM, report_of, sound_previous, sound_values

BOOKS = book_count(30, 1000)
LAYOUT = layout_of(FORM)


def typed(entry: Entry) -> str:
    """Return what to type for ``entry``; an error value comes from a formula."""
    return f"={entry}" if is_error(entry) else str(entry)


class Sheet:
    """The open workbook, filled block by block."""

    def __init__(self, document: Any, layout: Layout) -> None:
        self.document, self.layout = document, layout
        self.formulas = {formula.cell for formula in formulas(layout)}
        self.blocks = {}
        for slot in (*(p.grid for p in layout.tables.values()), *layout.previous_tables.values()):
            area = self.area(slot.cell, slot.end)
            self.blocks[slot.name] = (slot, area, [list(row) for row in area.getFormulaArray()])
        for sheet in document.Sheets:
            sheet.unprotect("")

    def area(self, first: Cell, last: Cell) -> Any:
        return self.document.Sheets.getByName(first.sheet).getCellRangeByName(f"{first.ref}:{last.ref}")

    def fill(self, book: Book) -> None:
        for slot, area, blank in self.blocks.values():
            content = [list(row) for row in blank]
            for cells, entries in ((self.layout.figures, book.this), (self.layout.previous, book.last)):
                for address, cell in cells.items():
                    if cell in slot and (address in entries or cell not in self.formulas):
                        content[cell.row - slot.row][cell.column - slot.column] = typed(entries.get(address, ""))
            area.setFormulaArray(tuple(map(tuple, content)))
        self.type(self.layout.slots["previous_form"].cell, book.last_form)
        if book.folded:
            (fold,) = FORM.folds
            self.type(LAYOUT.notes[fold.marker], fold.remark)
        self.document.calculateAll()

    def clear_remark(self, book: Book) -> None:
        """Take back the remark that ``fill`` typed for a folded book."""
        if book.folded:
            (fold,) = FORM.folds
            self.type(LAYOUT.notes[fold.marker], "")

    def put(self, cell: Cell, content: str) -> None:
        """Type ``content`` into a cell, as a formula where it is one."""
        self.type(cell, content)
        self.document.calculateAll()

    def type(self, cell: Cell, content: str) -> None:
        self.area(cell, cell).setFormulaArray(((content,),))

    def shown(self, cell: Cell) -> Any:
        return self.area(cell, cell).getDataArray()[0][0]

    def verdicts(self) -> dict[str, Verdict]:
        rows = self.layout.checks
        first, last = min(rows.values()), max(rows.values())
        data = self.area(Cell(CHECKS, first, LEFT), Cell(CHECKS, last, STATE)).getDataArray()
        wanted = [column - LEFT for column in (LEFT, RIGHT, DIFFERENCE, STATE)]
        return {key: tuple(data[row - first][n] for n in wanted) for key, row in rows.items()}  # type: ignore[misc]


def opened(office: Office, folder: Path, form: Form) -> Iterator[Sheet]:
    path = folder / "年报 校验.xlsx"
    path.write_bytes(new_workbook(form, report_of({}, form=form)).data)
    document = office.open(path)
    yield Sheet(document, layout_of(form))
    document.close(True)


@pytest.fixture(scope="module")
def sheet(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sheet]:
    yield from opened(office, tmp_path_factory.mktemp("agree"), FORM)


@pytest.fixture(scope="module")
def old_sheet(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sheet]:
    yield from opened(office, tmp_path_factory.mktemp("agree"), OLD_FORM)


@pytest.mark.office
def test_workbook_and_python_agree_on_every_rule_of_every_book(sheet: Sheet) -> None:
    random = Random(20231231)
    for number in range(BOOKS):
        book = random_book(random)
        sheet.fill(book)
        found = sheet.verdicts()
        sheet.clear_remark(book)
        assert found == expected_verdicts(book.report), f"book {number}: {book}"
        if book.breaks is not None:
            broken = {key for key, verdict in found.items() if verdict[3] == State.FAIL.value}
            assert broken == book.breaks, f"book {number}"


@pytest.mark.office
def test_workbook_and_python_agree_on_every_rule_of_the_form_before(old_sheet: Sheet) -> None:
    random = Random(20201231)
    for number in range(BOOKS // 3):
        book = random_old_book(random)
        old_sheet.fill(book)
        found = old_sheet.verdicts()
        assert found == expected_verdicts(book.report, OLD_FORM), f"book {number}: {book}"
        if book.breaks is not None:
            assert {key for key, verdict in found.items() if verdict[3] == State.FAIL.value} == book.breaks


@pytest.mark.office
@pytest.mark.parametrize("instance", [i for i in FORM.instances if i.rule.computes], ids=lambda i: i.id)
def test_a_stated_total_breaks_its_rule_in_the_workbook(sheet: Sheet, instance: Any) -> None:
    this = sound_values(Random(5))
    address = instance.left[0].address
    this[address] = known_values(FORM, report_of(this).figures)[address] + 1
    sheet.fill(Book(this, {}, None))
    assert sheet.verdicts()[instance.id][2:] == (1.0, State.FAIL.value)


@pytest.mark.office
def test_the_single_other_row_counts_in_the_workbook(sheet: Sheet) -> None:
    (fold,) = FORM.folds
    this = {a: v for a, v in sound_values(Random(9)).items() if a not in fold.absent_addresses}
    marker = LAYOUT.notes[fold.marker]
    note = sheet.area(marker, marker)
    note.setFormulaArray(((fold.remark,),))
    sheet.fill(Book(this, {}, None))
    shown = sheet.verdicts()
    flag = LAYOUT.folds[fold.id]
    assert flag.sheet == META
    assert sheet.area(flag, flag).getDataArray() == ((1.0,),)
    note.setFormulaArray((("",),))
    sheet.fill(Book(this, {}, None))
    assert shown["A102.person"][3] != State.UNJUDGED.value
    assert sheet.verdicts()["A102.person"][3] == State.UNJUDGED.value


@pytest.mark.office
@pytest.mark.parametrize(
    ("typed", "folded"), [("nothing", True), ("remark", True), ("total", False), ("cell", False), ("error", False)]
)
def test_a_fold_breaks_alike_in_both(sheet: Sheet, typed: str, folded: bool) -> None:
    (fold,) = FORM.folds
    this = {a: v for a, v in sound_values(Random(9)).items() if a not in fold.absent_addresses}
    total = next(address for address in fold.absent_addresses if address in FORM.totals)
    cell = next(address for address in fold.absent_addresses if address not in FORM.totals)
    figures = {**report_of(this).figures, fold.marker: Figure(this[fold.marker], fold.remark)}
    planted: dict[str, tuple[str, Cell, str, Figure]] = {
        "remark": (cell, LAYOUT.notes[cell], "没有这一项", Figure(None, "没有这一项")),
        "total": (total, LAYOUT.figures[total], "3", Figure(3)),
        "cell": (cell, LAYOUT.figures[cell], "0", Figure(0)),
        "error": (cell, LAYOUT.figures[cell], "=NA()", ERROR),
    }
    sheet.put(LAYOUT.notes[fold.marker], fold.remark)
    sheet.fill(Book(this, {}, None))
    if typed in planted:
        address, where, text, figures[address] = planted[typed]
        sheet.put(where, text)
    report = replace(report_of(this, {}), figures=figures)
    assert sheet.verdicts() == expected_verdicts(report)
    assert sheet.shown(LAYOUT.folds[fold.id]) == float(folded)
    for cleared in (LAYOUT.notes[fold.marker], LAYOUT.notes[cell]):
        sheet.put(cleared, "")


ERROR = Figure(None, reading=Reading.UNREADABLE, seen="#N/A")
ERROR_PLACES = (
    "applications.new.person",
    "applications.processed.total",
    "disclosure.fees.amount",
    "disclosure.licences.decisions",
    "disputes.review.upheld",
    *(field.id for field in FORM.fields),
)


@pytest.mark.office
@pytest.mark.parametrize("address", ERROR_PLACES)
def test_an_error_value_leaves_the_same_rules_unjudged_in_both(sheet: Sheet, address: str) -> None:
    this = sound_values(Random(11))
    last = sound_previous(this)
    sheet.fill(Book(this, last, None))
    sound = report_of(this, last)
    assert sheet.verdicts() == expected_verdicts(sound)
    cell = LAYOUT.figures.get(address) or LAYOUT.fields[address]
    sheet.put(cell, "=NA()")
    if address in LAYOUT.fields:
        broken = replace(sound, fields={**sound.fields, address: ERROR})
    else:
        broken = replace(sound, figures={**sound.figures, address: ERROR})
    found = sheet.verdicts()
    if address in LAYOUT.fields:
        sheet.put(cell, "0")
    assert found == expected_verdicts(broken)
    assert [key for key, verdict in found.items() if verdict[3] == State.UNJUDGED.value and key.startswith("V10")]


@pytest.mark.office
def test_an_error_value_in_a_text_does_not_spread(sheet: Sheet) -> None:
    part = FORM.parts[1]
    slot = LAYOUT.narrative[part.id]
    text = Cell(slot.sheet, slot.row + 1, slot.column + 1)
    sound = sheet.shown(LAYOUT.counts[part.id])
    sheet.put(text, "=NA()")
    broken = sheet.shown(LAYOUT.counts[part.id])
    sheet.put(text, "")
    assert broken.startswith("0 字")
    assert not sound.startswith("0 字")
