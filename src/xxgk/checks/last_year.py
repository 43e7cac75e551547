"""W: sentences, problems, figures and years that last year's text has left behind (T10)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from xxgk.checks.finding import Finding
from xxgk.checks.quoting import quote, quote_around
from xxgk.checks.subject import Subject
from xxgk.checks.years import other_year
from xxgk.narrative.likeness import LEAST, most_like, print_of
from xxgk.narrative.sentences import FULL_STOPS, sentences
from xxgk.records import Record
from xxgk.report import Paragraph
from xxgk.texts import bare

ALIKE = 0.85  # for paragraphs, and for a problem
LEAST_PROBLEM = 8  # characters
LEAST_FIGURE = 10  # smaller counts may well be the same in two years
PROBLEMS = "problems"

_UNITS = "件|份|条|次|人次|人|篇|期|场|家|项|万元|元|个(?!工作日)|%|余"
QUOTED = 3  # years of a paragraph
NEARBY = 30  # characters on either side of a year that say what it is
OLDEST = 5  # years back; what lies before that is history
_UNITS_SHORT = ("镇", "乡", "街道", "县", "市", "区", "局", "委", "办", "厅", "省")
_OWN = tuple(f"{who}{what}" for who in "我本全" for what in _UNITS_SHORT)
# 将 alone may also mean 把: 2023年，我镇将政务公开纳入考核.
_HOW = ("继续", "进一步", "着力", "重点", "围绕", "不断", "持续", "从以下", "采取", "努力")
_PLANS = (*(f"将{how}" for how in _HOW), "计划", "拟")
# 20个工作日, 24小时 and 100% are the same in every year.
_ALWAYS = frozenset({"100"})


class Copied(Record):
    """A paragraph of this year beside the one of last year that it is like."""

    index: int
    before: int
    likeness: float


def check_last_year(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about a text beside last year's, and about years that are over."""
    report = subject.report
    if report.year is not None:
        yield from _old_years(subject, report.year)
    last = report.previous
    if last is None or other_year(report):
        return
    for part in subject.form.parts:
        now, before = report.narrative.get(part.id, ()), last.narrative.get(part.id, ())
        if not now or not before:
            continue
        copied = list(_copied(now, before, subject.words.customary))
        for one in copied:
            spot = subject.paragraph(part.id, one.index)
            yield subject.finding("W121", spot, _side_by_side(one, now[one.index].text, before[one.before].text))
        told = {one.index for one in copied}
        if part.id == PROBLEMS:
            for index, message in _same_problems(now, before, subject.words.problems, told):
                yield subject.finding("W122", subject.paragraph(part.id, index), message)
        for index, message in _same_figures(now, before, told):
            yield subject.finding("W124", subject.paragraph(part.id, index), message)


# ------------------------------------------------------------------ copied paragraphs


def _copied(now: Sequence[Paragraph], before: Sequence[Paragraph], customary: Sequence[str]) -> Iterator[Copied]:
    """Yield the paragraphs that stood in last year's report; new figures make a paragraph a new one."""
    old = [(index, one, _uncustomary(one.text, customary)) for index, one in enumerate(before) if not one.heading]
    old = [(index, one, text) for index, one, text in old if len(text) >= LEAST]
    prints = [print_of(text) for _, _, text in old]
    for index, paragraph in enumerate(now):
        own = "" if paragraph.heading else _uncustomary(paragraph.text, customary)
        if len(own) < LEAST:
            continue
        found = most_like(print_of(own), prints, ALIKE)
        if found is not None:
            source = old[found[0]][1].text
            figures = _figures(paragraph.text)
            if not figures or figures == _figures(source):
                yield Copied(index, old[found[0]][0], found[1])


def _uncustomary(text: str, customary: Sequence[str]) -> str:
    """Return ``text`` without the sentences that are customarily the same in all years."""
    present = [words for words in customary if words in text]
    if not present:
        return text
    kept = (sentence for _, sentence in sentences(text, FULL_STOPS) if not any(words in sentence for words in present))
    return "。".join(kept)


def _side_by_side(copied: Copied, now: str, before: str) -> str:
    where = f"上年第{copied.before + 1}段"
    now, before = now.strip(), before.strip()
    if bare(now) == bare(before):
        return f"这一段与{where}一字不差：{quote(now)}。"
    at = next((n for n, (a, b) in enumerate(zip(now, before, strict=False)) if a != b), min(len(now), len(before)))
    here, there = (quote_around(text, max(0, at - 4), min(len(text), at + 12)) for text in (now, before))
    return f"这一段与{where} {copied.likeness:.0%} 相同：本年{here}，上年{there}。"


