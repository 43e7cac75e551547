"""W: how the text is written. Matched narrowly, since a false alarm is as bad as a miss."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from xxgk.checks.finding import Finding
from xxgk.checks.names import other_units, wrong_self_names
from xxgk.checks.numbering import mixed_numbering
from xxgk.checks.personal import identity_numbers, mobile_numbers
from xxgk.checks.quoting import quote, quote_around
from xxgk.checks.references import misnamed_laws, unfit_numbers
from xxgk.checks.spaces import inner_spaces
from xxgk.checks.subject import Subject
from xxgk.checks.vocabulary import leftovers, misspelt, words_in
from xxgk.narrative.markers import marker_of
from xxgk.narrative.punctuation import (
    Slip,
    doubled_marks,
    half_width,
    number_brackets,
    outside_placeholders,
    unbalanced,
)
from xxgk.narrative.sentences import FULL_STOPS, sentences
from xxgk.report import Paragraph
from xxgk.texts import bare, is_han
from xxgk.wording import character_count

_SENTENCE = "[^。！？；\\n]"

# The 确, 士, 哥, 黎, 话 of 的确, 的士, 的哥, 的黎波里, 的话.
_AFTER_DE = tuple("确士哥黎话")
_BEFORE_CLAUSE = ("", *"，。；：！？,;:\n")

# How much is quoted before and after a fault of a single character, and how many faults of one paragraph.
BEFORE = 5
AFTER = 8
HEAD = 10  # how much of a paragraph is enough to know it by
QUOTED = 3
LEAST_SENTENCE = 12  # characters; shorter ones may well stand twice
LEAST_PROSE = 20  # characters with a comma: a sentence, not an item of a list
_CONTACT = ("电话", "地址", "邮编", "邮箱", "网址", "联系人", "传真", "http", "www.", "二维码")

Span = tuple[int, int, str]  # from, to, and what else there is to say of it
Find = Callable[[str], Iterator[Span]]


def check_wording(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about the text of each narrative part; one for each kind of fault in a paragraph."""
    yield from (
        subject.finding("W161", subject.part(subject.form.parts[0].id), fault) for fault in subject.words.faults
    )
    finders = _finders(subject)
    for part in subject.form.parts:
        paragraphs = subject.report.narrative.get(part.id, ())
        for index, paragraph in enumerate(paragraphs):
            for code, message in _faults(paragraph.text, finders, subject.words.allowed):
                yield subject.finding(code, subject.paragraph(part.id, index), message)
        for code, index, message in (*_unended(paragraphs), *_twice(paragraphs)):
            yield subject.finding(code, subject.paragraph(part.id, index), message)
        for words, item in mixed_numbering(paragraphs):
            yield _mixed(subject, part.id, words, item)
        if part.limit:
            yield from _too_long(subject, part.id, part.limit)


def _finders(subject: Subject) -> Sequence[tuple[str, str, Find]]:
    """Return each code with its sentence and what finds it in a text."""
    report = subject.report
    texts = (paragraph.text for part in report.narrative.values() for paragraph in part)
    words = words_in(subject.words, "\n".join(texts))
    return (
        ("W101", "同样的话连着说了两遍", _doubled),
        ("W103", "这一句以“的”开头", _bare_de),
        ("W104", "文字中间有空格", _spaces),
        ("W132", "引号、括号、书名号不成对", _as_spans(unbalanced)),
        ("W133", "中文里用了半角标点", _as_spans(half_width)),
        ("W134", "标点重复", _as_spans(doubled_marks)),
        ("W141", "有错别字", lambda text: misspelt(text, words)),
        ("W142", "留有样稿里的文字", lambda text: leftovers(text, words)),
        ("W143", "自称与单位不符", lambda text: wrong_self_names(text, report.unit, report.level)),
        ("W144", "这里写的是别的单位", lambda text: other_units(text, report)),
        ("W145", "法规、文件的名称写错", lambda text: misnamed_laws(text, words)),
        ("W146", "文号不对", lambda text: unfit_numbers(text, words, report.year)),
        ("W147", "文号的年份用错了括号", _as_spans(number_brackets)),
        ("W151", "有身份证号", identity_numbers),
        ("W152", "有手机号码", mobile_numbers),
    )


def _faults(text: str, finders: Sequence[tuple[str, str, Find]], allowed: Sequence[str]) -> Iterator[tuple[str, str]]:
    lines = "\n".join(line.strip() for line in text.splitlines())
    let = [word for word in allowed if word in lines]
    for code, sentence, find in finders:
        found = [span for span in find(lines) if not any(_covers(lines, word, span) for word in let)]
        if found:
            shown = "".join(
                dict.fromkeys(quote_around(lines, start, end) + note for start, end, note in found[:QUOTED])
            )
            more = f"，这一段共 {len(found)} 处" if len(found) > QUOTED else ""
            yield code, f"{sentence}：{shown}{more}。"


