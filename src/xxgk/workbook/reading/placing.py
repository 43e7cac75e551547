"""From pieces that were found to the places of all that is typed; names that are of no use any more are remarked on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xxgk.formats import Table
from xxgk.records import Record, replace
from xxgk.report import Place, Remark
from xxgk.workbook.layout import CHECKS, META, PREVIOUS_TEXT, Layout
from xxgk.workbook.printed import META_LIST, NOTES, Line, patterns_of, slots_by_pattern
from xxgk.workbook.reading.doubts import doubts
from xxgk.workbook.reading.find import Pieces
from xxgk.workbook.reading.search import Match
from xxgk.workbook.reading.sheets import Sheets, named_area
from xxgk.xlsx.a1 import Cell, Slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.workbook.reading.source import Source

JOIN = "、"
HEADING_ROWS = 2  # the title of a text and the headings of its columns
PAIR = 2  # columns of a slot whose cells are read by being its first and its last
GAP_ROWS = 1  # the blank row before the next title


class Placed(Record):
    """Where things stand, keyed like the layout's own; what is absent was not found."""

    slots: Mapping[str, Slot]
    figures: Mapping[str, Cell]
    notes: Mapping[str, Cell]
    previous: Mapping[str, Cell]
    remarks: tuple[Remark, ...]


def placed(sheets: Sheets, layout: Layout, pieces: Pieces) -> Placed:
    """Return the place of everything typed, with a remark for all that is lost, changed or uncertain."""
    slots: dict[str, Slot] = {}
    for name, own in slots_by_pattern(layout.form).items():
        if name in pieces.matches:
            places = {key: _slot(sheets.book, slot, pieces.matches[name]) for key, slot in own.items()}
            slots.update((key, place) for key, place in places.items() if place is not None)
    _end_before_the_next(slots, layout)
    figures: dict[str, Cell] = {}
    notes: dict[str, Cell] = {}
    previous: dict[str, Cell] = {}
    for plan in layout.tables.values():
        table = plan.table
        figures.update(_cells(layout.figures, table, pieces.matches.get(table.id)))
        previous.update(_cells(layout.previous, table, pieces.matches.get(f"previous.{table.id}")))
        notes.update(_note_cells(layout, table, pieces.matches))
    remarks = tuple(_remarks(sheets, layout, pieces, slots))
    return Placed(slots, figures, notes, previous, remarks)


def _cells(standard: Mapping[str, Cell], table: Table, found: Match | None) -> Iterator[tuple[str, Cell]]:
    if found is not None:
        for address in table.addresses:
            spot = found.at(standard[address].row, standard[address].column)
            if spot is not None:
                yield address, Cell(found.sheet, *spot)


def _note_cells(layout: Layout, table: Table, matches: Mapping[str, Match]) -> Iterator[tuple[str, Cell]]:
    """Yield where the remarks stand: under their columns, or in the rows of the table under headings of their own."""
    grid, headings = matches.get(table.id), matches.get(NOTES + table.id)
    if table.across:
        yield from _cells(layout.notes, table, grid)
    elif grid is not None and headings is not None:
        for address in table.addresses:
            row = grid.rows.found.get(layout.notes[address].row)
            column = headings.columns.found.get(layout.notes[address].column)
            if row is not None and column is not None:
                yield address, Cell(grid.sheet, row, column)


def _slot(book: Source, slot: Slot, found: Match) -> Slot | None:
    """Return where a slot stands: as its name says where labels agree, else as its labels say."""
    if slot.width == PAIR and not {slot.column, slot.end.column} <= found.columns.found.keys():
        return None
    area = named_area(book, slot)
    if area is not None and area.sheet == found.sheet and _agrees(area, slot, found):
        return slot if area == slot else area
    rows = [found.rows.found[row] for row in range(slot.row, slot.end.row + 1) if row in found.rows.found]
    columns = [
        found.columns.found[column]
        for column in range(slot.column, slot.end.column + 1)
        if column in found.columns.found
    ]
    if not rows or not columns:
        return None
    # A text has labels for its first row only, and goes on for as many as it has.
    height = slot.height if len(rows) == 1 else max(rows) - min(rows) + 1
    return Slot(slot.name, found.sheet, min(rows), min(columns), height, max(columns) - min(columns) + 1)