def _same_problems(
    now: Sequence[Paragraph], before: Sequence[Paragraph], problems: Sequence[str], told: set[int]
) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs that name a problem of last year's again, in the same words."""
    old = [sentence for one in before for sentence in _problems(one.text, problems)]
    prints = [print_of(sentence) for sentence in old]
    for index, paragraph in enumerate(now):
        if index in told:
            continue
        for sentence in _problems(paragraph.text, problems):
            found = most_like(print_of(sentence), prints, ALIKE)
            if found is not None:
                yield index, f"上年也写了这个问题：本年{quote(sentence)}，上年{quote(old[found[0]])}。"
                break


def _problems(text: str, problems: Sequence[str]) -> Iterator[str]:
    for _, sentence in sentences(text):
        bare_sentence = sentence.strip().lstrip("一二三四五六七八九十是（）()0123456789、.")
        if len(bare_sentence) >= LEAST_PROBLEM and any(word in sentence for word in problems):
            yield bare_sentence


# ------------------------------------------------------------------ figures and years


@functools.cache
def _counts() -> re.Pattern[str]:
    return re.compile(rf"(?<![第\d.])(\d[\d,.]*)\s*(?:{_UNITS})")


@functools.cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"\d\d")


def _figures(text: str) -> tuple[str, ...]:
    """Return the counts in ``text`` that can hardly be the same in two years by chance."""
    if not _digits().search(text):
        return ()
    found = (match[1].replace(",", "").rstrip(".") for match in _counts().finditer(text))
    return tuple(figure for figure in found if figure not in _ALWAYS and _size(figure) >= LEAST_FIGURE)


def _size(figure: str) -> float:
    try:
        return float(figure)
    except ValueError:
        return 0


def _same_figures(now: Sequence[Paragraph], before: Sequence[Paragraph], told: set[int]) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs with a sentence that has the figures and the words of last year's."""
    old = {_yearless(sentence) for one in before for _, sentence in sentences(one.text) if _figures(sentence)}
    if not old:
        return
    for index, paragraph in enumerate(now):
        if index in told:
            continue
        for _, sentence in sentences(paragraph.text):
            if _figures(sentence) and _yearless(sentence) in old:
                yield index, f"这一句的数和上年一字不差：{quote(sentence.strip())}。"
                break


def _yearless(sentence: str) -> str:
    return re.sub("(?:19|20)[0-9]{2}年", "年", bare(sentence))


def _old_years(subject: Subject, year: int) -> Iterator[Finding]:
    for part in subject.form.parts:
        for index, paragraph in enumerate(subject.report.narrative.get(part.id, ())):
            found = list(islice(_years_over(paragraph.text, year), QUOTED))
            if found:
                shown = "".join(dict.fromkeys(quote_around(paragraph.text, *span) for _, span in found))
                message = f"这是{year}年度的报告，这里写的是{found[0][0]}年：{shown}。"
                yield subject.finding("W123", subject.paragraph(part.id, index), message)


@functools.cache
def _years() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)([2２][0０]\d{2})年度?")


def _years_over(text: str, year: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield each year, with its place, that a text gives as its own time though it is over.

    What compares two years names the report's own too. A year in a document's name, or in 2022年以来, is none of these.
    """
    if not _digits().search(text):
        return
    for start, sentence in sentences(text, FULL_STOPS):
        compares = f"{year}年" in sentence
        for match in _years().finditer(sentence):
            found = int(match[1])
            lead = sentence[max(0, match.start() - NEARBY) : match.start()].strip()
            after = sentence[match.end() : match.end() + NEARBY]
            if year - OLDEST <= found <= year and (_is_plan(after) or (not compares and _is_own_time(lead, after))):
                yield found, (start + match.start(), start + match.end())


def _is_own_time(lead: str, after: str) -> bool:
    """Tell whether what stands around a year says that the text is about that year."""
    begins = lead in ("", "在") and after.startswith(("，", *_OWN))
    reports = lead.rpartition("，")[2].startswith(("现将", "现就", "现对"))
    until = lead.endswith(("截至", "截止", "截至到", "截止到")) and after.startswith(("12月", "底", "末"))
    whole_year = after.startswith("1月1日") and "12月31日" in after
    return begins or reports or until or whole_year


def _is_plan(after: str) -> bool:
    """Tell whether what follows a year speaks of what will be done in it: 2023年，我镇将继续…."""
    rest = after.removeprefix("，")
    rest = next((rest.removeprefix(own) for own in _OWN if rest.startswith(own)), rest)
    return rest.startswith(_PLANS)