def _covers(text: str, word: str, span: Span) -> bool:
    """Tell whether ``span`` and ``word`` lie one in the other at some place of ``text``."""
    start, end, _ = span
    at = text.find(word)
    while at >= 0:
        if (at <= start and end <= at + len(word)) or (start <= at and at + len(word) <= end):
            return True
        at = text.find(word, at + 1)
    return False


def _as_spans(slips: Callable[[str], Iterator[Slip]]) -> Find:
    def find(text: str) -> Iterator[Span]:
        return ((slip.start, slip.end, "") for slip in outside_placeholders(text, slips(text)))

    return find


# ------------------------------------------------------------------ within a paragraph


# 现将…如下 twice before the sentence ends; any words twice (a class of Chinese signs would take long to compile).
_LEAD_INS = rf"现[将就对]{_SENTENCE}{{0,60}}?如下{_SENTENCE}{{0,20}}?现[将就对]{_SENTENCE}{{0,60}}?如下"
_TWICE = r"([^\W\d_a-zA-Z]{4,40})\1"


def _doubled(text: str) -> Iterator[Span]:
    if text.count("如下") > 1:
        for match in re.finditer(_LEAD_INS, text):
            yield *match.span(), ""
    for match in re.finditer(_TWICE, text):
        if all(map(is_han, match[1])):
            yield *match.span(), ""


def _bare_de(text: str) -> Iterator[Span]:
    at = text.find("的")
    while at >= 0:
        if text[max(0, at - 1) : at] in _BEFORE_CLAUSE and text[at + 1 : at + 2] not in _AFTER_DE:
            yield max(0, at - 1 - BEFORE), at + 1 + AFTER, ""
        at = text.find("的", at + 1)


def _spaces(text: str) -> Iterator[Span]:
    offset = 0
    for line in text.split("\n"):
        for start, end in inner_spaces(line):
            yield offset + max(0, start - BEFORE), offset + min(len(line), end + AFTER), ""
        offset += len(line) + 1


# ------------------------------------------------------------------ paragraphs of a part

_Told = Iterator[tuple[str, int, str]]


def _unended(paragraphs: Sequence[Paragraph]) -> _Told:
    """Yield the paragraphs of running text that no full stop ends."""
    written = [index for index, paragraph in enumerate(paragraphs) if paragraph.text.strip()]
    for index in written:
        text = paragraphs[index].text.strip()
        if not paragraphs[index].heading and _is_unended(text, index == written[-1]):
            yield "W131", index, f"这一段末尾没有句号：{quote(text[-HEAD:])}。"


def _is_unended(text: str, last: bool) -> bool:
    end = text.splitlines()[-1].strip()
    mark = end[-1]
    closed = end.rstrip("”）》】")
    if mark in "，、":
        return len(end) > 1
    if mark in "；;":
        return last
    if not (is_han(mark) or mark.isdigit() or mark in "%％”）》】") or closed[-1:] in tuple("。！？…；："):
        return False
    tail = max(end.rfind(stop) for stop in FULL_STOPS) + 1
    if any(word in end[tail:] for word in _CONTACT):
        return False
    marker = marker_of(end)
    if "。" in end:
        return True
    return len(end) >= LEAST_PROSE and "，" in end and (marker is None or marker.level == 0)


def _twice(paragraphs: Sequence[Paragraph]) -> _Told:
    """Yield the paragraphs with a sentence that has stood in the same part before."""
    seen: dict[str, int] = {}
    for index, paragraph in enumerate(paragraphs):
        for _, sentence in sentences(paragraph.text, FULL_STOPS):
            key = _without_marker(bare(sentence))
            if len(key) < LEAST_SENTENCE:
                continue
            if key in seen:
                where = "这一段" if seen[key] == index else f"第{seen[key] + 1}段"
                yield "W148", index, f"这一句在{where}里已经写过：{quote(sentence.strip())}。"
                break
            seen[key] = index


def _without_marker(sentence: str) -> str:
    return sentence.lstrip("一二三四五六七八九十0123456789、.()是第")


def _mixed(subject: Subject, part_id: str, words: int, item: int) -> Finding:
    paragraphs = subject.report.narrative[part_id]
    here, there = quote(paragraphs[item].text.strip()[:HEAD]), quote(paragraphs[words].text.strip()[:HEAD])
    message = f"这里用“1、2、”编号（{here}），同一部分第{words + 1}段用“一是、二是”（{there}）。"
    return subject.finding("W102", subject.paragraph(part_id, item), message)


def _too_long(subject: Subject, part_id: str, limit: int) -> Iterator[Finding]:
    count = sum(character_count(paragraph.text) for paragraph in subject.report.narrative.get(part_id, ()))
    if count > limit:
        message = f"这一部分有 {count} 字，超过 {limit} 字。"
        spot = subject.part(part_id)
        yield subject.finding("W105", spot, message, value=count, expected=limit, difference=count - limit)
