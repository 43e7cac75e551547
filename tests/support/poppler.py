"""Poppler's tools, which tell what stands in a PDF, or why they are not there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

TOOLS = ("pdftotext", "pdfinfo")


def missing() -> str:
    """Return why Poppler cannot be used here, or "" when it can."""
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    return f"poppler ({', '.join(absent)}) is not installed" if absent else ""


def pages_as_read(pdf: Path) -> list[str]:
    """Return the text of each page in reading order, one line for each line on paper."""
    return _output("pdftotext", "-raw", str(pdf), "-").split("\f")[:-1]


def word_boxes(pdf: Path) -> str:
    """Return the pages and words as XML with their boxes in points."""
    return _output("pdftotext", "-bbox", str(pdf), "-")


def facts(pdf: Path) -> str:
    """Return title, paper size and so on, a line each."""
    return _output("pdfinfo", str(pdf))


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()
