"""Small reference images of what is drawn, and whether a drawing still looks like them.

They are far too small to read, so that other fonts and edges make no difference, while a table, a bar or a paragraph
in another place does. ``XXGK_NEW_PICTURES=1`` draws them anew: look at each before it is kept.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

FOLDER = Path(__file__).parents[1] / "pictures"
WIDTH = 120  # pixels of a reference image
MEAN, WORST = 4, 60  # how far, of 255, all points may be off together, and one block of points
BLOCK = 6


def small(data: bytes) -> Image.Image:
    """Return an image in grey, ``WIDTH`` wide."""
    image = Image.open(io.BytesIO(data)).convert("L")
    return image.resize((WIDTH, max(1, round(image.height * WIDTH / image.width))), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return how far two images are apart: on average, and where they are farthest. Sizes may differ by a point."""
    size = (WIDTH, max(one.height, other.height))
    if abs(one.height - other.height) > 1:
        return 255, 255
    apart = ImageChops.difference(*(image.resize(size) for image in (one, other)))
    blocks = apart.resize((size[0] // BLOCK, max(1, size[1] // BLOCK)), Image.Resampling.BOX)
    return ImageStat.Stat(apart).mean[0], float(blocks.getextrema()[1])  # type: ignore[arg-type]


def looks_like(name: str, data: bytes) -> bool:
    """Tell whether the PNG ``data`` looks like the reference image ``name``."""
    path = FOLDER / f"{name}.png"
    drawn = small(data)
    if os.environ.get("XXGK_NEW_PICTURES") == "1":
        FOLDER.mkdir(exist_ok=True)
        drawn.save(path, optimize=True)
    mean, worst = difference(drawn, Image.open(path))
    return mean <= MEAN and worst <= WORST
