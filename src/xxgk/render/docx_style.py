"""What the text of a docx needs to know of its reference: style ids, sizes, the page; all shared parts packed once."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from xxgk.records import Record
from xxgk.render.docx_draft import with_draft_mark
from xxgk.render.docx_frame import Frame
from xxgk.render.docx_parts import R, UnreadableStyle, W, pack, parse, quoted, targets
from xxgk.render.docx_reference import Reference, own_reference, restyled_reference

# A style is known by its name: Word gives built-in styles other ids in each language.
NAMES: Mapping[str, str] = {
    "title": "Title",
    "heading1": "heading 1",
    "heading2": "heading 2",
    "heading3": "heading 3",
    "heading4": "heading 4",
    "body": "Body Text",
    "signature": "Signature",
    "date": "Date",
    "table": "年报表格",
    "cell": "表格文字",
    "small": "表格小字",
    "note": "表注",
}
# What Word takes where a document says nothing.
DEFAULT_SIZE = "20"
# Five centimetres, in twips.
SMALLEST_AREA = 2835
_PREFIXES = {W: "w", R: "r"}
_SPACES = {"w": W}


class DocxStyle(Record):
    """A reference made ready. ``ids`` and ``sizes`` (half-points) go by the keys of ``NAMES``.

    ``package`` is a zip of all shared parts; ``page`` is the w:sectPr as XML, ``frame`` what stands around the text;
    ``text_width`` and ``text_height`` of a page are in twips.
    """

    package: bytes
    main: str
    page: str
    frame: Frame
    ids: Mapping[str, str]
    sizes: Mapping[str, int]
    text_width: int
    text_height: int


@functools.lru_cache(maxsize=4)
def finished_style(data: bytes | None) -> DocxStyle:
    """Return the style of a reference docx, or our own for None. Raise ``UnreadableStyle``."""
    return _prepare(_reference(data))


@functools.lru_cache(maxsize=4)
def draft_style(data: bytes | None) -> DocxStyle:
    """Return the same as ``finished_style``, with 草稿 on every page."""
    return _prepare(with_draft_mark(_reference(data)))


def _reference(data: bytes | None) -> Reference:
    return own_reference() if data is None else restyled_reference(data)


def _prepare(reference: Reference) -> DocxStyle:
    path = next((path for kind, path in targets(reference.parts, reference.main).values() if kind == "styles"), "")
    root = parse(reference.parts, path)
    styles = {_value(style, "w:name").lower(): style for style in root.iterfind("w:style", _SPACES)}
    missing = [name for name in NAMES.values() if name.lower() not in styles]
    if missing:
        raise UnreadableStyle(f"样式文件里缺少样式：{'、'.join(missing)}。请用 xxgk 自带的报告样式文件为底稿来改。")
    width, height = _text_area(reference.page)
    ids = {key: styles[name.lower()].get(f"{{{W}}}styleId", "") for key, name in NAMES.items()}
    return DocxStyle(
        package=pack(reference.parts),
        main=reference.main,
        page=_xml(reference.page),
        frame=reference.frame,
        ids=ids,
        sizes={key: _size(root, style_id) for key, style_id in ids.items()},
        text_width=width,
        text_height=height,
    )


def _size(root: ET.Element, style_id: str) -> int:
    """Return a style's font size in half-points: its own, that of a style it is based on, or the default."""
    by_id = {style.get(f"{{{W}}}styleId"): style for style in root.iterfind("w:style", _SPACES)}
    while (style := by_id.pop(style_id, None)) is not None:
        if size := _value(style, "w:rPr/w:sz"):
            return _number(size)
        style_id = _value(style, "w:basedOn")
    return _number(_value(root, "w:docDefaults/w:rPrDefault/w:rPr/w:sz") or DEFAULT_SIZE)


def _value(element: ET.Element, path: str) -> str:
    found = element.find(path, _SPACES)
    return "" if found is None else found.get(f"{{{W}}}val", "")


def _text_area(page: ET.Element) -> tuple[int, int]:
    """Return width and height of the text on a page in twips."""
    size, margins = page.find("w:pgSz", _SPACES), page.find("w:pgMar", _SPACES)
    if size is None or margins is None:
        raise UnreadableStyle("样式文件里没有纸张大小或页边距：请在 Word 中设好，另存为 .docx 再试。")

    def total(element: ET.Element, *names: str) -> int:
        # Word writes a margin with a minus sign where headers may not push it.
        return sum(abs(_number(element.get(f"{{{W}}}{name}", "0"))) for name in names)

    width = total(size, "w") - total(margins, "left", "right", "gutter")
    height = total(size, "h") - total(margins, "top", "bottom")
    if min(width, height) < SMALLEST_AREA:
        raise UnreadableStyle("样式文件的页边距太大，放不下文字：请在 Word 中调整页面设置再试。")
    return width, height


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise UnreadableStyle(f"样式文件里的尺寸“{text}”不是整数：请在 Word 中另存为 .docx 再试。") from error


def _xml(element: ET.Element) -> str:
    """Return ``element`` as XML with the prefixes w and r; what belongs to later Word versions is left out."""
    space, _, name = element.tag[1:].partition("}")
    if space != W:
        return ""
    attributes = ""
    for key, value in element.items():
        owner, _, attribute = key[1:].partition("}")
        if owner in _PREFIXES:
            attributes += f" {_PREFIXES[owner]}:{attribute}={quoted(value)}"
    return f"<w:{name}{attributes}>{''.join(map(_xml, element))}</w:{name}>"
