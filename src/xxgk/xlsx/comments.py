"""The comments part of a sheet: texts added to cells, and cut out again wherever they stand."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record
from xxgk.xlsx.elements import inside, prefixed, within
from xxgk.xlsx.package import DAMAGED
from xxgk.xlsx.spans import Edit, Span, escape, find_spans, splice
from xxgk.xlsx.xmlstream import TRANSITIONAL

EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{TRANSITIONAL}"><authors></authors><commentList></commentList></comments>'
).encode()
# Excel 365 keeps conversations elsewhere, and in their place a comment by such an author for older programs.
CONVERSATION = "tc="
FONT = '<rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/><family val="3"/><charset val="134"/></rPr>'
PIECES = re.compile(r"&[^;]*;|.", re.DOTALL)


class Changed(Record):
    """A comments part after a change, and the cells, such as ``D7``, whose comment was added or went away."""

    xml: bytes
    cells: tuple[str, ...]


class _Comment(Record):
    """A comment: its cell and author, its text element, and the runs, pieces of text and readings in that."""

    ref: str
    author: str
    span: Span
    text: Span
    runs: Sequence[Span]
    pieces: Sequence[Span]
    readings: Sequence[Span]


def add_texts(xml: bytes, texts: Mapping[str, str], author: str) -> Changed:
    """Return the part with ``texts`` (by cell) in comments of their own, or on a new line behind older ones.

    Conversations are left alone. Raise ``UnreadableWorkbook`` when the part is damaged.
    """
    older = {comment.ref: comment for comment in _comments(xml)}
    authors, comments = (_only(xml, name) for name in ("authors", "commentList"))
    number = len(find_spans(xml, ("author",)))
    edits = [
        _further_run(xml, older[ref], text)
        for ref, text in texts.items()
        if ref in older and not older[ref].author.startswith(CONVERSATION)
    ]
    new = {ref: text for ref, text in texts.items() if ref not in older}
    if new:
        edits.append(inside(xml, authors, prefixed(f"<author>{escape(author)}</author>", authors.prefix)))
        added = "".join(
            f'<comment ref="{ref}" authorId="{number}" shapeId="0"><text>{_run(text)}</text></comment>'
            for ref, text in new.items()
        )
        edits.append(inside(xml, comments, prefixed(added, comments.prefix)))
    return Changed(splice(xml, edits), tuple(new))


def cut_texts(xml: bytes, wanted: re.Pattern[str], author: str) -> Changed:
    """Return the part without what matches ``wanted``; a comment of which only blanks are left goes away.

    So does ``author``, when the last one and no longer needed.
    """
    edits: list[Edit] = []
    gone: list[str] = []
    kept_authors = set()
    for comment in _comments(xml):
        pieces = [_characters(xml, piece) for piece in comment.pieces]
        whole = "".join(character for piece in pieces for character, _ in piece)
        places = {place for found in wanted.finditer(whole) for place in range(*found.span())}
        if places and all(place in places or whole[place].isspace() for place in range(len(whole))):
            edits.append((comment.span.start, comment.span.end, b""))
            gone.append(comment.ref)
            continue
        kept_authors.add(comment.span.attributes.get("authorId"))
        edits += _cut_places(comment, pieces, places)
    authors = find_spans(xml, ("author",))
    if gone and authors and _words(xml, authors[-1]) == author and str(len(authors) - 1) not in kept_authors:
        edits.append((authors[-1].start, authors[-1].end, b""))
    return Changed(splice(xml, edits), tuple(gone))


def read_texts(xml: bytes) -> dict[str, str]:
    """Return the texts of the comments by cell. Conversations, which nobody may change, are left out."""
    return {
        comment.ref: "".join(character for piece in comment.pieces for character, _ in _characters(xml, piece))
        for comment in _comments(xml)
        if not comment.author.startswith(CONVERSATION)
    }


def conversations(xml: bytes) -> frozenset[str]:
    """Return the cells that have a conversation."""
    return frozenset(comment.ref for comment in _comments(xml) if comment.author.startswith(CONVERSATION))


def has_comments(xml: bytes) -> bool:
    """Tell whether the part holds any comment."""
    return bool(find_spans(xml, ("comment",)))


def _comments(xml: bytes) -> Iterator[_Comment]:
    spans = find_spans(xml, ("author", "comment", "text", "r", "t", "rPh", "phoneticPr"))
    authors = {str(n): _words(xml, span) for n, span in enumerate(s for s in spans if s.name == "author")}
    for span in spans:
        if span.name != "comment":
            continue
        inner = within(spans, span)
        text = next((other for other in inner if other.name == "text"), None)
        if text is None:
            raise UnreadableWorkbook(DAMAGED)
        readings = [other for other in inner if other.name in ("rPh", "phoneticPr")]
        pieces = [o for o in inner if o.name == "t" and not any(r.start < o.start < r.end for r in readings)]
        runs = [other for other in inner if other.name == "r"]
        author = authors.get(span.attributes.get("authorId", ""), "")
        yield _Comment(span.attributes.get("ref", ""), author, span, text, runs, pieces, readings)


def _only(xml: bytes, name: str) -> Span:
    found = find_spans(xml, (name,))
    if not found:
        raise UnreadableWorkbook(DAMAGED)
    return found[0]


def _run(text: str) -> str:
    return f'<r>{FONT}<t xml:space="preserve">{escape(text)}</t></r>'


def _further_run(xml: bytes, comment: _Comment, text: str) -> Edit:
    started = any(not piece.empty and piece.inner_start < piece.inner_end for piece in comment.pieces)
    new = prefixed(_run("\n" + text if started else text), comment.text.prefix)
    if comment.readings:
        return comment.readings[0].start, comment.readings[0].start, new
    return inside(xml, comment.text, new)


def _words(xml: bytes, span: Span) -> str:
    return html.unescape(xml[span.inner_start : span.inner_end].decode())


def _characters(xml: bytes, piece: Span) -> list[tuple[str, str]]:
    """Return each character of a piece of text with how it is written there."""
    written = PIECES.findall(xml[piece.inner_start : piece.inner_end].decode())
    return [(html.unescape(part)[:1] or "\ufffd", part) for part in written]


def _cut_places(
    comment: _Comment, pieces: Sequence[Sequence[tuple[str, str]]], places: Collection[int]
) -> Iterator[Edit]:
    """Cut the characters at ``places`` of the whole text; a run that held nothing else goes away."""
    start = 0
    for span, characters in zip(comment.pieces, pieces, strict=True):
        kept = "".join(part for at, (_, part) in enumerate(characters, start) if at not in places)
        run = next((run for run in comment.runs if run.start < span.start < run.end), span)
        if not kept and characters:
            yield run.start, run.end, b""
        elif len(kept) < sum(len(part) for _, part in characters):
            yield span.inner_start, span.inner_end, kept.encode()
        start += len(characters)
