"""The numbered lists of a styles part: entries put at the end of one, and taken from there again."""

from __future__ import annotations

from collections.abc import Sequence

from xxgk.xlsx.elements import STYLES, children, inside, place_of, prefixed
from xxgk.xlsx.spans import Span, find_spans, splice, with_attribute

CELL_FORMATS = "cellXfs"
DIFFERENTIAL_FORMATS = "dxfs"
ENTRY = {CELL_FORMATS: "xf", DIFFERENTIAL_FORMATS: "dxf"}


def append_entries(xml: bytes, name: str, entries: Sequence[str]) -> tuple[bytes, int]:
    """Return the styles part with ``entries`` at the end of list ``name``, and the number of the first.

    Entries are written without prefixes. Where there is no such list it is made, without a count.
    """
    found = _list(xml, name)
    if found is None:
        at, prefix = place_of(xml, STYLES, name)
        return splice(xml, [(at, at, prefixed(f"<{name}>{''.join(entries)}</{name}>", prefix))]), 0
    number = _size(xml, found)
    edits = [inside(xml, found, prefixed("".join(entries), found.prefix))]
    if "count" in found.attributes:
        edits.append(with_attribute(xml, found, "count", str(number + len(entries))))
    return splice(xml, edits), number


def cut_entries(xml: bytes, name: str, entries: Sequence[str]) -> bytes:
    """Return the styles part without ``entries`` at the end of list ``name``, if they still stand there to the letter.

    A program that rewrites the part gives them other numbers and other words; there they stay, unused.
    """
    found = _list(xml, name)
    block = b"" if found is None else prefixed("".join(entries), found.prefix)
    if found is None or not xml[found.inner_start : found.inner_end].endswith(block):
        return xml
    size = _size(xml, found) - len(entries)
    if "count" not in found.attributes:
        whole = found.start if size == 0 else found.inner_end - len(block)
        return splice(xml, [(whole, found.end if size == 0 else found.inner_end, b"")])
    count = with_attribute(xml, found, "count", str(size))
    if size:
        return splice(xml, [count, (found.inner_end - len(block), found.inner_end, b"")])
    return splice(xml, [count, (found.inner_start - 1, found.end, b"/>")])


def _list(xml: bytes, name: str) -> Span | None:
    return next((span for span in children(xml, STYLES) if span.name == name), None)


def _size(xml: bytes, found: Span) -> int:
    entries = find_spans(xml, (ENTRY[found.name],))
    return sum(found.inner_start <= span.start < found.inner_end for span in entries)
