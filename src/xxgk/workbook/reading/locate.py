"""Where the standard workbook's cells stand in a given file.

A workbook whose names, labels and sheets are as the template made them is taken as it is, at once. In any other
the pieces are found again by their labels (``find``), which say for certain what a cell is; names only help.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from xxgk.formats import Form, FormError, form_for_year, form_ids, load_form, newest_form
from xxgk.records import Record
from xxgk.report import Place, Remark
from xxgk.texts import bare
from xxgk.workbook.layout import META, TEMPLATE_VERSION, Layout, layout_of
from xxgk.workbook.printed import printed_cells
from xxgk.workbook.reading.dates import read_year
from xxgk.workbook.reading.merged import merged_inputs
from xxgk.workbook.reading.outside import outside_standard
from xxgk.workbook.reading.sheets import Sheets
from xxgk.xlsx.a1 import Cell, Slot
from xxgk.xlsx.cells import Content, SheetCells, reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.workbook.reading.source import Source

UNSEEN_SLOTS = ("form", "version", "previous_text")  # on sheets that are hidden from the start


class Places(Record):
    """A workbook's cells, and where in it each part of the layout stands; what was not found is absent.

    ``slots`` is keyed like the layout's own; ``figures``, ``notes`` and ``previous`` by address.
    """

    layout: Layout
    sheets: Mapping[str, SheetCells]
    slots: Mapping[str, Slot]
    figures: Mapping[str, Cell]
    notes: Mapping[str, Cell]
    previous: Mapping[str, Cell]
    remarks: tuple[Remark, ...]

    @property
    def form(self) -> Form:
        """The form of the workbook."""
        return self.layout.form

    @property
    def standard(self) -> bool:
        """Whether everything stands exactly where the template has it."""
        layout = self.layout
        return (
            self.slots == layout.slots
            and self.figures == layout.figures
            and self.notes == layout.notes
            and self.previous == layout.previous
        )

    def content(self, cell: Cell) -> Content | None:
        """Return what stands in ``cell`` of the workbook, or None when it is blank."""
        return self.sheets[cell.sheet].at(reference(cell.row, cell.column))

    def filled(self, cells: Mapping[str, Cell]) -> dict[str, Cell]:
        """Return those of ``cells`` in which anything stands."""
        stored = {name: sheet.stored for name, sheet in self.sheets.items()}
        return {key: cell for key, cell in cells.items() if reference(cell.row, cell.column) in stored[cell.sheet]}


def locate(book: Source) -> Places:
    """Return the places of ``book``. Raise ``UnreadableWorkbook`` when nothing of ours is in it."""
    sheets = Sheets(book, {})
    form_id = stated_form(sheets, layout_of(newest_form()).slots["form"])
    if form_id in ("", *form_ids()):
        form = load_form(form_id) if form_id else form_of_year(sheets) or newest_form()
        places = _as_made(sheets, layout_of(form))
        if places is not None:
            return places
    from xxgk.workbook.reading.rearranged import locate_rearranged

    return locate_rearranged(book)


def _as_made(there: Sheets, layout: Layout) -> Places | None:
    """Return the places of a workbook that is as the template made it, or None when it is not."""
    book = there.book
    used = dict.fromkeys(slot.sheet for slot in layout.slots.values())
    if (
        any(book.names.get(slot.name) != slot for slot in layout.slots.values())
        or not used.keys() <= book.sheets.keys()
    ):
        return None
    sheets = {sheet: there.cells(sheet) for sheet in used}
    for sheet, labels in printed_cells(layout.form).items():
        text = sheets[sheet].text
        if not all(text(at) == label or bare(text(at)) == bare(label) for at, label in labels):
            return None
    remarks = [
        *version_remark(layout.slots, sheets),
        *hidden_remarks(book, layout.slots),
        *outside_standard(layout, sheets),
        *_merged_as_made(layout.form, tuple((sheet, cells.merged) for sheet, cells in sheets.items())),
    ]
    if not book.sheets.keys() <= {*layout.sheets}:
        from xxgk.workbook.reading.rearranged import copies_beside

        remarks += copies_beside(book, layout, sheets)
    return Places(layout, sheets, layout.slots, layout.figures, layout.notes, layout.previous, tuple(remarks))


@functools.lru_cache(maxsize=64)  # a thousand workbooks of one template are merged alike
def _merged_as_made(form: Form, merged: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Remark, ...]:
    """Return the remarks on what is merged, by sheet, where everything else stands as the template has it."""
    layout = layout_of(form)
    typed = inputs_of(form, layout.slots, layout.previous, layout.notes, layout.figures)
    return tuple(merged_inputs(form, {sheet: SheetCells({}, (), areas) for sheet, areas in merged}, typed))


def inputs_of(form: Form, slots: Mapping[str, Slot], *cells: Mapping[str, Cell]) -> Iterator[tuple[str, Cell]]:
    """Yield each of ``cells`` with its address, and those of the single numbers and their remarks."""
    for some in cells:
        yield from some.items()
    for field in form.fields:
        if field.id in slots:
            slot = slots[field.id]
            yield field.id, slot.cell
            yield field.id, slot.end


def version_remark(slots: Mapping[str, Slot], sheets: Mapping[str, SheetCells]) -> Iterator[Remark]:
    """Yield a remark (S104) when the workbook was made from another version of the template, or does not say."""
    slot = slots.get("version")
    seen = sheets[slot.sheet].text(slot.cell.ref).strip() if slot else ""
    if seen != TEMPLATE_VERSION:
        place = Place(slot.sheet, slot.cell.ref) if slot else None
        yield Remark("S104", seen=seen, expected=TEMPLATE_VERSION, labels=(META,), place=place)


def hidden_remarks(book: Source, slots: Mapping[str, Slot]) -> Iterator[Remark]:
    """Yield a remark (S111) for each hidden sheet on which staff fill something in."""
    for sheet in dict.fromkeys(
        slot.sheet for key, slot in slots.items() if key not in UNSEEN_SLOTS and not key.startswith("fold.")
    ):
        if sheet in book.hidden:
            yield Remark("S111", seen=sheet, labels=(sheet,), place=Place(sheet, "A1"))


def stated_form(sheets: Sheets, slot: Slot) -> str:
    """Return the id of the form that the workbook says it is of, "" when it does not say."""
    content = _single(sheets, slot)
    return content.text.strip() if content else ""


def form_of_year(sheets: Sheets) -> Form | None:
    """Return the form of the year on the cover, or None where that does not tell."""
    content = _single(sheets, layout_of(newest_form()).slots["year"])
    year = read_year(content) if content else None
    try:
        return form_for_year(year) if year is not None else None
    except FormError:
        return None


def is_ours(book: Source) -> bool:
    """Tell whether the workbook has a name or a sheet of ours."""
    layout = layout_of(newest_form())
    known = {slot.name for slot in layout.slots.values()}
    sheets = {META, *(section.sheet for section in layout.form.sections)}
    return not (known.isdisjoint(book.names) and sheets.isdisjoint(book.sheets))


def _single(sheets: Sheets, slot: Slot) -> Content | None:
    area = sheets.book.names.get(slot.name, slot)
    return sheets.cells(area.sheet).at(area.cell.ref) if area.sheet in sheets.book.sheets else None
