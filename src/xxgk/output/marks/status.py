"""What a check says on the 首页: in one cell, known again by how its text begins."""

from __future__ import annotations

from collections.abc import Sequence

from xxgk.checks.finding import Finding
from xxgk.output.result import counted
from xxgk.workbook.layout import Layout
from xxgk.xlsx.a1 import Cell, Slot

BEGIN = "校验结果："
CLEAN = "没有发现问题"


def status_text(findings: Sequence[Finding]) -> str:
    """Return how many findings of each severity there are."""
    return f"{BEGIN}{counted(findings) or CLEAN}"


def status_cell(layout: Layout, first: Slot | None) -> Cell | None:
    """Return the cell for the result: as far from ``first``, the first field of the 首页, as the layout has it."""
    planned = next(iter(layout.cover.values()))
    if first is None:
        return None
    row = layout.status.row + first.row - planned.row
    return Cell(first.sheet, row, layout.status.column + first.column - planned.column) if row > 0 else None


def is_ours(text: str) -> bool:
    """Tell whether a check wrote this."""
    return text.startswith(BEGIN)
