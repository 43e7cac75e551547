"""The few members of Excel's own object model that xlwings has no words for.

Only members that every Excel since 2010 has: xlwings waits for ever for one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xxgk.errors import FileProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    import xlwings

VERY_HIDDEN = 2  # XlSheetVisibility
EXCEL_LINKS = 1  # XlLink
SINGLE = 2  # XlUnderlineStyle
# What a protected sheet may allow, by the same names in Worksheet.Protection and as arguments of Protect.
ALLOWANCES = (
    *("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns"),
    *("AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows"),
    *("AllowSorting", "AllowFiltering", "AllowUsingPivotTables"),
)
# XlCVError, as COM passes it: the code, with the facility of error values in front.
ERROR_BASE = -2146828288
ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
}
OTHER_ERROR = "#VALUE!"

Restore = Callable[[], None]


def raw_values(area: xlwings.Range) -> tuple[tuple[Any, ...], ...]:
    """Return what cells hold: None, text, truth value, float (days for dates, unrounded for money), int for an error.

    ``Value``, which xlwings reads, rounds an amount of money to four decimals.
    """
    found = area.api.Value2
    return found if isinstance(found, tuple) else ((found,),)


def error_text(code: int) -> str:
    """Return how Excel shows an error value."""
    return ERRORS.get(code - ERROR_BASE, OTHER_ERROR)


def counts_from_1904(book: xlwings.Book) -> bool:
    """Tell whether days count from 1904."""
    return bool(book.api.Date1904)


def has_links(book: xlwings.Book) -> bool:
    """Tell whether formulas refer to other workbooks."""
    return bool(book.api.LinkSources(EXCEL_LINKS))


def hide(sheet: xlwings.Sheet) -> None:
    """Hide a sheet so that only programs show it again."""
    sheet.api.Visible = VERY_HIDDEN


def put_last(rule: xlwings.main.ConditionalFormat) -> None:
    """Let all other conditional formats go before this one."""
    rule.impl.api.SetLastPriority()  # xlwings puts new ones first, and shows no object of its own for them


def add_note(cell: xlwings.Range, text: str) -> None:
    """Give a cell a note, in a box as large as its text.

    A cell with a conversation, which Excel 365 has, can have no note: there colour and list must do. Asking for
    conversations beforehand would wait for ever in an older Excel.
    """
    try:
        note = cell.add_note(text)
    except Exception:  # pywin32's, which is not there on every system
        return
    note.api.Shape.TextFrame.AutoSize = True


def underline(area: xlwings.Range) -> None:
    """Underline the letters."""
    area.api.Font.Underline = SINGLE


def colour_tab(sheet: xlwings.Sheet, colour: str) -> None:
    """Give the tab of a sheet a colour, RRGGBB."""
    sheet.api.Tab.Color = int.from_bytes(bytes.fromhex(colour), "little")


def freeze(sheet: xlwings.Sheet, row: int, column: int) -> None:
    """Keep in view what is above and left of a cell. The sheet is shown: Excel does it in the window only."""
    sheet.activate()
    window = sheet.book.app.api.ActiveWindow
    window.SplitRow, window.SplitColumn = row - 1, column - 1
    window.FreezePanes = True


def lift_sheet(sheet: xlwings.Sheet) -> Restore:
    """Lift the protection of a sheet and return what puts it back as it was.

    Raise ``FileProblem`` when it has a password.
    """
    own = sheet.api
    if not own.ProtectContents:
        return _nothing
    kept = {name: bool(getattr(own.Protection, name)) for name in ALLOWANCES}
    kept["DrawingObjects"] = bool(own.ProtectDrawingObjects)
    kept["Scenarios"] = bool(own.ProtectScenarios)
    _unprotect(own, "ProtectContents", f"“{sheet.name}”页")
    return lambda: own.Protect(Contents=True, **kept)


def lift_book(book: xlwings.Book) -> Restore:
    """Lift the protection of the list of sheets, likewise."""
    own = book.api
    if not own.ProtectStructure:
        return _nothing
    windows = bool(own.ProtectWindows)
    _unprotect(own, "ProtectStructure", "工作簿")
    return lambda: own.Protect(Structure=True, Windows=windows)


def _unprotect(protected: Any, state: str, what: str) -> None:
    refused = FileProblem(f"{what}加了密码保护，写不进去。请先撤销保护（“审阅”里），再试一次。没有改动任何内容。")
    try:
        protected.Unprotect("")
    except Exception as error:  # pywin32's, which is not there on every system
        raise refused from error
    if getattr(protected, state):
        raise refused


def _nothing() -> None:
    """Leave unprotected what was so."""
