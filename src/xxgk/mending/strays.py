"""What staff typed where no part of the form is: beside the tables, or on sheets of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xxgk.checks.quoting import quote
from xxgk.report import Report
from xxgk.texts import bare
from xxgk.workbook.layout import GUIDE
from xxgk.workbook.reading.index import positions
from xxgk.workbook.reading.locate import Places
from xxgk.workbook.reading.read import cell_text
from xxgk.workbook.template import template_path
from xxgk.xlsx.a1 import Cell, parse_reference
from xxgk.xlsx.book import Book, open_book
from xxgk.xlsx.cells import SheetCells
from xxgk.xlsx.notes import read_notes
from xxgk.xlsx.parts import Parts

SHOWN = 5  # cells of one sheet


def foreign_sheets(book: Book, places: Places) -> Iterator[str]:
    """Yield a sentence for each sheet that is not the form's and holds anything that the template does not print."""
    template = _template(places)
    printed = frozenset(text for sheet in template.sheets for text in _printed(template, sheet))
    ours = _sheets(book, places)
    for sheet in book.sheets:
        if sheet not in ours and any(bare(text) not in printed for _, text in _typed(book.cells(sheet))):
            yield f"工作表“{sheet}”：不是年报的工作表，没有带过去。"


def strays(book: Book, places: Places, report: Report) -> Iterator[str]:
    """Yield a sentence for each sheet of the form that has something typed outside the cells that are read.

    What the template prints is known by its words, wherever it stands now; formulas nobody typed. What
    the reader has remarked on is left out.
    """
    template = _template(places)
    remarked = {(remark.place.sheet, remark.place.cell) for remark in report.remarks if remark.place}
    is_read = _read_cells(places)
    for sheet, planned in _sheets(book, places).items():
        printed = _printed(template, planned)
        found = [
            (ref, text)
            for ref, text in _typed(book.cells(sheet))
            if bare(text) not in printed
            and (sheet, ref) not in remarked
            and not is_read(Cell(sheet, *parse_reference(ref)))
        ]
        if found:
            quotes = "、".join(f"{ref} {quote(text)}" for ref, text in found[:SHOWN])
            more = f"等 {len(found)} 格" if len(found) > SHOWN else ""
            yield f"【{sheet}】填报格以外的内容没有带过去：{quotes}{more}。"


def notes_left(book: Book) -> Iterator[str]:
    """Yield a sentence for each sheet with notes of staff (批注); the fresh template has none."""
    parts = Parts(book.package)
    for sheet, part in book.sheets.items():
        notes = read_notes(parts, part)
        if notes:
            refs = "、".join(sorted(notes)[:SHOWN]) + (" 等" if len(notes) > SHOWN else "")
            yield f"【{sheet}】有 {len(notes)} 条批注没有带过去：{refs}。"


def _template(places: Places) -> Book:
    return open_book(template_path(places.form).read_bytes())


def _printed(template: Book, sheet: str) -> frozenset[str]:
    return frozenset(bare(text) for _, text in _typed(template.cells(sheet)))


def _sheets(book: Book, places: Places) -> Mapping[str, str]:
    """Return the form's sheets by their names in this workbook; one that holds several goes by its first."""
    found: dict[str, str] = {GUIDE: GUIDE} if GUIDE in book.sheets else {}
    for key, slot in places.slots.items():
        found.setdefault(slot.sheet, places.layout.slots[key].sheet)
    return found


def _typed(cells: SheetCells) -> Iterator[tuple[str, str]]:
    """Yield reference and text of each cell that holds something other than a formula."""
    for _, _, ref in positions(cells):
        content = cells.at(ref)
        text = cell_text(content)
        if content is not None and not content.formula and text:
            yield ref, text


def _read_cells(places: Places) -> Callable[[Cell], bool]:
    """Return a test whether the reader takes in what stands in a cell."""
    tables = places.form.tables
    grids = {key for table in tables for key in (table, f"notes.{table}", f"previous.{table}")}
    single = {*places.figures.values(), *places.notes.values(), *places.previous.values()}
    areas = [slot for key, slot in places.slots.items() if key not in grids]
    last_text = places.slots.get("previous_text")

    def is_read(cell: Cell) -> bool:
        # Of an area only the first and the last column are read: what somebody put between them is not.
        read = cell in single or any(cell in area and cell.column in (area.column, area.end.column) for area in areas)
        return read or (last_text is not None and cell in last_text)

    return is_read
