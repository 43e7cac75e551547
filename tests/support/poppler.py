"""Poppler's tools, which tell what stands in a PDF, or why they are not there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

TOOLS = ("pdftotext", "pdfinfo", "pdftoppm")


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


def points_of(pdf: Path, colour: tuple[int, int, int]) -> int:
    """Return how many points of all pages have exactly this colour, drawn at 40 points an inch."""
    images = subprocess.run(["pdftoppm", "-r", "40", str(pdf)], check=True, capture_output=True).stdout
    count = 0
    while images:  # one image behind the other: P6, width and height, 255, points
        _, size, _, rest = images.split(b"\n", 3)
        width, height = map(int, size.split())
        points, images = rest[: width * height * 3], rest[width * height * 3 :]
        count += list(zip(points[::3], points[1::3], points[2::3], strict=True)).count(colour)
    return count


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()
