"""What stands where on the pages of a PDF, in millimetres from the top left corner; sizes in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import playa

from xxgk.published.pdf_page import read_page

MM = 25.4 / 72
# Of the pitch of lines of exact height: how much lies above the base line, in LibreOffice as in Word.
ABOVE = 0.8


class Char(NamedTuple):
    """A character: where it begins and ends, its base line, its font."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str


class Line(NamedTuple):
    """Characters on one base line, blanks left out."""

    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def left(self) -> float:
        return self.chars[0].left

    @property
    def right(self) -> float:
        return self.chars[-1].right

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def base(self) -> float:
        return self.chars[0].base

    @property
    def looks(self) -> set[tuple[str, float]]:
        """The fonts and sizes of its characters."""
        return {(char.font, round(char.size, 1)) for char in self.chars}


class Rule(NamedTuple):
    """A drawn line: where it lies across its direction, and from where to where it goes."""

    at: float
    start: float
    end: float


class Page(NamedTuple):
    """A page: its lines from top to bottom, and the drawn lines across and down."""

    width: float
    height: float
    lines: tuple[Line, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    def line(self, beginning: str) -> Line:
        """Return the only line that begins so."""
        (found,) = (line for line in self.lines if line.text.startswith(beginning))
        return found

    def cell(self, char: Char) -> tuple[float, float]:
        """Return where the cell begins and ends, from left to right, in which ``char`` stands."""
        middle = (char.left + char.right) / 2
        beside = [rule.at for rule in self.down if rule.start < char.base < rule.end]
        return max(at for at in beside if at < middle), min(at for at in beside if at > middle)


def measured(pdf: Path) -> list[Page]:
    """Return the pages of ``pdf``."""
    with playa.open(pdf) as document:
        return [_page(page) for page in document.pages]


def _page(page: playa.Page) -> Page:
    rules = read_page(page).rules
    chars = [
        Char(
            drawn.text or "",
            drawn.bbox[0] * MM,
            drawn.bbox[2] * MM,
            (page.height - drawn.matrix[5] if page.space == "default" else drawn.matrix[5]) * MM,
            drawn.size,
            (drawn.font.fontname or "").rpartition("+")[2],
        )
        for thing in page.flatten()
        if thing.object_type == "text"
        for drawn in thing
    ]
    return Page(
        page.width * MM,
        page.height * MM,
        tuple(_lines(char for char in chars if char.text.strip())),
        tuple(sorted(Rule(rule.at * MM, rule.start * MM, rule.end * MM) for rule in rules if rule.across)),
        tuple(sorted(Rule(rule.at * MM, rule.start * MM, rule.end * MM) for rule in rules if not rule.across)),
    )


def _lines(chars: Iterable[Char]) -> Iterable[Line]:
    for _, same in groupby(sorted(chars, key=lambda char: round(char.base, 1)), key=lambda char: round(char.base, 1)):
        yield Line(tuple(sorted(same, key=lambda char: char.left)))


def steps(values: Sequence[float]) -> list[float]:
    """Return the differences from each value to the next."""
    return [after - before for before, after in pairwise(values)]
