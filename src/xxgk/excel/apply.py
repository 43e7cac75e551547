"""The steps of a verb taken in the open workbook through xlwings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import groupby

from xxgk.excel import actions as do
from xxgk.excel import com
from xxgk.excel.actions import Action
from xxgk.excel.batch import Block, values_of
from xxgk.excel.live import is_ours
from xxgk.output.marks.looks import RULE
from xxgk.xlsx.a1 import Cell, parse_reference
from xxgk.xlsx.references import quoted, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    import xlwings

TEXT_FORMAT, GENERAL = "@", "General"
LONGEST_ADDRESS = 250  # characters that Excel takes as one address
GATHERED = (*do.VALUES, do.FILL)
STRUCTURE = (do.ADD_SHEET, do.DELETE_SHEET, do.HIDE)
SHOWN = (do.STATUS, do.SELECT, do.MESSAGE)


def apply_changes(book: xlwings.Book, steps: Sequence[Action]) -> None:
    """Take all ``steps`` that change the workbook, and select the cell that they name.

    Protection, calculation, events and screen are as before, also after a fault, and the selection where none is
    named. Raise ``FileProblem`` before anything is changed when a password forbids it.
    """
    changes = [step for step in steps if step.op not in SHOWN]
    if changes:
        with _selection_kept(book), _steady(book, changes):
            for gathered, group in groupby(changes, key=lambda step: step.op in GATHERED):
                if gathered:
                    _write(book, list(group))
                else:
                    for step in group:
                        _change(book, step)
    for step in steps:
        if step.op == do.SELECT:
            _select(book, step.sheet, step.cell)


@contextmanager
def _steady(book: xlwings.Book, changes: Iterable[Action]) -> Iterator[None]:
    """Let the workbook be written, and nothing move meanwhile; afterwards all is as it was."""
    quiet = book.app.properties(screen_updating=False, enable_events=False, calculation="manual")
    gone = {step.sheet for step in changes if step.op == do.DELETE_SHEET}
    with quiet, ExitStack() as restore:
        if any(step.op in STRUCTURE for step in changes):
            restore.callback(com.lift_book(book))
        names = {sheet.name for sheet in book.sheets}
        for name in dict.fromkeys(step.sheet for step in changes):
            if name in names - gone:
                restore.callback(com.lift_sheet(book.sheets[name]))
        yield


@contextmanager
def _selection_kept(book: xlwings.Book) -> Iterator[None]:
    active, selected = book.sheets.active.name, book.app.selection
    address = selected.address if selected is not None else ""
    try:
        yield
    finally:
        if active in {sheet.name for sheet in book.sheets}:
            _select(book, active, address)


def _select(book: xlwings.Book, sheet: str, address: str) -> None:
    book.sheets[sheet].activate()
    if address:
        book.sheets[sheet].range(address).select()


# ------------------------------------------------------------------ values and colours


def _write(book: xlwings.Book, steps: Sequence[Action]) -> None:
    for name, own in _grouped(steps, "sheet").items():
        sheet = book.sheets[name]
        values = values_of([step for step in own if step.op in do.VALUES], partial(_text_at, sheet))
        for block in values.constants:
            _write_constants(_area(sheet, block), block)
        for block in values.formulas:
            _area(sheet, block).formula = block.rows
        for colour, fills in _grouped([step for step in own if step.op == do.FILL], "text").items():
            _colour(sheet, [step.cell for step in fills], colour)


def _grouped(steps: Iterable[Action], field: str) -> dict[str, list[Action]]:
    groups: dict[str, list[Action]] = {}
    for step in steps:
        groups.setdefault(getattr(step, field), []).append(step)
    return groups


def _area(sheet: xlwings.Sheet, block: Block) -> xlwings.Range:
    last = block.top + len(block.rows) - 1, block.left + len(block.rows[0]) - 1
    return sheet.range((block.top, block.left), last)


def _text_at(sheet: xlwings.Sheet, cell: str) -> str:
    return str(com.raw_values(sheet.range(cell))[0][0] or "")


def _write_constants(area: xlwings.Range, block: Block) -> None:
    if area.number_format not in (None, TEXT_FORMAT):
        area.value = block.rows
        return
    # Into a cell whose format is text Excel puts a number as a text.
    for line, values in zip(area.rows, block.rows, strict=True):
        for cell, value in zip(line, values, strict=True):
            code = cell.number_format
            if code == TEXT_FORMAT and not isinstance(value, str):
                cell.number_format = GENERAL
                cell.value = value
                cell.number_format = code
            else:
                cell.value = value


def _colour(sheet: xlwings.Sheet, areas: Sequence[str], colour: str) -> None:
    single = [Cell(sheet.name, *parse_reference(area)) for area in areas if ":" not in area]
    wanted = [area for area in areas if ":" in area]
    wanted += ranges(single, sheet.name).split(",") if single else []
    while wanted:
        address = wanted.pop(0)
        while wanted and len(address) + len(wanted[0]) < LONGEST_ADDRESS:
            address += f",{wanted.pop(0)}"
        rule = sheet.range(address).conditional_formats.add_custom(f"={RULE}", fill_color=f"#{colour}")
        com.put_last(rule)


# ------------------------------------------------------------------ all else


def _change(book: xlwings.Book, step: Action) -> None:
    if step.op == do.ADD_SHEET:
        if step.sheet not in {sheet.name for sheet in book.sheets}:
            book.sheets.add(step.sheet, after=book.sheets[-1])
    elif step.op == do.NAME:
        _define(book, step)
    else:
        _change_sheet(book.sheets[step.sheet], step)


def _define(book: xlwings.Book, step: Action) -> None:
    if step.text in book.names:
        book.names[step.text].delete()
    if step.cell:
        book.names.add(step.text, f"={quoted(step.sheet)}!{book.sheets[step.sheet].range(step.cell).address}")


def _change_sheet(sheet: xlwings.Sheet, step: Action) -> None:
    if step.op == do.DELETE_SHEET:
        sheet.delete()
    elif step.op == do.HIDE:
        com.hide(sheet)
    elif step.op == do.UNFILL:
        for rule in reversed([rule for rule in sheet.cells.conditional_formats if is_ours(rule)]):
            rule.delete()
    elif step.op == do.NOTE:
        _set_note(sheet.range(step.cell), step.text)
    else:
        _dress(sheet, step)


def _dress(sheet: xlwings.Sheet, step: Action) -> None:
    """Take a step about how a sheet of our own looks."""
    if step.op == do.TAB:
        com.colour_tab(sheet, step.text)
    elif step.op == do.FREEZE:
        com.freeze(sheet, *parse_reference(step.cell))
    elif step.op == do.WIDTH:
        sheet.range(f"{step.cell}:{step.cell}").column_width = float(step.text)
    elif step.op == do.HEIGHT:
        sheet.range(f"{step.cell}:{step.cell}").row_height = float(step.text)
    elif step.op == do.MERGE:
        sheet.range(step.cell).merge()
    elif step.op == do.LINES:
        sheet.range(step.cell).borders.set("all", line_style="continuous", weight="thin", color=f"#{step.text}")
    elif step.op == do.ALIGN:
        area = sheet.range(step.cell)
        area.wrap_text, area.vertical_alignment = True, "center"
        area.horizontal_alignment = "center" if step.text == do.CENTRE else "left"
    elif step.op == do.PAINT:
        sheet.range(step.cell).color = f"#{step.text}"
    elif step.op in (do.BOLD, do.UNDERLINE):
        area = sheet.range(step.cell)
        area.font.color = f"#{step.text}"
        if step.op == do.BOLD:
            area.font.bold = True
        else:
            com.underline(area)
    else:
        raise ValueError(f"no such step: {step.op}")


def _set_note(cell: xlwings.Range, text: str) -> None:
    note = cell.note
    if note is not None and not text:
        note.delete()
    elif note is not None:
        note.text = text
    elif text:
        com.add_note(cell, text)
