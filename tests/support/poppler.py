"""Poppler's tools, which tell what stands in a PDF, or why they are not there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

TOOLS = ("pdftotext", "pdfinfo", "pdftoppm", "pdffonts")


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


class PdfFont(NamedTuple):
    """A font of a PDF, and what it carries."""

    name: str
    embedded: bool
    subset: bool
    unicode: bool


def fonts_of(pdf: Path) -> list[PdfFont]:
    """Return the fonts of all pages."""
    rows = (line.split() for line in _output("pdffonts", str(pdf)).splitlines()[2:])
    # The last columns are: emb sub uni, and the number and generation of the object.
    return [PdfFont(row[0], *(word == "yes" for word in row[-5:-2])) for row in rows]


def page_images(pdf: Path) -> list[bytes]:
    """Return each page as a PNG of 40 points an inch."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "40", "-png", str(pdf), f"{folder}/page"], check=True, capture_output=True)
        return [path.read_bytes() for path in sorted(Path(folder).iterdir())]


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
