"""Lines of text for a terminal, coloured where wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xxgk.checks.finding import ERROR, INFO, WARNING
from xxgk.output.width import wrap
from xxgk.records import Record

LEAST_WIDTH = 20
INDENT = "  "
SEVERITY_COLOURS = {ERROR: "\x1b[31m", WARNING: "\x1b[33m", INFO: "\x1b[36m"}
BOLD, RESET = "\x1b[1m", "\x1b[0m"


class Line(Record):
    """A line and the ANSI code that it begins with; only its first ``coloured`` characters are meant."""

    text: str
    code: str = ""
    coloured: int = 0


def joined(lines: Iterable[Line], colour: bool) -> str:
    """Return the lines as one text, each ending in a newline; ``colour`` adds ANSI codes."""
    paint = _painted if colour else _plain
    return "".join(f"{paint(line)}\n" for line in lines)


def block(text: str, width: int, indent: str = "") -> Iterator[Line]:
    """Yield ``text`` wrapped to ``width`` columns, each line indented."""
    for line in wrap(printable(text), width - len(indent)):
        yield Line(indent + line)


def heading(text: str, width: int) -> Iterator[Line]:
    """Yield ``text`` wrapped and bold."""
    for line in wrap(printable(text), width):
        yield Line(line, BOLD, len(line))


def printable(text: str) -> str:
    """Return ``text`` without line breaks and control characters, which could steer a terminal."""
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def _plain(line: Line) -> str:
    return line.text


def _painted(line: Line) -> str:
    if not line.code:
        return line.text
    return f"{line.code}{line.text[: line.coloured]}{RESET}{line.text[line.coloured :]}"
