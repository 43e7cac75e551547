"""Notes and conditional formats of the engine over LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from support.xlwings_lo_com import ExcelError, NoteApi, RuleApi

if TYPE_CHECKING:
    from support.xlwings_lo import Sheet
    from support.xlwings_lo_range import Range

CONDITION, BY_FORMULA = 0, 24  # com.sun.star.sheet.ConditionEntryType, ConditionFormatOperator


class Note(base_classes.Note):
    api: Any = None

    def __init__(self, sheet: Sheet, position: Any) -> None:
        self._sheet, self._position = sheet, position
        self.api = NoteApi()

    @property
    def location(self) -> Range:
        return self._sheet.range((self._position.Row + 1, self._position.Column + 1))

    @property
    def text(self) -> str:
        return str(self.location.uno.getCellByPosition(0, 0).Annotation.String)

    @text.setter
    def text(self, value: str) -> None:
        _refuse_protected(self._sheet)
        self.location.uno.getCellByPosition(0, 0).Annotation.setString(value)

    def delete(self) -> None:
        _refuse_protected(self._sheet)
        notes = self._sheet.uno.Annotations
        for number in range(notes.Count):
            at = notes.getByIndex(number).Position
            if (at.Row, at.Column) == (self._position.Row, self._position.Column):
                notes.removeByIndex(number)
                return


class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules of a whole sheet, or those to be added to a range."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells
        self._formats = cells.sheet.uno.ConditionalFormats

    def _rules(self) -> list[Rule]:
        found = []
        for block in self._formats.getConditionalFormats():
            found += [Rule(self._formats, block, block.getByIndex(number)) for number in range(block.Count)]
        return found

    def __len__(self) -> int:
        return len(self._rules())

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules())

    def __call__(self, key: int) -> Rule:
        return self._rules()[key - 1]

    def add_custom(self, spec: dict[str, Any]) -> Rule:
        sheet = self._cells.sheet
        _refuse_protected(sheet)
        style = _style(sheet.book.document, spec["fill_color"])
        ranges = self._cells.uno
        if not ranges.supportsService("com.sun.star.sheet.SheetCellRanges"):
            ranges = sheet.book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
            ranges.addRangeAddress(self._cells.uno.RangeAddress, False)
        number = self._formats.createByRange(ranges)
        block = next(block for block in self._formats.getConditionalFormats() if number == block.ID)
        block.createEntry(CONDITION, 0)
        entry = block.getByIndex(0)
        entry.Operator, entry.Formula1, entry.StyleName = BY_FORMULA, spec["formula"].removeprefix("="), style
        return Rule(self._formats, block, entry)


class Rule(base_classes.ConditionalFormat):
    api: Any = None

    def __init__(self, formats: Any, block: Any, entry: Any) -> None:
        self._formats, self._block, self._entry = formats, block, entry
        self.api = RuleApi()

    @property
    def type(self) -> str:
        is_condition = self._entry.getType() == CONDITION
        return "custom" if is_condition and self._entry.Operator == BY_FORMULA else "unknown"

    @property
    def formula(self) -> str | None:
        return f"={self._entry.Formula1}" if self.type == "custom" else None

    def delete(self) -> None:
        if self._block.Count == 1:
            self._formats.removeByID(self._block.ID)
            return
        own = self.formula
        for number in range(self._block.Count):
            if f"={self._block.getByIndex(number).Formula1}" == own:
                self._block.removeByIndex(number)
                return


def _style(document: Any, colour: tuple[int, int, int]) -> str:
    """Return the name of a cell style with this background. LibreOffice adds none while any sheet is protected."""
    red, green, blue = colour
    name = f"fill {red:02x}{green:02x}{blue:02x}"
    styles = document.StyleFamilies.getByName("CellStyles")
    if not styles.hasByName(name):
        sheets = [document.Sheets.getByIndex(number) for number in range(document.Sheets.Count)]
        locked = [sheet for sheet in sheets if sheet.isProtected()]
        for sheet in locked:
            sheet.unprotect("")
        style = document.createInstance("com.sun.star.style.CellStyle")
        styles.insertByName(name, style)
        style.CellBackColor = (red << 16) | (green << 8) | blue
        for sheet in locked:
            sheet.protect("")
    return name


def _refuse_protected(sheet: Sheet) -> None:
    if sheet.uno.isProtected():
        raise ExcelError(f"{sheet.name} is protected")
