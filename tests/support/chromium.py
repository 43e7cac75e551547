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


def told(folder: Path, page: str, *flags: str) -> Any:
    """Return what ``page``, kept in ``folder``, tells by its title, in JSON. The console must stay silent."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    run = run_chromium(folder / "profile", "--enable-logging=stderr", *flags, "--dump-dom", path.as_uri())
    assert "CONSOLE" not in run.stderr
    title = re.search(r"<title>(.*?)</title>", run.stdout, re.DOTALL)
    assert title, "its script did not run"
    return json.loads(html.unescape(title[1]))


def seen(folder: Path, probe: str, page: str, width: int) -> dict[str, Any]:
    """Return what ``probe``, a page with a frame, saw of ``page`` in a window of ``width`` CSS pixels."""
    saw: dict[str, Any] = told(folder, probe.format(width=width, page=html.escape(page)), "--virtual-time-budget=5000")
    return saw
