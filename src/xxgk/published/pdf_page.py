"""A page of a PDF as glyphs and drawn rules, all the later steps need of it. The only module that knows playa.

Coordinates are points from the top left corner of the page as it is seen, ``y`` growing downwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record, replace

if TYPE_CHECKING:
    from playa import Page as PdfPage
    from playa.content import GlyphObject, PathObject

MOST = 100_000  # glyphs and rules on a page; a full one has two thousand, dotted borders tens of thousands of dots
TOO_MUCH = "有一页的内容多得不正常，不像一份年报，为安全起见没有读取"
THIN = 3.0  # what is drawn thinner than this is a rule, not a box
UNKNOWN = "�"  # a glyph whose font does not tell its character
# Radicals that Unicode's normalization leaves as they are, and the ideographs that their glyphs are drawn for
# (Unicode's EquivalentUnifiedIdeograph.txt); those that are no words by themselves are left out.
RADICALS = str.maketrans(
    "⺠⺟⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⺁⺌⺒⺝⺩⺬⺴⻁⻄⻑⻗",
    "民母见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟厂小巳月王示罒虎西長雨",
)
# Radicals, compatibility ideographs, punctuation turned for vertical writing.
LOOKALIKES = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFE10, 0xFE1F), (0xFE30, 0xFE4F))
ASCENT, DESCENT = 0.88, 0.12  # of an em: how far an ideograph reaches above and below its base line
STRAIGHT = 0.5  # points: how far off a line may be and still count as upright


class Glyph(Record):
    """A character with its box. ``upright`` is false for vertical writing and for text that is turned."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    upright: bool

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Rule(Record):
    """A straight drawn line at ``at`` across its direction, from ``start`` to ``end`` along it."""

    across: bool
    at: float
    start: float
    end: float


class Page(Record):
    """What is drawn on a page; ``pictures`` counts its images."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: int


def read_page(page: PdfPage) -> Page:
    """Return what is drawn on ``page``.

    Raise ``UnreadableWorkbook`` when that is more than any report has; playa's errors pass through.
    """
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    pictures = 0
    for thing in page.flatten():
        if thing.object_type == "text":
            glyphs.extend(_glyph(each) for each in thing)  # type: ignore[arg-type]
        elif thing.object_type == "path":
            rules.extend(_rules(thing))  # type: ignore[arg-type]
        elif thing.object_type == "image":
            pictures += 1
        if len(glyphs) + len(rules) > MOST:
            raise UnreadableWorkbook(TOO_MUCH)
    seen = (_cut(glyph, page.width) for glyph in glyphs if _on_page(glyph, page.width, page.height))
    return Page(page.page_idx + 1, page.width, page.height, tuple(_once(seen)), tuple(rules), pictures)


def _glyph(drawn: GlyphObject) -> Glyph:
    left, top, right, bottom = drawn.bbox
    a, b, c, d, _, base = drawn.matrix
    size = drawn.size
    upright = not drawn.font.vertical and abs(b) < abs(a) / 10 and abs(c) < abs(d) / 10 and a > 0
    if upright:
        # Fonts tell wildly different heights; the base line and the size are the same for all of a line.
        top, bottom = base - ASCENT * size, base + DESCENT * size
    return Glyph(_clean(drawn.text), left, top, right, bottom, size, upright)


def _clean(text: str | None) -> str:
    """Return the characters meant: no controls, plain spaces, and no radicals where an ideograph is meant."""
    if text is None:
        return UNKNOWN
    return "".join(map(_character, text))


def _character(character: str) -> str:
    code = ord(character)
    # Fonts map the same shape to an ideograph, a radical and a compatibility ideograph; PDFs often tell the wrong one.
    if any(first <= code <= last for first, last in LOOKALIKES):
        return unicodedata.normalize("NFKC", character).translate(RADICALS)
    if character == "\u3000":
        return character
    match unicodedata.category(character):
        case "Zs":
            return " "
        case "Cc" | "Cf" | "Zl" | "Zp":
            return ""
        case "Co" | "Cn" | "Cs":
            return UNKNOWN
    return character


def _on_page(glyph: Glyph, width: float, height: float) -> bool:
    """Tell whether ``glyph`` can be seen, or stands so little beside the page that its edge cuts a number."""
    x, y = glyph.middle
    return bool(glyph.text) and -glyph.size <= x <= width + glyph.size and 0 <= y <= height


def _cut(glyph: Glyph, width: float) -> Glyph:
    return glyph if 0 <= glyph.middle[0] <= width or glyph.text.isspace() else replace(glyph, text=UNKNOWN)


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Leave out glyphs drawn again at the same place: so bold type and shadows are often made."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        reach = glyph.size * 0.2
        x, y = int(glyph.left // 8), int(glyph.top // 8)
        near = (seen.get((glyph.text, x + i, y + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if any(
            abs(other.left - glyph.left) < reach and abs(other.top - glyph.top) < reach
            for each in near
            for other in each
        ):
            continue
        seen.setdefault((glyph.text, x, y), []).append(glyph)
        yield glyph


def _rules(path: PathObject) -> Iterator[Rule]:
    if not path.stroke and not path.fill:
        return
    boxes = []
    for points, closed in _outlines(path):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = min(xs), min(ys), max(xs), max(ys)
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            yield from _thin(box)
        elif path.stroke:
            yield from _sides(points + points[:1] if closed else points)
        else:
            boxes.append(box)
    # A frame is also drawn as a box with a slightly smaller one left out.
    for outer in boxes:
        if any(
            all(0 <= abs(o - i) <= THIN for o, i in zip(outer, inner, strict=True)) for inner in boxes if inner != outer
        ):
            left, top, right, bottom = outer
            yield from _sides([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])


def _outlines(path: PathObject) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Yield the points of each part of the path, and whether it ends where it began."""
    points: list[tuple[float, float]] = []
    for operator, along in path.segments:
        if operator == "m":
            if len(points) > 1:
                yield points, path.fill
            points = [along[-1]]
        elif operator == "h":
            if len(points) > 1:
                yield points, True
            points = points[:1]
        else:
            points.append(along[-1])
    if len(points) > 1:
        yield points, path.fill


def _thin(box: tuple[float, float, float, float]) -> Iterator[Rule]:
    left, top, right, bottom = box
    # A dot of a dotted line may belong to either direction.
    if right - left >= bottom - top or right - left <= THIN >= bottom - top:
        yield Rule(True, (top + bottom) / 2, left, right)
    if bottom - top > right - left or right - left <= THIN >= bottom - top:
        yield Rule(False, (left + right) / 2, top, bottom)


def _sides(points: list[tuple[float, float]]) -> Iterator[Rule]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) <= STRAIGHT:
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x0 - x1) <= STRAIGHT:
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
