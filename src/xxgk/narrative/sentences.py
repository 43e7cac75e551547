"""A text cut into sentences."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

ENDS = "。！？；\n"
FULL_STOPS = "。！？\n"


def sentences(text: str, ends: str = ENDS) -> Iterator[tuple[int, str]]:
    """Yield where each sentence of ``text`` begins, and its words without the mark that ends it."""
    for match in _pattern(ends).finditer(text):
        yield match.start(), match[0]


@functools.cache
def _pattern(ends: str) -> re.Pattern[str]:
    return re.compile(f"[^{ends}]+")
