from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.records import replace
from xxgk.render.document import Cell, TableBlock, build_document
from xxgk.render.docx_style import finished_style
from xxgk.render.docx_table import (
    DIGIT_WIDTH,
    SMALLEST,
    TIGHT_ROW,
    TWIPS_PER_HALF_POINT,
    characters,
    column_widths,
    fitting_size,
    lay_out,
)
from xxgk.report import Figure

from support.reports import FORM, zero_report

LOOK = finished_style(None)


def block_of(table: str, notes: dict[str, str] | None = None, remark: str = "") -> TableBlock:
    report = zero_report()
    figures = dict(report.figures)
    if remark:
        figures |= {a: Figure(0, remark) for a in figures if a.startswith(f"{table}.")}
    document = build_document(replace(report, table_notes=notes or {}, figures=figures), FORM)
    return [b for b in document.blocks if isinstance(b, TableBlock)][list(FORM.tables).index(table)]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=20).map(tuple), st.integers(1_000, 20_000))
def test_column_widths_add_up_and_keep_their_proportion(proportions: tuple[int, ...], total: int) -> None:
    widths = column_widths(proportions, total)
    assert sum(widths) == total
    for width, proportion in zip(widths, proportions, strict=True):
        assert abs(width - total * proportion / sum(proportions)) <= 1


@pytest.mark.parametrize("table", list(FORM.tables))
def test_every_row_is_as_wide_as_the_page_and_spans_all_columns(table: str) -> None:
    laid = lay_out(block_of(table), LOOK)
    for row in laid.rows:
        assert sum(cell.width for cell in row.cells) == LOOK.text_width
        assert sum(cell.span for cell in row.cells) == FORM.tables[table].width


@pytest.mark.parametrize(
    ("text", "width", "size", "fitting"),
    [
        ("0", 600, 18, 0),
        ("12345", 600, 18, 0),
        ("1234567", 600, 18, 13),
        ("123456789012", 500, 21, 8),
        ("22（其中修订16件）", 600, 21, 0),
        ("123456789（其中修订16件）", 600, 21, 10),
        ("", 600, 21, 0),
    ],
)
def test_a_number_is_set_smaller_rather_than_torn(text: str, width: int, size: int, fitting: int) -> None:
    assert fitting_size(Cell(0, 0, 1, 1, text, header=False), width, size) == fitting


@given(st.integers(0, 10**15), st.integers(300, 3_000), st.integers(12, 32))
def test_a_number_fits_its_cell_unless_it_would_be_too_small_to_read(value: int, width: int, size: int) -> None:
    cell = Cell(0, 0, 1, 1, str(value), header=False)
    chosen = fitting_size(cell, width, size) or size
    assert chosen <= size
    # Exactly: a number that just fits is up to the last digit of a float.
    needed = len(cell.text) * Fraction(str(DIGIT_WIDTH)) * chosen * TWIPS_PER_HALF_POINT
    assert chosen == SMALLEST or needed <= width


def test_labels_keep_the_size_of_the_style() -> None:
    assert fitting_size(Cell(0, 0, 1, 1, "123456789012", header=True), 100, 21) == 0


def test_the_tall_table_is_set_small_and_fits_a_page_even_with_a_remark_and_a_note() -> None:
    plain = lay_out(block_of("applications"), LOOK)
    full = lay_out(block_of("applications", {"applications": "申请人主动撤回的计入其他。" * 5}), LOOK)
    assert plain.style == LOOK.ids["small"]
    assert TIGHT_ROW <= full.row_height < plain.row_height
    assert all(row.keep for row in full.rows)


def test_what_fits_no_page_may_break_below_its_header() -> None:
    laid = lay_out(block_of("applications", remark="一个很长很长的备注" * 9), LOOK)
    assert [row.keep for row in laid.rows] == [row.repeated or n == 3 for n, row in enumerate(laid.rows)]


def test_other_tables_are_set_in_the_normal_size() -> None:
    assert {lay_out(block_of(table), LOOK).style for table in ("disclosure", "disputes")} == {LOOK.ids["cell"]}


def test_widths_count_full_and_half_characters() -> None:
    assert characters("2024年1月23日") == 6.5
    assert characters("（一）“甲”") == 6
