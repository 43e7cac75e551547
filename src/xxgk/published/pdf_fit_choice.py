"""Whether a table is taken as its drawn borders say, or as the form's words say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xxgk.published.pdf_fitting import Fitted, Number
from xxgk.published.pdf_page import Page
from xxgk.published.pdf_rules import Box, Grid
from xxgk.published.pdf_tables import drawn_table, in_grid


def is_better(fit: Fitted, pages: Sequence[Page], grids: Sequence[Sequence[Grid]]) -> bool:
    """Tell whether ``fit`` says more than the drawn tables that stand where it does, and nothing against them."""
    touched = [
        (page, grid)
        for page, own in zip(pages, grids, strict=True)
        for grid in own
        if any(in_grid(glyph, grid) for number, line in fit.lines if number == page.number for glyph in line.glyphs)
    ]
    if not touched:
        return True
    boxes = [box for number in fit.numbers if (box := _boxes(number, touched))]
    if any(number.cell.doubt for number in fit.numbers) or any(len(own) > 1 for own in boxes):
        return False
    if len(touched) > 1 or max(Counter(box for own in boxes for box in own).values(), default=0) > 1:
        return True
    page, grid = touched[0]
    return any(cell.doubt for cell in drawn_table(grid, page.glyphs, page.number).table.cells)


def _boxes(number: Number, grids: Sequence[tuple[Page, Grid]]) -> set[tuple[int, Box]]:
    """Return the drawn cells in which the glyphs of ``number`` stand."""
    return {
        (page.number, box)
        for page, grid in grids
        if page.number == number.page
        for glyph in number.glyphs
        for box in grid.boxes
        if box.left <= glyph.middle[0] <= box.right and box.top <= glyph.middle[1] <= box.bottom
    }
