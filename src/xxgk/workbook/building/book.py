"""The standard workbook, made from the form: every sheet, name, formula and protection."""

from __future__ import annotations

from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook.defined_name import DefinedName

from xxgk.formats import Form
from xxgk.workbook.building.archive import save_workbook
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.checks import build_checks
from xxgk.workbook.building.cover import NAME, build_cover
from xxgk.workbook.building.guide import build_guide
from xxgk.workbook.building.narrative import build_narrative
from xxgk.workbook.building.pieces import TAB_HELP
from xxgk.workbook.building.previous import build_previous, build_previous_text
from xxgk.workbook.building.styles import INK, SIZE, SONG, SUBTITLE
from xxgk.workbook.building.tables import build_table
from xxgk.workbook.formulas import formulas
from xxgk.workbook.layout import (
    CHECKS,
    COVER,
    GUIDE,
    META,
    PREVIOUS,
    PREVIOUS_TEXT,
    STATE_COLUMN,
    TEMPLATE_VERSION,
    Layout,
    layout_of,
)
from xxgk.xlsx.a1 import Slot, column_letter
from xxgk.xlsx.references import quoted

# A fixed time, so that the same form always gives the same file.
MADE = datetime(2021, 9, 26)


def build_template(form: Form) -> bytes:
    """Return the standard workbook for ``form`` as an .xlsx file: empty inputs, formulas without values.

    The same form and the same openpyxl give the same bytes.
    """
    layout = layout_of(form)
    workbook = Workbook()
    set_up(workbook, NAME, f"{form.name}（{form.document}）")
    canvases = {name: Canvas(workbook.create_sheet(name)) for name in layout.sheets}
    build_cover(canvases[COVER], layout)
    for section in form.sections:
        if section.table:
            build_table(canvases[section.sheet], layout, layout.tables[section.table])
        else:
            build_narrative(canvases[section.sheet], layout, section)
    build_checks(canvases[CHECKS], layout)
    build_previous(canvases[PREVIOUS], layout)
    build_previous_text(canvases[PREVIOUS_TEXT], layout)
    build_guide(canvases[GUIDE], layout)
    _build_meta(canvases[META], layout)
    for formula in formulas(layout):
        canvases[formula.cell.sheet].formula(formula.cell, formula.text)
    for slot in layout.slots.values():
        workbook.defined_names[slot.name] = DefinedName(slot.name, attr_text=_absolute(slot))
    _name_for_macros(workbook)
    return save_workbook(workbook)


def set_up(workbook: Workbook, title: str, subject: str) -> None:
    """Leave a fresh ``workbook`` without sheets, with our font and properties that are the same each time."""
    workbook.remove(workbook.worksheets[0])
    # The normal font decides what a unit of column width is; Chinese Windows has this one. openpyxl
    # gives no public way to another normal font than Calibri.
    normal = Font(name=SONG, size=SIZE, color=INK, charset=134)
    workbook._fonts = IndexedList([normal])  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = normal  # type: ignore[attr-defined]
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = "xxgk"
    properties.title = title
    properties.subject = subject
    properties.created = properties.modified = MADE


def _name_for_macros(workbook: Workbook) -> None:
    """Give workbook and sheets the names by which a VBA project knows them, as Excel numbers them."""
    workbook.code_name = "ThisWorkbook"
    for number, sheet in enumerate(workbook.worksheets, 1):
        sheet.sheet_properties.codeName = f"Sheet{number}"


def _build_meta(canvas: Canvas, layout: Layout) -> None:
    """Fill the hidden sheet by which programs know the workbook."""
    canvas.widths({1: 30.0, 2: 20.0, STATE_COLUMN - 1: 30.0, STATE_COLUMN: 60.0})
    values = {"form": layout.form.id, "version": TEMPLATE_VERSION}
    for key, cell in layout.meta.items():
        canvas.put(cell.row, 1, key, SUBTITLE)
        canvas.put_cell(cell, values[key], SUBTITLE)
    for key, cell in layout.folds.items():
        canvas.put(cell.row, 1, key, SUBTITLE)
        canvas.put_cell(cell, None, SUBTITLE)
    for key, cell in layout.states.items():
        canvas.put(cell.row, cell.column - 1, key, SUBTITLE)
        canvas.put_cell(cell, None, SUBTITLE)
    canvas.sheet.sheet_state = "veryHidden"
    canvas.finish(TAB_HELP)


def _absolute(slot: Slot) -> str:
    first, last = (f"${column_letter(cell.column)}${cell.row}" for cell in (slot.cell, slot.end))
    return f"{quoted(slot.sheet)}!{first}" + ("" if first == last else f":{last}")
