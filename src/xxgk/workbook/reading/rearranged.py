"""Where things stand in a workbook that was rearranged, damaged, or copied together by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xxgk.errors import UnreadableWorkbook
from xxgk.formats import form_ids, load_form, newest_form
from xxgk.report import Place, Remark
from xxgk.workbook.layout import LEDGER_NAME, META, Layout, layout_of
from xxgk.workbook.reading.copies import copies
from xxgk.workbook.reading.find import Pieces, find_pieces, labels_together
from xxgk.workbook.reading.locate import (
    Places,
    form_of_year,
    hidden_remarks,
    inputs_of,
    is_ours,
    stated_form,
    version_remark,
)
from xxgk.workbook.reading.merged import merged_inputs
from xxgk.workbook.reading.outside import outside_moved
from xxgk.workbook.reading.placing import placed
from xxgk.workbook.reading.search import labels_here
from xxgk.workbook.reading.sheets import Sheets, named_area
from xxgk.xlsx.a1 import Cell, Slot
from xxgk.xlsx.cells import SheetCells

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.workbook.reading.source import Source

LEDGER = "这是依申请公开台账，不是年报的填报工作簿；要把台账的数填进年报，请用 xxgk fill 年报文件 --ledger 台账文件"
NOT_OURS = "这不是年报的填报工作簿：里面没有年报的工作表；请用 xxgk new 新建的工作簿填报"
CLEARLY = 0.9  # of the labels that the best form has in a workbook: with so many, the form that it says is believed


def locate_rearranged(book: Source) -> Places:
    """Return the places of ``book``. Raise ``UnreadableWorkbook`` when nothing of ours is in it."""
    if LEDGER_NAME in book.names:
        raise UnreadableWorkbook(LEDGER)
    sheets = Sheets(book, {})
    stated, slot = _stated(sheets)
    layout = _best_layout(sheets, stated)
    pieces = find_pieces(sheets, layout)
    here = placed(sheets, layout, pieces)
    used = {name: sheets.cells(name) for name in dict.fromkeys(slot.sheet for slot in here.slots.values())}
    known = [*here.figures.values(), *here.notes.values(), *here.previous.values()]
    known += [Cell(found.sheet, *spot) for found in pieces.matches.values() for _, spot in labels_here(found)]
    known += _unread(layout, pieces, here.figures)
    remarks = [*here.remarks, *_form_remark(stated, slot, layout), *version_remark(here.slots, used)]
    typed = inputs_of(layout.form, here.slots, here.previous, here.notes, here.figures)
    remarks += [*hidden_remarks(book, here.slots), *merged_inputs(layout.form, used, typed)]
    for sheet, cells in used.items():
        remarks += outside_moved(layout, sheet, cells, here.slots, known, _is_home(book, layout, sheet))
    remarks += copies(sheets, layout, here.figures, book.sheets, pieces.labels)
    return Places(layout, used, here.slots, here.figures, here.notes, here.previous, tuple(remarks))


def _unread(layout: Layout, pieces: Pieces, figures: Mapping[str, Cell]) -> Iterator[Cell]:
    """Yield the cells of tables of which no number is read: that is said once (S103), not again of each number."""
    for table in layout.tables:
        found = pieces.matches.get(table)
        if found is not None and found.rows.found and not any(a.startswith(f"{table}.") for a in figures):
            rows = found.rows.found.values()
            for row in range(min(rows), max(rows) + 1):
                yield from (Cell(found.sheet, row, column) for column in found.columns.found.values())


def copies_beside(book: Source, layout: Layout, read: Mapping[str, SheetCells]) -> list[Remark]:
    """Return what is to be said of sheets beside those of a workbook that is as the template made it (S113)."""
    others = [sheet for sheet in book.sheets if sheet not in layout.sheets]
    return list(copies(Sheets(book, read), layout, layout.figures, others, {}))


def _best_layout(sheets: Sheets, stated: str) -> Layout:
    """Return the layout of the form that the workbook says, or that of its year, unless another fits clearly better."""
    known = {form_id: load_form(form_id) for form_id in form_ids()}
    likely = [known[stated]] if stated in known else []
    forms = dict.fromkeys((*likely, form_of_year(sheets) or newest_form(), *known.values()))
    fit = {form: labels_together(sheets, layout_of(form)) for form in forms}
    if not any(fit.values()) and not is_ours(sheets.book):
        raise UnreadableWorkbook(NOT_OURS)
    enough = CLEARLY * max(fit.values())
    return layout_of(next(form for form in forms if fit[form] >= enough))


def _stated(sheets: Sheets) -> tuple[str, Slot]:
    """Return the form that the workbook says it is of, beside its label where its name has lost the way."""
    slot = layout_of(newest_form()).slots["form"]
    area = named_area(sheets.book, slot) or slot
    if area.sheet not in sheets.book.sheets:
        return "", area
    for row, column in sheets.index(area.sheet).places.get("form", ()):
        beside = Slot(slot.name, area.sheet, row, column + 1)
        return sheets.cells(area.sheet).text(beside.cell.ref).strip(), beside
    return stated_form(sheets, slot), area


def _form_remark(stated: str, slot: Slot, layout: Layout) -> list[Remark]:
    """Return the remark (S104) that the form is not the one that the workbook says."""
    if stated in ("", layout.form.id):
        return []
    return [Remark("S104", stated, layout.form.id, "form", (META,), Place(slot.sheet, slot.cell.ref))]


def _is_home(book: Source, layout: Layout, sheet: str) -> bool:
    """Tell whether a sheet is one of the template's, by its name or by the names in it."""
    areas = (named_area(book, slot) for slot in layout.slots.values())
    return sheet in layout.sheets or any(area is not None and area.sheet == sheet for area in areas)
