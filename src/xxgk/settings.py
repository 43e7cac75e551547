"""Where what belongs to this user of this machine is kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def settings_folder() -> Path:
    """Return the folder for this user's settings; it need not be there."""
    if sys.platform == "win32":
        folder = os.environ.get("APPDATA")
    else:
        folder = os.environ.get("XDG_CONFIG_HOME") or str(_home() / ".config")
    return Path(folder or _home()) / "xxgk"


def _home() -> Path:
    # Path.home() raises where nobody knows the user, as in some containers; then "~" stays, and is no folder.
    return Path(os.path.expanduser("~"))  # noqa: PTH111
