"""The buttons on the 首页: form buttons in the sheet's VML drawing, which Excel, WPS and LibreOffice all show."""

from __future__ import annotations

from xml.sax.saxutils import escape

from xxgk.excel.verbs import VERBS, Verb
from xxgk.records import Record
from xxgk.workbook.building.cover import LAST, SIDE
from xxgk.workbook.building.styles import SONG
from xxgk.workbook.layout import COVER_TOP

GAP = 4  # pixels between buttons


class Place(Record):
    """Where a button lies: rows below the heading of the unit (from 0), columns, and size of its letters in points."""

    row: int
    height: int
    first: int
    last: int
    size: int


PLACES = {
    "fill": Place(0, 2, SIDE, LAST, 14),
    "check": Place(2, 2, SIDE, LAST, 14),
    "back": Place(4, 1, SIDE, SIDE, 11),
    "next": Place(4, 1, LAST, LAST, 11),
    "clear": Place(5, 1, SIDE, LAST, 11),
    "report": Place(6, 2, SIDE, LAST, 14),
    "folder": Place(8, 1, SIDE, SIDE, 11),
    "undo": Place(8, 1, LAST, LAST, 11),
}
HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" '
    'path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path shadowok="f" o:extrusionok="f" strokeok="f" fillok="f" o:connecttype="rect"/>'
    '<o:lock v:ext="edit" shapetype="t"/></v:shapetype>'
)
FIRST_ID = 1025


def buttons_vml() -> bytes:
    """Return the drawing part with a button for each verb. Buttons move with their cells and do not print."""
    shapes = "".join(_shape(FIRST_ID + number, verb) for number, verb in enumerate(VERBS))
    return f"{HEAD}{shapes}</xml>".encode()


def _shape(number: int, verb: Verb) -> str:
    place = PLACES[verb.name]
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t201" style="position:absolute" o:button="t" '
        'fillcolor="buttonFace [67]" strokecolor="windowText [64]" o:insetmode="auto">'
        '<v:fill color2="buttonFace [67]" o:detectmouseclick="t"/><o:lock v:ext="edit" rotation="t"/>'
        '<v:textbox style="mso-direction-alt:auto" o:singleclick="f"><div style="text-align:center">'
        f'<font face="{SONG}" size="{place.size * 20}" color="#000000">{escape(verb.caption)}</font></div></v:textbox>'
        f'<x:ClientData ObjectType="Button"><x:Anchor>{_anchor(place)}</x:Anchor><x:PrintObject>False</x:PrintObject>'
        f"<x:AutoFill>False</x:AutoFill><x:FmlaMacro>[0]!{verb.button}</x:FmlaMacro>"
        "<x:TextHAlign>Center</x:TextHAlign><x:TextVAlign>Center</x:TextVAlign></x:ClientData></v:shape>"
    )


def _anchor(place: Place) -> str:
    """Return the corners as VML has them: column, pixels into it, row, pixels into it, both from 0."""
    top = COVER_TOP - 2 + place.row
    inset = GAP if place.first == LAST else 0
    corners = (place.first - 1, inset, top, GAP if place.row else 0, place.last, 0, top + place.height, 0)
    return ", ".join(str(number) for number in corners)
