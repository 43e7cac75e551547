"""Letters and lines of the engine over LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlwings import base_classes

BOLD = 150.0  # com.sun.star.awt.FontWeight
THIN = 18  # hundredths of a millimetre
EDGES = ("TopBorder", "BottomBorder", "LeftBorder", "RightBorder")
# com.sun.star.table.CellHoriJustify and CellVertJustify2
ACROSS = {"left": 1, "center": 2}
DOWN = {"center": 2}


class Font(base_classes.Font):
    def __init__(self, cells: Any) -> None:
        self._cells = cells

    def _set_bold(self, value: bool) -> None:
        assert value
        self._cells.CharWeight = self._cells.CharWeightAsian = BOLD

    def _set_color(self, value: str) -> None:
        self._cells.CharColor = number_of(value)

    bold = property(fset=_set_bold)
    color = property(fset=_set_color)


class Borders(base_classes.Borders):
    def __init__(self, cells: Any) -> None:
        self._cells = cells

    def set(self, which: Sequence[str], *, line_style: str, weight: str, color: Any) -> None:
        import uno  # loaded by the office that runs

        assert (len(which), line_style, weight) == (6, "continuous", "thin")
        line = uno.createUnoStruct("com.sun.star.table.BorderLine")
        line.Color, line.OuterLineWidth = number_of(color), THIN
        for edge in EDGES:
            setattr(self._cells, edge, line)


def number_of(colour: Any) -> int:
    """Return a colour as LibreOffice has it; xlwings gives it as ``#RRGGBB`` or three numbers."""
    return int(colour[1:], 16) if isinstance(colour, str) else int.from_bytes(bytes(colour), "big")
