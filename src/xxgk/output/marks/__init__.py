"""Findings written into the workbook itself: a sheet that lists them, coloured cells, notes; and all that undone."""

from xxgk.output.marks.mark import mark, unmark

__all__ = ["mark", "unmark"]
