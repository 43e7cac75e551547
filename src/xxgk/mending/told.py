"""A mending in one line for staff."""

from __future__ import annotations

from decimal import Decimal

from xxgk.checks.quoting import quote
from xxgk.checks.subject import Spot
from xxgk.mending.safe import SPACES, Mending

CONTEXT = 6  # characters shown before and after a change in a text
EXCERPT = 2 * CONTEXT + 8


def mending_line(mending: Mending) -> str:
    """Return one line for staff: where, what stands there, what is to stand there, and the code."""
    before, after = mending.before, mending.after
    if isinstance(after, str):
        shown, new = _excerpts(before, after)
        only_spaces = mending.code == SPACES
        what = f"，删去 {len(before) - len(after)} 个空格" if only_spaces else ""
        return f"{where(mending.spot)}：{shown} → {new}{what}（{mending.code}）"
    new = f"{after:f}" if isinstance(after, Decimal) else str(after)
    return f"{where(mending.spot)}：{quote(before)} → {new}（{mending.code}）"


def where(spot: Spot) -> str:
    """Return the sheet, the cell and the labels of a place."""
    return f"【{spot.place.sheet}】{spot.place.cell} {' › '.join(spot.labels)}"


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Return both texts around the first place where they differ."""
    at = next((n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(after))
    start = max(0, at - CONTEXT)
    return quote(before[start : at + CONTEXT], EXCERPT), quote(after[start : at + CONTEXT], EXCERPT)
