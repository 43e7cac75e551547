"""Ranges of the engine over LibreOffice: values, formulas in Excel's syntax, formats, merges."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes, utils

from support.xlwings_lo_com import ExcelError, RangeApi
from support.xlwings_lo_looks import ACROSS, DOWN, Borders, Font, number_of
from support.xlwings_lo_notes import ConditionalFormats, Note

if TYPE_CHECKING:
    from support.xlwings_lo import Sheet

CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: numbers, dates, texts, formulas
POINT = 35.28  # hundredths of a millimetre
POINTS_OF_WIDTH = 205  # of a column, in hundredths of a millimetre for each character


class Range(base_classes.Range):
    sheet: Any = None
    api: Any = None
    options: Any = None
    has_array = False
    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet: Sheet, cells: Any) -> None:
        self.sheet, self.uno = sheet, cells
        self.api = RangeApi(sheet.book, cells)

    # ------------------------------------------------------------------ where it is

    @cached_property
    def _box(self) -> tuple[int, int, int, int]:
        union = self.uno.supportsService("com.sun.star.sheet.SheetCellRanges")
        own = self.uno.getByIndex(0).RangeAddress if union else self.uno.RangeAddress
        return own.StartRow, own.StartColumn, own.EndRow, own.EndColumn

    @property
    def row(self) -> int:
        return self._box[0] + 1

    @property
    def column(self) -> int:
        return self._box[1] + 1

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self._box
        return bottom - top + 1, right - left + 1

    @property
    def coords(self) -> tuple[Any, int, int, int, int]:
        return self.sheet, self.row, self.column, *self.shape

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, first: int, second: int | None = None) -> Range:
        row, column = (first, second) if second is not None else (1 + (first - 1) // self.shape[1], 0)
        column = column or 1 + (first - 1) % self.shape[1]
        return self.sheet.range((self.row + row - 1, self.column + column - 1))

    def get_address(self, row_absolute: bool = True, column_absolute: bool = True, _external: bool = False) -> str:
        def cell(row: int, column: int) -> str:
            return f"{'$' * column_absolute}{utils.col_name(column)}{'$' * row_absolute}{row}"

        first = cell(self.row, self.column)
        rows, columns = self.shape
        return first if (rows, columns) == (1, 1) else f"{first}:{cell(self.row + rows - 1, self.column + columns - 1)}"

    @property
    def address(self) -> str:
        return self.get_address()

    def select(self) -> None:
        self.sheet.book.document.CurrentController.select(self.uno)

    # ------------------------------------------------------------------ what it holds

    @property
    def raw_value(self) -> Any:
        found = self.api.Value2
        return found if isinstance(found, tuple) else ((found,),)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._each(data, self._set)

    @property
    def formula(self) -> Any:
        found = self.uno.getFormulaArray()
        rows = tuple(
            tuple(self._formula(text, row, column) for column, text in enumerate(line))
            for row, line in enumerate(found)
        )
        return rows if len(self) > 1 else rows[0][0]

    @formula.setter
    def formula(self, data: Any) -> None:
        self._each(data, self._set)

    def _formula(self, text: str, row: int, column: int) -> str:
        if text.startswith("="):
            known = self.sheet.book.app.engine.formulas
            if text not in known:
                cell = self.uno.getCellByPosition(column, row)
                known[text] = "=" + str(self.sheet.book.parser.printFormula(cell.getTokens(), cell.CellAddress))
            return known[text]
        # Excel says nothing of the apostrophe that keeps a text a text.
        return text.removeprefix("'")

    def _each(self, data: Any, write: Any) -> None:
        rows = data if isinstance(data, (list, tuple)) else [[data]]
        protected = self.sheet.uno.isProtected()
        for row, line in enumerate(rows):
            for column, value in enumerate(line):
                cell = self.uno.getCellByPosition(column, row)
                if protected and cell.CellProtection.IsLocked:
                    raise ExcelError(f"{self.sheet.name} is protected")
                write(cell, value)

    def _set(self, cell: Any, value: Any) -> None:
        """Take a value as Excel does: texts are read like typed ones, unless the format or an apostrophe forbids."""
        is_text = self.sheet.book.number_format(cell.NumberFormat)[0] == "@"
        if value == "":
            cell.clearContents(CONTENTS)
        elif not isinstance(value, str):
            if is_text:
                cell.setString(f"{value:g}")
            else:
                cell.setValue(float(value))
        elif value.startswith("=") and not is_text:
            cell.setTokens(self.sheet.book.parser.parseFormula(value[1:], cell.CellAddress))
        elif value.startswith("'"):
            cell.setString(value[1:])
        elif is_text:
            cell.setString(value)
        else:
            cell.setFormula(value)

    # ------------------------------------------------------------------ how it looks

    @property
    def number_format(self) -> str | None:
        if self.uno.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE":
            return None
        return str(self.sheet.book.number_format(self.uno.NumberFormat)[0])

    @number_format.setter
    def number_format(self, code: str) -> None:
        if self.sheet.uno.isProtected():
            raise ExcelError(f"{self.sheet.name} is protected")
        import uno  # loaded by the office that runs

        formats = self.sheet.book.document.NumberFormats
        locale = uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
        key = formats.queryKey(code, locale, False)
        self.uno.NumberFormat = key if key != -1 else formats.addNew(code, locale)

    @property
    def merge_area(self) -> Range:
        cursor = self.sheet.uno.createCursorByRange(self.uno)
        cursor.collapseToMergedArea()
        own = cursor.RangeAddress
        return self.sheet.range((own.StartRow + 1, own.StartColumn + 1), (own.EndRow + 1, own.EndColumn + 1))

    @property
    def merge_cells(self) -> bool | None:
        if self.uno.getIsMerged() or self.merge_area.shape != self.shape:
            return True if len(self) == 1 else None
        return False

    @property
    def conditional_formats(self) -> ConditionalFormats:
        return ConditionalFormats(self)

    @property
    def wrap_text(self) -> bool:
        return bool(self.uno.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.uno.IsTextWrapped = value

    def _set_across(self, value: str) -> None:
        self.uno.setPropertyValue("HoriJustify", ACROSS[value])

    def _set_down(self, value: str) -> None:
        self.uno.setPropertyValue("VertJustify", DOWN[value])

    horizontal_alignment = property(fset=_set_across)
    vertical_alignment = property(fset=_set_down)

    def _set_color(self, value: Any) -> None:
        self.uno.CellBackColor = number_of(value)

    color = property(fset=_set_color)

    def merge(self, _across: bool) -> None:
        self.uno.merge(True)

    @property
    def font(self) -> Font:
        return Font(self.uno)

    @property
    def borders(self) -> Borders:
        return Borders(self.uno)

    @property
    def row_height(self) -> float:
        return float(self.uno.Rows.Height) / POINT

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.uno.Rows.Height = round(value * POINT)

    @property
    def column_width(self) -> float:
        return float(self.uno.Columns.Width) / POINTS_OF_WIDTH

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.uno.Columns.Width = round(value * POINTS_OF_WIDTH)

    @property
    def note(self) -> Note | None:
        cell = self.uno.getCellByPosition(0, 0)
        return Note(self.sheet, cell.CellAddress) if cell.Annotation.String else None

    def add_note(self, text: str) -> Note:
        if self.sheet.uno.isProtected():
            raise ExcelError(f"{self.sheet.name} is protected")
        if self.note is not None:
            raise ExcelError("there is a note already")
        cell = self.uno.getCellByPosition(0, 0)
        self.sheet.uno.Annotations.insertNew(cell.CellAddress, text)
        return Note(self.sheet, cell.CellAddress)
