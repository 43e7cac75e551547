"""Sums of money in a text that are said to be the parts of another: 收取380元，其中按件200元，按页180元.

Pure; knows no table. Only what is certainly meant as parts and total is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from xxgk.narrative.numerals import find_numerals
from xxgk.narrative.sentences import FULL_STOPS, sentences
from xxgk.records import Record
from xxgk.report import Number
from xxgk.texts import without_blanks

_UNIT = "元"
_AMONG = ("其中", "包括", "当中")
_EACH = ("分别", "依次")  # what follows is all that there is
_TOTALS = ("合计", "共计", "总计", "总共")
_LISTED = ("、", "和", "及", "与", "，", "；")
# Words that say that an amount is something else than a part.
_OTHERS = (
    "退",
    "减",
    "免",
    "未",
    "上缴",
    "缴入",
    "应",
    "实",
    "每",
    "标准",
    "上年",
    "去年",
    "比",
    "超",
    "以上",
    "年",
    "另",
)
_BY_MEASURE = ("按件", "按量")  # 国办函〔2020〕109号 knows no third
_STEP_OF_WAN = 10_000


class Amount(Record):
    """An amount in 元, its place, and how exact it is (0 where it is exact)."""

    start: int
    end: int
    value: Number
    step: Number


class UnequalSum(Record):
    """Parts that do not come to their total; ``said`` are the words, from the first to the last amount."""

    said: str
    total: Number
    parts: Number


def unequal_sums(text: str) -> Iterator[UnequalSum]:
    """Yield where the parts in a sentence of ``text`` are not what their total says, or more than it."""
    for _, sentence in sentences(text, FULL_STOPS):
        line = without_blanks(sentence)
        if line.count(_UNIT) > 1:
            amounts = list(_amounts(line))
            yield from _after_total(line, amounts)
            yield from _before_total(line, amounts)


def _amounts(line: str) -> Iterator[Amount]:
    for numeral in find_numerals(line):
        if numeral.percent or not line.startswith(_UNIT, numeral.end) or line.startswith("/", numeral.end + 1):
            continue
        written = line[numeral.start : numeral.end]
        decimals = len(written.partition(".")[2].rstrip("万"))
        step = _STEP_OF_WAN / 10**decimals if written.endswith("万") else 0
        yield Amount(numeral.start, numeral.end + 1, numeral.value, int(step))


def _after_total(line: str, amounts: Sequence[Amount]) -> Iterator[UnequalSum]:
    """Yield 380元，其中200元、190元: what is part of an amount is no more, and all of it is as much."""
    for index, (total, first) in enumerate(pairwise(amounts)):
        lead = line[total.end : first.start]
        each = any(word in lead for word in _EACH)
        if not each and not any(word in lead for word in _AMONG):
            continue
        if any(word in lead for word in _OTHERS):
            continue
        parts = _run(line, amounts[index + 1 :])
        said = line[first.start - len(lead) : parts[-1].end]
        every = (each and len(parts) > 1) or all(word in said for word in _BY_MEASURE)
        yield from _compared(line, total, parts, total.start, every)


def _before_total(line: str, amounts: Sequence[Amount]) -> Iterator[UnequalSum]:
    """Yield 200元、190元，合计380元: a list and its total."""
    for index, (last, total) in enumerate(pairwise(amounts)):
        lead = line[last.end : total.start].lstrip("，")
        if lead not in _TOTALS:
            continue
        parts = [last]
        for before in reversed(amounts[:index]):
            between = line[before.end : parts[0].start]
            if (
                not between.startswith(("、", "和", "及"))
                or "，" in between
                or any(word in between for word in _OTHERS)
            ):
                break
            parts.insert(0, before)
        if len(parts) > 1:
            yield from _compared(line, total, parts, parts[0].start, True)


def _run(line: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Return the first of ``amounts``, and those that are listed with it."""
    parts = [amounts[0]]
    for one, following in pairwise(amounts):
        between = line[one.end : following.start]
        other = any(word in between for word in (*_OTHERS, *_TOTALS, *_AMONG))
        if other or not any(mark in between for mark in _LISTED):
            break
        parts.append(following)
    return parts


def _compared(line: str, total: Amount, parts: Sequence[Amount], start: int, every: bool) -> Iterator[UnequalSum]:
    together = sum(part.value for part in parts)
    step = total.step + sum(part.step for part in parts)
    too_much, too_little = together - total.value > step, total.value - together > step
    if too_much or (every and too_little):
        yield UnequalSum(line[start : max(parts[-1].end, total.end)], total.value, together)
