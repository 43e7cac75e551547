"""The headings of a report's sections among its lines, whatever their numbers; and where one report ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xxgk.formats import Form
from xxgk.labels import fold
from xxgk.published.blocks import Line
from xxgk.published.labels import likeness
from xxgk.published.pattern import patterns_of
from xxgk.published.recognising import Item, Piece
from xxgk.records import Record, replace
from xxgk.texts import bare

LIKE = 0.75  # likeness of a line and a section's title
LIKE_NUMBERED = 0.6  # the same where the line has the section's number: 六、其他事项
PART = re.compile(r"第[一二三四五六七八九十0-9]{1,2}(?:部分|[章节])[、.:,]?")
PAGE = r"[\s.…·-]*[0-9]{1,3}$"  # in a table of contents
LONG = 12  # characters that are text, not more words of the heading
LONGER = 12  # characters that a heading may have beyond the form's
NUMBER_ALONE = 0.1  # for a short line that has nothing but a section's number: where no other is the heading
SENTENCE = re.compile(r"[。:;!?]")
MOST_CANDIDATES = 200  # a report has six headings, a table of contents as many
AGAIN = 2  # rows that must come again for another report to begin
TOP_NUMBER = re.compile(rf"(?:{PART.pattern}|[一二三四五六七八九十0-9]{{1,2}}[、.:,])")
INNER_NUMBER = re.compile(r"\([一二三四五六七八九十0-9]{1,2}\)")
TITLE_END = re.compile(r"(?:报告|年报)(?:[（(][^（()）]*[)）])?")


class Candidate(Record):
    """A line that may be the heading of the form's section ``section``; ``score`` tells how much speaks for it."""

    at: int
    section: int
    score: float


def headings(form: Form, items: Sequence[Item]) -> dict[int, int]:
    """Return at which item each section begins, by its position in the form: the best choice in the form's order."""
    found = _candidates(form, items)[:MOST_CANDIDATES]
    positions = {candidate.at for candidate in found}
    # A table of contents has one heading after the other.
    weighted = [
        replace(one, score=one.score + (0.0 if one.at + 1 in positions or one.at - 1 in positions else 0.2))
        for one in found
    ]
    chains: list[tuple[float, list[Candidate]]] = []
    for one in weighted:
        before = [chain for chain in chains if chain[1][-1].section < one.section and chain[1][-1].at < one.at]
        score, chain = max(before, key=lambda chain: chain[0], default=(0.0, []))
        chains.append((score + one.score, [*chain, one]))
    _, chain = max(chains, key=lambda chain: chain[0], default=(0.0, []))
    return {one.section: one.at for one in chain}


def run_in_headings_split(form: Form, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return ``items`` with the heading of a section on a line of its own where text goes on behind it."""
    patterns = [
        re.compile(
            rf"({TOP_NUMBER.pattern}\s*{re.escape(section.title)})(?:[\s:：。]+(?!{PAGE})|(?=.{{{LONG}}}))(\S.*)"
        )
        for section in form.sections
    ]
    result: list[Item] = []
    for item in items:
        found = None
        if isinstance(item, Line) and not item.level:
            found = next((match for one in patterns if (match := one.fullmatch(item.text))), None)
        if found and isinstance(item, Line):
            result += [replace(item, text=found[1]), replace(item, text=found[2])]
        else:
            result.append(item)
    return tuple(result)


def split_reports(form: Form, items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Return the reports in ``items``, one after the other: rows of tables that come again begin another one."""
    cuts = [0]
    seen: set[str] = set()
    last_piece = -1
    for at, item in enumerate(items):
        if not isinstance(item, Piece):
            continue
        rows = _rows_in(form, item)
        if len(seen & rows) >= AGAIN:
            cuts.append(_cut(form, items, last_piece + 1, at))
            seen = set()
        seen |= rows
        last_piece = at
    return [tuple(items[start:end]) for start, end in zip(cuts, [*cuts[1:], len(items)], strict=True)]


def _rows_in(form: Form, piece: Piece) -> set[str]:
    """Return the labels of rows in a table, without those that are headings of columns too."""
    texts = {fold(cell.text) for cell in piece.table.cells}
    heads = {word for pattern in patterns_of(form) for band in pattern.bands for word in band.folded}
    return {row.folded for pattern in patterns_of(form) for row in pattern.rows if row.folded in texts} - heads


def title_like(text: str) -> bool:
    """Tell whether a line is the title of an annual report."""
    narrow = bare(text)
    return bool(
        re.fullmatch(rf"[^。;!?>|]{{0,60}}(?:政府|政务)?信息公开[^。;!?>|,]{{0,10}}?{TITLE_END.pattern}", narrow)
    )


def _cut(form: Form, items: Sequence[Item], start: int, end: int) -> int:
    """Return where the next report begins between two tables: at its title, else at its first heading."""
    titled = [at for at in range(start, end) if _is_title(items[at])]
    first = [one.at + start for one in _candidates(form, items[start:end]) if one.section == 0]
    return (titled or first or [end])[0]


def _is_title(item: Item) -> bool:
    return isinstance(item, Line) and title_like(item.text)


def _candidates(form: Form, items: Sequence[Item]) -> list[Candidate]:
    titles = [fold(section.title) for section in form.sections]
    longest = max(map(len, titles)) + LONGER
    found = []
    for at, item in enumerate(items):
        text = bare(item.text).rstrip("。:：") if isinstance(item, Line) else ""
        if not text or len(text) > longest:
            continue
        words = fold(PART.sub("", text, count=1))
        score, section = max((likeness(words, title), -n) for n, title in enumerate(titles))
        rank = _rank(form, text, -section, score)
        if rank is not None:
            level = 0.2 if isinstance(item, Line) and item.level else 0.0
            found.append(Candidate(at, -section, score + rank + level))
            continue
        own = next((n for n, one in enumerate(form.sections) if text.startswith(f"{one.number}、")), None)
        if own is not None and not SENTENCE.search(text):
            found.append(Candidate(at, own, NUMBER_ALONE))
    return found


def _rank(form: Form, text: str, section: int, score: float) -> float | None:
    """Return how much the number of a line speaks for its being the heading of ``section``, None if it cannot be."""
    number = bare(form.sections[section].number)
    if text.startswith(f"{number}、"):
        return 0.5 if score >= LIKE_NUMBERED else None
    if score < LIKE:
        return None
    if TOP_NUMBER.match(text):
        return 0.3
    if INNER_NUMBER.match(text):
        return None if score < 1 else 0.2 if text.startswith(f"({number})") else 0.0
    # 其他需要报告的事项：无。
    return None if SENTENCE.search(text) else 0.1
