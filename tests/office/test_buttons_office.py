"""The buttons in LibreOffice: each starts its macro, which hands over a copy of the book and applies what comes back.

The program that the macros start is a stand-in (``support.standin``), told by each test what to answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from xxgk.excel import actions as do
from xxgk.excel.actions import Action, asked, message
from xxgk.excel.verbs import VERBS
from xxgk.output.marks.looks import RULE
from xxgk.output.marks.mark import NAME
from xxgk.output.marks.table import COLUMNS, PLACE
from xxgk.suffixes import XLSM
from xxgk.workbook.building.cover import LABEL, WIDTHS
from xxgk.workbook.layout import COVER, layout_of
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.template import template_path

from support.buttons import bound, colours, held, looks, open_with_macros, place, press, seen
from support.office import Office, properties, typed
from support.packages import parts_of
from support.poppler import points_of
from support.reports import FORM
from support.sizes import full_only, spread
from support.standin import Answers, install, set_program

pytestmark = pytest.mark.office

LAYOUT = layout_of(FORM)
ADDRESSES = [address for address in LAYOUT.figures if address not in FORM.totals]
FIRST, SECOND, THIRD, FOURTH = (LAYOUT.figures[address] for address in ADDRESSES[:4])
SHEET = FIRST.sheet
LIST = "清单 一"  # with a blank, as a sheet may have
CAPTIONS = {verb.name: verb.caption for verb in VERBS}
TEXT = "=1+1 “引号” \\u4e2d\n第二行\t😀"
XLSX = "Calc MS Excel 2007 XML"
POINT = 35.28  # hundredths of a millimetre


class Desk:
    """A LibreOffice of a user for whom the stand-in is set up, and the workbook that is open in it."""

    def __init__(self, office: Office, home: Path, answers: Answers, path: Path) -> None:
        self.office, self.home, self.answers, self.path = office, home, answers, path
        self.document: Any = None

    def cell(self, address: str, sheet: str = SHEET) -> Any:
        """Return a cell of the open workbook."""
        return self.document.Sheets.getByName(sheet).getCellRangeByName(address)

    def stored(self) -> dict[str, bytes]:
        """Return the parts of the workbook as LibreOffice would save it."""
        path = self.path.with_name("stored.xlsx")
        self.document.storeToURL(path.as_uri(), properties(FilterName=XLSX, Overwrite=True))
        return parts_of(path.read_bytes())


@pytest.fixture(scope="module")
def office_of_user(office: Office) -> tuple[Office, Path, Answers]:
    answers = Answers(office.home / "answers")
    install(office.home, answers)
    return office, office.home, answers


@pytest.fixture
def desk(office_of_user: tuple[Office, Path, Answers], tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "年报 100%"
    folder.mkdir()
    path = folder / f"和平镇=2023{XLSM}"
    path.write_bytes(template_path(FORM, XLSM).read_bytes())
    desk = Desk(*office_of_user, path)
    desk.document = open_with_macros(desk.office, path)
    desk.answers.tell()
    yield desk
    desk.document.close(True)


# ------------------------------------------------------------------ the buttons


def test_each_button_is_bound_to_its_sub(desk: Desk) -> None:
    for verb in VERBS:
        assert f".modXxgk.{verb.button}?" in bound(desk.document, verb.caption)
        desk.answers.tell()
        press(desk.document, verb.caption)
        started = [job["verb"] for job in desk.answers.runs()]
        assert started == ([] if verb.name in ("next", "back", "folder") else [verb.name])


def test_the_copy_is_of_the_open_unsaved_book(desk: Desk) -> None:
    desk.cell(FIRST.ref).setValue(12)
    desk.cell(LAYOUT.cover["unit"].ref, COVER).setString("和平镇人民政府")
    desk.document.CurrentController.select(desk.cell("C5", COVER))
    saved = desk.path.read_bytes()
    press(desk.document, CAPTIONS["check"])
    (job,) = desk.answers.runs()
    assert unquote(job.pop("url")) == f"file://{desk.path}"
    assert job == {"verb": "check", "answer": "", "sheet": COVER, "cell": "C5", "modified": "1", "readonly": "0"}
    report = read_report(desk.answers.copy())
    assert report.figures[ADDRESSES[0]].value == 12
    assert report.unit == "和平镇人民政府"
    assert desk.path.read_bytes() == saved


@full_only
def test_a_book_that_was_never_saved_has_no_url(desk: Desk) -> None:
    desk.document.close(True)
    arguments = properties(Hidden=True, MacroExecutionMode=4, AsTemplate=True)
    desk.document = desk.office.desktop.loadComponentFromURL(desk.path.as_uri(), "_blank", 0, arguments)
    press(desk.document, CAPTIONS["check"])
    assert [job["url"] for job in desk.answers.runs()] == [""]


# ------------------------------------------------------------------- the changes


def _check_looks(desk: Desk) -> None:
    sheet = desk.document.Sheets.getByName(LIST)
    assert abs(sheet.Rows.getByIndex(3).Height - 60 * POINT) < POINT
    assert desk.cell("B4", LIST).IsTextWrapped
    assert [desk.cell(at, LIST).HoriJustify.value for at in ("A4", "B4")] == ["LEFT", "CENTER"]
    assert desk.cell("B4", LIST).CellBackColor == 0xFFD9A0
    letters = [desk.cell(at, LIST) for at in ("B3", "C4", "A4")]
    assert [cell.CharColor for cell in letters[:2]] == [0x1F3864, 0x1F5FA8]
    assert [(cell.CharWeightAsian, cell.CharUnderline) for cell in letters] == [(150.0, 0), (100.0, 1), (100.0, 0)]
    for edge in ("TopBorder", "BottomBorder", "LeftBorder", "RightBorder"):
        line = getattr(desk.cell("B3", LIST), edge)
        assert (line.Color, line.OuterLineWidth > 0) == (0xBFC8D2, True)
    assert desk.cell("A1:C1", LIST).getIsMerged()
    assert sheet.TabColor == 0xC00001


def test_every_change_is_applied(desk: Desk) -> None:
    desk.cell(FOURTH.ref).setValue(4)
    desk.answers.tell(
        [
            Action(do.NUM, SHEET, FIRST.ref, "-1234.5"),
            Action(do.STR, SHEET, SECOND.ref, TEXT),
            Action(do.FORMULA, SHEET, THIRD.ref, f"=SUM({FIRST.ref},1)"),
            Action(do.CLEAR, SHEET, FOURTH.ref),
            Action(do.NOTE, SHEET, FIRST.ref, TEXT),
            Action(do.FILL, SHEET, FIRST.ref, "FFC7CE"),
            Action(do.FILL, SHEET, THIRD.ref, "FFC7CE"),
            Action(do.FILL, SHEET, SECOND.ref, "DCD3EC"),
            Action(do.ADD_SHEET, LIST),
            Action(do.ADD_SHEET, LIST),
            Action(do.FILL, LIST, "A3:C3", "E3EDF7"),
            Action(do.STR, LIST, "C3", "到这里"),
            Action(do.LINK, LIST, "C3", f"{SHEET}!{FIRST.ref}"),
            Action(do.WIDTH, LIST, "C", f"{WIDTHS[LABEL]:g}"),
            Action(do.HEIGHT, LIST, "4", "60"),
            Action(do.ALIGN, LIST, "A3:C4", do.LEFT),
            Action(do.ALIGN, LIST, "B4", do.CENTRE),
            Action(do.PAINT, LIST, "B4", "FFD9A0"),
            Action(do.BOLD, LIST, "A3:C3", "1F3864"),
            Action(do.UNDERLINE, LIST, "C4", "1F5FA8"),
            Action(do.LINES, LIST, "A3:C4", "BFC8D2"),
            Action(do.MERGE, LIST, "A1:C1"),
            Action(do.TAB, LIST, text="C00001"),
            Action(do.FREEZE, LIST, "A4"),
            Action(do.NAME, LIST, "A3:C4", NAME),
            Action(do.ADD_SHEET, "_kept"),
            Action(do.HIDE, "_kept"),
            Action(do.STATUS, text="好了"),
            Action(do.SELECT, SHEET, SECOND.ref),
            message("好了"),
        ]
    )
    press(desk.document, CAPTIONS["check"])
    assert desk.cell(FIRST.ref).Value == -1234.5
    assert desk.cell(SECOND.ref).Type.value == "TEXT"
    assert desk.cell(SECOND.ref).String == TEXT
    assert (desk.cell(THIRD.ref).Type.value, desk.cell(THIRD.ref).Value) == ("FORMULA", -1233.5)
    assert desk.cell(FOURTH.ref).Type.value == "EMPTY"
    now = held(desk.document)
    assert now["notes"][SHEET] == {FIRST.ref: TEXT}  # type: ignore[index]
    found = colours(desk.document, SHEET)
    assert {cell.ref: found[cell.ref] for cell in (FIRST, SECOND, THIRD)} == {
        FIRST.ref: 0xFFC7CE,
        SECOND.ref: 0xDCD3EC,
        THIRD.ref: 0xFFC7CE,
    }
    assert len(found) == 3
    assert colours(desk.document, LIST) == {"A3": 0xE3EDF7, "B3": 0xE3EDF7, "C3": 0xE3EDF7}
    assert desk.cell("C3", LIST).String == "到这里"
    assert f"#'{SHEET}'!{FIRST.ref}" in desk.cell("C3", LIST).Formula
    width = desk.document.Sheets.getByName(COVER).Columns.getByName("B").Width
    # LibreOffice measures a file's widths in digits of the standard face, the macro in an average one.
    assert abs(desk.document.Sheets.getByName(LIST).Columns.getByName("C").Width - width) < width / 6
    _check_looks(desk)
    assert now["names"][NAME] == f"$'{LIST}'.$A$3:$C$4"  # type: ignore[index]
    assert [name for name, *_ in now["sheets"]][-2:] == [LIST, "_kept"]  # type: ignore[misc,attr-defined]
    assert not desk.document.Sheets.getByName("_kept").IsVisible
    assert place(desk.document) == (SHEET, SECOND.ref)


MARKED = [
    Action(do.NOTE, SHEET, FIRST.ref, "x"),
    Action(do.FILL, SHEET, FIRST.ref, "FFC7CE"),
    Action(do.ADD_SHEET, LIST),
    Action(do.NAME, LIST, "A3:C4", NAME),
]
UNMARKED = [
    Action(do.UNFILL, SHEET),
    Action(do.NAME, text=NAME),
    Action(do.DELETE_SHEET, LIST),
    Action(do.NOTE, SHEET, FIRST.ref),
]


def test_what_was_put_in_can_be_taken_out_to_the_last_rule(desk: Desk) -> None:
    # Not its rules as they are stored: LibreOffice may write one of several cells as several.
    before, stored = held(desk.document), sheets_without_rules(desk)
    rules = looks(desk.document, SHEET)
    assert rules[FIRST.ref]  # the template's own, which must stay
    desk.answers.tell(MARKED)
    press(desk.document, CAPTIONS["check"])
    assert held(desk.document) != before
    assert [look for look in looks(desk.document, SHEET)[FIRST.ref] if look not in rules[FIRST.ref]] == [
        (RULE, "xxgk FFC7CE")
    ]
    desk.answers.tell([*UNMARKED, *MARKED])
    press(desk.document, CAPTIONS["check"])
    assert [name for name, *_ in held(desk.document)["sheets"]].count(LIST) == 1  # type: ignore[misc,attr-defined]
    desk.answers.tell(UNMARKED)
    press(desk.document, CAPTIONS["clear"])
    assert held(desk.document) == before
    assert looks(desk.document, SHEET) == rules
    assert sheets_without_rules(desk) == stored


def sheets_without_rules(desk: Desk) -> dict[str, bytes]:
    parts = {name: data for name, data in desk.stored().items() if "worksheets/sheet" in name}
    return {
        name: re.sub(rb"<conditionalFormatting.*?</conditionalFormatting>", b"", data) for name, data in parts.items()
    }


def test_protection_stays_as_it_was(desk: Desk) -> None:
    desk.document.Sheets.getByName(COVER).unprotect("")
    before = protections(desk.stored())
    assert len(before) == len(LAYOUT.sheets) - 1
    desk.answers.tell([*MARKED[:2], Action(do.NUM, COVER, "C5", "1")])
    press(desk.document, CAPTIONS["check"])
    assert protections(desk.stored()) == before


def protections(parts: dict[str, bytes]) -> dict[str, list[bytes]]:
    """Return what each sheet that is protected says about it."""
    found = {name: re.findall(rb"<sheetProtection[^>]*>", data) for name, data in parts.items()}
    return {name: rules for name, rules in found.items() if rules}


def test_values_are_one_step_of_undo(desk: Desk) -> None:
    desk.cell(FIRST.ref).setValue(5)
    before = seen(desk.document)
    desk.answers.tell([Action(do.NUM, SHEET, cell.ref, "7") for cell in (FIRST, SECOND, THIRD)])
    press(desk.document, CAPTIONS["fill"])
    assert desk.cell(THIRD.ref).Value == 7
    desk.document.getUndoManager().undo()
    assert seen(desk.document) == before
    assert desk.document.getUndoManager().isUndoPossible()  # what was typed before


def test_there_is_no_undo_that_would_leave_half(desk: Desk) -> None:
    desk.cell(FIRST.ref).setValue(5)
    desk.answers.tell(MARKED)
    press(desk.document, CAPTIONS["check"])
    assert not desk.document.getUndoManager().isUndoPossible()


# ----------------------------------------------------------------- what goes wrong

BAD = Action(do.NUM, "没有这一页", "A1", "1")


@pytest.mark.parametrize("last", spread([BAD, Action("nonsense", SHEET, "A1")], 1), ids=lambda last: last.op)
def test_a_change_that_fails_takes_all_others_back(desk: Desk, last: Action) -> None:
    desk.answers.tell(MARKED)
    press(desk.document, CAPTIONS["check"])
    before = seen(desk.document)
    others = [Action(do.NUM, SHEET, SECOND.ref, "9"), Action(do.ADD_SHEET, "另一页"), *UNMARKED, *MARKED]
    desk.answers.tell([*others, last])
    press(desk.document, CAPTIONS["check"])
    assert seen(desk.document) == before
    desk.answers.tell(others)
    press(desk.document, CAPTIONS["check"])
    assert desk.cell(SECOND.ref).Value == 9  # a click after a fault works


ANSWERS: dict[str, dict[str, Any]] = {
    "cut off": {"cut": True},
    "fault": {"code": 2, "err": "出错了，见记录 x.log"},
    "refused": {"code": 1, "out": "不能：请先存盘。"},
    "fault without words": {"code": 9},
}


@pytest.mark.parametrize("name", spread(ANSWERS, 1))
def test_without_a_whole_list_nothing_is_applied(desk: Desk, name: str) -> None:
    before = seen(desk.document)
    desk.answers.tell([Action(do.NUM, SHEET, FIRST.ref, "1")], **ANSWERS[name])
    press(desk.document, CAPTIONS["fill"])
    assert len(desk.answers.runs()) == 1
    assert seen(desk.document) == before


def test_a_question_that_is_not_agreed_to_leaves_out_what_it_asks_about(desk: Desk) -> None:
    # A headless LibreOffice answers no question with yes.
    desk.answers.tell(
        [
            *asked("都改吗？", Action(do.NUM, SHEET, FIRST.ref, "1"), Action(do.NUM, SHEET, SECOND.ref, "1")),
            Action(do.NUM, SHEET, THIRD.ref, "3"),
            *asked("再来一次？", Action(do.AGAIN, text="report")),
        ]
    )
    press(desk.document, CAPTIONS["fill"])
    assert [desk.cell(cell.ref).String for cell in (FIRST, SECOND, THIRD)] == ["", "", "3"]
    assert len(desk.answers.runs()) == 1


def test_without_the_program_nothing_happens_and_the_next_click_works(desk: Desk) -> None:
    file = desk.home / ".config" / "xxgk" / "python.txt"
    program = file.read_text(encoding="utf-8").strip()
    before = seen(desk.document)
    set_program(desk.home, "/nowhere/xxgk")
    press(desk.document, CAPTIONS["check"])
    assert desk.answers.runs() == []
    set_program(desk.home, program)
    press(desk.document, CAPTIONS["check"])
    assert len(desk.answers.runs()) == 1
    assert seen(desk.document) == before


@full_only
def test_a_sheet_with_a_password_is_left_alone_and_the_others_too(desk: Desk) -> None:
    sheet = desk.document.Sheets.getByName(SHEET)
    sheet.unprotect("")
    sheet.protect("secret")
    before = seen(desk.document)
    desk.answers.tell([Action(do.NUM, COVER, "C5", "1"), Action(do.NUM, SHEET, FIRST.ref, "1")])
    press(desk.document, CAPTIONS["fill"])
    assert seen(desk.document) == before


# -------------------------------------------------------------- from one to the next


def test_next_and_back_go_round_the_places_of_the_list(desk: Desk) -> None:
    places = [(SHEET, FIRST.ref), (COVER, "C4"), (SHEET, FIRST.ref), (SHEET, SECOND.ref)]
    column = "ABCDEFGHI"[PLACE]
    rows = [f"{sheet} {cell}" for sheet, cell in places]
    rows.insert(2, "整个文件")  # a finding that has no cell
    rows.insert(4, "没有这一页 A1")
    lines = [Action(do.STR, LIST, f"{column}{row}", text) for row, text in enumerate(rows, 4)]
    desk.answers.tell(
        [
            Action(do.ADD_SHEET, LIST),
            Action(do.STR, LIST, f"{column}3", COLUMNS[PLACE].heading),
            *lines,
            Action(do.NAME, LIST, f"A3:I{3 + len(rows)}", NAME),
            Action(do.SELECT, *places[0]),
        ]
    )
    press(desk.document, CAPTIONS["check"])
    went = [place(desk.document)]
    for _ in range(4):
        press(desk.document, CAPTIONS["next"])
        went.append(place(desk.document))
    assert went == [*places, places[0]]
    press(desk.document, CAPTIONS["back"])
    assert place(desk.document) == places[-1]
    # The buttons are on the 首页: from there it goes on where it was.
    desk.document.CurrentController.select(desk.cell("A1", COVER))
    press(desk.document, CAPTIONS["back"])
    assert place(desk.document) == places[-2]
    desk.document.CurrentController.select(desk.cell("B5", LIST))
    press(desk.document, CAPTIONS["next"])
    assert place(desk.document) == places[2]


def test_without_a_list_the_selection_stays(desk: Desk) -> None:
    before = place(desk.document)
    press(desk.document, CAPTIONS["next"])
    assert place(desk.document) == before


# ------------------------------------------------------------------- what is painted


@pytest.mark.poppler
def test_colours_are_shown_at_once_and_only_where_they_are_now(desk: Desk) -> None:
    assert painted(desk) == 0
    desk.answers.tell([Action(do.FILL, SHEET, FIRST.ref, "FF0000"), Action(do.FILL, SHEET, SECOND.ref, "FF0000")])
    press(desk.document, CAPTIONS["check"])
    both = painted(desk)
    desk.answers.tell([Action(do.UNFILL, SHEET)])
    press(desk.document, CAPTIONS["clear"])
    assert painted(desk) == 0
    desk.answers.tell([Action(do.UNFILL, SHEET), Action(do.FILL, SHEET, THIRD.ref, "FF0000")])
    press(desk.document, CAPTIONS["check"])
    assert 0 < painted(desk) < both * 3 / 4


def painted(desk: Desk) -> int:
    """Return how many points of the sheet, printed, are red."""
    path = desk.path.with_name("printed.pdf")
    page = desk.document.Sheets.getByName(SHEET)
    data = typed("[]com.sun.star.beans.PropertyValue", properties(Selection=page))
    desk.document.storeToURL(path.as_uri(), properties(FilterName="calc_pdf_Export", FilterData=data, Overwrite=True))
    return points_of(path, (255, 0, 0))
