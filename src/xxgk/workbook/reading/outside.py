"""What stands outside of all that is read: numbers about a table, anything about the written parts."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby

from xxgk.formats import Form
from xxgk.report import Place, Remark
from xxgk.texts import BLANKS, bare
from xxgk.workbook.layout import PREVIEW, PREVIEW_SOURCE, PREVIOUS, Layout, layout_of
from xxgk.workbook.printed import PREVIEW_BEGIN, prompts_text
from xxgk.workbook.reading.index import MAX_COLUMN, MAX_ROW, positions
from xxgk.xlsx.a1 import Cell, Slot, column_letter
from xxgk.xlsx.cells import Content, Holds, SheetCells, reference

MOST = 5  # remarks for one sheet; where there is more, these show what happened
ABOVE = 2  # rows above a written part that hold its title and headings
SPARE = 4  # columns beyond the last that the template may use for a way back or a count

_Spot = tuple[int, int]


def outside_standard(layout: Layout, sheets: Mapping[str, SheetCells]) -> Iterator[Remark]:
    """Yield a remark (S110) for what is outside on sheets on which everything stands where the template has it."""
    for sheet, frame in _frames(layout.form).items():
        strange = sheets[sheet].stored.keys() - frame
        if strange:
            texts = [slot for slot in layout.narrative.values() if slot.sheet == sheet]
            yield from _remarks(layout, sheet, sheets[sheet], strange, texts, ())


def outside_moved(
    layout: Layout, sheet: str, cells: SheetCells, slots: Mapping[str, Slot], known: Collection[Cell], ours: bool
) -> Iterator[Remark]:
    """Yield the same for one sheet on which things have moved; ``known`` are the cells read and of labels.

    On a sheet that is not ``ours`` only what stands between our rows and columns is ours to speak of.
    """
    here = {(cell.row, cell.column) for cell in known if cell.sheet == sheet}
    texts = [slot for key, slot in slots.items() if key in layout.narrative and slot.sheet == sheet]
    if not here and not texts:
        return
    singles = [slot for slot in slots.values() if slot.sheet == sheet and slot.height == 1]
    here |= {(slot.row, column) for slot in singles for column in range(slot.column, slot.end.column + 1)}
    strange: Iterable[str] = cells.stored
    if not ours and here:
        top, bottom = min(row for row, _ in here), max(row for row, _ in here)
        left, right = min(column for _, column in here), max(column for _, column in here)
        strange = [at for row, column, at in positions(cells) if top <= row <= bottom and left <= column <= right]
    yield from _remarks(layout, sheet, cells, strange, texts, here)


def _remarks(
    layout: Layout, sheet: str, cells: SheetCells, strange: Iterable[str], texts: list[Slot], read: Collection[_Spot]
) -> Iterator[Remark]:
    """Yield a remark for the first cell of each row that holds anything which is lost."""
    name, prompts = _name(layout, sheet), _prompts(layout.form)
    lost = sorted(
        (row, column, at)
        for row, column, at in positions(SheetCells({at: cells.stored[at] for at in strange}, cells.strings))
        if row <= MAX_ROW
        and column <= MAX_COLUMN
        and (row, column) not in read
        and _is_lost(cells.at(at), row, column, texts)
        and bare(cells.text(at)) not in prompts
        and not _is_preview(cells, row, column, texts)
    )
    for count, (_, run) in enumerate(groupby(lost, key=lambda spot: spot[0])):
        _, _, at = next(run)
        content = cells.at(at)
        if count < MOST and content is not None:
            yield Remark("S110", content.text, labels=(name,) if name else (), place=Place(sheet, at))


def _is_preview(cells: SheetCells, row: int, column: int, texts: list[Slot]) -> bool:
    """Tell whether a cell is the preview of a paragraph, or what that was made of, which says so itself."""
    for slot in texts:
        if column in (slot.column + PREVIEW, slot.column + PREVIEW_SOURCE):
            source = cells.text(reference(row, slot.column + PREVIEW_SOURCE))
            return source.startswith(PREVIEW_BEGIN)
    return False


def _is_lost(content: Content | None, row: int, column: int, texts: list[Slot]) -> bool:
    if content is None or content.formula or not content.text.strip(BLANKS):
        return False
    if not texts:
        return content.holds is Holds.NUMBER
    if any(slot.row <= row <= slot.end.row and slot.column <= column <= slot.end.column for slot in texts):
        return False
    # Titles, headings and hints belong to the part that follows; its prompts stand beside its first row.
    above = [slot for slot in texts if slot.row < row and slot.column <= column]
    heading = any(slot.row - ABOVE <= row <= slot.row for slot in texts)
    return bool(above) and not heading


def _name(layout: Layout, sheet: str) -> str:
    return next((plan.table.name for plan in layout.tables.values() if plan.grid.sheet == sheet), "")


@functools.cache
def _prompts(form: Form) -> frozenset[str]:
    """Return what the template prints beside the written parts, which stays there when rows come in above it."""
    return frozenset(bare(prompts_text(part)) for part in form.parts)


@functools.cache
def _frames(form: Form) -> Mapping[str, frozenset[str]]:
    """Return the cells of each sheet in which the template has or expects something."""
    layout = layout_of(form)
    frames = {}
    for plan in layout.tables.values():
        ends = plan.notes.end, plan.table_note.cell, plan.grid.end
        cells = [*ends, *plan.status.values(), *plan.guidance.values()]
        frames[plan.grid.sheet] = _rectangle(max(c.row for c in cells), max(c.column for c in cells) + SPARE)
    last = [*(slot.end for slot in layout.previous_tables.values()), *layout.explanations.values()]
    frames[PREVIOUS] = _rectangle(max(c.row for c in last), max(c.column for c in last) + SPARE)
    for part in layout.narrative.values():
        frame = _rectangle(part.row, part.end.column + SPARE, part.row - ABOVE)
        frame |= _rectangle(part.end.row, part.end.column, part.row)
        frames[part.sheet] = frames.get(part.sheet, frozenset()) | frame
        if all(other.row >= part.row for other in layout.narrative.values() if other.sheet == part.sheet):
            frames[part.sheet] |= _rectangle(part.row, part.end.column + SPARE)
    return frames


def _rectangle(bottom: int, right: int, top: int = 1) -> frozenset[str]:
    letters = [column_letter(column) for column in range(1, right + 1)]
    return frozenset(f"{letter}{row}" for letter in letters for row in range(top, bottom + 1))
