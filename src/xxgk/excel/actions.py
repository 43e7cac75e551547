"""What a verb does to the open workbook: a list of small steps that every executor takes alike."""

from __future__ import annotations

from decimal import Decimal

from xxgk.records import Record
from xxgk.report import Number

# Values of cells. A ``str`` never becomes a formula.
NUM, STR, FORMULA, CLEAR, LINK = "num", "str", "formula", "clear", "link"
VALUES = (NUM, STR, FORMULA, CLEAR, LINK)
# Marks: ``fill`` adds a conditional format (never the cell's own fill), ``unfill`` takes ours off a whole sheet.
FILL, UNFILL, NOTE = "fill", "unfill", "note"
# How a sheet of our own looks. ``align``: text wraps, in the middle of the height, to ``LEFT`` or ``CENTRE``;
# ``paint``: the cells' own colour; ``bold``, ``underline``: that of the letters; ``lines``: that of lines around each
# cell. ``width`` has a column and units of a character, ``height`` a row and points; above and left of the cell of
# ``freeze`` all stays in view.
ALIGN, PAINT, BOLD, UNDERLINE, LINES, MERGE = "align", "paint", "bold", "underline", "lines", "merge"
WIDTH, HEIGHT, TAB, FREEZE = "width", "height", "tab", "freeze"
LEFT, CENTRE = "left", "center"
# The book: ``addsheet`` puts the sheet last, and leaves one of that name as it is; ``name`` is a defined name.
ADD_SHEET, DELETE_SHEET, HIDE, NAME = "addsheet", "delsheet", "hide", "name"
# What the user sees. All between ``ask`` and ``endask`` is done only on yes.
STATUS, SELECT, MESSAGE, ASK, END_ASK, AGAIN, OPEN = "status", "select", "message", "ask", "endask", "again", "open"
INFORMED, REFUSED = "i", "e"  # the first letter of a message: how grave it is
YES = "yes"  # what a verb that is started again is told


class Action(Record):
    """One step: what to do, on which sheet and cell (or area), and with which text; see the names above."""

    op: str
    sheet: str = ""
    cell: str = ""
    text: str = ""


def value_action(sheet: str, cell: str, value: Number | str | None) -> Action:
    """Return the step that makes a cell hold ``value``; None makes it blank."""
    if value is None or value == "":
        return Action(CLEAR, sheet, cell)
    if isinstance(value, str):
        return Action(STR, sheet, cell, value)
    return Action(NUM, sheet, cell, f"{value:f}" if isinstance(value, Decimal) else str(value))


def message(text: str, gravity: str = INFORMED) -> Action:
    """Return the step that shows a sentence at the end."""
    return Action(MESSAGE, text=gravity + text)


def asked(question: str, *steps: Action) -> tuple[Action, ...]:
    """Return ``steps`` under a question: they are taken only when the answer is yes."""
    return Action(ASK, text=question), *steps, Action(END_ASK)
