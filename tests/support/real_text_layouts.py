"""Texts in which published reports are tried."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from support import real_texts as texts
from support.layouts import Rows
from support.real_reports import File, Layout, Said


def plain(table: Callable[[Rows], str], name: str = "年报.txt", encoding: str = "utf-8", **kinds: str) -> Layout:
    """Return a layout of a text."""
    return lambda says, random: File(name, texts.text(says.document, table, **kinds).encode(encoding), says)


def wrapped(says: Said, random: Random) -> File:
    """A text whose lines are broken at a width."""
    made = texts.text(says.document, texts.tabs)
    lines = []
    for line in made.split("\n"):
        while "\t" not in line and texts.width(line) > 76:
            end = next(at for at in range(len(line)) if texts.width(line[: at + 1]) > 76)
            lines.append(line[:end])
            line = line[end:]
        lines.append(line)
    return File("年报.txt", "\r\n".join(lines).encode("gb18030"), says)
