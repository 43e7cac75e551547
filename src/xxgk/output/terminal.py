"""How wide the terminal is."""

from __future__ import annotations

import os
import sys

PLAIN_WIDTH = 80


def terminal_width() -> int:
    """Return the columns of the terminal, or a plain width where there is none."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return PLAIN_WIDTH
