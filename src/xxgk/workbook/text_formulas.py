"""The formulas behind the numbers in the text: what each name stands for, and what previews were made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from xxgk.figures import sum_known
from xxgk.formats import Term
from xxgk.narrative.values import UNIT, YEAR, YEAR_BEFORE, plain_number, values_of
from xxgk.records import replace
from xxgk.report import Report
from xxgk.workbook.formula import CellValue, Formula, Snapshot, blank, signed_sum
from xxgk.workbook.layout import GUIDE, NAME_LAST, NAME_NOW, PREVIEW_SOURCE, Layout
from xxgk.workbook.named import name_lines
from xxgk.workbook.states import SEPARATOR, UNKNOWN, inputs_of_state, piece_text, state_text
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.references import literal, reference


def text_formulas(layout: Layout) -> tuple[Formula, ...]:
    """Return these formulas."""
    return *_names(layout), *_states(layout)


def _states(layout: Layout) -> Iterator[Formula]:
    """Hold all inputs as one text, and that text beside each written part: conditional formats look only there."""
    for key, cell in layout.states.items():
        inputs = [reference(one, cell.sheet) for one in inputs_of_state(layout, key)]
        yield Formula(cell, f"=IFERROR({_joined(inputs)},{literal(UNKNOWN)})", partial(_state, layout, key))
    for slot in layout.narrative.values():
        cell = Cell(slot.sheet, slot.row - 1, slot.column + PREVIEW_SOURCE)
        pieces = [reference(one, slot.sheet) for one in layout.states.values()]
        yield Formula(cell, f"={_joined(pieces)}", partial(_whole_state, layout))


def _joined(cells: Sequence[str]) -> str:
    """Return the expression that gives the texts of ``cells`` with separators between them."""
    # A function takes 255 arguments at most.
    groups = [cells[start : start + 100] for start in range(0, len(cells), 100)]
    texts = (f"CONCATENATE({f',{literal(SEPARATOR)},'.join(group)})" for group in groups)
    return f"&{literal(SEPARATOR)}&".join(texts) or literal("")


def _state(layout: Layout, key: str, found: Snapshot) -> CellValue:
    return piece_text(layout, key, _shown_in(layout, found.report))


def _whole_state(layout: Layout, found: Snapshot) -> CellValue:
    return state_text(layout, _shown_in(layout, found.report))


def _shown_in(layout: Layout, report: Report) -> Callable[[Cell], str]:
    """Return a function that tells what an input cell holds in ``report``."""
    previous = report.previous.figures if report.previous else {}
    shown = {layout.cover["unit"]: report.unit, layout.cover["year"]: str(report.year or "")}
    for where, figures in (
        (layout.figures, report.figures),
        (layout.previous, previous),
        (layout.fields, report.fields),
    ):
        for address, figure in figures.items():
            if address in where:
                shown[where[address]] = figure.seen if figure.value is None else plain_number(figure.value)
    return lambda cell: shown.get(cell, "")


def _names(layout: Layout) -> Iterator[Formula]:
    """Show what each name stands for at present, and what it stood for last year."""
    texts = {
        YEAR: '=IF({year}="","",{year}&"")',
        YEAR_BEFORE: '=IF({year}="","",IFERROR({year}-1&"",""))',
        UNIT: '={unit}&""',
    }
    for line in name_lines(layout):
        if line.quantity is None:
            cover = {key: reference(cell, GUIDE) for key, cell in layout.cover.items()}
            yield Formula(line.cell(NAME_NOW), texts[line.name].format(**cover), partial(_text, layout, line.name))
            continue
        addresses = line.quantity.addresses
        where = {**layout.figures, **layout.fields}
        for column, previous in ((NAME_NOW, False), (NAME_LAST, True)):
            if not previous or layout.previous.keys() >= set(addresses):
                terms = [Term(address, previous=previous) for address in addresses]
                known, total = signed_sum(replace(layout, figures=where), terms, GUIDE, layout.form.folds)
                yield Formula(line.cell(column), f'=IF({known},{total},"")', partial(_quantity, terms))


def _text(layout: Layout, name: str, found: Snapshot) -> CellValue:
    return values_of(found.report, layout.form).texts[name]


def _quantity(terms: Sequence[Term], found: Snapshot) -> CellValue:
    if terms[0].previous:
        return blank(sum_known(found.previous, frozenset(), terms))
    fields = {key: figure.value for key, figure in found.report.fields.items() if figure.value is not None}
    return blank(sum_known({**found.values, **fields}, found.folded, terms))
