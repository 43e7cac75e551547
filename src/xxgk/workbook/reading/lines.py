"""Which row of a sheet is which row of the form, and the same for columns: by their labels, never by guess.

A line is taken when its label is there and can be meant only once. Order tells lines of one label apart; a line that
stands elsewhere is taken by its label alone; one whose label was damaged by what stands before and after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher

from xxgk.labels import fold
from xxgk.records import Record
from xxgk.workbook.printed import Line

HEAD_SCORE, MAX_AROUND = 4, 3
ALIKE = 0.8  # of a label that was mistyped: 2.其他法律行政止公开 for 2.其他法律行政法规禁止公开


class Seen(Record):
    """The folded texts of a line of the sheet.

    ``here`` are those where labels of lines stand, ``over`` those of merged cells that reach over it from there, and
    ``rest`` all others, typed or printed.
    """

    here: frozenset[str]
    over: frozenset[str] = frozenset()
    rest: frozenset[str] = frozenset()


class Lines(Record):
    """``found`` maps lines of the form to lines of the sheet; ``doubled`` are those whose label stands there twice."""

    found: Mapping[int, int]
    doubled: frozenset[int]


def match_lines(lines: Sequence[Line], seen: Mapping[int, Seen], trusted: int | None) -> Lines:
    """Return where ``lines`` are among the lines ``seen`` of a sheet.

    ``trusted`` is by how much the names of the workbook say that all lines have moved, None when they say nothing;
    it decides for a line whose label is damaged, as long as every other line agrees.
    """
    actual = sorted(seen)
    found = _aligned(lines, actual, seen)
    _moved(lines, seen, found)
    heads = Counter(fold(line.head) for line in lines if line.typed and line.head)
    doubled = frozenset(
        line.at for line in lines if line.at not in found and _count(line, seen) > heads[fold(line.head)]
    )
    rest = [line for line in lines if line.at not in doubled]
    _alike(rest, seen, found)
    # What has a label of another line on it cannot stand for this one.
    free = {at for at, texts in seen.items() if heads.keys().isdisjoint(texts.here)}
    _between(rest, free, found)
    if trusted is not None and all(at - line == trusted for line, at in found.items()):
        free -= set(found.values())
        found.update(
            (line.at, line.at + trusted) for line in rest if line.at not in found and line.at + trusted in free
        )
    return Lines(found, doubled)


def _count(line: Line, seen: Mapping[int, Seen]) -> int:
    head = fold(line.head)
    return sum(head in texts.here for texts in seen.values()) if head else 0


def _score(line: Line, texts: Seen) -> int:
    """Return how well a line of the sheet fits, 0 for not at all."""
    around = {fold(text) for text in line.around}
    if not line.typed:
        return min(HEAD_SCORE, len(around & (texts.here | texts.rest)))
    if not line.head or fold(line.head) not in texts.here:
        return 0
    return HEAD_SCORE + min(MAX_AROUND, len(around & (texts.here | texts.over)))


def _aligned(lines: Sequence[Line], actual: Sequence[int], seen: Mapping[int, Seen]) -> dict[int, int]:
    """Return the pairs that are in every best alignment which keeps the order."""
    scores = [[_score(line, seen[at]) for at in actual] for line in lines]
    height, width = len(lines), len(actual)
    before = [[0] * (width + 1) for _ in range(height + 1)]
    after = [[0] * (width + 1) for _ in range(height + 1)]
    for i in range(height):
        for j in range(width):
            paired = before[i][j] + scores[i][j] if scores[i][j] else 0
            before[i + 1][j + 1] = max(before[i][j + 1], before[i + 1][j], paired)
    for i in reversed(range(height)):
        for j in reversed(range(width)):
            paired = after[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0
            after[i][j] = max(after[i + 1][j], after[i][j + 1], paired)
    best = before[height][width]
    found = {}
    for i, line in enumerate(lines):
        places = [j for j in range(width) if scores[i][j] and before[i][j] + scores[i][j] + after[i + 1][j + 1] == best]
        left_out = any(before[i][j] + after[i + 1][j] == best for j in range(width + 1))
        if len(places) == 1 and not left_out:
            found[line.at] = actual[places[0]]
    return found


def _moved(lines: Sequence[Line], seen: Mapping[int, Seen], found: dict[int, int]) -> None:
    """Add lines that stand elsewhere: the label is one line's only, and stands once in what is left."""
    heads = [fold(line.head) for line in lines if line.typed]
    for line in lines:
        head = fold(line.head)
        if line.at in found or not head or heads.count(head) > 1:
            continue
        places = [at for at, texts in seen.items() if head in texts.here]
        if len(places) == 1 and places[0] not in found.values():
            found[line.at] = places[0]


def _alike(lines: Sequence[Line], seen: Mapping[int, Seen], found: dict[int, int]) -> None:
    """Add lines whose label was mistyped: one label is like it, and it is like one label."""
    free = {at: texts.here for at, texts in seen.items() if at not in found.values()}
    pairs = [
        (line.at, at)
        for line in lines
        if line.at not in found and line.head
        for at, texts in free.items()
        if any(SequenceMatcher(None, fold(line.head), text).ratio() >= ALIKE for text in texts)
    ]
    of_line, of_place = Counter(line for line, _ in pairs), Counter(at for _, at in pairs)
    found.update((line, at) for line, at in pairs if of_line[line] == of_place[at] == 1)


def _between(lines: Sequence[Line], free: Collection[int], found: dict[int, int]) -> None:
    """Add lines without a readable label, on ``free`` ones, when they have their neighbours on both sides."""
    known = sorted(found)
    taken = set(found.values())
    for line in lines:
        if line.at in found:
            continue
        above = max((at for at in known if at < line.at), default=None)
        below = min((at for at in known if at > line.at), default=None)
        if above is None or (below is None and line.head):
            continue
        place = found[above] + line.at - above
        fits = below is None or found[below] - found[above] == below - above
        if fits and place in free and place not in taken:
            found[line.at] = place