def _agrees(area: Slot, slot: Slot, found: Match) -> bool:
    """Tell whether a name points to where the labels say that a slot is."""
    rows = _spans(area.row, area.end.row, slot.row, slot.end.row, found.pattern.rows, found.rows.found)
    across = (area.column, area.end.column, slot.column, slot.end.column)
    return rows and _spans(*across, found.pattern.columns, found.columns.found)


def _spans(first: int, last: int, start: int, end: int, lines: Sequence[Line], seen: Mapping[int, int]) -> bool:
    """Tell whether the lines ``first`` to ``last`` of the sheet hold what ``start`` to ``end`` of the form do."""
    within = [seen[line.at] for line in lines if line.typed and start <= line.at <= end and line.at in seen]
    if not within or seen.get(start, first) != first:
        return False
    return first <= min(within) and max(within) <= last


def _end_before_the_next(slots: dict[str, Slot], layout: Layout) -> None:
    """Let a text that is followed by another on its sheet end before the title of that one, whatever its name says."""
    for part in layout.narrative:
        slot = slots.get(part)
        below = [
            slots[other] for other in layout.narrative if slot and other in slots and slots[other].sheet == slot.sheet
        ]
        after = min((other.row for other in below if slot and other.row > slot.row), default=None)
        if slot is not None and after is not None:
            height = max(1, after - HEADING_ROWS - GAP_ROWS - slot.row)
            if height != slot.height:
                slots[part] = replace(slot, height=height)


# -------------------------------------------------------------- remarks


def _remarks(sheets: Sheets, layout: Layout, pieces: Pieces, slots: Mapping[str, Slot]) -> Iterator[Remark]:
    patterns = patterns_of(layout.form)
    for sheet in pieces.gone:
        # Nothing of this year's report is on these; a waived hint that is lost shows itself by coming back.
        if sheet not in (META, CHECKS, PREVIOUS_TEXT):
            yield Remark("S103", expected=sheet, labels=(sheet,))
    for key, sheet in pieces.lost.items():
        if patterns[key].sheet not in pieces.gone and key != META_LIST:
            name = patterns[key].name
            yield Remark("S103", expected=name, labels=(name,), place=Place(sheet, "A1"))
    yield from _nameless(sheets.book, layout, pieces, slots)
    said = set()
    for key, found in pieces.matches.items():
        if key not in pieces.unproven and key != META_LIST:
            for remark in doubts(found, sheets.cells(found.sheet)):
                spot = remark.code, remark.place
                if spot not in said and not (remark.code == "S101" and key.startswith(NOTES)):
                    said.add(spot)
                    yield remark


def _nameless(book: Source, layout: Layout, pieces: Pieces, slots: Mapping[str, Slot]) -> Iterator[Remark]:
    """Yield one remark a sheet for names that are lost: S115 where labels made up for it, S102 where nothing did."""
    lost: dict[tuple[str, str], list[Slot]] = {}
    for key, slot in slots.items():
        if key in slots_by_pattern(layout.form)[META_LIST]:
            continue  # nothing that staff fill in hangs on these
        unproven = any(key in slots_by_pattern(layout.form)[name] for name in pieces.unproven)
        if unproven or named_area(book, layout.slots[key]) is None or not _pointed_to(book, layout.slots[key], slot):
            lost.setdefault((slot.sheet, "S102" if unproven else "S115"), []).append(slot)
    for (sheet, code), missing in lost.items():
        names = JOIN.join(slot.name for slot in missing)
        yield Remark(code, expected=names, labels=(sheet,), place=Place(sheet, missing[0].cell.ref))


def _pointed_to(book: Source, standard: Slot, here: Slot) -> bool:
    area = named_area(book, standard)
    return area is not None and (area.sheet, area.row, area.column) == (here.sheet, here.row, here.column)
