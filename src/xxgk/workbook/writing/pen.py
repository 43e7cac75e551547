"""What collects the changes to a workbook while a report is compared with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xxgk.figures import is_stated
from xxgk.report import Figure, Number, Report
from xxgk.wording import printed_date
from xxgk.workbook.reading.dates import read_date, read_year, serial
from xxgk.workbook.reading.locate import Places
from xxgk.workbook.reading.read import cell_text
from xxgk.workbook.writing.placed import says
from xxgk.xlsx.a1 import Cell, Slot
from xxgk.xlsx.cells import Content
from xxgk.xlsx.sheetpatch import CellChange

SHOWN = 20  # characters of a text that a line for staff quotes
MAX_TEXT = 32_767  # UTF-16 units that a cell can hold

Value = Number | str | None


class Pen:
    """Collects the cells to change, lines for staff on them, and sentences for what finds no place.

    ``base`` is the report that the workbook now holds, ``stated`` the cells of totals that stay as they were typed.
    """

    def __init__(self, places: Places, date1904: bool, base: Report) -> None:
        self.places, self.date1904, self.base = places, date1904, base
        self.form = places.form
        self.changes: dict[str, dict[tuple[int, int], CellChange]] = {}
        self.lines: list[str] = []
        self.problems: list[str] = []
        self.stated: set[Cell] = set()

    def put(self, cell: Cell | None, value: Value, what: str, row_height: float = 0.0) -> None:
        """Let ``cell`` hold ``value``, unless it says so already. ``what`` names it to staff."""
        if cell is None:
            if value is not None:
                self.problems.append(f"{what}：工作簿里找不到这一格，没有写入。")
        elif not fits(value):
            self.problems.append(f"{what}：文字超过 {MAX_TEXT} 字，一个格子放不下，没有写入。")
        elif not says(self.places.content(cell), value):
            self.set(cell, CellChange(value, row_height=row_height))
            self.announce(what, cell_text(self.places.content(cell)), value)

    def announce(self, what: str, before: Value, after: Value) -> None:
        """Tell staff what ``what`` held and will hold."""
        self.lines.append(f"{what}：{_shown(before)} → {_shown(after)}")

    def set(self, cell: Cell, change: CellChange) -> None:
        """Let ``change`` happen to ``cell``, without a line for staff."""
        self.changes.setdefault(cell.sheet, {})[cell.row, cell.column] = change

    def cell(self, key: str) -> Cell | None:
        """Return where the single cell ``key`` of the layout now stands, None where it is lost."""
        slot = self.places.slots.get(key)
        return None if slot is None else slot.cell

    def content(self, key: str) -> Content | None:
        """Return what the single cell ``key`` holds, None for nothing or where it is lost."""
        cell = self.cell(key)
        return None if cell is None else self.places.content(cell)

    def slot(self, key: str, needed: int, what: str) -> Slot | None:
        """Return the slot if it can take ``needed`` rows; otherwise nothing of them is written."""
        slot = self.places.slots.get(key)
        height = slot.height if slot is not None else 0
        if needed > height:
            self.problems.append(f"{what}：有 {needed} 条，工作簿里只有 {height} 行，没有写入。")
            return None
        return slot

    def year(self, key: str, year: int | None, what: str) -> None:
        """Let the cell ``key`` hold ``year``, unless what stands there is read as that year."""
        content = self.content(key)
        if (read_year(content) if content else None) != year:
            self.put(self.cell(key), year, what)

    def day(self, key: str, day: date | None, what: str) -> None:
        """Let the date cell ``key`` hold ``day``, unless what stands there is read as that day."""
        cell, content = self.cell(key), self.content(key)
        before = read_date(content, self.date1904) if content else None
        if before == day:
            return
        number = None if day is None else serial(day, self.date1904)
        if cell is None:
            self.put(None, number, what)
            return
        # A serial number says nothing to people.
        self.set(cell, CellChange(number))
        self.announce(what, printed_date(before) if before else cell_text(content), printed_date(day) if day else None)

    def stays(self, cell: Cell | None, address: str, figure: Figure | None) -> None:
        """Keep a stated total from being made a formula again."""
        if cell is not None and address in self.form.totals and is_stated(figure):
            self.stated.add(cell)


def fits(value: Value) -> bool:
    """Tell whether a cell can hold ``value``."""
    return not isinstance(value, str) or len(value.encode("utf-16-le", "replace")) <= 2 * MAX_TEXT


def _shown(value: Value) -> str:
    """Return what a cell holds, short enough for a line."""
    text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"{text[:SHOWN]}…" if len(text) > SHOWN else text or "（空）"
