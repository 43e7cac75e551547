"""Pages become the blocks of the report: paragraphs and tables in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, groupby

from xxgk.published.blocks import Block, Table
from xxgk.published.pdf_columns import open_tables
from xxgk.published.pdf_fit_choice import is_better
from xxgk.published.pdf_fitting import Fitted, fitted_tables
from xxgk.published.pdf_lines import SeenLine, seen_lines
from xxgk.published.pdf_margins import without_margins
from xxgk.published.pdf_page import Glyph, Page
from xxgk.published.pdf_paragraphs import Measure, PlacedLine, measure, paragraphs
from xxgk.published.pdf_rules import Grid, find_grids
from xxgk.published.pdf_tables import PlacedTable, drawn_table, goes_on, in_grid, joined, rows_are_drawn

Part = PlacedLine | PlacedTable


def blocks_of(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Return the paragraphs and tables of ``pages``."""
    grids = [tuple(grid for grid in find_grids(page.rules) if rows_are_drawn(grid, page.glyphs)) for page in pages]
    fitted = [
        fit
        for fit in fitted_tables(without_margins(pages, [seen_lines(page.glyphs) for page in pages]))
        if is_better(fit, pages, grids)
    ]
    taken = [_glyphs_of(fitted, page.number) for page in pages]
    grids = [
        tuple(grid for grid in own if not any(in_grid(glyph, grid) for glyph in used))
        for own, used in zip(grids, taken, strict=True)
    ]
    lines = without_margins(
        pages, [_free_lines(page, own, used) for page, own, used in zip(pages, grids, taken, strict=True)]
    )
    rough = _measures(pages, lines)
    parts: list[list[Part]] = []
    for page, own, rest, near in zip(pages, grids, lines, rough, strict=True):
        parts.append(_parts(page, own, rest, near, fitted))
    running = [[part.line for part in own if isinstance(part, PlacedLine)] for own in parts]
    measures = _measures(pages, running)
    blocks: list[Block] = []
    for is_line, group in groupby(chain.from_iterable(parts), key=lambda part: isinstance(part, PlacedLine)):
        if is_line:
            blocks += paragraphs([part for part in group if isinstance(part, PlacedLine)], measures)
        else:
            blocks += _whole([part for part in group if isinstance(part, PlacedTable)])
    return tuple(blocks)


def _glyphs_of(fitted: Sequence[Fitted], page: int) -> list[Glyph]:
    return [glyph for fit in fitted for number, line in fit.lines if number == page for glyph in line.glyphs]


def _free_lines(page: Page, grids: Sequence[Grid], used: Sequence[Glyph]) -> list[SeenLine]:
    taken = set(map(id, used))
    return seen_lines(
        glyph for glyph in page.glyphs if id(glyph) not in taken and not any(in_grid(glyph, grid) for grid in grids)
    )


def _measures(pages: Sequence[Page], lines: Sequence[Sequence[SeenLine]]) -> list[Measure]:
    """Return the measure of each page, taken from all pages of its width."""
    widths = [round(page.width) for page in pages]
    by_width = {
        width: measure([own for own, wide in zip(lines, widths, strict=True) if wide == width]) for width in set(widths)
    }
    return [by_width[width] for width in widths]


def _parts(
    page: Page, grids: Sequence[Grid], lines: Sequence[SeenLine], near: Measure, fitted: Sequence[Fitted]
) -> list[Part]:
    """Return what the page holds from top to bottom."""
    drawn: list[tuple[float, Part]] = [(grid.rows[0], drawn_table(grid, page.glyphs, page.number)) for grid in grids]
    drawn += [(fit.lines[0][1].top, PlacedTable(fit.table)) for fit in fitted if fit.table.page == page.number]
    # A table without borders does not go on below or above another one.
    edges = sorted(top for top, _ in drawn)
    used: list[SeenLine] = []
    for low, high in zip([float("-inf"), *edges], [*edges, float("inf")], strict=True):
        for found in open_tables([line for line in lines if low <= line.middle < high], near, page.number):
            drawn.append((found.lines[0].top, found.placed))
            used += found.lines
    drawn += [(line.top, PlacedLine(line, page.number)) for line in lines if not any(line is other for other in used)]
    return [part for _, part in sorted(drawn, key=lambda pair: pair[0])]


def _whole(tables: Sequence[PlacedTable]) -> list[Table]:
    """Return ``tables``, between which no text stands, with those that go on over the end of a page in one."""
    whole: list[PlacedTable] = []
    last_page = 0
    for placed in tables:
        if whole and placed.table.page == last_page + 1 and goes_on(whole[-1], placed):
            whole[-1] = joined(whole[-1], placed)
        else:
            whole.append(placed)
        last_page = placed.table.page
    return [placed.table for placed in whole]
