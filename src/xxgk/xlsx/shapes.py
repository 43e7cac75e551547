"""The drawing of a sheet's notes (VML): a box for each, put in and taken out by bytes.

Excel writes VML that is not well-formed XML (form buttons with ``<br>``), so nothing here parses it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.a1 import Position
from xxgk.xlsx.package import DAMAGED

NAMESPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
DECLARED = b" ".join(b'xmlns:%b="%b"' % pair for pair in NAMESPACES.items())
EMPTY = b'<xml %b><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>' % DECLARED
TYPE = (
    b'<v:shapetype%b id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
TYPE_USED = re.compile(rb"""type\s*=\s*["']#_x0000_t202["']""")
TYPE_KNOWN = re.compile(rb"""<(?:\w+:)?shapetype\s[^>]*id\s*=\s*["']_x0000_t202["']""")
NOTE = (
    b'<v:shape%b id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" '
    b'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    b'<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    b'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%b</x:Anchor>'
    b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
ATTRIBUTES = rb"""\s(?:[^>"']|"[^"]*"|'[^']*')*"""
SHAPE = re.compile(rb"<((?:\w+:)?)shape%b(?<!/)>.*?</\1shape\s*>" % ATTRIBUTES, re.DOTALL)
SHAPE_ID = re.compile(rb"_x0000_s(\d{1,9})\b")
IS_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
CELL = tuple(re.compile(rb"<(?:\w+:)?%b>\s*(\d{1,7})\s*</" % name) for name in (b"Row", b"Column"))
FIRST_ID = 1024
CONTROL = b"ClientData"  # in every shape that the spreadsheet program shows


def add_boxes(vml: bytes, anchors: Mapping[Position, str]) -> bytes:
    """Return the drawing with a hidden box for the note of each cell (row, column, from 1), at its anchor."""
    end = vml.rfind(b"</")
    if end < 0:
        raise UnreadableWorkbook(DAMAGED)
    # Some programs declare the namespaces in each shape, under names of their own.
    root = vml[: vml.find(b">", vml.find(b"<xml"))]
    declared = (
        b"" if all(uri in root and b"xmlns:" + name in root for name, uri in NAMESPACES.items()) else b" " + DECLARED
    )
    first = max((int(number) for number in SHAPE_ID.findall(vml)), default=FIRST_ID) + 1
    kind = b"" if TYPE_KNOWN.search(vml) else TYPE % declared
    boxes = b"".join(
        NOTE % (declared, first + number, anchor.encode(), row - 1, column - 1)
        for number, ((row, column), anchor) in enumerate(anchors.items())
    )
    return vml[:end] + kind + boxes + vml[end:]


def cut_boxes(vml: bytes, cells: Collection[Position]) -> bytes:
    """Return the drawing without the boxes of the notes of ``cells``, and without their type when nothing needs it."""
    cut = SHAPE.sub(lambda found: b"" if _note_of(found[0]) in cells else found[0], vml)
    if cut != vml and not TYPE_USED.search(cut):
        for declared in (b"", b" " + DECLARED):
            cut = cut.replace(TYPE % declared, b"")
    return cut


def has_shapes(vml: bytes) -> bool:
    """Tell whether anything that shows is left in the drawing."""
    return CONTROL in vml


def _note_of(shape: bytes) -> Position | None:
    row, column = (pattern.search(shape) for pattern in CELL)
    if row is None or column is None or not IS_NOTE.search(shape):
        return None
    return int(row[1]) + 1, int(column[1]) + 1
