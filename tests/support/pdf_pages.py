"""Pages of a PDF made by hand, as glyphs and rules, and small PDF files with faults."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from xxgk.published.pdf_page import Glyph, Page, Rule

SIZE = 10.0
WIDTH, HEIGHT = 600.0, 800.0


def text(words: str, left: float, bottom: float, size: float = SIZE, step: float = 1.0) -> tuple[Glyph, ...]:
    """Return ``words`` on one line; Latin letters and digits are half as wide, ``step`` times their width apart."""
    glyphs = []
    for character in words:
        width = size if ord(character) > 0x2E80 or character in "（）“”" else size / 2
        glyphs.append(Glyph(character, left, bottom - size, left + width, bottom, size, True))
        left += width * step
    return tuple(glyphs)


def page(*parts: Sequence[Glyph], rules: Sequence[Rule] = (), number: int = 1) -> Page:
    """Return a page of the usual width."""
    return Page(number, WIDTH, HEIGHT, tuple(glyph for part in parts for glyph in part), tuple(rules), 0)


def lattice(xs: Sequence[float], ys: Sequence[float]) -> tuple[Rule, ...]:
    """Return the rules of a table with borders at ``xs`` and ``ys``."""
    across = tuple(Rule(True, y, xs[0], xs[-1]) for y in ys)
    return across + tuple(Rule(False, x, ys[0], ys[-1]) for x in xs)


def pdf_file(content: bytes, filters: str = "/FlateDecode", pages: int = 1) -> bytes:
    """Return a PDF whose ``pages`` all draw ``content``, which is packed as ``filters`` say."""
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(pages))
    font = b"<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), filters.encode(), content),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font%s>>>>" % font] * pages,
    ]
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return data + end % (size, table, size, len(data))


def drawn(operators: bytes, pages: int = 1) -> bytes:
    """Return a PDF whose pages are drawn by ``operators``."""
    return pdf_file(zlib.compress(operators), pages=pages)
