"""What of a workbook does not stand where the template has it."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.workbook.layout import PREVIOUS
from xxgk.workbook.reading.locate import Places
from xxgk.xlsx.a1 import Cell

Move = tuple[Cell, Cell]


def moves(places: Places) -> Iterator[str]:
    """Yield a sentence for each table, part of text or sheet of single cells that stands elsewhere in this workbook."""
    for name, cells in _groups(places):
        moved = [(here, planned) for here, planned in cells if here != planned]
        if moved:
            here, planned = moved[0]
            many = f"有 {len(moved)} 格换了位置，如" if len(moved) > 1 else "换了位置，"
            yield f"{name}：{many}原来在【{here.sheet}】{here.ref}，现在在【{planned.sheet}】{planned.ref}。"


def _groups(places: Places) -> Iterator[tuple[str, list[Move]]]:
    """Yield each group's name with the cells of this workbook and where they belong."""
    layout, form = places.layout, places.form
    grouped: set[str] = set()
    for table in form.tables.values():
        yield table.name, [(places.figures[a], layout.figures[a]) for a in table.addresses if a in places.figures]
        last = [(places.previous[a], layout.previous[a]) for a in table.addresses if a in places.previous]
        yield f"{PREVIOUS}的{table.name}", last
        grouped |= {table.id, f"notes.{table.id}", f"previous.{table.id}"}
    for part in form.parts:
        if part.id in places.slots:
            yield part.title, [(places.slots[part.id].cell, layout.slots[part.id].cell)]
        grouped.add(part.id)
    sheets: dict[str, list[Move]] = {}
    for key, slot in places.slots.items():
        if key not in grouped:
            planned = layout.slots[key]
            sheets.setdefault(planned.sheet, []).append((slot.cell, planned.cell))
    yield from ((f"{sheet}的其他填报格", cells) for sheet, cells in sheets.items())
