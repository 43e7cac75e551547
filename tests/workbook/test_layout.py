"""The map of the workbook: complete, without overlap."""

from __future__ import annotations

from xxgk.formats import load_form
from xxgk.workbook.formulas import formulas
from xxgk.workbook.layout import layout_of
from xxgk.xlsx.a1 import Cell, column_letter
from xxgk.xlsx.references import ranges

from support.reports import FORM

LAYOUT = layout_of(FORM)


def test_layout_is_made_once() -> None:
    assert layout_of(load_form("2021")) is LAYOUT


def test_every_figure_and_field_has_its_cell_in_a_slot() -> None:
    addresses = [a for table in FORM.tables.values() for a in table.addresses]
    assert set(LAYOUT.figures) == set(LAYOUT.notes) == set(LAYOUT.previous) == set(addresses)
    assert set(LAYOUT.fields) == {field.id for field in FORM.fields}
    for cells in (LAYOUT.figures, LAYOUT.notes, LAYOUT.previous, LAYOUT.fields, LAYOUT.cover):
        for cell in cells.values():
            assert any(cell in slot for slot in LAYOUT.slots.values()), cell


def test_no_two_slots_overlap() -> None:
    seen: dict[Cell, str] = {}
    for slot in LAYOUT.slots.values():
        for row in range(slot.row, slot.end.row + 1):
            for column in range(slot.column, slot.end.column + 1):
                cell = Cell(slot.sheet, row, column)
                assert cell not in seen, (cell, slot.name, seen.get(cell))
                seen[cell] = slot.name


def test_formulas_stand_where_nothing_is_typed() -> None:
    cells = [formula.cell for formula in formulas(LAYOUT)]
    assert len(cells) == len(set(cells))
    totals = {LAYOUT.figures[a] for a in FORM.totals} | {LAYOUT.previous[a] for a in FORM.totals}
    computed = totals | set(LAYOUT.folds.values())
    for cell in set(cells) - computed:
        assert not any(cell in slot for slot in LAYOUT.slots.values()), cell


def test_column_letters() -> None:
    assert [column_letter(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_ranges_join_runs_without_overlap() -> None:
    cells = [Cell("表", row, column) for row in (1, 2) for column in (1, 2)] + [Cell("表", 9, 9)]
    assert ranges(cells, "表") == "A1:B2,I9"
    assert ranges(cells[:1]) == "'表'!A1"
    assert ranges([Cell("it's", 1, 1)]) == "'it''s'!A1"
