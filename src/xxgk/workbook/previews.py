"""What paragraphs read like with their numbers, beside the paragraphs, and what that was made of.

A preview turns grey by itself when its paragraph, or any number, has changed since: the template compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xxgk.narrative.placeholders import has_placeholder
from xxgk.narrative.resolve import resolve
from xxgk.report import Report
from xxgk.workbook.layout import PREVIEW, PREVIEW_SOURCE
from xxgk.workbook.printed import PREVIEW_BEGIN, PREVIEW_HEADING
from xxgk.workbook.reading.locate import Places
from xxgk.workbook.reading.read import cell_text
from xxgk.workbook.states import state_text
from xxgk.xlsx.a1 import Cell, Slot, parse_reference

MOST_SIGNS = 32_000  # of a text in a cell


def previews(places: Places, report: Report) -> dict[Cell, str]:
    """Return the texts to put beside the paragraphs of ``report`` that hold placeholders, by cell.

    None where the workbook has no room for them, or not everything stands where the template has it.
    """
    if not places.standard:
        return {}
    found: dict[Cell, str] = {}
    state = state_text(places.layout, lambda cell: cell_text(places.content(cell)))
    resolved = resolve(report, places.form).narrative
    for part, slot in _slots(places):
        for typed, shown in zip(report.narrative.get(part, ()), resolved.get(part, ()), strict=True):
            row = parse_reference(typed.place.cell)[0] if typed.place else 0
            source = f"{PREVIEW_BEGIN}{typed.text}{state}"
            if row and has_placeholder(typed.text) and max(len(source), len(shown.text)) <= MOST_SIGNS:
                found[Cell(slot.sheet, row, slot.column + PREVIEW)] = shown.text
                found[Cell(slot.sheet, row, slot.column + PREVIEW_SOURCE)] = source
    return found


def preview_changes(places: Places, wanted: Mapping[Cell, str]) -> Iterator[tuple[Cell, str | None]]:
    """Yield what makes ``wanted`` the only previews in the workbook: cells with their new text, None for none."""
    present = {cell: cell_text(places.content(cell)) for cell in _present(places)}
    for cell in dict.fromkeys((*present, *wanted)):
        if present.get(cell, "") != wanted.get(cell, ""):
            yield cell, wanted.get(cell)


def _present(places: Places) -> Iterator[Cell]:
    """Yield the cells of previews that are there."""
    for _, slot in _slots(places):
        for row in range(slot.row, slot.end.row + 1):
            source = Cell(slot.sheet, row, slot.column + PREVIEW_SOURCE)
            if cell_text(places.content(source)).startswith(PREVIEW_BEGIN):
                yield Cell(slot.sheet, row, slot.column + PREVIEW)
                yield source


def _slots(places: Places) -> Iterator[tuple[str, Slot]]:
    """Yield the written parts beside which there is room for previews, as their heading says."""
    for part in places.layout.narrative:
        slot = places.slots.get(part)
        if slot is not None:
            heading = Cell(slot.sheet, slot.row - 1, slot.column + PREVIEW)
            if cell_text(places.content(heading)) == PREVIEW_HEADING:
                yield part, slot
