"""Chromium for tests, or why it is not there."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def missing() -> str:
    """Return why Chromium cannot be used here, or "" when it can."""
    return "" if CHROMIUM else "Chromium is not installed"


def run_chromium(profile: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run headless Chromium with a profile of its own and return what it printed."""
    assert CHROMIUM
    return subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", *arguments],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )


def seen(folder: Path, probe: str, page: str, width: int) -> dict[str, Any]:
    """Return what ``probe``, a page with a frame, saw of ``page`` in a window of ``width`` CSS pixels.

    It tells by its title, in JSON. The console must stay silent.
    """
    path = folder / "probe.html"
    path.write_text(probe.format(width=width, page=html.escape(page)), encoding="utf-8")
    run = run_chromium(
        folder / "profile", "--enable-logging=stderr", "--virtual-time-budget=5000", "--dump-dom", path.as_uri()
    )
    assert "CONSOLE" not in run.stderr
    found = re.search(r"<title>(.*?)</title>", run.stdout)
    assert found, "the probe did not run"
    saw: dict[str, Any] = json.loads(html.unescape(found[1]))
    return saw
