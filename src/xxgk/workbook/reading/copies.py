"""A second copy of one of our tables with other numbers: which of them is read must be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xxgk.report import Place, Remark
from xxgk.workbook.layout import Layout
from xxgk.workbook.printed import patterns_of
from xxgk.workbook.reading.search import ANYWHERE, Match, match, sightings
from xxgk.workbook.reading.sheets import Sheets
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.cells import SheetCells, reference


def copies(
    sheets: Sheets,
    layout: Layout,
    figures: Mapping[str, Cell],
    searched: Iterable[str],
    labels: Mapping[str, set[tuple[int, int]]],
) -> Iterator[Remark]:
    """Yield a remark (S113) for each further copy of a table that has other numbers than ``figures`` have.

    ``labels`` are the cells, by sheet, whose texts are labels of pieces that are known already.
    """
    for table in layout.tables:
        pattern = patterns_of(layout.form)[table]
        here = {address: cell for address, cell in figures.items() if address.startswith(f"{table}.")}
        if not here:
            continue
        used = next(iter(here.values())).sheet
        for sheet in searched:
            index = sheets.index(sheet)
            for one in sightings(pattern, index, ANYWHERE, pattern.proof, labels.get(sheet, ())):
                copy = match(pattern, sheet, index, one, None)
                at = _differing(sheets, layout, here, copy)
                if at:
                    labelled = (pattern.name,)
                    yield Remark("S113", sheet, used, labels=labelled, place=Place(sheet, at))


def _differing(sheets: Sheets, layout: Layout, figures: Mapping[str, Cell], copy: Match) -> str:
    """Return the first cell of a copy in which something else is typed than in the table itself, or ""."""
    cells = sheets.cells(copy.sheet)
    for address, cell in figures.items():
        spot = copy.at(layout.figures[address].row, layout.figures[address].column)
        seen = _typed(cells, reference(*spot)) if spot else ""
        if spot and seen and seen != _typed(sheets.cells(cell.sheet), cell.ref):
            return reference(*spot)
    return ""


def _typed(cells: SheetCells, at: str) -> str:
    content = cells.at(at)
    return "" if content is None or content.formula else content.text.strip()
