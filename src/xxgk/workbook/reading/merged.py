"""Cells that staff merged although a number goes into each: only the first of them keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xxgk.formats import Form
from xxgk.report import Place, Remark
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.book import parse_area
from xxgk.xlsx.cells import SheetCells


def merged_inputs(form: Form, sheets: Mapping[str, SheetCells], cells: Iterable[tuple[str, Cell]]) -> Iterator[Remark]:
    """Yield a remark (S116) for each merged area that hides one of ``cells``, each with the address of its figure."""
    here: dict[str, dict[tuple[int, int], str]] = {}
    for address, cell in cells:
        here.setdefault(cell.sheet, {})[cell.row, cell.column] = address
    for sheet, addresses in here.items():
        right, bottom = max(column for _, column in addresses), max(row for row, _ in addresses)
        left, top = min(column for _, column in addresses), min(row for row, _ in addresses)
        for text in sheets[sheet].merged:
            area = parse_area("", f"_!{text}")
            if area is None or area.row > bottom or area.column > right:
                continue
            rows = range(max(top, area.row), min(bottom, area.row + area.height - 1) + 1)
            columns = range(max(left, area.column), min(right, area.column + area.width - 1) + 1)
            covered = ((row, column) for row in rows for column in columns)
            hidden = [spot for spot in covered if spot in addresses and spot != (area.row, area.column)]
            if hidden:
                labels = form.labels_of(addresses[hidden[0]])
                yield Remark("S116", text, labels=labels, place=Place(sheet, area.cell.ref))
