"""What 填充 replaced, kept in the workbook on a hidden sheet, and put back again.

A program's writes clear Excel's own undo. The sheet is named by figure, not by cell: rows and sheets may move
meanwhile. Each 填充 has a number; the last one is taken back, and with it goes its part of the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.checks.labels import PREVIOUS_PREFIX, labels_of
from xxgk.excel import actions as do
from xxgk.excel.actions import Action, value_action
from xxgk.excel.opened import Opened
from xxgk.records import Record
from xxgk.report import Number
from xxgk.workbook.reading.index import positions
from xxgk.workbook.reading.locate import Places
from xxgk.workbook.reading.numbers import stored_number
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.cells import Holds, reference

SHEET = "_xxgk_undo"
RUN, ADDRESS, BEFORE, AFTER = range(1, 5)  # columns: number of the 填充, figure, old text ("" for blank), new number
SHOWN = 5


class Change(Record):
    """A cell to be filled: the figure, its labels, where it stands, the text there ("" when blank), and the number."""

    address: str
    labels: tuple[str, ...]
    cell: Cell
    before: str
    after: Number


class _Kept(Record):
    row: int
    run: int
    address: str
    before: str
    after: str


def record(opened: Opened, changes: Sequence[Change], above: int) -> Iterator[Action]:
    """Yield the steps that keep what ``changes`` replace, ``above`` rows below those of earlier 填充."""
    kept = tuple(_kept(opened))
    run = max((row.run for row in kept), default=0) + 1
    first = max((row.row for row in kept), default=0) + above + 1
    yield Action(do.ADD_SHEET, SHEET)
    yield Action(do.HIDE, SHEET)
    for row, change in enumerate(changes, first):
        yield value_action(SHEET, reference(row, RUN), run)
        yield value_action(SHEET, reference(row, ADDRESS), change.address)
        if change.before:
            yield value_action(SHEET, reference(row, BEFORE), change.before)
        yield value_action(SHEET, reference(row, AFTER), change.after)


def undo_actions(opened: Opened) -> tuple[Action, ...]:
    """Return the steps that take the last 填充 back; cells that hold something else by now are left and named."""
    kept = tuple(_kept(opened))
    if not kept:
        return (do.message("没有可以撤销的填充。"),)
    last = max(row.run for row in kept)
    rows = [row for row in kept if row.run == last]
    steps: list[Action] = []
    left: list[_Kept] = []
    for row in rows:
        cell = cell_at(opened.places, row.address)
        if cell is not None and _holds(opened.places, cell, row.after):
            steps.append(value_action(cell.sheet, cell.ref, row.before))
        else:
            left.append(row)
    done = len(steps)
    if len(rows) == len(kept):
        steps.append(Action(do.DELETE_SHEET, SHEET))
    else:
        columns = (RUN, ADDRESS, BEFORE, AFTER)
        steps += (Action(do.CLEAR, SHEET, reference(row.row, column)) for row in rows for column in columns)
    return *steps, Action(do.STATUS, text=f"已恢复 {done} 格"), do.message(_outcome(opened, done, left))


def cell_at(places: Places, address: str) -> Cell | None:
    """Return where the figure at ``address`` (of either year, or a single field) stands, None when it is not there."""
    if address.startswith(PREVIOUS_PREFIX):
        return places.previous.get(address.removeprefix(PREVIOUS_PREFIX))
    if address in places.figures:
        return places.figures[address]
    slot = places.slots.get(address)
    return slot.cell if slot is not None else None


def _outcome(opened: Opened, done: int, left: Sequence[_Kept]) -> str:
    if not left:
        return f"已恢复 {done} 格。"
    names = "\n".join(" › ".join(labels_of(opened.places.form, row.address)) for row in left[:SHOWN])
    more = "\n……" if len(left) > SHOWN else ""
    return f"已恢复 {done} 格。另有 {len(left)} 格填充以后又改过，没有动：\n{names}{more}"


def _holds(places: Places, cell: Cell, number: str) -> bool:
    content = places.content(cell)
    if content is None or content.formula or content.holds is not Holds.NUMBER:
        return False
    return stored_number(content.text) == stored_number(number)


def _kept(opened: Opened) -> Iterator[_Kept]:
    """Yield the rows of the record that are whole."""
    if SHEET not in opened.source.sheets:
        return
    cells = opened.cells(SHEET)
    for row in sorted({row for row, _, _ in positions(cells)}):
        run, address, before, after = (cells.text(reference(row, c)) for c in (RUN, ADDRESS, BEFORE, AFTER))
        number = stored_number(run)
        if isinstance(number, int) and address and after:
            yield _Kept(row, number, address, before, after)
