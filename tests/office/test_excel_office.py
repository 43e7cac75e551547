"""The buttons' verbs on a workbook that is open in a real spreadsheet program: LibreOffice, by way of xlwings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import xlwings
from openpyxl import Workbook
from openpyxl.comments import Comment

from xxgk.checks import check
from xxgk.errors import FileProblem, UsageProblem
from xxgk.excel import com
from xxgk.excel.actions import YES
from xxgk.excel.caller import calling_book
from xxgk.excel.job import open_copy
from xxgk.excel.live import open_live
from xxgk.excel.opened import NEVER_SAVED
from xxgk.excel.run import run_verb
from xxgk.excel.session import run_live
from xxgk.excel.undo import SHEET as UNDO
from xxgk.output.marks import mark, unmark
from xxgk.output.marks.looks import FILLS, RULE
from xxgk.output.marks.mark import BEGIN, NAME
from xxgk.output.marks.status import BEGIN as STATUS_BEGIN
from xxgk.output.marks.table import SHEET
from xxgk.output.result import counted
from xxgk.records import replace
from xxgk.report import Figure, Report
from xxgk.workbook.layout import COVER
from xxgk.workbook.reading.read import read_report

from support import xlwings_lo
from support.loaded import loaded
from support.office import Office
from support.reports import FORM, example, with_figure, zero_report
from support.sizes import full_only, spread
from support.workbooks import LAYOUT, edited, filled
from support.xlwings_lo_com import ExcelError
from support.xlwings_lo_range import Range

pytestmark = pytest.mark.office

NEW, CARRIED, LAST = "applications.new.person", "applications.carried_in.person", "applications.carried_out.person"
MADE, REVIEW, TOTAL = "disclosure.regulations.made", "disputes.review.upheld", "disputes.review.total"
WRONG = filled(with_figure(example(), TOTAL, 9))
FILLABLE = filled(
    replace(
        with_figure(with_figure(zero_report(), CARRIED, None), NEW, None),
        previous=Report(form=FORM.id, year=2022, figures={LAST: Figure(7)}),
    )
)
Open = Callable[..., xlwings.Book]


@pytest.fixture
def app(office: Office) -> Iterator[xlwings.App]:
    started = xlwings_lo.start(office)
    yield started
    for book in list(started.impl.open_books):
        with suppress(Exception):
            book.close()
    xlwings_lo.stop(started)


@pytest.fixture
def opened(app: xlwings.App, tmp_path: Path) -> Open:
    """Return what opens a workbook in LibreOffice."""

    def open_book(data: bytes, name: str = "年报.xlsx") -> xlwings.Book:
        (tmp_path / name).write_bytes(data)
        return app.books.open(str(tmp_path / name))

    return open_book


def saved(book: xlwings.Book, folder: Path) -> bytes:
    """Return the file that LibreOffice would save now."""
    book.impl.save(str(folder / "saved.xlsx"))
    return (folder / "saved.xlsx").read_bytes()


def cell_of(book: xlwings.Book, address: str) -> xlwings.Range:
    cell = LAYOUT.figures[address]
    return book.sheets[cell.sheet].range(cell.ref)


def typed(book: xlwings.Book, address: str, text: str) -> None:
    """Type into an unlocked cell, as staff do."""
    cell_of(book, address).impl.uno.getCellByPosition(0, 0).setFormula(text)


def contents(data: bytes, *but: str) -> dict[str, object]:
    """Return what a person sees in a workbook, and all names."""
    workbook = loaded(data)
    seen: dict[str, object] = {"names": {name: found.value for name, found in workbook.defined_names.items()}}
    for sheet in workbook:
        cells = [cell for row in sheet.iter_rows() for cell in row if f"{sheet.title}!{cell.coordinate}" not in but]
        seen[sheet.title] = (
            (sheet.sheet_state, sheet.protection.sheet),
            {c.coordinate: c.value for c in cells if c.value is not None},
            {c.coordinate: (c.number_format, c.fill.fgColor.rgb, c.font.b, c.protection.locked) for c in cells},
            {c.coordinate: c.comment.text for c in cells if c.comment},
            sorted((str(b.sqref), rule.formula[0]) for b in sheet.conditional_formatting for rule in b.rules),
        )
    return seen


def own_rules(data: bytes) -> dict[str, dict[str, str]]:
    """Return the colours of our conditional formats, by sheet and area."""
    return {
        sheet.title: {
            str(b.sqref): r.dxf.fill.bgColor.rgb
            for b in sheet.conditional_formatting
            for r in b.rules
            if r.formula == [RULE]
        }
        for sheet in loaded(data)
    }


@full_only
def test_where_excel_takes_no_note_all_other_marks_come(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ExcelError("a conversation")

    monkeypatch.setattr(Range, "add_note", refuse)
    book = opened(WRONG)
    run_live("check", book)
    assert SHEET in [sheet.name for sheet in book.sheets]
    assert open_live(book).traces.coloured


# ------------------------------------------------------------------ reading


def _odd_cells(workbook: Workbook) -> None:
    def put(address: str, value: object, code: str = "") -> None:
        cell = LAYOUT.figures[address]
        workbook[cell.sheet][cell.ref].value = value
        if code:
            workbook[cell.sheet][cell.ref].number_format = code

    put(NEW, "　１２ ")
    put(CARRIED, "=1/0")
    put(MADE, 0.5, "0%")
    put(REVIEW, True)
    put("disputes.review.corrected", 45292, "yyyy-mm-dd")
    put("disclosure.normative.made", "=2+3")
    put("disclosure.fees.amount", 12.123456, "¥#,##0.00")
    put("disputes.suit_direct.upheld", "/")
    put(TOTAL, 3)
    first = LAYOUT.narrative["overview"]
    workbook[first.sheet].cell(first.row, first.column + 1).value = "'=不是公式"
    workbook[LAYOUT.figures[NEW].sheet]["A1"].comment = Comment("请核对\n第二行", "张三")


def _rearranged(workbook: Workbook) -> None:
    sheet = workbook[LAYOUT.figures[NEW].sheet]
    above, below = LAYOUT.figures["applications.new.other"], LAYOUT.figures["applications.carried_in.other"]
    sheet.merge_cells(f"{above.ref}:{below.ref}")
    workbook[LAYOUT.figures[MADE].sheet].sheet_state = "hidden"
    workbook[LAYOUT.figures[REVIEW].sheet].insert_rows(1)


BOOKS: dict[str, Callable[[], bytes]] = {
    "example": lambda: WRONG,
    "fillable": lambda: FILLABLE,
    "odd": lambda: edited(FILLABLE, _odd_cells),
    "rearranged": lambda: edited(WRONG, _rearranged),
    "marked": lambda: mark(WRONG, check(read_report(WRONG), FORM)),
}


@pytest.mark.parametrize("name", spread(BOOKS, 1))
def test_the_open_book_and_its_copy_give_the_same_steps(opened: Open, tmp_path: Path, name: str) -> None:
    book = opened(BOOKS[name]())
    live = open_live(book)
    saved(book, tmp_path)
    copy = open_copy(tmp_path / "saved.xlsx", live.home)
    assert live.report == copy.report
    assert live.report.remarks == copy.report.remarks
    assert live.traces.coloured == copy.traces.coloured
    assert live.traces.notes == copy.traces.notes
    for verb in ("check", "clear", "fill", "undo"):
        assert run_verb(verb, live, "", print) == run_verb(verb, copy, "", print)


@full_only
def test_unsaved_changes_count(opened: Open) -> None:
    book = opened(filled(zero_report()))
    typed(book, NEW, "５")
    typed(book, CARRIED, "'=1+1")
    report = open_live(book).report
    assert (report.figures[NEW].value, report.figures[NEW].seen) == (5, "５")
    assert report.figures[CARRIED].seen == "=1+1"


# ------------------------------------------------------------------ check and clear


def test_check_marks_and_clear_gives_the_document_back(opened: Open, app: xlwings.App, tmp_path: Path) -> None:
    book = opened(WRONG)
    before = saved(book, tmp_path)
    run_live("check", book)
    marked = saved(book, tmp_path)
    found = check(read_report(WRONG), FORM)
    assert app.status_bar == f"{STATUS_BEGIN}{counted(found)}"
    assert book.sheets[COVER].range(LAYOUT.status.ref).value == app.status_bar
    first = next(one for one in found if one.cell)
    assert book.sheets.active.name == first.sheet
    assert app.selection.get_address(False, False) == first.cell
    assert book.sheets[-1].name == SHEET
    assert NAME in book.names
    colours = {colour for areas in own_rules(marked).values() for colour in areas.values()}
    assert colours >= {FILLS[one.severity] for one in found}
    sheets = loaded(marked)
    notes = [cell.comment.text for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(notes) == len({(one.sheet, one.cell) for one in found if one.cell})
    assert all(note.startswith(BEGIN) for note in notes)
    assert read_report(marked) == read_report(before)
    run_live("clear", book)
    assert contents(saved(book, tmp_path)) == contents(before)


@full_only  # with openpyxl always: test_mark_actions
def test_a_second_check_replaces_the_first(opened: Open, tmp_path: Path) -> None:
    book = opened(WRONG)
    run_live("check", book)
    once = saved(book, tmp_path)
    book.sheets[SHEET].activate()
    run_live("check", book)
    assert contents(saved(book, tmp_path)) == contents(once)
    typed(book, TOTAL, "=SUM(1,2)")
    run_live("check", book)
    assert own_rules(saved(book, tmp_path))[LAYOUT.figures[TOTAL].sheet] == {}


@full_only  # with openpyxl always: test_mark_actions
def test_marks_of_the_file_are_cleared_here_and_ours_there(opened: Open, app: xlwings.App, tmp_path: Path) -> None:
    plain = opened(WRONG, "a.xlsx")
    before = saved(plain, tmp_path)
    run_live("check", plain)
    status = f"{COVER}!{LAYOUT.status.ref}"
    assert contents(unmark(saved(plain, tmp_path)), status) == contents(before, status)
    marked = opened(BOOKS["marked"](), "b.xlsx")
    run_live("clear", marked)
    assert contents(saved(marked, tmp_path)) == contents(before)


@full_only  # with openpyxl always: test_mark_actions
def test_a_clean_book_is_said_to_be(opened: Open, app: xlwings.App) -> None:
    book = opened(filled(replace(zero_report(), waivers=())))
    run_live("clear", book)
    assert app.impl.alerts == ["没有校验留下的标记。"]


# ------------------------------------------------------------------ fill and undo


def test_fill_asks_writes_and_can_be_taken_back(opened: Open, app: xlwings.App, tmp_path: Path) -> None:
    book = opened(FILLABLE)
    typed(book, MADE, "'　３")
    typed(book, REVIEW, "/")
    before = saved(book, tmp_path)
    app.impl.answers = ["yes", "yes", "no", "yes"]
    run_live("fill", book)
    assert len(app.impl.alerts) == 4
    assert [cell_of(book, address).value for address in (MADE, CARRIED, NEW, REVIEW)] == [3, 7, None, 0]
    assert not book.sheets[UNDO].impl.uno.IsVisible
    run_live("undo", book)
    assert contents(saved(book, tmp_path)) == contents(before)


def test_a_cell_formatted_as_text_gets_a_number(opened: Open) -> None:
    def as_text(workbook: Workbook) -> None:
        cell = LAYOUT.figures[MADE]
        workbook[cell.sheet][cell.ref].number_format = "@"
        workbook[cell.sheet][cell.ref].value = "12"

    book = opened(edited(filled(zero_report()), as_text))
    run_live("fill", book)
    assert cell_of(book, MADE).value == 12
    assert cell_of(book, MADE).number_format == "@"


@full_only
def test_all_refused_leaves_everything(opened: Open, app: xlwings.App, tmp_path: Path) -> None:
    book = opened(FILLABLE)
    before = saved(book, tmp_path)
    app.impl.answers = ["no"] * 4
    run_live("fill", book)
    assert contents(saved(book, tmp_path)) == contents(before)


# ------------------------------------------------------------------ report


def test_the_report_has_the_figures_that_were_not_saved(
    opened: Open, app: xlwings.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[str] = []
    monkeypatch.setattr("xxgk.excel.session.open_path", lambda path: files.append(str(path)))
    book = opened(filled(zero_report()), "和平 镇=1.xlsx")
    typed(book, "disclosure.penalties.decisions", "4711")
    run_live("report", book)
    (page,) = tmp_path.glob("*.html")
    assert "4711" in page.read_text(encoding="utf-8")
    assert [Path(file).suffix for file in files] == [".docx"]
    assert app.status_bar.startswith("报告已生成")


@full_only
def test_with_errors_a_draft_is_offered(
    opened: Open, app: xlwings.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xxgk.excel.session.open_path", pytest.fail)
    book = opened(WRONG)
    app.impl.answers = ["no"]
    run_live("report", book)
    assert list(tmp_path.glob("*.docx")) == []
    app.impl.answers = [YES, "no"]
    run_live("report", book)
    assert len(list(tmp_path.glob("*（草稿）.docx"))) == 1
    assert app.status_bar.startswith("草稿已生成")


def test_a_book_that_was_never_saved_has_no_folder(app: xlwings.App) -> None:
    book = app.books.add()
    for name in LAYOUT.sheets:
        book.sheets.add(name, after=book.sheets[-1])
    with pytest.raises(FileProblem, match=NEVER_SAVED):
        run_live("report", book)


# ------------------------------------------------------------------ state


def state_of(book: xlwings.Book) -> dict[str, Any]:
    app = book.app
    return {
        "app": (app.calculation, app.screen_updating, app.enable_events, app.status_bar),
        "protected": {sheet.name: sheet.api.ProtectContents for sheet in book.sheets},
        "allowed": {
            sheet.name: [getattr(sheet.api.Protection, one) for one in com.ALLOWANCES] for sheet in book.sheets
        },
        "selected": (book.sheets.active.name, app.selection.address),
    }


def test_a_fault_leaves_the_program_as_it_was(opened: Open, app: xlwings.App, monkeypatch: pytest.MonkeyPatch) -> None:
    book = opened(WRONG)
    app.calculation = "semiautomatic"
    book.sheets[LAYOUT.sheets[2]].activate()
    book.sheets[LAYOUT.sheets[2]].range("C3").select()
    before = state_of(book)
    assert any(before["protected"].values())

    def broken(_: object) -> None:
        raise RuntimeError("broken off")

    monkeypatch.setattr("xxgk.excel.com.put_last", broken)
    with pytest.raises(RuntimeError, match="broken off"):
        run_live("check", book)
    after = state_of(book)
    for key in ("protected", "allowed"):
        after[key] = {name: value for name, value in after[key].items() if name in before[key]}
    assert after == before


@full_only  # after a fault always: the test before
def test_protection_is_put_back_as_it_was(opened: Open) -> None:
    book = opened(WRONG)
    allowed = book.sheets[LAYOUT.sheets[3]]
    allowed.api.Unprotect("")
    allowed.api.Protect(Contents=True, AllowSorting=True, Scenarios=False, DrawingObjects=False)
    open_sheet = book.sheets[LAYOUT.sheets[2]]
    open_sheet.api.Unprotect("")
    book.api.Protect(Structure=True, Windows=False)
    before = state_of(book)
    run_live("check", book)
    run_live("clear", book)
    after = state_of(book)
    assert (after["protected"], after["allowed"]) == (before["protected"], before["allowed"])
    assert book.api.ProtectStructure


@pytest.mark.parametrize("whole_book", spread([False, True], 1))
def test_a_password_stops_it_before_anything_is_changed(opened: Open, tmp_path: Path, whole_book: bool) -> None:
    book = opened(WRONG)
    sheet = book.sheets[LAYOUT.figures[TOTAL].sheet]
    if whole_book:
        book.impl.document.protect("密码")
    else:
        sheet.impl.uno.unprotect("")
        sheet.impl.uno.protect("密码")
    before = saved(book, tmp_path)
    with pytest.raises(FileProblem, match="加了密码保护"):
        run_live("check", book)
    assert contents(saved(book, tmp_path)) == contents(before)


# ------------------------------------------------------------------ which workbook


@pytest.mark.parametrize("name", ["年报.xlsx", "和平镇=2023 (1).xlsx"])
def test_the_workbook_of_the_button_is_found(opened: Open, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    opened(WRONG, "另一本.xlsx")
    wanted = opened(WRONG, name)
    opened(WRONG, "第三本.xlsx")
    hwnd = str(xlwings_lo.HWND)
    monkeypatch.setattr(sys, "argv", ["x", "check", f"--wb={name}", "--from_xl=1", f"--hwnd={hwnd}"])
    assert calling_book(name, hwnd).fullname == wanted.fullname


def test_a_workbook_that_is_not_open_is_said_to_be(app: xlwings.App) -> None:
    with pytest.raises(UsageProblem, match="找不到"):
        calling_book("没有=.xlsx", "1")
