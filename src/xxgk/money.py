"""Units of money as headings print them: an amount in 元 is ten thousand times the same in 万元."""

from __future__ import annotations

import re

from xxgk.texts import bare

YUAN = "元"
UNITS = re.compile(rf"[百千万亿]*{YUAN}")


def is_money(unit: str) -> bool:
    """Tell whether a column with ``unit`` counts money."""
    return unit.endswith(YUAN)


def units_named(text: str) -> frozenset[str]:
    """Return the units of money that ``text`` names."""
    return frozenset(UNITS.findall(bare(text)))
