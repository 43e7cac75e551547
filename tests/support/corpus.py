"""Published reports, read in place: they are not part of this repository."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("XXGK_SHARED") or Path(__file__).parents[3] / "shared")
CORPUS = SHARED / "corpus"


def missing() -> str:
    """Return why the corpus cannot be used here, or "" when it can."""
    return "" if CORPUS.is_dir() else "no corpus of published reports here; XXGK_SHARED names its folder"
