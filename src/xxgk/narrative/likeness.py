"""How alike two texts are, cheaply enough to compare every paragraph with every one of last year's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xxgk.records import Record
from xxgk.texts import INVISIBLE, NARROW

# Blanks and digits go, full-width forms become narrow.
_PLAIN = {
    **INVISIBLE,
    **{code: None if 0x30 <= narrow <= 0x39 else narrow for code, narrow in NARROW.items()},
    **{ord(digit): None for digit in "0123456789"},
}
LEAST = 30  # characters; what is shorter is alike too easily


class Print(Record):
    """A text made ready for comparison: its bare characters, and its pairs of characters."""

    plain: str
    pairs: frozenset[str]


def print_of(text: str) -> Print:
    """Return ``text`` made ready; blanks, full-width forms and digits do not count."""
    plain = text.translate(_PLAIN)
    return Print(plain, frozenset(map("".join, pairwise(plain))))


def likeness(one: Print, other: Print) -> float:
    """Return the share of pairs of characters that both have, 0 to 1; 1 only for texts that are the same."""
    if one.plain == other.plain:
        return 1.0
    total = len(one.pairs) + len(other.pairs)
    return min(2 * len(one.pairs & other.pairs) / total, 0.99) if total else 0.0


def most_like(text: Print, others: Sequence[Print], least: float) -> tuple[int, float] | None:
    """Return which of ``others`` is most like ``text``, and how much; None where none reaches ``least``.

    Sets of too different a size are not compared: the smaller one bounds the likeness.
    """
    best: tuple[int, float] | None = None
    size = len(text.pairs)
    for index, other in enumerate(others):
        theirs = len(other.pairs)
        if 2 * min(size, theirs) >= least * (size + theirs):
            found = likeness(text, other)
            if found >= least and (best is None or found > best[1]):
                best = index, found
    return best
