"""Tables without borders, fitted by the words of the form: every figure is read, or nothing is fitted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.formats import Form, GridCell
from xxgk.published.pdf_blocks import blocks_of
from xxgk.published.pdf_fitting import Fitted, fitted_tables
from xxgk.published.pdf_lines import seen_lines
from xxgk.published.pdf_page import Glyph
from xxgk.published.read import read_blocks
from xxgk.report import Number

from support.pdf_pages import SIZE, page, text
from support.reports import FORM, OLD_FORM

LEFT, LABELS, COLUMN, LINE = 50.0, 70.0, 36.0, 14.0
Place = Callable[[float, float, float], float]
ALIGNED: Mapping[str, Place] = {
    "left": lambda left, _, __: left,
    "middle": lambda left, right, width: (left + right - width) / 2,
    "right": lambda _, right, width: right - width,
}


def wrapped(words: str, width: float) -> list[str]:
    length = max(1, int(width / SIZE))
    return [words[at : at + length] for at in range(0, len(words), length)]


def shown(
    form: Form, table: str, values: Mapping[str, Number], place: Place, step: float = 1.0, page_rows: int = 99
) -> list[list[Glyph]]:
    """Return the glyphs of each page on which a section with its table stands, after so many rows the next page."""
    grid = form.tables[table].grid
    heading = next(section.heading for section in form.sections if section.table == table)
    first = min(cell.column for cell in grid if cell.address)
    edges = [LEFT + LABELS * min(at, first) + COLUMN * max(0, at - first) for at in range(16)]
    pages: list[list[Glyph]] = [list(text(heading, LEFT, 50))]
    top = 70.0
    for row in range(max(cell.row for cell in grid) + 1):
        if row and row % page_rows == 0:
            pages.append([])
            top = 40.0
        own = [cell for cell in grid if cell.row == row]
        lines = {cell: cell_lines(cell, values, edges[cell.column + cell.width] - edges[cell.column]) for cell in own}
        height = max((len(one) for cell, one in lines.items() if cell.height == 1), default=3) * LINE + 6
        for cell, texts in lines.items():
            start = top + (height - LINE * len(texts)) / 2 if cell.height == 1 else top
            for line, bottom in zip(texts, count(start + LINE, LINE), strict=False):
                width = text(line, 0, 0, step=step if cell.address else 1.0)[-1].right
                x = place(edges[cell.column] + 2, edges[cell.column + cell.width] - 2, width)
                pages[-1] += text(line, x, bottom, step=step if cell.address else 1.0)
        top += height
    return pages


def cell_lines(cell: GridCell, values: Mapping[str, Number], width: float) -> list[str]:
    return [str(values[cell.address])] if cell.address else wrapped(cell.text, width - 4)


def fits(pages: list[list[Glyph]]) -> list[Fitted]:
    return fitted_tables([seen_lines(glyphs) for glyphs in pages])


def numbers(found: list[Fitted]) -> dict[str, str]:
    return {number.place.address: number.cell.text for fit in found for number in fit.numbers if not number.cell.doubt}


def small_values(form: Form, seed: int) -> dict[str, Number]:
    random = Random(seed)
    return {
        address: random.choice((0, 0, 1, 7, 12, 305)) for table in form.tables.values() for address in table.addresses
    }


@pytest.mark.parametrize("form", [FORM, OLD_FORM], ids=lambda form: form.id)
@pytest.mark.parametrize("aligned", ALIGNED)
@given(seed=st.integers(0, 10**6), page_rows=st.sampled_from((99, 11, 6)))
def test_a_table_without_any_border_is_read_to_its_last_figure(
    form: Form, aligned: str, seed: int, page_rows: int
) -> None:
    values = small_values(form, seed)
    for table in ("disclosure", "applications"):
        found = numbers(fits(shown(form, table, values, ALIGNED[aligned], page_rows=page_rows)))
        assert found == {address: str(values[address]) for address in form.tables[table].addresses}


@pytest.mark.parametrize("aligned", ALIGNED)
def test_the_one_row_with_fifteen_figures_is_read(aligned: str) -> None:
    values = dict.fromkeys(FORM.tables["disputes"].addresses, 7)
    assert numbers(fits(shown(FORM, "disputes", values, ALIGNED[aligned]))) == dict.fromkeys(values, "7")


def test_digits_spaced_in_all_of_a_table_are_numbers() -> None:
    values = {address: 10 + at % 80 for at, address in enumerate(FORM.tables["applications"].addresses)}
    pages = shown(FORM, "applications", values, ALIGNED["middle"], step=1.9)
    assert numbers(fits(pages)) == {address: str(value) for address, value in values.items()}


@pytest.mark.parametrize(("total", "read"), [(12000, "12000"), (12001, None)])
def test_a_figure_in_two_lines_is_one_only_where_a_sum_holds(total: int, read: str | None) -> None:
    address = "applications.withheld.secret.total"
    values = dict.fromkeys(FORM.tables["applications"].addresses, 7)
    values |= dict.fromkeys((one for one in values if one.startswith("applications.withheld.secret.")), 2000) | {
        address: total
    }
    [glyphs] = shown(FORM, "applications", values, ALIGNED["left"])
    found = numbers(fits([with_a_broken_figure(glyphs, str(total))]))
    assert found.get(address) == read
    assert len(found) == len(values) - (read is None)


def with_a_broken_figure(glyphs: list[Glyph], number: str) -> list[Glyph]:
    """Return ``glyphs`` with the last two digits of ``number`` one line below its first ones."""
    at = "".join(glyph.text for glyph in glyphs).index(number)
    below = text(number[-2:], glyphs[at].left, glyphs[at].bottom + 10)
    return [*glyphs[: at + len(number) - 2], *below, *glyphs[at + len(number) :]]


def test_where_a_row_is_gone_nothing_is_fitted() -> None:
    [glyphs] = shown(FORM, "applications", small_values(FORM, 3), ALIGNED["middle"])
    rows = sorted({glyph.bottom for glyph in glyphs if glyph.text.isdecimal() and glyph.left > LEFT + 3 * LABELS})
    assert fits([glyphs])
    for gone in (rows[0], rows[12], rows[-1]):
        assert not fits([[glyph for glyph in glyphs if glyph.bottom != gone]])


def test_where_a_heading_is_gone_nothing_is_fitted() -> None:
    [glyphs] = shown(FORM, "applications", small_values(FORM, 4), ALIGNED["middle"])
    [head] = [cell for cell in FORM.tables["applications"].grid if cell.header and (cell.row, cell.column) == (2, 5)]
    at = "".join(glyph.text for glyph in glyphs).index(wrapped(head.text, COLUMN - 4)[0])
    assert not fits([glyphs[:at] + glyphs[at + len(wrapped(head.text, COLUMN - 4)[0]) :]])


def test_figures_that_stand_one_column_off_are_not_fitted() -> None:
    """A number in two cells pushes the others to the right, and the last one under no heading."""
    values = dict.fromkeys(FORM.tables["disputes"].addresses, 7)
    [page] = shown(FORM, "disputes", values, ALIGNED["middle"])
    shifted = [
        glyph if not glyph.text.isdecimal() else text(glyph.text, glyph.left + COLUMN, glyph.bottom)[0]
        for glyph in page
    ]
    assert fits([page])
    assert not fits([shifted])


def test_a_slip_in_a_label_is_read_and_told() -> None:
    values = small_values(FORM, 5)
    [glyphs] = shown(FORM, "applications", values, ALIGNED["middle"])
    label = next(cell.text for cell in FORM.tables["applications"].grid if "禁止" in cell.text)
    slipped = [text("正", glyph.left, glyph.bottom)[0] if glyph.text == "止" else glyph for glyph in glyphs]
    found = read_blocks(blocks_of([page(slipped)]))
    read = {trace.address: trace.figure.value for trace in found.traces}
    assert read == {address: values[address] for address in FORM.tables["applications"].addresses}
    told = [("".join(one.seen.split()), one.expected) for one in found.differences]
    assert told == [(label.replace("止", "正"), label)]
