"""All inputs of a table as one text: what the numbers in the written parts were made of, to be compared later."""

from __future__ import annotations

import re
from collections.abc import Callable

from xxgk.figures import ERROR_VALUE
from xxgk.workbook.layout import Layout
from xxgk.xlsx.a1 import Cell

SEPARATOR, UNKNOWN = "|", "?"
TEXTS = ("unit", "year")  # fields of the 首页 that a placeholder may name


def inputs_of_state(layout: Layout, key: str) -> tuple[Cell, ...]:
    """Return the cells of one piece (see ``Layout.states``) in which something is typed, in order."""
    if key == "cover":
        return tuple(layout.cover[text] for text in TEXTS)
    if key == "fields":
        return tuple(layout.fields.values())
    where = layout.previous if key.startswith("previous.") else layout.figures
    table = layout.form.tables[key.removeprefix("previous.")]
    # Totals follow from their parts, and a program that writes files may not know their values.
    return tuple(where[one] for one in table.addresses if one in where and one not in layout.form.totals)


def state_text(layout: Layout, shown: Callable[[Cell], str]) -> str:
    """Return the whole state, in which ``shown`` gives what an input cell holds; formulas give the same."""
    return SEPARATOR.join(piece_text(layout, key, shown) for key in layout.states)


def piece_text(layout: Layout, key: str, shown: Callable[[Cell], str]) -> str:
    """Return one piece of the state. An error value among its cells makes all of it ``UNKNOWN``."""
    texts = [shown(cell) for cell in inputs_of_state(layout, key)]
    failed = any(text.startswith("#") and re.fullmatch(ERROR_VALUE, text) for text in texts)
    return UNKNOWN if failed else SEPARATOR.join(texts)
