"""Columns of figures where no border parts them: the widest gaps that all rows leave free."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xxgk.published.pdf_page import Glyph
from xxgk.published.pdf_tables import WIDEST_SPACING

CLEAR = 1.25  # times the widest gap within numbers: so wide is the narrowest between columns at least


def spans_of_columns(rows: Sequence[Sequence[Glyph]], count: int) -> list[tuple[float, float]] | None:
    """Return from where to where the figures of each of ``count`` columns reach; None where that cannot be told."""
    parts: list[list[float]] = []
    for glyph in sorted((glyph for row in rows for glyph in row), key=lambda glyph: glyph.left):
        if parts and glyph.left <= parts[-1][1]:
            parts[-1][1] = max(parts[-1][1], glyph.right)
        else:
            parts.append([glyph.left, glyph.right])
    gaps = sorted((right[0] - left[1] for left, right in pairwise(parts)), reverse=True)
    if len(gaps) < count - 1:
        return None
    between, within = gaps[: count - 1], gaps[count - 1 :]
    widest = within[0] if within else 0.0
    size = max((glyph.size for row in rows for glyph in row), default=0.0)
    if (between and between[-1] < CLEAR * widest) or widest > WIDEST_SPACING * size:
        return None
    spans = [(parts[0][0], parts[0][1])] if parts else []
    for left, right in pairwise(parts):
        if between and right[0] - left[1] >= between[-1]:
            spans.append((right[0], right[1]))
        else:
            spans[-1] = (spans[-1][0], right[1])
    return spans if len(spans) == count else None


def in_columns(figures: Sequence[Glyph], spans: Sequence[tuple[float, float]]) -> list[list[Glyph]]:
    """Return the figures of one row by the columns that they stand in."""
    return [[glyph for glyph in figures if left <= (glyph.left + glyph.right) / 2 <= right] for left, right in spans]
