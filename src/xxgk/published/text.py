"""Plain text and Markdown: tables drawn with bars, or as Word gives them to a text file.

Word's shape: each cell begins a line with a tab, lines without one carry the cell on, a blank line ends the row.
Rows on one line with tabs between the cells, as a browser copies them, are read too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from xxgk.published.blocks import Block, Cell, Line, Table
from xxgk.published.decoding import decode
from xxgk.published.drawn import drawn_rows, is_drawn
from xxgk.published.html import read_markup
from xxgk.published.wrapped import unwrapped
from xxgk.texts import BLANKS

TAB = "\t"
MARKUP = re.compile(r"<(table|p|div)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
COMMENT = re.compile(r"^<!--.*?-->", re.DOTALL | re.MULTILINE)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_blocks(data: bytes) -> tuple[Block, ...]:
    """Return the blocks of a plain text."""
    return tuple(_plain(unwrapped(_text(data).split("\n"))))


def read_markdown(data: bytes) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text; HTML in it is read as such."""
    text = COMMENT.sub("", _text(data))
    blocks: list[Block] = []
    at = 0
    for found in MARKUP.finditer(text):
        blocks += _marked(text[at : found.start()])
        blocks += read_markup(found[0])
        at = found.end()
    return (*blocks, *_marked(text[at:]))


def _text(data: bytes) -> str:
    return decode(data).replace("\r\n", "\n").replace("\r", "\n")


def _marked(text: str) -> Iterator[Block]:
    for block in _plain(text.split("\n")):
        if isinstance(block, Table):
            cells = (Cell(_shown(cell.text), cell.row, cell.column) for cell in block.cells)
            yield Table(tuple(cells))
            continue
        found = re.fullmatch(r"(#{1,6})\s+(.*?)(?:\s+#+)?", block.text)
        yield Line(_shown(found[2]), level=len(found[1])) if found else Line(_shown(block.text))


def _shown(text: str) -> str:
    """Return what a viewer shows of a line of Markdown: no marks of emphasis, no backslashes."""
    text = re.sub(r"(?<!\\)(\*\*|__)(.+?)(?<!\\)\1", r"\2", text)
    return ESCAPED.sub(r"\1", text)


def _plain(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        end = at
        if is_drawn(lines[at]):
            end = _run(lines, at, is_drawn)
        if end > at + 1:
            yield _table(drawn_rows(lines[at:end]))
        elif lines[at].startswith(TAB):
            end = _cells_end(lines, at)
            yield _stacked(lines[at:end])
        elif TAB in lines[at].strip(BLANKS):
            end = _run(lines, at, lambda line: TAB in line.strip(BLANKS) or not line.strip(BLANKS))
            yield _table([line.split(TAB) for line in lines[at:end] if line.strip(BLANKS)])
        else:
            end = at + 1
            if lines[at].strip(BLANKS):
                yield Line(lines[at].strip(BLANKS))
        at = end


def _run(lines: Sequence[str], at: int, belongs: Callable[[str], bool]) -> int:
    end = at
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _cells_end(lines: Sequence[str], at: int) -> int:
    """Return where the stack of cells ends that begins at ``at``: at text that no tab and no cell leads in."""
    end, inside = at, False
    while end < len(lines):
        if lines[end].startswith(TAB):
            inside = True
        elif not lines[end].strip(BLANKS):
            inside = False
        elif not inside:
            break
        end += 1
    return end


def _stacked(lines: Sequence[str]) -> Table:
    rows: list[list[str]] = []
    row: list[str] = []
    for line in (*lines, ""):
        if line.startswith(TAB):
            # A row whose cells all stand on its line.
            row += line[1:].split(TAB)
        elif line.strip(BLANKS):
            row[-1] += f"\n{line}"
        elif row:
            rows.append(row)
            row = []
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(tuple(Cell(text.strip(BLANKS), y, x) for y, row in enumerate(rows) for x, text in enumerate(row)))
