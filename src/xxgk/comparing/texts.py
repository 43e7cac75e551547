"""Two texts compared paragraph by paragraph, and within a paragraph character by character. Pure functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum

from xxgk.records import Record
from xxgk.report import Paragraph
from xxgk.texts import bare

ALIKE = 0.35  # of the pairs of characters, for two paragraphs to be versions of one another
MAX_TOKENS = 3_000  # of longer paragraphs only the beginning and the end that are the same are told apart
TOKEN = r"[0-9０-９]+(?:[.,][0-9]+)*%?|[A-Za-z]+|\s+|."


class Kind(Enum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Span(Record):
    """A run of characters with one fate."""

    kind: Kind
    text: str


class Passage(Record):
    """A paragraph: unchanged (one span of ``SAME``), added, removed, or changed (several spans).

    ``heading`` is the level of a heading, 0 for body text; where it differs, the newer one's.
    """

    heading: int
    spans: tuple[Span, ...]

    @property
    def same(self) -> bool:
        """Whether nothing has changed."""
        return all(span.kind is Kind.SAME for span in self.spans)


def compare_paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Passage, ...]:
    """Return the paragraphs of both texts in order, each one that was reworded once; spaces alone are no change."""
    return tuple(_passage(before, after) for before, after in _paired(_written(old), _written(new)))


def compare_texts(old: str, new: str) -> tuple[Span, ...]:
    """Return what was left out of ``old`` and added in ``new``, in reading order.

    Numbers and words of other scripts change as a whole. A few characters that stay the same by chance between
    longer changes are shown as changed.
    """
    before, after = (re.findall(TOKEN, text, re.DOTALL) for text in (old, new))
    if max(len(before), len(after)) > MAX_TOKENS:
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        ends = (len(before) - tail, len(after) - tail)
        return _spans([([], [], before[:head]), (before[head : ends[0]], after[head : ends[1]], before[ends[0] :])])
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    runs = []
    a = b = 0
    for block in matcher.get_matching_blocks():
        runs.append((before[a : block.a], after[b : block.b], before[block.a : block.a + block.size]))
        a, b = block.a + block.size, block.b + block.size
    return _spans(_without_islands(runs))


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many tokens are the same at the beginning."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (old, new) in pairs if old != new), min(len(before), len(after)))


_Run = tuple[list[str], list[str], list[str]]  # tokens removed, tokens added, and tokens that are the same after them


def _without_islands(runs: Sequence[_Run]) -> list[_Run]:
    """Return the runs with each equal part that is shorter than the changes on both its sides made part of them."""
    merged = [*runs]
    index = 0
    while index < len(merged) - 1:
        removed, added, same = merged[index]
        after = merged[index + 1]
        if same and len(same) <= max(len(removed), len(added)) and len(same) <= max(len(after[0]), len(after[1])):
            merged[index : index + 2] = [(removed + same + after[0], added + same + after[1], after[2])]
            index = max(0, index - 1)
        else:
            index += 1
    return merged


def _spans(runs: Sequence[_Run]) -> tuple[Span, ...]:
    kinds = (Kind.REMOVED, Kind.ADDED, Kind.SAME)
    return tuple(Span(kind, "".join(part)) for run in runs for kind, part in zip(kinds, run, strict=True) if part)


def _written(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    return [paragraph for paragraph in paragraphs if paragraph.text.strip()]


def _passage(old: Paragraph | None, new: Paragraph | None) -> Passage:
    if old is None or new is None:
        kind, only = (Kind.REMOVED, old) if new is None else (Kind.ADDED, new)
        return Passage(only.heading if only else 0, (Span(kind, only.text if only else ""),))
    if bare(old.text) == bare(new.text):
        return Passage(new.heading, (Span(Kind.SAME, new.text),))
    return Passage(new.heading, compare_texts(old.text, new.text))


_Pair = tuple[Paragraph | None, Paragraph | None]


def _paired(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[_Pair]:
    """Yield which paragraphs belong together: the pairs, in order, that are most alike in sum."""
    likeness = _likeness(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = likeness(i, j) + best[i + 1][j + 1] if likeness(i, j) >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness(i, j) >= ALIKE and best[i][j] == likeness(i, j) + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((paragraph, None) for paragraph in old[i:])
    yield from ((None, paragraph) for paragraph in new[j:])


def _likeness(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Callable[[int, int], float]:
    """Return how alike two paragraphs are, 0 to 1: the share of pairs of characters that both have."""
    pairs = [[_bigrams(paragraph.text) for paragraph in text] for text in (old, new)]
    sizes = [[sum(found.values()) for found in text] for text in pairs]
    known: dict[tuple[int, int], float] = {}

    def likeness(i: int, j: int) -> float:
        if (i, j) not in known:
            common = sum((pairs[0][i] & pairs[1][j]).values())
            known[i, j] = 2 * common / (sizes[0][i] + sizes[1][j])
        return known[i, j]

    return likeness


def _bigrams(text: str) -> Counter[str]:
    plain = f"^{bare(text)}$"
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1))
