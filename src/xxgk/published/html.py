"""Web pages as saved from government sites, read in one pass as a browser would lay them out.

The standard library's tokenizer is enough: what matters of the tree is which table, row and cell is open, and
a new one closes the old one as browsers do. (docs/decisions/0014)
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from xxgk.published.blocks import Block
from xxgk.published.builder import RAISED, Builder
from xxgk.published.decoding import decode

# fmt: off
LINES = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "ol", "p", "pre", "section", "ul",
))
# What nobody reads as part of the report: struck out, too. A caption repeats the heading for people who cannot see the
# table.
DROPPED = frozenset((
    "button", "caption", "del", "iframe", "nav", "noscript", "object", "option", "s", "script", "select", "strike",
    "style", "svg", "template", "textarea",
))
# Words within a line, which stay out where their style hides them. Whole blocks do not: scripts show those.
INLINE = frozenset(("a", "b", "em", "font", "i", "span", "strong"))
# fmt: on
HIDING = re.compile(r"display:none|visibility:hidden|text-decoration:[^;]*line-through|mso-hide:all")
BREAKS = re.compile(r"[\r\n]")
BLANK_RUN = re.compile(r"[ \t\r\n\f]+")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELLS = ("td", "th")
TITLE_METAS = ("articletitle", "og:title")
# On what stands beside the report in a page of ours.
BESIDE = "data-xxgk"


def read_blocks(data: bytes) -> tuple[Block, ...]:
    """Return the blocks of the page in ``data``, first of all the titles that it declares."""
    return read_markup(decode(data))


def read_markup(text: str) -> tuple[Block, ...]:
    """Return the blocks of the HTML ``text``."""
    read: frozenset[str] = frozenset()
    while True:
        parser = _Reader(read)
        parser.feed(text)
        parser.close()
        if not parser.dropping:
            return parser.builder.blocks()
        # It is never closed: to leave it out would be to leave out the rest of the page.
        read = read | {parser.dropping}


class _Reader(HTMLParser):
    """Builds the blocks. The elements named in ``read`` are never left out."""

    def __init__(self, read: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = Builder()
        self.level = 0
        self.read = read
        self.raised = False  # whether a superscript is open
        self.preformatted = False  # whether lines end where they do in the source
        self.dropping = ""  # the element whose contents are left out just now, and how often it is open
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.dropping:
            self.depth += tag == self.dropping
        elif self._is_dropped(tag, attrs):
            self.dropping, self.depth = tag, 1
        elif tag == "sup":
            self.raised = True
        elif tag == "meta":
            self._meta(dict(attrs))
        elif tag == "table":
            self.builder.open_table()
        elif tag == "tr":
            self.builder.open_row()
            self.raised = False
        elif tag in CELLS:
            named = dict(attrs)
            self.raised = False
            self.builder.open_cell(_span(named.get("rowspan")), _span(named.get("colspan")))
        elif tag == "br":
            self._end_line()
        elif tag in LINES:
            self._end_line()
            self.level = HEADINGS.get(tag, 0)
            self.preformatted = self.preformatted or tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Browsers take <div/> as <div>; <script/> would swallow the rest of the page.
        if not self._is_dropped(tag, attrs):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.dropping:
            self.depth -= tag == self.dropping
            if not self.depth:
                self.dropping = ""
        elif tag == "table":
            self.builder.close_table()
        elif tag in CELLS:
            self.builder.close_cell()
        elif tag == "sup":
            self.raised = False
        elif tag in LINES or tag == "title":
            self._end_line()
            self.level = 0
            self.preformatted = self.preformatted and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self.dropping:
            return
        first, *more = data.split("\n") if self.preformatted else [data]
        self._text(first)
        for line in more:
            self._end_line()
            self._text(line)

    def _text(self, data: str) -> None:
        text = BLANK_RUN.sub(lambda run: "\n" if BREAKS.search(run[0]) else " ", data).replace("\xa0", " ")
        self.builder.text(text.translate(RAISED) if self.raised else text)

    def _is_dropped(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        if tag in self.read:
            return False
        style = next((value for name, value in attrs if name == "style" and value), "")
        hidden = tag in INLINE and HIDING.search(re.sub(r"\s", "", style.lower()))
        beside = tag in INLINE | LINES and any(name == BESIDE for name, _ in attrs)
        return tag in DROPPED or bool(hidden) or beside

    def _end_line(self) -> None:
        self.builder.end_line(self.level)
        self.raised = False

    def _meta(self, named: dict[str, str | None]) -> None:
        name = (named.get("name") or named.get("property") or "").lower()
        if name in TITLE_METAS:
            self.builder.end_line()
            self.builder.text(named.get("content") or "")
            self.builder.end_line()


def _span(value: str | None) -> int:
    found = re.match(r"\s*(\d{1,4})", value or "")
    return int(found[1]) if found else 1
