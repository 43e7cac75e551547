"""The members of Excel's own object model that ``xxgk.excel.com`` uses, over LibreOffice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from support.xlwings_lo import App, Book

ERRORS = {532: 2007, 32767: 2042, 525: 2029, 524: 2023, 519: 2015, 503: 2036}  # LibreOffice's codes: Excel's
VALUE_ERROR = 2015
ERROR_BASE = -2146828288
LOGICAL = 1024  # com.sun.star.util.NumberFormat
VERY_HIDDEN = 2
SINGLE = 2  # XlUnderlineStyle
# What a sheet of the template allows; LibreOffice does not tell.
ALLOWED = ("AllowFormattingColumns", "AllowFormattingRows")


class ExcelError(Exception):
    """Stands for pywintypes.com_error."""


class BookApi:
    """A Workbook."""

    ProtectWindows = False

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def Path(self) -> str:  # noqa: N802
        return str(self._book.document.URL).rpartition("/")[0]

    @property
    def Date1904(self) -> bool:  # noqa: N802
        return bool(self._book.document.NullDate.Year == 1904)

    def LinkSources(self, _kind: int) -> tuple[str, ...] | None:  # noqa: N802
        return tuple(self._book.document.SheetLinks.ElementNames) or None

    @property
    def ProtectStructure(self) -> bool:  # noqa: N802
        return bool(self._book.document.isProtected())

    def Unprotect(self, password: str) -> None:  # noqa: N802
        _unprotect(self._book.document, password)

    def Protect(self, *, Structure: bool, Windows: bool) -> None:  # noqa: N802, N803
        assert Structure
        assert not Windows
        self._book.document.protect("")


class SheetApi:
    """A Worksheet."""

    ProtectDrawingObjects = ProtectScenarios = False

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self.Tab = SheetTab(sheet)

    @property
    def Visible(self) -> int:  # noqa: N802
        return -1 if self._sheet.IsVisible else VERY_HIDDEN

    @Visible.setter
    def Visible(self, value: int) -> None:  # noqa: N802
        self._sheet.IsVisible = value == -1

    @property
    def ProtectContents(self) -> bool:  # noqa: N802
        return bool(self._sheet.isProtected())

    @property
    def Protection(self) -> Protection:  # noqa: N802
        return Protection(self._book.protections.get(self._sheet.Name, dict.fromkeys(ALLOWED, True)))

    def Unprotect(self, password: str) -> None:  # noqa: N802
        _unprotect(self._sheet, password)

    def Protect(self, *, Contents: bool, **allowed: bool) -> None:  # noqa: N802, N803
        assert Contents
        self._book.protections[self._sheet.Name] = {name: True for name, given in allowed.items() if given}
        self._sheet.protect("")


class Protection:
    """What a protected sheet allows."""

    def __init__(self, allowed: dict[str, bool]) -> None:
        self._allowed = allowed

    def __getattr__(self, name: str) -> bool:
        assert name.startswith("Allow")
        return self._allowed.get(name, False)


class RangeApi:
    """A Range."""

    def __init__(self, book: Book, cells: Any) -> None:
        self._book, self._cells = book, cells
        self.Font = Letters(cells)

    @property
    def Value2(self) -> Any:  # noqa: N802
        rows, formulas = self._cells.getDataArray(), self._cells.getFormulaArray()
        found = tuple(
            tuple(self._value(value, formulas[row][column], row, column) for column, value in enumerate(line))
            for row, line in enumerate(rows)
        )
        return found if len(rows) > 1 or len(rows[0]) > 1 else found[0][0]

    def _value(self, value: Any, formula: str, row: int, column: int) -> Any:
        if value is None:
            error = self._cells.getCellByPosition(column, row).getError()
            return ERROR_BASE + ERRORS.get(error, VALUE_ERROR)
        if value == "":
            return None
        # LibreOffice's truth values are numbers that look so.
        if value in (0.0, 1.0) and (formula in ("TRUE", "FALSE") or formula.startswith("=")):
            known = self._book.logical
            if formula not in known:
                key = self._cells.getCellByPosition(column, row).NumberFormat
                known[formula] = bool(self._book.number_format(key)[1] & LOGICAL)
            return bool(value) if known[formula] else value
        return value


class SheetTab:
    """The Tab of a Worksheet."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    def _set_colour(self, value: int) -> None:
        self._sheet.TabColor = int.from_bytes(value.to_bytes(3, "little"))

    Color = property(fset=_set_colour)


class Letters:
    """The Font of a Range."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells

    def _set_underline(self, value: int) -> None:
        assert value == SINGLE
        self._cells.CharUnderline = 1

    Underline = property(fset=_set_underline)


class AppApi:
    """The Application, and its active Window."""

    SplitRow = SplitColumn = 0

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def ActiveWindow(self) -> AppApi:  # noqa: N802
        return self

    def _freeze(self, value: bool) -> None:
        assert value
        self._app.open_books[-1].document.CurrentController.freezeAtPosition(self.SplitColumn, self.SplitRow)

    FreezePanes = property(fset=_freeze)


class RuleApi:
    """A FormatCondition."""

    def SetLastPriority(self) -> None:  # noqa: N802
        """LibreOffice puts each new one last."""


class NoteApi:
    """A Comment; LibreOffice fits its box by itself."""

    def __init__(self) -> None:
        self.Shape = self
        self.TextFrame = self
        self.AutoSize = False


def _unprotect(protected: Any, password: str) -> None:
    try:
        protected.unprotect(password)
    except Exception as error:
        raise ExcelError("wrong password") from error
