"""Tables of the form without borders between all cells: their words and their order are known, so they are fitted.

Where the printed words stand as the form has them, in its order, with as many rows and columns of figures, there is
one way only to read the figures. Where they do not, nothing is fitted, and ``pdf_columns`` reads what it can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from xxgk.formats import Form, GridCell, form_ids, load_form
from xxgk.formats import Table as FormTable
from xxgk.published.blocks import Cell, Table
from xxgk.published.pattern import TablePattern, patterns_of
from xxgk.published.pdf_fit_columns import in_columns, spans_of_columns
from xxgk.published.pdf_fit_heads import fit_heads
from xxgk.published.pdf_fit_rows import RowFit, figures_apart, fit_rows
from xxgk.published.pdf_lines import SeenLine, cell_text, digit_gaps
from xxgk.published.pdf_page import Glyph
from xxgk.published.pdf_strips import Strip, plain, plain_text, strip_of, words_seen, zones
from xxgk.published.pdf_tables import WIDEST_SPACING, usual_spacing
from xxgk.records import Record, replace

MOST_SLIPS = 0.15  # of the rows, whose label is not the form's
MOST_STRANGE = 4  # letters beside the labels that are no words of the form
ENOUGH_ROWS = 5  # whose figures leave a gap free only where a column ends
CLOSE = "数字离旁边一列太近，分不清是一个数还是两个数"


class Number(Record, eq=False):
    """A figure of a fitted table: its place in the form, its page, its glyphs, and what they say.

    One that stands so ``close`` to the next column may be a part of that one's.
    """

    place: GridCell
    page: int
    glyphs: tuple[Glyph, ...]
    close: bool
    cell: Cell


class Fitted(Record, eq=False):
    """A table of the form, the lines that it is made of (with their pages), and its figures."""

    table: Table
    lines: tuple[tuple[int, SeenLine], ...]
    numbers: tuple[Number, ...]


def fitted_tables(lines: Sequence[Sequence[SeenLine]]) -> list[Fitted]:
    """Return the tables of the form that are whole among the ``lines`` of each page, drawn borders or not."""
    strips = [strip_of(line, page) for page, own in enumerate(lines, 1) for line in own]
    found: dict[int, tuple[Form, Fitted]] = {}
    for form in sorted((load_form(form_id) for form_id in form_ids()), key=lambda form: -form.since):
        patterns = {pattern.table.id: pattern for pattern in patterns_of(form)}
        for table, begin, end in zones(form, strips):
            fit = None if begin in found else _fitted(patterns[table], strips[begin:end])
            if fit is not None:
                found[begin] = form, fit
    # All tables of a report are of one style; one alone may have too few figures of several digits to tell.
    gaps = [gap for _, fit in found.values() for number in fit.numbers for gap in digit_gaps(number.glyphs)]
    return [_read(form, fit, usual_spacing(gaps)) for form, fit in found.values()]


def _fitted(pattern: TablePattern, strips: Sequence[Strip]) -> Fitted | None:
    """Return the table of ``pattern`` in ``strips``, its figures not yet read; None where it does not fit."""
    own = [row for row in pattern.rows if not row.fold]
    headed = frozenset(at for at, row in enumerate(own) if at and row.band != own[at - 1].band)
    once = _beside_labels(_without_repeated(strips))
    figures = figures_apart(once, len(own))
    rows = fit_rows(once, figures, [row.label for row in own], headed) if figures else []
    if not rows or sum(not row.fits for row in rows) > MOST_SLIPS * len(rows):
        return None
    columns = _columns(pattern, once, rows)
    if columns is None or _strange(pattern.table, once[columns[0] : rows[-1].end], rows) > MOST_STRANGE:
        return None
    begin, cells, numbers = columns
    cells = [*cells, *_labels(pattern.table, once, rows)]
    lines = [strip.line for strip in strips]
    first, last = (lines.index(once[at].line) for at in (begin, rows[-1].end - 1))
    used = tuple((strip.page, strip.line) for strip in strips[first : last + 1])
    return Fitted(Table(tuple(cells), strips[first].page), used, tuple(numbers))


def _read(form: Form, fit: Fitted, spacing: float) -> Fitted:
    """Return ``fit`` with its figures read; their digits usually stand ``spacing`` apart."""
    numbers = []
    for number in fit.numbers:
        text, doubt = cell_text(number.glyphs, spacing)
        doubt = doubt or (CLOSE if number.close else "")
        numbers.append(replace(number, cell=replace(number.cell, text=text, doubt=doubt)))
    numbers = confirmed(form, numbers)
    cells = sorted((*fit.table.cells, *(number.cell for number in numbers)), key=lambda cell: (cell.row, cell.column))
    return replace(fit, table=replace(fit.table, cells=tuple(cells)), numbers=tuple(numbers))


def _beside_labels(strips: Sequence[Strip]) -> list[Strip]:
    """Return ``strips`` with the numerals of labels, left alone on a line, among the words: labels reach further."""
    edge = max((strip.words[-1].right for strip in strips if strip.words and strip.figures), default=-inf)
    return [_parted(strip, edge) if strip.figures else strip for strip in strips]


def _parted(strip: Strip, edge: float) -> Strip:
    begin = len(strip.figures) if strip.figures[-1].right < edge else 0
    for at, (before, after) in enumerate(pairwise(strip.figures), 1):
        if before.right < edge < after.left and after.left - before.right > WIDEST_SPACING * after.size:
            begin = at
    return Strip(strip.page, strip.line, (*strip.words, *strip.figures[:begin]), strip.figures[begin:])


def _without_repeated(strips: Sequence[Strip]) -> list[Strip]:
    """Return ``strips`` without the headings that come again at the top of each page."""
    first = next((at for at, strip in enumerate(strips) if strip.figures), 0)
    heads = {plain_text(strip.words): strip.page for strip in reversed(strips[:first])}
    kept: list[Strip] = []
    at_top = False
    for strip in strips:
        at_top = at_top or bool(kept and strip.page > kept[-1].page)
        at_top = at_top and heads.get(plain_text(strip.words), strip.page) < strip.page
        if not at_top:
            kept.append(strip)
    return kept


def _columns(
    pattern: TablePattern, strips: Sequence[Strip], rows: Sequence[RowFit]
) -> tuple[int, list[Cell], list[Number]] | None:
    """Return the first strip of the headings, their cells, and the figures; None where they are not certain."""
    grid = pattern.table.grid
    places = sorted({cell.row for cell in grid if cell.address})
    cells: list[Cell] = []
    numbers: list[Number] = []
    begin = above = 0
    for band in sorted({row.band for row in pattern.rows}):
        own = [at for at in range(len(rows)) if pattern.rows[at].band == band]
        first, last = own[0], own[-1]
        wanted = [cell for cell in grid if cell.address and cell.row == places[first]]
        spans = spans_of_columns([rows[at].figures for at in own], len(wanted))
        heads = [cell for cell in grid if cell.text and above <= cell.row < places[first]]
        start = rows[first - 1].end if first else 0
        zone = strips[start : rows[first].begin]
        headed = fit_heads(zone, heads, spans, wanted[0].column) if spans else None
        if not spans or headed is None:
            return None
        begin = begin if first else headed.begin
        cells += headed.cells
        for at in own:
            row = [cell for cell in grid if cell.address and cell.row == places[at]]
            numbers += _numbers(strips, rows[at], row, spans, len(own) < ENOUGH_ROWS)
        above = places[last] + 1
    return begin, cells, numbers


def _numbers(
    strips: Sequence[Strip], row: RowFit, places: Sequence[GridCell], spans: Sequence[tuple[float, float]], few: bool
) -> list[Number]:
    """Return the figures of ``row``, not yet read; ``few`` rows do not tell by themselves where a column ends."""
    page = next(strip.page for strip in strips[row.begin : row.end] if strip.figures)
    size = row.figures[0].size
    gaps = [right[0] - left[1] for left, right in pairwise(spans)]
    close = [few and min(pair) < WIDEST_SPACING * size for pair in pairwise((inf, *gaps, inf))]
    return [
        Number(place, page, tuple(glyphs), near, Cell("", place.row, place.column, 1, place.width))
        for place, glyphs, near in zip(places, in_columns(row.figures, spans), close, strict=True)
    ]


def _labels(table: FormTable, strips: Sequence[Strip], rows: Sequence[RowFit]) -> list[Cell]:
    """Return the cells of the labels: of each row, and over several rows, as far as their words stand there."""
    places = sorted({cell.row for cell in table.grid if cell.address})
    cells = []
    for row, place in zip(rows, places, strict=True):
        own = [cell for cell in table.grid if cell.row == place and cell.text]
        if own and any(row.label):
            label = max(own, key=lambda cell: cell.column)
            cells.append(Cell(words_seen(row.label), place, label.column, 1, label.width))
    return cells + _over_rows(table, strips, rows, places)


def _over_rows(table: FormTable, strips: Sequence[Strip], rows: Sequence[RowFit], places: Sequence[int]) -> list[Cell]:
    """Return the cells of the labels that reach over several rows, as far as their words stand there."""
    cells = []
    for cell in table.grid:
        if cell.text and cell.height > 1 and cell.row in places:
            own = rows[places.index(cell.row) : places.index(cell.row + cell.height - 1) + 1]
            seen = Counter(plain_text(glyph for strip in strips[own[0].begin : own[-1].end] for glyph in strip.words))
            if not Counter(plain(cell.text)) - (seen - _letters(own)):
                cells.append(Cell(cell.text, cell.row, cell.column, cell.height, cell.width))
    return cells


def _strange(table: FormTable, used: Sequence[Strip], rows: Sequence[RowFit]) -> int:
    """Return how many letters beside the labels are no words of the form; headings come again on each page."""
    seen = Counter(plain_text(glyph for strip in used for glyph in strip.words))
    places = {cell.row for cell in table.grid if cell.address}
    known = Counter(
        plain("".join(cell.text for cell in table.grid if cell.text and (cell.row not in places or cell.height > 1)))
    )
    pages = len({strip.page for strip in used})
    return sum((seen - _letters(rows) - Counter({letter: count * pages for letter, count in known.items()})).values())


def _letters(rows: Sequence[RowFit]) -> Counter[str]:
    return Counter(plain_text(glyph for row in rows for glyphs in row.label for glyph in glyphs))


def confirmed(form: Form, numbers: Sequence[Number]) -> list[Number]:
    """Return ``numbers`` with those that stand apart or go on in the next line put together where arithmetic agrees.

    A rule of the form that holds to the last digit is no chance; one that fails tells nothing, since reports err too.
    """
    values = {
        number.place.address: int(text)
        for number in numbers
        if (text := "".join(number.cell.text.split())).isdecimal() and text.isascii()
    }
    sound: set[str] = set()
    for one in form.instances:
        addresses = [term.address for term in one.terms]
        if one.rule.op == "=" and values.keys() >= set(addresses) and not any(term.previous for term in one.terms):
            left, right = (sum(term.sign * values[term.address] for term in side) for side in (one.left, one.right))
            sound.update(addresses if left == right else ())
    return [
        replace(number, cell=replace(number.cell, text=str(values[number.place.address]), doubt=""))
        if number.cell.doubt and number.place.address in sound
        else number
        for number in numbers
    ]
