"""Where the parts of a report stand in its workbook, for findings to point at."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from xxgk.report import Place
from xxgk.workbook.reading.locate import Places
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.cells import reference


def known_places(places: Places) -> Iterator[tuple[str, Place]]:
    """Yield where the single cells stand; of the others only when they are not where the template has them."""
    for key in (*places.layout.cover, "previous_year", "previous_form"):
        if key in places.slots:
            yield key, place_of(places.slots[key].cell)
    if places.standard:
        return
    for address, cell in places.figures.items():
        yield address, place_of(cell)
    for address, cell in places.previous.items():
        yield f"previous.{address}", place_of(cell)
    for field in places.form.fields:
        if field.id in places.slots:
            yield field.id, place_of(places.slots[field.id].cell)
    for part in places.form.parts:
        if part.id in places.slots:
            slot = places.slots[part.id]
            yield f"narrative.{part.id}", place_of(Cell(slot.sheet, slot.row, slot.column + slot.width - 1))


def place_of(cell: Cell) -> Place:
    """Return the place of a cell as a finding has it."""
    return _place_at(cell.sheet, cell.row, cell.column)


@functools.lru_cache(maxsize=4096)  # the same ones in every workbook
def _place_at(sheet: str, row: int, column: int) -> Place:
    return Place(sheet, reference(row, column))
