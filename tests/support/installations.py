"""Installations made as for staff; each takes a quarter of a minute and the package index."""

from __future__ import annotations

import importlib.util
import subprocess
import time
from pathlib import Path

import pytest

from xxgk.cli import main

ROOT = Path(__file__).parents[2]
# An index that nobody answers for: what asks for it fails.
NO_INDEX = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_EXTRA_INDEX_URL": ""}

pyinstaller = pytest.mark.skipif(importlib.util.find_spec("PyInstaller") is None, reason="PyInstaller is not installed")


def pack(kind: str, folder: Path, *words: str) -> Path:
    """Return ``folder`` as ``xxgk pack`` makes it from this checkout."""
    assert main(["pack", kind, str(folder), "--source", str(ROOT), *words]) == 0
    return folder


def run(*command: str | Path, home: Path, path: str = "/nonexistent", cwd: Path | None = None) -> str:
    """Run ``command`` as a user with that home and search path, and return what it says."""
    environment = {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", **NO_INDEX}
    done = subprocess.run(
        [str(word) for word in command], env=environment, cwd=cwd, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def seconds(*command: str | Path, home: Path, times: int = 9) -> float:
    """Return the shortest time in which ``command`` ran."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run(*command, home=home)
        taken.append(time.perf_counter() - start)
    return min(taken)
