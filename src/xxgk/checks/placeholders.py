"""W106 to W108: what the program has left in the text for a person to settle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from xxgk.checks.finding import Finding
from xxgk.checks.quoting import quote, quote_around
from xxgk.checks.subject import Subject
from xxgk.narrative import PROPOSED
from xxgk.narrative.placeholders import find_braces, find_placeholders, has_placeholder

UNMATCHED = "W106"
UNAPPROVED = "W108"
QUOTED = 40  # characters of a placeholder
SHOWN = 3  # faults of a paragraph


def check_placeholders(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about placeholders that ``resolve`` has left, lone braces, and drafts."""
    for part in subject.form.parts:
        for index, paragraph in enumerate(subject.report.narrative.get(part.id, ())):
            text = paragraph.text
            if has_placeholder(text):
                for code, message in _left(subject, text):
                    yield subject.finding(code, subject.paragraph(part.id, index), message)
            if PROPOSED in text:
                where = text.index(PROPOSED)
                words = quote_around(text, where, where + len(PROPOSED))
                message = f"这一段是程序拟的，还没有审定：{words}。"
                yield subject.finding(UNAPPROVED, subject.paragraph(part.id, index), message)


def _left(subject: Subject, text: str) -> Iterator[tuple[str, str]]:
    """Yield a code and a message for each kind of fault in a paragraph; the message names the first few."""
    faults: dict[str, list[str]] = {}
    for code, words in islice(_faults(subject, text), SHOWN):
        faults.setdefault(code, []).append(words)
    for code, found in faults.items():
        yield code, "；".join(found) + "。"


def _faults(subject: Subject, text: str) -> Iterator[tuple[str, str]]:
    from xxgk.narrative.values import Unresolved, values_of, written

    values = values_of(subject.report, subject.form)
    for found in find_placeholders(text):
        try:
            written(found.source, values)
        except Unresolved as reason:
            yield reason.code, f"占位符{quote(text[found.start : found.end], QUOTED)}：{reason}"
    for start, end in find_braces(text):
        yield UNMATCHED, f"花括号不成对，占位符要写成 {{{{ 名称 }}}}：{quote_around(text, start, end)}"
