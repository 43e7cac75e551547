"""Texts of which some words look different (bold, struck out); a plain text in their place would lose it."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.xlsx.book import Book
from xxgk.xlsx.cells import whole
from xxgk.xlsx.spans import Span, find_spans

SHARED_STRINGS = "sharedstrings.xml"  # in lower case, as packages key their members; every program calls it so
RUN = "r"
# What makes a run look different. Fonts do not: LibreOffice makes a run of every change between Chinese and Latin.
MARKS = ("b", "i", "u", "strike", "vertAlign", "color", "sz", "outline", "shadow")


def rich_cells(book: Book, sheet: str) -> frozenset[str]:
    """Return the references of the cells of ``sheet`` with words that look different from the rest of the text.

    Raise ``UnreadableWorkbook`` when a part is damaged.
    """
    shared = {
        index
        for part in book.package.members
        if part.endswith(SHARED_STRINGS)
        for index, _ in _rich(book.package.read(part), "si")
    }
    found = {
        ref
        for ref, (kind, text, *_) in book.cells(sheet).stored.items()
        if kind == "s" and whole(text) and int(text) in shared
    }
    inline = _rich(book.package.read(book.sheets[sheet]), "c")
    return frozenset(found | {span.attributes.get("r", "") for _, span in inline})


def _rich(xml: bytes, holder: str) -> Iterator[tuple[int, Span]]:
    """Yield the elements named ``holder`` whose runs are not all marked alike, with their number in the part."""
    holders: list[Span] = []
    runs: dict[int, list[tuple[Span, set[str]]]] = {}
    for span in find_spans(xml, (holder, RUN, *MARKS)):
        own = runs.get(len(holders) - 1, [])
        if span.name == holder:
            holders.append(span)
        elif span.name == RUN:
            runs.setdefault(len(holders) - 1, []).append((span, set()))
        elif own and span.end <= own[-1][0].end:
            own[-1][1].add(f"{span.name} {sorted(span.attributes.items())}")
    for index, found in runs.items():
        if any(marks != found[0][1] for _, marks in found):
            yield index, holders[index]
