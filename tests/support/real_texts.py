"""Reports as plain text and Markdown: what is left when a page or a document is copied into an editor."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from xxgk.render.document import Document, Heading, Paragraph, Signature, TableBlock

from support.layouts import Rows
from support.real_grids import filled, rows_of


def text(document: Document, table: Callable[[Rows], str], heading: str = "{}", indent: str = "　　") -> str:
    """Return the report with its tables as ``table`` writes them."""
    parts = [heading.format(document.title).replace("## ", "# "), ""]
    for block in document.blocks:
        if isinstance(block, TableBlock):
            parts += ["", table(rows_of(block)), "", *block.notes]
        elif isinstance(block, Heading) and block.level == 1:
            parts += ["", heading.format(block.text), ""]
        elif isinstance(block, Heading | Paragraph):
            parts += [indent + block.text, ""]
        elif isinstance(block, Signature):
            parts += ["", f"{'　' * 12}{block.unit}", f"{'　' * 12}{block.date}"]
    return "\n".join(parts) + "\n"


def cell_a_line(rows: Rows) -> str:
    """Return a table with one cell a line."""
    return "\n".join(cell.text for row in rows for cell in row)


def cell_a_paragraph(rows: Rows) -> str:
    """Return a table with one cell a line and blank lines between."""
    return "\n\n".join(cell.text for row in rows for cell in row)


def tabs(rows: Rows) -> str:
    """Return a table as a spreadsheet copies it: tabs, and nothing where a merge reaches."""
    return "\n".join("\t".join(cell.text for cell in row) for row in filled(rows, lambda cell, down, right: ""))


def browser_tabs(rows: Rows) -> str:
    """Return a table as a browser copies it: tabs between the cells that begin in a row."""
    return "\n".join("\t".join(cell.text for cell in row) for row in rows)


def aligned(rows: Rows) -> str:
    """Return a table set in columns with blanks."""
    grid = filled(rows, lambda cell, down, right: "")
    sizes = [max(width(row[at].text) for row in grid) for at in range(len(grid[0]))]
    lines = (
        "  ".join(cell.text + " " * (size - width(cell.text)) for cell, size in zip(row, sizes, strict=True))
        for row in grid
    )
    return "\n".join(line.rstrip() for line in lines)


def width(text: str) -> int:
    """Return how many columns ``text`` takes."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WFA") for sign in text)


def pipes(rows: Rows) -> str:
    """Return a table of Markdown, blank where a merge reaches."""
    grid = filled(rows, lambda cell, down, right: "")
    lines = [f"| {' | '.join(cell.text for cell in row)} |" for row in grid]
    return "\n".join([lines[0], "|" + " :---: |" * len(grid[0]), *lines[1:]])


def drawn(rows: Rows) -> str:
    """Return a table drawn with signs of ASCII, labels broken to fit their columns."""
    grid = filled(rows, lambda cell, down, right: "")
    rule = "+" + "+".join("-" * 14 for _ in grid[0]) + "+"
    lines = [rule]
    for row in grid:
        pieces = [[cell.text[at : at + 6] for at in range(0, len(cell.text), 6)] or [""] for cell in row]
        for at in range(max(map(len, pieces))):
            texts = [piece[at] if at < len(piece) else "" for piece in pieces]
            lines.append("|" + "|".join(f" {text}{' ' * (13 - width(text))}" for text in texts) + "|")
        lines.append(rule)
    return "\n".join(lines)


def boxes(rows: Rows) -> str:
    """Return a table drawn with line characters."""
    grid = filled(rows, lambda cell, down, right: "")
    rule = "├" + "┼".join("──" for _ in grid[0]) + "┤"
    return f"\n{rule}\n".join("│" + "│".join(cell.text for cell in row) + "│" for row in grid)
