"""Laws and documents that the text cites: the name, the number, and whether they belong together (T11)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from xxgk.narrative.words import Words
from xxgk.texts import bare

_STATE = "中华人民共和国"
_COUNCIL = "国务院"  # whose orders bear only a number
NEARBY = 12  # characters before an order's number in which it stands
LEAST_NAME = 6  # characters; of shorter names many differ by one character from another
_ISSUED = "印发"  # 《…关于印发《…》的通知》


@functools.cache
def _titles() -> re.Pattern[str]:
    return re.compile("《([^《》\n]{3,60})》")


@functools.cache
def _cited() -> re.Pattern[str]:
    return re.compile("《([^《》\n]{3,60})》[》的通知规定]{0,4}[（(]([^（()）\n]{2,40}?号令?)[）)]")


@functools.cache
def _numbers() -> re.Pattern[str]:
    return re.compile(r"([\u4e00-\u9fff]*)(?:[〔\[［（(【]((?:19|20)[0-9]{2})[〕\]］）)】])?第?([0-9]{1,5})号")


def misnamed_laws(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """Yield the names in 《》 that are on the list 误称, or that differ by one character from one of 法规."""
    if "《" not in text:
        return
    known = _known(words.laws)
    for match in _titles().finditer(text):
        name = bare(match[1])
        right = words.misnamed.get(name) or ("" if name in known else _nearest(name, words.laws))
        if right:
            yield *match.span(), f"（应为《{right}》）"


@functools.cache
def _known(laws: tuple[str, ...]) -> frozenset[str]:
    return frozenset(laws) | frozenset(law.removeprefix(_STATE) for law in laws)


def _nearest(name: str, laws: tuple[str, ...]) -> str:
    own = name.removeprefix(_STATE)
    for law in laws:
        title = law.removeprefix(_STATE)
        if len(title) >= LEAST_NAME and _differ_by_one(own, title):
            return law if name != own else title
    return ""


def _differ_by_one(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) > 1 or left == right:
        return False
    same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def unfit_numbers(text: str, words: Words, year: int | None) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers that belong to another document than the one they stand behind, and numbers out of date."""
    if "号" not in text:
        return
    for match in _cited().finditer(text):
        right = _unfit(bare(match[1]), match[2], words)
        if right:
            yield *match.span(2), right
    for old, new in words.outdated.items():
        if year is not None and year >= new.since:
            for start, end in _places_of(text, old):
                yield start, end, f"（{new.since}年度起应为{new.number}）"


def _unfit(title: str, number: str, words: Words) -> str:
    """Return what is wrong with ``number`` behind ``title``, in brackets; "" where it fits or neither is known."""
    stated = _parts(number)
    if stated is None or any(_same(stated, _parts(old)) for old in words.outdated):
        return ""
    named = [name for name in words.documents if title in (name, _STATE + name) or (_ISSUED in title and name in title)]
    owners = [name for name, right in words.documents.items() if _same(stated, _parts(right))]
    if named:
        return "" if named[0] in owners else f"（《{named[0]}》是{words.documents[named[0]]}）"
    return f"（{words.documents[owners[0]]}是《{owners[0]}》）" if owners else ""


_Number = tuple[str, str, str]  # who gave it ("" for an order), year, and the number itself


def _parts(number: str) -> _Number | None:
    match = _numbers().search(number)
    if match is None:
        return None
    return (match[1] if match[2] else "", match[2] or "", match[3])


def _same(one: _Number | None, other: _Number | None) -> bool:
    return one is not None and one == other


def _places_of(text: str, number: str) -> Iterator[tuple[int, int]]:
    wanted = _parts(number)
    for match in _numbers().finditer(text):
        giver = match[1] if match[2] else ""
        if wanted is not None and (match[2] or "", match[3]) == wanted[1:]:
            before = text[max(0, match.start(3) - NEARBY) : match.start(3)]
            if giver.endswith(wanted[0]) if wanted[0] else _COUNCIL in before:
                yield match.span()
