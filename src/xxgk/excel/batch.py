"""Values of single cells gathered into whole ranges: one call to Excel for each, not one for each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from xxgk.excel import actions as do
from xxgk.excel.actions import Action
from xxgk.records import Record
from xxgk.xlsx.a1 import parse_reference
from xxgk.xlsx.references import literal, quoted

Spot = tuple[int, int]
Value = float | str | None


class Block(Record):
    """A rectangle to be written at once: its top left cell, and what to write, row by row."""

    top: int
    left: int
    rows: tuple[tuple[Value, ...], ...]


class Values(Record):
    """What to write on one sheet: constants, and formulas."""

    constants: tuple[Block, ...]
    formulas: tuple[Block, ...]


def values_of(actions: Sequence[Action], text_at: Callable[[str], str]) -> Values:
    """Return the blocks for ``actions``, all about values on one sheet; of two for one cell the last counts.

    ``text_at`` gives what a cell shows now, for a link whose text is not among them.
    """
    constants: dict[Spot, Value] = {}
    formulas: dict[Spot, Value] = {}
    texts: dict[str, str] = {}
    for action in actions:
        at = parse_reference(action.cell)
        if action.op == do.LINK:
            text = texts.get(action.cell)
            constants.pop(at, None)
            formulas[at] = link_formula(action.text, text_at(action.cell) if text is None else text)
        elif action.op == do.FORMULA:
            constants.pop(at, None)
            formulas[at] = action.text
        else:
            formulas.pop(at, None)
            texts[action.cell] = action.text
            constants[at] = _constant(action)
    return Values(tuple(_blocks(constants)), tuple(_blocks(formulas)))


def link_formula(target: str, text: str) -> str:
    """Return the formula of a link to ``target``, a sheet and cell such as ``首页!C4``, that shows ``text``."""
    sheet, _, cell = target.rpartition("!")
    return f"=HYPERLINK({literal(f'#{quoted(sheet)}!{cell}')},{literal(text)})"


def _constant(action: Action) -> Value:
    if action.op == do.CLEAR:
        return None
    if action.op == do.STR:
        return "'" + action.text  # stays a text, whatever it looks like
    number = Decimal(action.text)
    return int(number) if number == number.to_integral_value() else float(number)


def _blocks(cells: Mapping[Spot, Value]) -> Iterator[Block]:
    """Yield rectangles that cover ``cells``: runs in a row, then equal runs one below the other."""
    open_blocks: dict[tuple[int, int], tuple[int, list[tuple[Value, ...]]]] = {}  # by first column and width
    last_row = 0
    for row, left, values in _runs(cells):
        if row > last_row + 1:
            yield from _closed(open_blocks)
            open_blocks = {}
        last_row = row
        key = left, len(values)
        top, lines = open_blocks.get(key, (row, []))
        if lines and top + len(lines) != row:
            yield Block(top, left, tuple(lines))
            top, lines = row, []
        open_blocks[key] = top, [*lines, values]
    yield from _closed(open_blocks)


def _closed(blocks: Mapping[tuple[int, int], tuple[int, list[tuple[Value, ...]]]]) -> Iterator[Block]:
    for (left, _), (top, lines) in blocks.items():
        yield Block(top, left, tuple(lines))


def _runs(cells: Mapping[Spot, Value]) -> Iterator[tuple[int, int, tuple[Value, ...]]]:
    """Yield row, first column and values of each run of neighbours in a row."""
    start: Spot | None = None
    values: list[Value] = []
    for row, column in sorted(cells):
        if start is not None and (row, column) != (start[0], start[1] + len(values)):
            yield *start, tuple(values)
            start, values = None, []
        start = start or (row, column)
        values.append(cells[row, column])
    if start is not None:
        yield *start, tuple(values)
