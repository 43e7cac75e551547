"""``xxgk window``: the small window, for computers on which no macro runs."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xxgk.window.main import open_window


def run(arguments: Namespace) -> int:
    """Show the window until it is closed."""
    open_window(Path(arguments.file) if arguments.file else None)
    return 0
