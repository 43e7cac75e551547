"""What a web page of ours says beside the report: the year at a glance, and the figures for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from xxgk.comparing.texts import compare_texts
from xxgk.formats import Form
from xxgk.published.blocks import Line
from xxgk.published.decoding import decode
from xxgk.published.html import read_markup
from xxgk.records import Record
from xxgk.render.document import Document
from xxgk.render.html import to_html
from xxgk.verifying.printed import COVER_LABELS, Passage
from xxgk.verifying.texts import Change, TextDifference, TextsCompared, compare_passages

GLANCE = re.compile(r'<aside\b[^>]*\bdata-xxgk="summary"[^>]*>(.*?)</aside>', re.DOTALL | re.IGNORECASE)
DATA = re.compile(r'<script\b[^>]*\bid="xxgk-data"[^>]*>(.*?)</script>', re.DOTALL | re.IGNORECASE)
MARKS = (b"data-xxgk", b"xxgk-data")  # in a page that has any of this
UNREADABLE = "（读不出来）"


class PageCompared(Record):
    """``glance`` compares the texts of the year at a glance, ``data`` are values for programs that differ.

    Of what the page does not have nothing is said.
    """

    glance: TextsCompared
    data: tuple[TextDifference, ...]


def compare_page(document: Document, form: Form, data: bytes) -> PageCompared:
    """Return how what stands beside the report in the file ``data`` differs from that of ``document``."""
    page = decode(data) if any(mark in data for mark in MARKS) else ""
    expected = to_html(document) if page else ""
    there = _glance(page)
    title = document.summary.title if document.summary else ""
    texts = [Passage(f"{title} 第{n}行", line.text) for n, line in enumerate(_glance(expected), 1)] if there else []
    return PageCompared(compare_passages(texts, there), tuple(_data_compared(_data(expected), _data(page), form)))


def _glance(page: str) -> list[Line]:
    found = GLANCE.search(page)
    return [block for block in read_markup(found[1]) if isinstance(block, Line)] if found else []


def _data(page: str) -> dict[str, str] | None:
    """Return the values for programs in ``page`` by where they stand, None where there are none."""
    found = DATA.search(page)
    if not found:
        return None
    try:
        return dict(_leaves(json.loads(found[1]), ""))
    except (ValueError, RecursionError):
        return {"": UNREADABLE}


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, own in value.items():
            yield from _leaves(own, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, own in enumerate(value, 1):
            yield from _leaves(own, f"{path}.{number}")
    else:
        yield path, "" if value is None else str(value)


def _data_compared(
    expected: Mapping[str, str] | None, seen: Mapping[str, str] | None, form: Form
) -> Iterator[TextDifference]:
    if expected is None or seen is None:
        return
    for path in dict.fromkeys((*expected, *seen)):
        before, after = expected.get(path, ""), seen.get(path, "")
        if before != after:
            yield TextDifference(Change.CHANGED, _place(path, form), before, after, compare_texts(before, after))


def _place(path: str, form: Form) -> str:
    """Return where a value stands, in the words of the form where it has any for it."""
    kind, _, rest = path.partition(".")
    if kind == "tables" and any(rest in table.cells for table in form.tables.values()):
        return " › ".join(form.labels_of(rest))
    part, _, number = rest.partition(".")
    headings = {section.part.id: section.heading for section in form.sections if section.part is not None}
    if kind == "narrative" and part in headings:
        return f"{headings[part]} 第{number.partition('.')[0]}段"
    return COVER_LABELS.get(kind, path)
