"""一图读懂 as a picture: what it shows, that it looks as it did, and that nobody needs its colours."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from random import Random

import pytest
from PIL import Image

from xxgk.errors import UsageProblem
from xxgk.records import replace
from xxgk.render.document import Document, build_document
from xxgk.render.picture import NOTHING, WIDTH, to_png, to_svg
from xxgk.render.templating import FOLDER
from xxgk.report import Figure, Report

from support.glances import REPORTS
from support.pictures import FOLDER as PICTURES
from support.pictures import MEAN, WORST, difference, looks_like, small
from support.reports import FORM, city, report_of, sound_values, zero_report
from support.sizes import spread

# How people see colours who lack one kind of cone (Viénot, Brettel and Mollon 1999), and how they print grey.
SEEN = {
    "protanopia": (0.11238, 0.88762, 0, 0, 0.11238, 0.88762, 0, 0, 0.00401, -0.00401, 1, 0),
    "deuteranopia": (0.29275, 0.70725, 0, 0, 0.29275, 0.70725, 0, 0, -0.02234, 0.02234, 1, 0),
    "tritanopia": (1, 0.15236, -0.15236, 0, 0, 0.86717, 0.13283, 0, 0, 0.86717, 0.13283, 0),
    "grey": (0.2126, 0.7152, 0.0722, 0) * 3,
}


def document_of(name: str) -> Document:
    return build_document(REPORTS[name](), FORM)


@pytest.mark.parametrize("name", REPORTS)
def test_it_looks_as_it_did(name: str) -> None:
    assert looks_like(f"picture-{name}", to_png(document_of(name)))


def test_a_moved_picture_would_be_seen() -> None:
    drawn = small(to_png(document_of("five")))
    moved = Image.new("L", drawn.size, 255)
    moved.paste(drawn, (0, 4))
    mean, worst = difference(drawn, moved)
    assert mean > MEAN or worst > WORST
    assert (PICTURES / "picture-five.png").stat().st_size < 20_000


@pytest.mark.parametrize("name", REPORTS)
def test_both_files_are_of_one_picture(name: str) -> None:
    document = document_of(name)
    image = Image.open(io.BytesIO(to_png(document)))
    root = ET.fromstring(to_svg(document))
    width, height = (float(root.get(side, "").removesuffix("pt")) for side in ("width", "height"))
    assert image.width == WIDTH
    assert image.height / image.width == pytest.approx(height / width, rel=0.01)


def test_the_svg_needs_no_font_and_no_other_file() -> None:
    source = to_svg(document_of("city")).decode()
    assert "<text" not in source
    assert "font-family" not in source
    assert not re.search(r'href="(?!#)|url\((?!#)|<script|<image', source)


@pytest.mark.parametrize("sight", spread(SEEN, 2))
def test_bars_and_letters_stand_out_however_colours_are_seen(sight: str) -> None:
    image = Image.open(io.BytesIO(to_png(document_of("city")))).convert("RGB")
    seen = image.convert("RGB", SEEN[sight])
    palette = (FOLDER / "picture.typ").read_text(encoding="utf-8")
    dark, pale, grey = (colour(found) for found in re.findall(r'rgb\("(#\w{6})"\)', palette)[:3])
    places = {tuple(image.getpixel(at)): at for at in sampled(image)}
    for front, back in ((dark, (255, 255, 255)), (dark, pale), (grey, pale)):
        assert contrast(*(seen.getpixel(places[one]) for one in (front, back))) >= 4.5


def test_last_years_bar_is_hollow_and_no_other() -> None:
    assert hollow(document_of("city")) == 1
    assert hollow(build_document(replace(city(), previous=None), FORM)) == 0


def hollow(document: Document) -> int:
    """Return how many shapes have a frame and are white inside."""
    shapes = ET.fromstring(to_svg(document)).iter("{http://www.w3.org/2000/svg}path")
    return sum(shape.get("fill") == "#ffffff" and shape.get("stroke") not in (None, "none") for shape in shapes)


def test_equal_reports_give_equal_pictures_and_drafts_others() -> None:
    document = document_of("five")
    assert to_svg(document) == to_svg(document)
    assert to_png(document) == to_png(document)
    assert to_png(replace(document, draft=True)) != to_png(document)


def test_numbers_of_twelve_digits_fit() -> None:
    report = report_of(dict.fromkeys(sound_values(Random(1)), 10**11))
    assert Image.open(io.BytesIO(to_png(build_document(report, FORM)))).width == WIDTH


def test_nothing_in_a_workbook_is_read_as_typst() -> None:
    odd = '#panic("no") $x$ *b* // \\ "q"'
    assert to_svg(build_document(replace(zero_report(), unit=odd, title=odd), FORM))


def test_without_figures_there_is_no_picture() -> None:
    with pytest.raises(UsageProblem, match=NOTHING[:10]):
        to_svg(build_document(Report(FORM.id), FORM))
    unread = {address: Figure(None, "改") for address in zero_report().figures}
    with pytest.raises(UsageProblem, match=NOTHING[:10]):
        to_png(build_document(replace(zero_report(), figures=unread), FORM))


def colour(code: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(code[1:]))


def sampled(image: Image.Image) -> list[tuple[int, int]]:
    return [(x, y) for y in range(0, image.height, 2) for x in range(0, image.width, 2)]


def contrast(one: object, other: object) -> float:
    """Return the contrast of two colours as WCAG 2.1 computes it."""
    lights = sorted(luminance(value) for value in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(value: object) -> float:
    assert isinstance(value, tuple)
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in value)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
