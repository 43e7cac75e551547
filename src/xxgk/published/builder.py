"""Blocks put together from what a markup reader meets on its way: text, ends of lines, tables within tables."""

from __future__ import annotations

import re

from xxgk.errors import UnreadableWorkbook
from xxgk.published.blocks import Block, Cell, Line, Table
from xxgk.texts import BLANKS

SEAM = re.compile(r" *\n[ \n]*")
NUMBERED = re.compile(r"[0-9]+、\Z")
CHINESE = re.compile(r"[\u2010-\u2027\u2e80-\ufaff\uff00-\uffef]")  # and its punctuation
MAX_BLOCKS = 50_000  # lines and cells; a long report has a thousand
MAX_SPAN = 200  # columns or rows that a cell is believed to reach over
MAX_DEPTH = 60  # tables within tables
# For superscripts: the mark of a footnote is no digit of the number before it.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
TOO_MUCH = "内容多得不正常，不像一份年报，为安全起见没有读取"


class _OpenCell:
    def __init__(self, rows: int, columns: int, continued: bool) -> None:
        self.rows, self.columns, self.continued = rows, columns, continued
        self.blocks: list[Block] = []


class _OpenTable:
    def __init__(self) -> None:
        self.rows: list[list[_OpenCell]] = []
        self.cell: _OpenCell | None = None


class Builder:
    """Takes the pieces of a document in reading order; ``blocks`` gives what they make."""

    def __init__(self) -> None:
        self._top: list[Block] = []
        self._open: list[_OpenTable] = []
        self._text: list[str] = []
        self._count = 0

    def text(self, text: str) -> None:
        """Add text to the line at hand."""
        self._text.append(text)

    def end_line(self, level: int = 0) -> None:
        """End the line at hand, a heading of ``level``; a blank one is nothing.

        Where the source breaks its own lines it is one all the same: with a blank there, between Chinese with none.
        """
        text = SEAM.sub(_joined, "".join(self._text)).strip(BLANKS)
        self._text.clear()
        if text:
            self._tally()
            self._here().append(Line(text, level=level))

    def open_table(self) -> None:
        """Begin a table, inside the cell at hand if there is one."""
        self.end_line()
        if len(self._open) >= MAX_DEPTH:
            raise UnreadableWorkbook(TOO_MUCH)
        self._open.append(_OpenTable())

    def open_row(self) -> None:
        """Begin a row; outside a table it is nothing."""
        if self._open:
            self.close_cell()
            self._open[-1].rows.append([])

    def open_cell(self, rows: int = 1, columns: int = 1, continued: bool = False) -> None:
        """Begin a cell; ``continued`` says that it belongs to the one above it."""
        if not self._open:
            return
        self.close_cell()
        table = self._open[-1]
        if not table.rows:
            table.rows.append([])
        self._tally()
        table.cell = _OpenCell(_within(rows), _within(columns), continued)
        table.rows[-1].append(table.cell)

    def close_cell(self) -> None:
        """End the cell at hand."""
        self.end_line()
        if self._open:
            self._open[-1].cell = None

    def close_table(self) -> None:
        """End the innermost table: what only holds other things in place is dissolved into them."""
        if not self._open:
            return
        self.close_cell()
        table = self._open.pop()
        cells = [cell for row in table.rows for cell in row]
        inner = any(isinstance(block, Table) for cell in cells for block in cell.blocks)
        if inner or len(cells) <= 1:
            for cell in cells:
                self._here().extend(cell.blocks)
        else:
            self._here().append(_placed(table.rows))

    def blocks(self) -> tuple[Block, ...]:
        """Return all blocks; whatever is open still ends here."""
        while self._open:
            self.close_table()
        self.end_line()
        return tuple(self._top)

    def _here(self) -> list[Block]:
        if not self._open:
            return self._top
        cell = self._open[-1].cell
        # Text between rows stands, as in a browser, before the table.
        if cell is None:
            outer = next((table.cell for table in reversed(self._open[:-1]) if table.cell is not None), None)
            return self._top if outer is None else outer.blocks
        return cell.blocks

    def _tally(self) -> None:
        self._count += 1
        if self._count > MAX_BLOCKS:
            raise UnreadableWorkbook(TOO_MUCH)


def _joined(seam: re.Match[str]) -> str:
    """Return what a break in the source is, as browsers have it (CSS Text 3, segment break transformation).

    Behind the number of a list it is a blank: LibreOffice breaks lines only where one was typed.
    """
    if NUMBERED.search(seam.string[max(0, seam.start() - 4) : seam.start()]):
        return " "
    around = (seam.string[max(0, seam.start() - 1) : seam.start()], seam.string[seam.end() : seam.end() + 1])
    return "" if all(CHINESE.fullmatch(sign) for sign in around) else " "


def _within(span: int) -> int:
    return min(max(span, 1), MAX_SPAN)


def _placed(rows: list[list[_OpenCell]]) -> Table:
    """Return the table of ``rows``: each cell at the first place in its row that no cell above reaches into."""
    taken: set[tuple[int, int]] = set()
    placed: dict[tuple[int, int], Cell] = {}
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            height = min(cell.rows, len(rows) - row)
            area = [(y, x) for y in range(row, row + height) for x in range(column, column + cell.columns)]
            taken.update(area)
            above = owners.get((row - 1, column)) if cell.continued else None
            if above is not None and placed[above].column == column:
                old = placed[above]
                placed[above] = Cell(old.text, old.row, column, row + height - old.row, old.columns)
            else:
                above = (row, column)
                text = "\n".join(block.text for block in cell.blocks if isinstance(block, Line))
                placed[above] = Cell(text, row, column, height, cell.columns)
            owners.update((place, above) for place in area)
            column += cell.columns
    return Table(tuple(placed.values()))
