"""Which lines of a file are which of the texts that it should hold, though both may be broken at other places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from xxgk.comparing.texts import ALIKE
from xxgk.records import Record

CHANCE = 2  # characters in a row below which two texts are alike by chance
NOBODY = -1
MOST = 50_000  # characters; a report has no more between two texts that are the same


class Piece(Record):
    """What the lines hold of a text: "" for nothing. ``line`` is the index of the line that it begins in."""

    text: str
    line: int = NOBODY


class Pieces(Record):
    """``found`` has a piece for each text looked for.

    ``rest`` are the indices of the lines that are none of them, by how many of the texts come before them.
    """

    found: tuple[Piece, ...]
    rest: dict[int, tuple[int, ...]]


def pieces(wanted: Sequence[str], lines: Sequence[str]) -> Pieces:
    """Return what ``lines``, in order, hold of the texts ``wanted``, in order. A line may hold parts of several."""
    found = [Piece("")] * len(wanted)
    rest: dict[int, tuple[int, ...]] = {}
    reached = 0
    for number, (line, owners) in enumerate(zip(lines, _owners(wanted, lines), strict=True)):
        if set(owners) <= {NOBODY}:
            rest[reached] = (*rest.get(reached, ()), number)
            continue
        for owner, char in zip(_filled(owners), line, strict=True):
            before = found[owner]
            found[owner] = Piece(before.text + char, number if before.line == NOBODY else before.line)
            reached = owner + 1
    return Pieces(tuple(found), rest)


def _owners(wanted: Sequence[str], lines: Sequence[str]) -> Iterator[list[int]]:
    """Yield for each line which of the texts each of its characters is from, by index."""
    owner_of = [index for index, text in enumerate(wanted) for _ in text]
    owners = [NOBODY] * sum(map(len, lines))
    matcher = SequenceMatcher(None, "".join(wanted), "".join(lines), autojunk=False)
    for a, b, size in matcher.get_matching_blocks() if len(owners) <= MOST else ():
        if size >= CHANCE:
            owners[b : b + size] = owner_of[a : a + size]
    for line, end in zip(lines, accumulate(map(len, lines)), strict=True):
        own = owners[end - len(line) : end]
        known = [owner for owner in own if owner != NOBODY]
        whole = sum(len(wanted[owner]) for owner in set(known))
        # A word or two in common does not make a line a version of a text.
        yield own if len(known) >= ALIKE * min(len(line), whole) else [NOBODY] * len(line)


def _filled(owners: Sequence[int]) -> Iterator[int]:
    """Yield the owners with every unknown one that of its neighbour before, at the beginning that of the first."""
    last = next(owner for owner in owners if owner != NOBODY)
    for owner in owners:
        last = last if owner == NOBODY else owner
        yield last
