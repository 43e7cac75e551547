"""W: how the text is written. Matched narrowly, since a false alarm is as bad as a miss."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from xxgk.checks.finding import Finding
from xxgk.checks.numbering import mixed_numbering
from xxgk.checks.quoting import quote, quote_around
from xxgk.checks.spaces import inner_spaces
from xxgk.checks.subject import Subject
from xxgk.wording import character_count

_SENTENCE = "[^。！？；\\n]"

# 现将…如下 twice before the sentence ends.
_LEAD_INS = re.compile(rf"现[将就对]{_SENTENCE}{{0,60}}?如下{_SENTENCE}{{0,20}}?现[将就对]{_SENTENCE}{{0,60}}?如下")
_REPEATED = re.compile("([\u4e00-\u9fff]{4,40})\\1")
# 的确, 的士, 的哥, 的黎波里 are words of their own; 的话 ends a condition.
_AFTER_DE = tuple("确士哥黎话")
_BEFORE_CLAUSE = ("", *"，。；：！？,;:\n")

# How much is quoted before and after a fault of a single character, and how many faults of one paragraph.
BEFORE = 5
AFTER = 8
HEAD = 10  # how much of a paragraph is enough to know it by
QUOTED = 3

Span = tuple[int, int]


def check_wording(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about the text of each narrative part; one for each kind of fault in a paragraph."""
    for part in subject.form.parts:
        paragraphs = subject.report.narrative.get(part.id, ())
        for index, paragraph in enumerate(paragraphs):
            for code, message in _faults(paragraph.text):
                yield subject.finding(code, subject.paragraph(part.id, index), message)
        for words, item in mixed_numbering(paragraphs):
            yield _mixed(subject, part.id, words, item)
        if part.limit:
            yield from _too_long(subject, part.id, part.limit)


def _faults(text: str) -> Iterator[tuple[str, str]]:
    lines = "\n".join(line.strip() for line in text.splitlines())
    for code, sentence, find in _FINDERS:
        quotes = [quote_around(lines, *span) for span in find(lines)]
        if quotes:
            more = f"，这一段共 {len(quotes)} 处" if len(quotes) > QUOTED else ""
            yield code, f"{sentence}：{''.join(quotes[:QUOTED])}{more}。"


def _doubled(text: str) -> Iterator[Span]:
    for pattern in (_LEAD_INS, _REPEATED):
        for match in pattern.finditer(text):
            yield match.span()


def _bare_de(text: str) -> Iterator[Span]:
    for at, character in enumerate(text):
        if character == "的" and text[max(0, at - 1) : at] in _BEFORE_CLAUSE and text[at + 1 : at + 2] not in _AFTER_DE:
            yield max(0, at - 1 - BEFORE), at + 1 + AFTER


def _spaces(text: str) -> Iterator[Span]:
    offset = 0
    for line in text.split("\n"):
        for start, end in inner_spaces(line):
            yield offset + max(0, start - BEFORE), offset + min(len(line), end + AFTER)
        offset += len(line) + 1


def _braces(text: str) -> Iterator[Span]:
    if "{{" in text or "}}" in text:
        for match in re.finditer(r"\{\{.{0,80}?\}\}|\{\{|\}\}", text):
            yield match.span()


_FINDERS: tuple[tuple[str, str, Callable[[str], Iterator[Span]]], ...] = (
    ("W101", "同样的话连着说了两遍", _doubled),
    ("W103", "这一句以“的”开头", _bare_de),
    ("W104", "文字中间有空格", _spaces),
    ("W106", "文字里还有占位符", _braces),
)


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
