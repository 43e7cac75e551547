"""The terminal: its width, its colours, and output that is not for people."""

from __future__ import annotations

import os
import sys

PLAIN_WIDTH = 80


def as_utf8(text: str) -> bytes:
    """Return ``text`` in UTF-8; a byte of a file name that is none is written as ``\\udcff`` and the like."""
    return text.encode(errors="backslashreplace")


def write_utf8(text: str) -> None:
    """Write ``text`` for programs to standard output, in UTF-8 whatever the console's own encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(as_utf8(text))
    sys.stdout.buffer.flush()


def colours_shown() -> bool:
    """Tell whether standard output is a terminal that shows ANSI colours; the old Windows console does not.

    Whoever sets NO_COLOR wants none (https://no-color.org).
    """
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and (os.name != "nt" or "WT_SESSION" in os.environ)


def terminal_width() -> int:
    """Return the columns of the terminal, or a plain width where there is none."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or PLAIN_WIDTH
    except (OSError, ValueError):
        return PLAIN_WIDTH
