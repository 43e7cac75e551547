"""A fault of the program itself: a record for the maintainers, never a traceback for staff."""

from __future__ import annotations

import sys
from pathlib import Path

from xxgk import __version__


def log_fault() -> Path:
    """Write the exception that is being handled to a new file and return its path."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="xxgk-", suffix=".log", delete=False) as log:
        log.write(f"xxgk {__version__}, Python {sys.version}\n{traceback.format_exc()}")
    return Path(log.name)
