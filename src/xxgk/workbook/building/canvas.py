"""One sheet while it is being built: cells with looks, merges, row heights, printing, protection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from xxgk.records import Record
from xxgk.workbook.building.styles import LINK, Look
from xxgk.workbook.measure import height_of, line_count
from xxgk.xlsx.a1 import Cell, column_letter
from xxgk.xlsx.references import reference

Orientation = Literal["portrait", "landscape"]
A4 = 9
LOWEST = 18.0  # points: no row with a text is lower


class _Text(Record):
    row: int
    height: int
    units: float
    text: str
    look: Look


class Canvas:
    """A sheet being built. Rows and columns count from 1; column widths must be set before texts are put."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._units: dict[int, float] = {}
        self._texts: list[_Text] = []
        self._floors: dict[int, float] = {}
        self._free: set[int] = set()
        sheet.sheet_view.showGridLines = False

    @property
    def title(self) -> str:
        """The sheet's name."""
        return self.sheet.title

    def widths(self, widths: Mapping[int, float]) -> None:
        """Set column widths, in units of a digit of the normal font."""
        for column, units in widths.items():
            self._units[column] = units
            self.sheet.column_dimensions[column_letter(column)].width = units

    def hide_column(self, column: int) -> None:
        """Take a column out of sight."""
        self.sheet.column_dimensions[column_letter(column)].hidden = True

    def wrap_column(self, column: int) -> None:
        """Let long texts take several lines in the cells of a column which nothing has been put into."""
        self.sheet.column_dimensions[column_letter(column)].alignment = Alignment(vertical="top", wrap_text=True)

    def put(
        self, row: int, column: int, text: str | int | None, look: Look, *, height: int = 1, width: int = 1
    ) -> None:
        """Write ``text`` (or nothing) with ``look``, merged over ``height`` rows and ``width`` columns."""
        style = self._style(look)
        if height > 1 or width > 1:
            self.sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + height - 1, end_column=column + width - 1
            )
        # Every cell of a merge carries the look: its frame and its lock are the merge's.
        for y in range(row, row + height):
            for x in range(column, column + width):
                self.sheet.cell(y, x).style = style
        if text is not None:
            self.sheet.cell(row, column, text)
        if isinstance(text, str):
            units = sum(self._units[x] for x in range(column, column + width))
            self._texts.append(_Text(row, height, units - 2 * look.indent, text, look))

    def put_cell(self, cell: Cell, text: str | int | None, look: Look, *, height: int = 1, width: int = 1) -> None:
        """Write at a cell of the layout, see ``put``."""
        self.put(cell.row, cell.column, text, look, height=height, width=width)

    def formula(self, cell: Cell, text: str) -> None:
        """Write a formula into a cell that has its look already."""
        self.sheet.cell(cell.row, cell.column, text)

    def link(self, row: int, column: int, text: str, target: Cell, look: Look = LINK) -> None:
        """Write a link that jumps to ``target``."""
        self.put(row, column, text, look)
        place = Hyperlink(ref=f"{column_letter(column)}{row}", location=reference(target), display=text)
        self.sheet.cell(row, column).hyperlink = place
        # Setting a hyperlink gives the cell openpyxl's own look.
        self.sheet.cell(row, column).style = self._style(look)

    def at_least(self, rows: Iterable[int], points: float) -> None:
        """Make ``rows`` at least ``points`` high."""
        for row in rows:
            self._floors[row] = max(points, self._floors.get(row, 0.0))

    def grow_freely(self, rows: Iterable[int], points: float) -> None:
        """Leave ``rows`` to the spreadsheet program, which fits them to what is typed; empty, they are ``points`` high.

        The height is the sheet's default, not the rows' own: programs keep what a row has of its own.
        """
        self._free.update(rows)
        self.sheet.sheet_format.defaultRowHeight = points

    def freeze(self, row: int, column: int) -> None:
        """Keep everything above ``row`` and left of ``column`` in view."""
        self.sheet.freeze_panes = f"{column_letter(column)}{row}"

    def select(self, cell: Cell) -> None:
        """Make ``cell`` the one that is selected when the sheet is first shown."""
        # Of the selections of a frozen sheet, the last is that of the part that scrolls.
        selection = self.sheet.sheet_view.selection[-1]
        selection.activeCell = selection.sqref = cell.ref

    def printing(self, area: str, orientation: Orientation = "portrait", title_rows: str = "") -> None:
        """Print ``area`` on A4, one page wide; ``title_rows`` (such as ``1:1``) repeat on each page."""
        sheet = self.sheet
        sheet.print_area = area
        if title_rows:
            sheet.print_title_rows = title_rows
        sheet.page_setup.orientation = orientation
        sheet.page_setup.paperSize = A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.6
        margins.top, margins.bottom = 0.8, 0.8
        assert sheet.oddFooter is not None
        footer = sheet.oddFooter.center
        footer.text, footer.size = "第 &P 页，共 &N 页", 9

    def finish(self, colour: str) -> None:
        """Fit the rows, protect the sheet without a password, and colour its tab."""
        for row, points in self._heights().items():
            self.sheet.row_dimensions[row].height = points
        self.sheet.sheet_properties.tabColor = colour
        protection = self.sheet.protection
        protection.sheet = True
        # In these attributes False means allowed; without formatRows no program fits rows to new text.
        protection.formatColumns = protection.formatRows = False
        protection.selectLockedCells = protection.selectUnlockedCells = False

    def _style(self, look: Look) -> str:
        workbook = self.sheet.parent
        assert workbook is not None
        if look.name not in workbook.named_styles:
            workbook.add_named_style(look.named_style())
        return look.name

    def _heights(self) -> dict[int, float]:
        heights = dict(self._floors)
        for text in (one for one in self._texts if one.height == 1 and one.row not in self._free):
            heights[text.row] = max(heights.get(text.row, LOWEST), _needed(text))
        for text in (one for one in self._texts if one.height > 1):
            rows = range(text.row, text.row + text.height)
            missing = _needed(text) - sum(heights.get(row, LOWEST) for row in rows)
            # Rows that grow freely are left alone: whoever puts a text over them gives it enough of them.
            if missing > 0 and self._free.isdisjoint(rows):
                for row in rows:
                    heights[row] = round(heights.get(row, LOWEST) + missing / text.height, 1)
        return heights


def _needed(text: _Text) -> float:
    lines = line_count(text.text, text.units, text.look.size) if text.look.wrap else 1
    return height_of(lines, text.look.size)
