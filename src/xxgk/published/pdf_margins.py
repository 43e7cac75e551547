"""What stands at the head and the foot of pages and is no part of the report: page numbers, running titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from xxgk.published.pdf_lines import SeenLine, split_at_gaps
from xxgk.published.pdf_page import Page

MARGIN = 0.12  # of the page's height: how far from its edge a running title may stand
DASHES = "-—–―－‐─一·~～"
# "— 1 —", "- 1 -", "第 1 页", "第1页 共5页", "1/5", "1".
PAGE_NUMBER = re.compile(
    rf"[{DASHES}]+[0-9０-９]{{1,4}}[{DASHES}]+|第[0-9]+页[，,/]?(共[0-9]+页)?|[0-9]{{1,4}}[/／][0-9]{{1,4}}|[0-9]{{1,3}}"
)
ALONE = 1.0  # of a line's size: a bare number this far from the next line is a page number


def without_margins(pages: Sequence[Page], lines: Sequence[list[SeenLine]]) -> list[list[SeenLine]]:
    """Return the ``lines`` of each page without page numbers and without what comes again on most pages."""
    seen = Counter(
        key
        for page, own in zip(pages, lines, strict=True)
        for key in {_key(line) for line in own if _outer(line, page)}
    )
    often = max(2, round(len(pages) * 0.6))
    running = {key for key, count in seen.items() if count >= often}
    return [
        [
            line
            for index, line in enumerate(own)
            if not (_outer(line, page) and (_key(line) in running or _is_page_number(own, index)))
        ]
        for page, own in zip(pages, lines, strict=True)
    ]


def _outer(line: SeenLine, page: Page) -> bool:
    return line.bottom < MARGIN * page.height or line.top > (1 - MARGIN) * page.height


def _key(line: SeenLine) -> tuple[str, int]:
    """Return what is equal for a running title on all pages: its words without numbers, and about where it is."""
    return re.sub(r"[0-9\s]+", "#", line.text), round(line.bottom / 4)


def _is_page_number(lines: Sequence[SeenLine], index: int) -> bool:
    """Tell whether a line says a page number only: the first or last one, some way off the next."""
    texts = ["".join(piece.text.split()) for piece in split_at_gaps(lines[index], ALONE)]
    if index not in (0, len(lines) - 1) or not all(map(PAGE_NUMBER.fullmatch, texts)):
        return False
    if not all(text.isdecimal() for text in texts) or len(lines) == 1:
        return True
    line, other = lines[index], lines[1 if index == 0 else index - 1]
    gap = max(line.top - other.bottom, other.top - line.bottom)
    return gap > ALONE * line.size
