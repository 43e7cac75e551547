"""Where the standard workbook's cells stand in a given file: slots by name, rows and columns by label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xxgk.errors import UnreadableWorkbook
from xxgk.formats import Form, FormError, form_for_year, form_ids, load_form, newest_form
from xxgk.records import Record, replace
from xxgk.report import Place, Remark
from xxgk.workbook.layout import META, TEMPLATE_VERSION, Layout, TablePlan, layout_of
from xxgk.workbook.reading.dates import read_year
from xxgk.workbook.reading.grid import GridMatch, match_grid
from xxgk.xlsx.a1 import Cell, Slot
from xxgk.xlsx.book import Book
from xxgk.xlsx.cells import Content, Holds, SheetCells, reference

MAX_EXTENT = 1_000  # rows or columns of a slot that are looked at, whatever a name claims
MAX_SHOWN = 20  # characters of a text from the file in a message
NOT_OURS = "这不是年报的填报工作簿：里面没有年报的工作表；请用 xxgk new 新建的工作簿填报"


class Places(Record):
    """A workbook's cells, and where in it each part of the layout stands; what was not found is absent.

    ``slots`` is keyed like the layout's own; ``figures``, ``notes`` and ``previous`` by address.
    """

    layout: Layout
    sheets: Mapping[str, SheetCells]
    slots: Mapping[str, Slot]
    figures: Mapping[str, Cell]
    notes: Mapping[str, Cell]
    previous: Mapping[str, Cell]
    remarks: tuple[Remark, ...]

    @property
    def form(self) -> Form:
        """The form of the workbook."""
        return self.layout.form

    @property
    def standard(self) -> bool:
        """Whether everything stands exactly where the template has it."""
        layout = self.layout
        return (
            self.slots == layout.slots
            and self.figures == layout.figures
            and self.notes == layout.notes
            and self.previous == layout.previous
        )

    def content(self, cell: Cell) -> Content | None:
        """Return what stands in ``cell`` of the workbook, or None when it is blank."""
        return self.sheets[cell.sheet].at(reference(cell.row, cell.column))


def locate(book: Book) -> Places:
    """Return the places of ``book``. Raise ``UnreadableWorkbook`` when it is not ours, or of an unknown form."""
    form = _form(book)
    layout = layout_of(form)
    slots, remarks = _slots(book, layout)
    sheets = {name: book.cells(name) for name in dict.fromkeys(slot.sheet for slot in slots.values())}
    remarks += _version(slots, sheets)
    figures: dict[str, Cell] = {}
    notes: dict[str, Cell] = {}
    previous: dict[str, Cell] = {}
    for plan in layout.tables.values():
        grid = slots.get(plan.table.id)
        if grid is not None:
            found, seen = _table_cells(layout, plan, grid, sheets[grid.sheet])
            figures.update(found)
            remarks += seen
            noted, seen = _note_cells(layout, plan, slots, found)
            notes.update(noted)
            remarks += seen
        found, seen = _previous_cells(layout, plan, slots)
        previous.update(found)
        remarks += seen
    return Places(layout, sheets, slots, figures, notes, previous, tuple(remarks))


def _form(book: Book) -> Form:
    """Return the form that the workbook says it is of; where it does not say, that of its year, else the newest."""
    newest = newest_form()
    layout = layout_of(newest)
    known = {slot.name for slot in layout.slots.values()}
    sheets = {META, *(section.sheet for section in newest.sections)}
    if known.isdisjoint(book.names) and sheets.isdisjoint(book.sheets):
        raise UnreadableWorkbook(NOT_OURS)
    content = _single(book, layout.slots["form"])
    if content is None or not content.text.strip():
        return _form_of_year(_single(book, layout.slots["year"])) or newest
    form_id = content.text.strip()
    if form_id not in form_ids():
        known_ids = "、".join(form_ids())
        raise UnreadableWorkbook(
            f"工作簿是“{form_id[:MAX_SHOWN]}”版格式，本程序只认识 {known_ids}；请换用与它配套的程序版本"
        )
    return load_form(form_id)


def _form_of_year(content: Content | None) -> Form | None:
    year = read_year(content) if content else None
    if year is None:
        return None
    try:
        return form_for_year(year)
    except FormError:
        return None


def _single(book: Book, slot: Slot) -> Content | None:
    found = _found(book, slot)
    return book.cells(found.sheet).at(reference(found.row, found.column)) if found else None


def _found(book: Book, slot: Slot) -> Slot | None:
    """Return ``slot`` where its name stands, else at its standard place, or None when that is gone too."""
    area = book.names.get(slot.name)
    if area is not None and area.sheet in book.sheets:
        return replace(area, height=min(area.height, MAX_EXTENT), width=min(area.width, MAX_EXTENT))
    return slot if slot.sheet in book.sheets else None


def _slots(book: Book, layout: Layout) -> tuple[dict[str, Slot], list[Remark]]:
    slots: dict[str, Slot] = {}
    nameless: dict[str, list[Slot]] = {}
    gone: dict[str, Slot] = {}
    for key, slot in layout.slots.items():
        found = _found(book, slot)
        if found is None:
            gone.setdefault(slot.sheet, slot)
        else:
            slots[key] = layout.slots[key] if found == slot else found
            if slot.name not in book.names or book.names[slot.name].sheet not in book.sheets:
                nameless.setdefault(slot.sheet, []).append(slot)
    remarks = []
    for sheet, lost in nameless.items():
        names = "、".join(slot.name for slot in lost)
        remarks.append(Remark("S102", expected=names, labels=(sheet,), place=Place(sheet, lost[0].cell.ref)))
    for sheet in gone:
        # Without the hidden sheet nothing that was typed is lost.
        code = "S102" if sheet == META else "S103"
        remarks.append(Remark(code, expected=sheet, labels=(sheet,)))
    return slots, remarks


def _version(slots: Mapping[str, Slot], sheets: Mapping[str, SheetCells]) -> list[Remark]:
    slot = slots.get("version")
    if slot is None:
        return []
    content = sheets[slot.sheet].at(slot.cell.ref)
    seen = content.text.strip() if content else ""
    if seen == TEMPLATE_VERSION:
        return []
    place = Place(slot.sheet, slot.cell.ref)
    return [Remark("S104", seen=seen, expected=TEMPLATE_VERSION, labels=(slot.sheet,), place=place)]


def _table_cells(
    layout: Layout, plan: TablePlan, grid: Slot, cells: SheetCells
) -> tuple[dict[str, Cell], tuple[Remark, ...]]:
    match = match_grid(plan.table, grid, cells)
    if match.identical and grid == plan.grid:
        return {address: layout.figures[address] for address in plan.table.addresses}, ()
    found = {}
    for address in plan.table.addresses:
        place = plan.table.cells[address]
        row, column = match.rows.get(place.row), match.columns.get(place.column)
        if row is not None and column is not None:
            found[address] = Cell(grid.sheet, row, column)
    return found, (*match.remarks, *_foreign_lines(plan, grid, match, cells))


def _foreign_lines(plan: TablePlan, grid: Slot, match: GridMatch, cells: SheetCells) -> Iterator[Remark]:
    """Yield a remark for each inserted row or column of a table that holds a number; nobody reads those."""
    rows = [row for row in match.rows.values() if row is not None]
    columns = [column for column in match.columns.values() if column is not None]
    if not rows or not columns:
        return
    added_rows = [row for row in range(min(rows), max(rows)) if row not in rows]
    added_columns = [column for column in range(min(columns), max(columns)) if column not in columns]
    lines = [[(row, column) for column in columns] for row in added_rows if grid.height > plan.grid.height]
    lines += [[(row, column) for row in rows] for column in added_columns if grid.width > plan.grid.width]
    for line in lines:
        for row, column in line:
            content = cells.at(reference(row, column))
            if content is not None and content.holds is Holds.NUMBER and content.text:
                place = Place(grid.sheet, reference(row, column))
                yield Remark("S110", content.text, labels=(plan.table.name,), place=place)
                break


def _note_cells(
    layout: Layout, plan: TablePlan, slots: Mapping[str, Slot], figures: Mapping[str, Cell]
) -> tuple[dict[str, Cell], tuple[Remark, ...]]:
    """Return where the remarks stand: in line with the figures, which may have moved within their table."""
    table, notes = plan.table, slots.get(f"notes.{plan.table.id}")
    if notes is None or notes.sheet != slots[table.id].sheet:
        return {}, ()
    if notes == plan.notes and all(layout.figures[address] is cell for address, cell in figures.items()):
        return {address: layout.notes[address] for address in figures}, ()
    if table.across:
        return {address: Cell(notes.sheet, notes.row, cell.column) for address, cell in figures.items()}, ()
    if notes.width != plan.notes.width:
        place = Place(notes.sheet, notes.cell.ref)
        return {}, (Remark("S103", expected=f"{table.name}备注", labels=(table.name,), place=place),)
    found = {}
    for address, cell in figures.items():
        column = notes.column + table.cells[address].column - table.header_columns
        found[address] = Cell(notes.sheet, cell.row, column)
    return found, ()


def _previous_cells(
    layout: Layout, plan: TablePlan, slots: Mapping[str, Slot]
) -> tuple[dict[str, Cell], tuple[Remark, ...]]:
    """Return where last year's figures stand. Their list has no labels of its own, so its size must be right."""
    table = plan.table
    planned, slot = layout.previous_tables[table.id], slots.get(f"previous.{table.id}")
    addresses = [address for address in table.addresses if address in layout.previous]
    if slot is None:
        return {}, ()
    if slot == planned:
        return {address: layout.previous[address] for address in addresses}, ()
    if (slot.height, slot.width) != (planned.height, planned.width):
        place = Place(slot.sheet, slot.cell.ref)
        return {}, (Remark("S103", expected=table.name, labels=(slot.sheet, table.name), place=place),)
    down, right = slot.row - planned.row, slot.column - planned.column
    moved = {}
    for address in addresses:
        cell = layout.previous[address]
        moved[address] = Cell(slot.sheet, cell.row + down, cell.column + right)
    return moved, ()
