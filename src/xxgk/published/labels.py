"""Printed words recognised though they were typed anew: spaces, widths, numbering and slips of the pen aside."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from xxgk.labels import fold
from xxgk.records import Record

NEAR = 0.6  # of the characters in common, in order, for one text to be a slip of the other
SAME = frozenset(("总计", "合计", "共计", "总数"))  # each is written for the others
MEANT = 0.9  # likeness of two of these, so that the very word is preferred
CLEAR = 0.1  # by how much a slip must be nearer to one label than to any other


class Likeness(Record):
    """How well a text fits the label at ``index``: 1 is word for word."""

    index: int
    score: float


@functools.lru_cache(maxsize=50_000)
def likeness(seen: str, label: str) -> float:
    """Return how much of two folded texts is the same, from 0 to 1."""
    if seen == label:
        return 1.0
    if SAME.issuperset((seen, label)):
        return MEANT
    if not seen or not label or 2 * min(len(seen), len(label)) < NEAR * (len(seen) + len(label)):
        return 0.0
    # Here, since it takes long to import and most texts fit word for word.
    from difflib import SequenceMatcher

    return SequenceMatcher(None, seen, label, autojunk=False).ratio()


def best(text: str, labels: Sequence[str]) -> Likeness | None:
    """Return which of ``labels`` (folded) ``text`` says, or None when it is none or could be more than one."""
    seen = fold(text)
    scores = sorted(((likeness(seen, label), index) for index, label in enumerate(labels)), key=lambda one: -one[0])
    if not scores or scores[0][0] < NEAR:
        return None
    first = scores[0]
    rivals = [score for score, index in scores[1:] if labels[index] != labels[first[1]]]
    if first[0] < 1 and rivals and first[0] - rivals[0] < CLEAR:
        return None
    return Likeness(first[1], first[0])


def align(labels: Sequence[str], texts: Sequence[str]) -> dict[int, tuple[int, float]]:
    """Return for labels (folded), by index, which text says each, and how well: both in their order.

    Of all ways to pair them the one that fits best is taken; a text goes with no label if it is more like another.
    """
    seen = [fold(text) for text in texts]
    top = [max((likeness(one, label) for label in labels), default=0.0) for one in seen]

    def fits(y: int, x: int) -> float:
        score = likeness(seen[x], labels[y])
        return score if score >= NEAR and score >= top[x] else 0.0

    height, width = len(labels), len(seen)
    gain = [[0.0] * (width + 1) for _ in range(height + 1)]
    for y in range(height - 1, -1, -1):
        for x in range(width - 1, -1, -1):
            score = fits(y, x)
            both = score + gain[y + 1][x + 1] if score else 0.0
            gain[y][x] = max(both, gain[y + 1][x], gain[y][x + 1])
    pairs, y, x = {}, 0, 0
    while y < height and x < width:
        score = fits(y, x)
        if score and gain[y][x] == score + gain[y + 1][x + 1]:
            pairs[y] = (x, score)
            y, x = y + 1, x + 1
        elif gain[y][x] == gain[y + 1][x]:
            y += 1
        else:
            x += 1
    return pairs
