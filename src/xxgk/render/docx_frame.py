"""What a reference docx puts around the report: a red head or a cover before it, attachments after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from xxgk.records import Record
from xxgk.render.docx_parts import R, UnreadableStyle, W

# A paragraph each. What stands before the first and after the second goes into every report as it is.
BEGIN, END = "〔报告从这里开始〕", "〔报告到这里结束〕"
_BODY, _PARAGRAPH, _PAGE, _TEXT = (f"{W} {name}" for name in ("body", "p", "sectPr", "t"))
_BLANKS = re.compile(r"\s+")
_DEPTH = 3  # of the body's own children


class Frame(Record):
    """Pieces of a main part as XML text: all up to the body's first child, and what to keep around the report."""

    opening: str
    before: str = ""
    after: str = ""


class _Child(Record):
    """A child of the body: where it begins, in bytes, what it is, and its text without blanks."""

    start: int
    name: str
    text: str


def frame_of(xml: bytes) -> Frame:
    """Return the frame in the main part of a reference docx; one without the two marks keeps nothing.

    The XML is well-formed. Raise ``UnreadableStyle`` when only one of the marks is there, or they change places.
    """
    children, end = _children(xml)
    opening = xml[: children[0].start].decode()
    if not all(f'xmlns:{prefix}="{uri}"' in opening for prefix, uri in (("w", W), ("r", R))):
        raise UnreadableStyle("样式文件的结构不正常：请在 Word 中另存为 .docx 再试。")
    marks = {child.text: number for number, child in enumerate(children) if child.text in (BEGIN, END)}
    if not marks:
        return Frame(opening)
    if list(marks) != [BEGIN, END]:
        raise UnreadableStyle(
            f"样式文件里“{BEGIN}”和“{END}”应各占一段，一前一后：请照 xxgk 自带的报告样式文件补上，或者两段都删去。"
        )
    page = next((child.start for child in children if child.name == _PAGE), end)
    after = children[marks[END] + 1].start if marks[END] + 1 < len(children) else end
    return Frame(
        opening,
        before=xml[children[0].start : children[marks[BEGIN]].start].decode(),
        after=xml[after : max(after, page)].decode(),
    )


def _children(xml: bytes) -> tuple[list[_Child], int]:
    """Return the children of the body, and where it ends."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[_Child] = []
    words: list[str] = []
    path: list[str] = []
    ends: list[int] = []

    def start(name: str, _attributes: object) -> None:
        path.append(name)
        if len(path) == _DEPTH and path[1] == _BODY:
            words.clear()
            found.append(_Child(parser.CurrentByteIndex, name, ""))

    def characters(text: str) -> None:
        if path[-1] == _TEXT:
            words.append(text)

    def finish(name: str) -> None:
        if len(path) == _DEPTH and name == _PARAGRAPH:
            found[-1] = _Child(found[-1].start, name, _BLANKS.sub("", "".join(words)))
        if len(path) == _DEPTH - 1 and name == _BODY:
            ends.append(parser.CurrentByteIndex)
        path.pop()

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, finish, characters
    try:
        parser.Parse(xml, True)
        xml.decode()
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise UnreadableStyle("样式文件已损坏：请在 Word 中另存为 .docx 再试。") from error
    if not (found and ends):
        raise UnreadableStyle("样式文件的结构不正常：请在 Word 中另存为 .docx 再试。")
    return found, ends[0]


def sections(piece: str) -> Iterator[re.Match[str]]:
    """Yield each w:sectPr in a piece of a frame, from its opening tag to its end."""
    return re.finditer(r"<w:sectPr\b[^>]*?(?:/>|>.*?</w:sectPr>)", piece, re.DOTALL)
