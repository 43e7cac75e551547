"""Short quotations from what staff typed, on one line."""

from __future__ import annotations

LIMIT = 20
LEAST = 8
ELLIPSIS = "…"


def quote(text: str, limit: int = LIMIT) -> str:
    """Return ``text`` in quotation marks, on one line, its middle left out beyond ``limit`` characters."""
    line = "".join(char if char.isprintable() else " " for char in text)
    if len(line) > limit:
        half = limit // 2
        line = line[:half] + ELLIPSIS + line[-half:]
    return f"“{line}”"


def quote_around(text: str, start: int, end: int) -> str:
    """Return the words of ``text`` from ``start`` to ``end`` in quotation marks, with a little of what stands around.

    What is shorter than 8 characters is widened, what is longer than 20 is cut in the middle.
    """
    missing = max(0, LEAST - (end - start))
    before = max(0, start - missing // 2)
    after = min(len(text), end + missing)
    return quote(text[before:after].strip())
