"""A printed table found again in a sheet: by position where the labels agree, else by its labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from xxgk.formats import GridCell, Table
from xxgk.records import Record
from xxgk.report import Place, Remark
from xxgk.texts import bare
from xxgk.xlsx.a1 import Slot
from xxgk.xlsx.cells import SheetCells, reference


class GridMatch(Record):
    """Which row and column of the sheet each row and column of the printed grid is; None when not found.

    Only rows and columns with numbers are listed. ``identical`` says that nothing was moved or relabelled.
    """

    rows: Mapping[int, int | None]
    columns: Mapping[int, int | None]
    identical: bool
    remarks: tuple[Remark, ...]


# The label that names a line (a row or column with numbers): the line, where it stands across it, its text.
_Head = tuple[int, int, str]


def match_grid(table: Table, slot: Slot, cells: SheetCells) -> GridMatch:
    """Return where the lines of ``table`` stand in ``slot`` of a sheet, with a remark for each odd label.

    S101: a label is not what the form has. S103: a line cannot be found, so its numbers are not read.
    """
    read = _reader(slot, cells)
    whole = (slot.height, slot.width) == (table.height, table.width)
    if whole and all(_same(read(cell.row, cell.column), cell.text) for cell in table.grid if cell.text):
        return GridMatch(
            {cell.row: slot.row + cell.row for cell in table.cells.values()},
            {cell.column: slot.column + cell.column for cell in table.cells.values()},
            True,
            (),
        )
    row_heads, column_heads = _row_heads(table), _column_heads(table)
    found_rows = _match_lines(row_heads, table.height, slot.height, read)
    found_columns = _match_lines(column_heads, table.width, slot.width, lambda line, across: read(across, line))
    remarks = (
        *_lost(table, slot, row_heads, found_rows),
        *_lost(table, slot, column_heads, found_columns),
        *_relabelled(table, slot, found_rows, found_columns, read),
    )
    rows = {line: None if at is None else slot.row + at for line, at in found_rows.items()}
    columns = {line: None if at is None else slot.column + at for line, at in found_columns.items()}
    return GridMatch(rows, columns, False, remarks)


def _same(seen: str, expected: str) -> bool:
    return seen == expected or bare(seen) == bare(expected)


def _reader(slot: Slot, cells: SheetCells) -> Callable[[int, int], str]:
    def read(row: int, column: int) -> str:
        return cells.text(reference(slot.row + row, slot.column + column))

    return read


def _row_heads(table: Table) -> list[_Head]:
    """Return the label next to the left of each row's first number; "" where the table has none."""
    heads = []
    for row in sorted({cell.row for cell in table.cells.values()}):
        first = min(cell.column for cell in table.cells.values() if cell.row == row)
        left = [cell for cell in table.grid if cell.text and cell.column < first and _covers_row(cell, row)]
        head = max(left, key=lambda cell: cell.column, default=None)
        heads.append((row, head.column, head.text) if head else (row, 0, ""))
    return heads


def _column_heads(table: Table) -> list[_Head]:
    """Return the label next above each column's first number."""
    heads = []
    for column in sorted({cell.column for cell in table.cells.values()}):
        first = min(cell.row for cell in table.cells.values() if cell.column == column)
        above = [cell for cell in table.grid if cell.text and cell.row < first and _covers_column(cell, column)]
        head = max(above, key=lambda cell: cell.row)
        heads.append((column, head.row, head.text))
    return heads


def _covers_row(cell: GridCell, row: int) -> bool:
    return cell.row <= row < cell.row + cell.height


def _covers_column(cell: GridCell, column: int) -> bool:
    return cell.column <= column < cell.column + cell.width


def _match_lines(
    heads: Sequence[_Head], planned: int, actual: int, read: Callable[[int, int], str]
) -> dict[int, int | None]:
    """Return for each line where it is now. Lines of one label are told apart by their order.

    A line whose label is nowhere stays where it was, if the number of lines did not change and
    nothing else has come to stand there.
    """
    groups: dict[str, list[_Head]] = {}
    for head in heads:
        groups.setdefault(bare(head[2]), []).append(head)
    found: dict[int, int | None] = {}
    for text, group in groups.items():
        across = {head[1] for head in group}
        places = [line for line in range(actual) if text and any(bare(read(line, at)) == text for at in across)]
        if len(places) == len(group):
            found.update((head[0], place) for head, place in zip(group, places, strict=True))
    taken = set(found.values())
    for line, _, _ in heads:
        if line not in found:
            found[line] = line if planned == actual and line not in taken else None
    return found


def _lost(table: Table, slot: Slot, heads: Sequence[_Head], found: Mapping[int, int | None]) -> list[Remark]:
    lost = [text for line, _, text in heads if found[line] is None]
    place = Place(slot.sheet, slot.cell.ref)
    if len(lost) == len(heads):
        return [Remark("S103", expected=table.name, labels=(table.name,), place=place)]
    return [Remark("S103", expected=text, labels=(table.name, text), place=place) for text in lost]


def _relabelled(
    table: Table,
    slot: Slot,
    rows: Mapping[int, int | None],
    columns: Mapping[int, int | None],
    read: Callable[[int, int], str],
) -> list[Remark]:
    """Return a remark for each label that is not the form's, as far as its place is known."""
    remarks = []
    for cell in table.grid:
        if not cell.text:
            continue
        row = rows.get(cell.row, cell.row if slot.height == table.height else None)
        column = columns.get(cell.column, cell.column if slot.width == table.width else None)
        if row is None or column is None:
            continue
        seen = read(row, column)
        if not _same(seen, cell.text):
            place = Place(slot.sheet, reference(slot.row + row, slot.column + column))
            remarks.append(Remark("S101", seen=seen, expected=cell.text, labels=(table.name, cell.text), place=place))
    return remarks
