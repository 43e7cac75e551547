"""A long title in lines that break by sense, never inside a word (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from xxgk.render.setting import characters

# What a break costs; the best is between the parts of a title.
PART, NAME, PHRASE = 0.0, 1.0, 2.0
# What a bad shape costs: a short line by a long one, a middle line shorter than its neighbours, lines of one length.
UNEVEN, HOURGLASS, OBLONG = 3.0, 6.0, 1.0
# More lines than this are broken one after the other.
MOST_LINES = 4
# After a year; before what every such title has; after and before punctuation.
_BEFORE = re.compile(r"政府信息公开|[（《〈“]")
_AFTER = re.compile(r"\d{4}年度?|[、，：；）》〉”]|人民政府|委员会|管委会")
_PHRASES = re.compile(r"工作年度报告|年度报告|工作")
# After the name of a division, unless the letter begins or ends another word: 市场, 镇江, 城乡, 社区.
_DIVISION = re.compile(
    r"(?<=[^\d年、，（])(?:(?<!行)省|自治[区州县旗]|(?<!城)市(?![场政容民级辖区县]|市(?![场政容民]))|(?<!联)盟|"
    r"(?<!自治)县(?![级域]|城(?![乡镇市建管])|市(?![场政容民]))|(?<!自治)(?<!社)区(?![域划块间级县])|"
    r"(?<!自治)旗(?!县)|街道|"
    r"(?<![城村乡])镇(?![江海区村原远康雄平赉安宁坪巴沅])|(?<!城)乡(?![村镇土]))"
)
# Nothing is broken inside a number or a word of other letters.
_WHOLE = re.compile(r"[A-Za-z0-9.]+年?")


def title_lines(parts: Sequence[str], room: float) -> tuple[str, ...]:
    """Return the title of these parts in as few lines of at most ``room`` full-width characters as there can be.

    Lines break between parts where that will do, else by sense, and the lines make a trapezoid or a diamond.
    A title without any break that makes it fit is broken between any two letters.
    """
    title = "".join(parts)
    if characters(title) <= room:
        return (title,) if title else ()
    costs = _breaks(parts)
    for count in range(2, MOST_LINES + 1):
        found = [
            (_cost(lines, [costs[at] for at in places]), lines)
            for places in combinations(sorted(costs), count - 1)
            if max(map(characters, lines := _cut(title, places))) <= room
        ]
        if found:
            return min(found)[1]
    return tuple(_filled(title, costs, room))


def _breaks(parts: Sequence[str]) -> Mapping[int, float]:
    """Return the places where the title may break by sense, with what each costs."""
    title = "".join(parts)
    costs: dict[int, float] = {}
    costs |= {match.start(): PHRASE for match in _PHRASES.finditer(title)}
    costs |= {match.end(): NAME for pattern in (_DIVISION, _AFTER) for match in pattern.finditer(title)}
    costs |= {match.start(): NAME for match in _BEFORE.finditer(title)}
    place = 0
    for part in parts:
        costs[place := place + len(part)] = PART
    return {place: cost for place, cost in costs.items() if 0 < place < len(title)}


def _cut(title: str, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(title[start:end] for start, end in pairwise((0, *places, len(title))))


def _cost(lines: Sequence[str], breaks: Sequence[float]) -> float:
    widths = [characters(line) for line in lines]
    unevenness = UNEVEN * (max(widths) - min(widths)) / max(widths)
    shape = OBLONG * (max(widths) - min(widths) < 1)
    shape += HOURGLASS * any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    return sum(breaks) + unevenness + shape


def _filled(title: str, costs: Mapping[int, float], room: float) -> Iterator[str]:
    """Yield lines as full as the sense allows, or as the room does where a piece has no break."""
    inside = {place for match in _WHOLE.finditer(title) for place in range(match.start() + 1, match.end())}
    start = 0
    while characters(title[start:]) > room:
        ends = [end for end in range(start + 1, len(title)) if characters(title[start:end]) <= room]
        fitting = [end for end in ends if end in costs] or [end for end in ends if end not in inside] or ends
        end = fitting[-1] if fitting else start + 1
        yield title[start:end]
        start = end
    yield title[start:]
