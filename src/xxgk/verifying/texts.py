"""The texts of a report held against those that it should print. Pure functions.

Blanks and the breaks between lines are no difference: a PDF has its own, and nobody reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from itertools import takewhile

from xxgk.comparing.texts import Span, compare_texts
from xxgk.published.blocks import Line
from xxgk.published.narrative import is_furniture, is_sentence
from xxgk.published.sections import title_like
from xxgk.records import Record
from xxgk.texts import INVISIBLE
from xxgk.verifying.pieces import pieces
from xxgk.verifying.printed import Passage

Run = tuple[range, range]  # indices of texts, and of the lines in their place: none is the same


class Change(Enum):
    """What became of a text on its way into the report."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    MOVED = "moved"


class TextDifference(Record):
    """A text that the report does not print as it should; ``expected`` and ``seen`` are without blanks.

    ``where`` is its place in words; of an added text that of the one before it, "" at the very beginning. ``spans``
    tell what was removed and added, of a changed text only. ``page`` counts from 1, 0 where it is not known.
    """

    change: Change
    where: str
    expected: str = ""
    seen: str = ""
    spans: tuple[Span, ...] = ()
    page: int = 0


class TextsCompared(Record):
    """``same`` counts the texts that are as they should be; ``aside`` are those around the report, and a site's own."""

    same: int
    differences: tuple[TextDifference, ...]
    aside: tuple[str, ...]


def compare_passages(expected: Sequence[Passage], lines: Sequence[Line]) -> TextsCompared:
    """Return how ``lines``, all texts of a report file outside its tables, differ from ``expected``."""
    lines = _without_declared_titles(lines)
    wanted, seen = [shown(passage.text) for passage in expected], [shown(line.text) for line in lines]
    if "".join(wanted) == "".join(seen):
        return TextsCompared(len(expected), (), ())
    runs = _runs(wanted, seen)
    moved = _moved(wanted, seen, runs)
    found: list[TextDifference] = []
    aside: list[str] = []
    for texts, there in runs:
        found += [TextDifference(Change.MOVED, expected[i].where, wanted[i], wanted[i]) for i in texts if i in moved]
        stayed = [i for i in texts if i not in moved]
        own = [lines[j] for j in there if j not in moved.values()]
        for at, one in _compared(expected, (*stayed, texts.stop), own):
            outside = at in (0, len(expected))
            if one.change is Change.ADDED and (is_furniture(one.seen) or (outside and not is_sentence(one.seen))):
                aside.append(one.seen)
            else:
                found.append(one)
    differing = sum(one.change is not Change.ADDED for one in found)
    return TextsCompared(len(expected) - differing, tuple(found), tuple(dict.fromkeys(aside)))


def shown(text: str) -> str:
    """Return what of ``text`` counts: everything but blanks and marks of width zero."""
    return text.translate(INVISIBLE)


def _without_declared_titles(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without the titles that a web page has for browsers and search machines, before its own."""
    own = next((at for at, line in enumerate(lines) if line.level == 1 and title_like(line.text)), 0)
    return [line for at, line in enumerate(lines) if at >= own or not title_like(line.text)]


def _runs(wanted: Sequence[str], seen: Sequence[str]) -> list[Run]:
    matcher = SequenceMatcher(None, wanted, seen, autojunk=False)
    return [(range(i, k), range(j, m)) for tag, i, k, j, m in matcher.get_opcodes() if tag != "equal"]


def _moved(wanted: Sequence[str], seen: Sequence[str], runs: Sequence[Run]) -> Mapping[int, int]:
    """Return the texts that stand at another place, with the lines that they are."""
    places: dict[str, list[int]] = {}
    for _, there in runs:
        for j in there:
            places.setdefault(seen[j], []).append(j)
    return {i: places[wanted[i]].pop(0) for texts, _ in runs for i in texts if places.get(wanted[i])}


def _compared(
    expected: Sequence[Passage], places: Sequence[int], lines: Sequence[Line]
) -> Iterator[tuple[int, TextDifference]]:
    """Yield how ``lines`` differ from the texts at ``places``, each with the place where it stands or should.

    The last of ``places`` is no text of these, but what comes after the lines.
    """
    texts = [shown(expected[i].text) for i in places[:-1]]
    made = pieces(texts, [shown(line.text) for line in lines])
    at = 0
    while at < len(places):
        gone = list(takewhile(lambda n: not made.found[n].text, range(at, len(texts))))
        extra = [lines[n] for n in made.rest.get(at, ())]
        if len(gone) == len(extra):
            # What stands in the place of a text is the text, whatever became of it.
            for n, line in zip(gone, extra, strict=True):
                yield places[n], _changed(expected[places[n]].where, texts[n], shown(line.text), line.page)
        else:
            for n in gone:
                yield places[n], TextDifference(Change.MISSING, expected[places[n]].where, texts[n])
            before = expected[places[at] - 1].where if places[at] else ""
            for line in extra:
                yield places[at], TextDifference(Change.ADDED, before, seen=shown(line.text), page=line.page)
        at += len(gone)
        if at < len(texts) and made.found[at].text != texts[at]:
            piece = made.found[at]
            yield places[at], _changed(expected[places[at]].where, texts[at], piece.text, lines[piece.line].page)
        at += 1


def _changed(where: str, expected: str, seen: str, page: int) -> TextDifference:
    return TextDifference(Change.CHANGED, where, expected, seen, compare_texts(expected, seen), page)
