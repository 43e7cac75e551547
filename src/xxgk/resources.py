"""Files that come with the program: the built templates and the running example."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent.parent


def resource(folder: str, name: str) -> Path:
    """Return the path of ``folder/name``: inside the installed package, else in the source checkout."""
    installed = PACKAGE / folder / name
    return installed if installed.exists() else CHECKOUT / folder / name
