"""New elements go where the standard has them, whatever a part looks like."""

from __future__ import annotations

import pytest

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.conditional import add_rules, cut_rules
from xxgk.xlsx.elements import WORKSHEET, children, place_of
from xxgk.xlsx.spans import splice
from xxgk.xlsx.stylelists import CELL_FORMATS, DIFFERENTIAL_FORMATS, append_entries, cut_entries

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
# What Excel writes: a button wrapped for older programs, formats of its own with the same names.
SHEET = (
    f'<worksheet {NS} xmlns:mc="m" xmlns:x14="x"><sheetData/><conditionalFormatting sqref="A1">'
    '<cfRule type="expression" priority="7"><formula>1</formula><extLst/></cfRule></conditionalFormatting>'
    "<pageMargins/><drawing/><mc:AlternateContent><mc:Choice><controls><control/></controls></mc:Choice>"
    '</mc:AlternateContent><extLst><ext><x14:conditionalFormatting><x14:cfRule priority="9"/>'
    "</x14:conditionalFormatting></ext></extLst></worksheet>"
).encode()
RULE = 'N("a<b")=0'


def inserted(xml: bytes, name: str) -> list[str]:
    at, prefix = place_of(xml, WORKSHEET, name)
    return [span.name for span in children(splice(xml, [(at, at, f"<{prefix}{name}/>".encode())]), WORKSHEET)]


def test_children_are_those_of_the_root() -> None:
    known = ["sheetData", "conditionalFormatting", "pageMargins", "drawing", "extLst"]
    assert [span.name for span in children(SHEET, WORKSHEET)] == known


def test_a_new_child_stands_where_the_standard_has_it() -> None:
    at, _ = place_of(SHEET, WORKSHEET, "legacyDrawing")
    assert SHEET[at:].startswith(b"<mc:AlternateContent>")
    for name in ("hyperlinks", "legacyDrawing", "mergeCells", "tableParts"):
        names = inserted(SHEET, name)
        assert names == sorted(names, key=WORKSHEET.index)
        assert name in names
    with pytest.raises(UnreadableWorkbook):
        place_of(b"<other/>", WORKSHEET, "hyperlinks")


def test_rules_come_after_all_others_and_go_again() -> None:
    added = add_rules(SHEET, RULE, [("A1,B2:C3", 4), ("D1", 5)])
    assert b'sqref="A1 B2:C3"><cfRule type="expression" dxfId="4" priority="10"><formula>N("a&lt;b")=0<' in added
    assert b'sqref="D1"><cfRule type="expression" dxfId="5" priority="11">' in added
    assert cut_rules(added, RULE) == SHEET
    assert cut_rules(added, "other") == added


def test_a_rule_is_cut_from_among_others_however_it_is_written() -> None:
    """LibreOffice joins the rules of the same cells; programs differ in quotes and spaces."""
    own = b"<formula> N( &quot;a&#60;b&quot; ) = 0 </formula>"
    mixed = SHEET.replace(b"</cfRule>", b'</cfRule><cfRule type="expression">' + own + b"</cfRule>")
    assert cut_rules(mixed, RULE) == SHEET


@pytest.mark.parametrize(
    ("styles", "formats", "looks"),
    [
        (f'<styleSheet {NS}><cellXfs count="1"><xf/></cellXfs><dxfs count="0"/></styleSheet>', 1, 0),
        (f"<styleSheet {NS}><cellXfs><xf/></cellXfs></styleSheet>", 1, 0),
        (
            f'<x:styleSheet {NS.replace("=", ":x=", 1)}><x:cellXfs count="2"><x:xf/><x:xf><x:a/></x:xf></x:cellXfs>'
            '<x:dxfs count="1"><x:dxf><x:font/></x:dxf></x:dxfs><x:extLst><x:dxfs><x:dxf/></x:dxfs></x:extLst>'
            "</x:styleSheet>",
            2,
            1,
        ),
    ],
    ids=["empty", "none", "prefixes"],
)
def test_styles_are_added_at_the_end_and_taken_from_there(styles: str, formats: int, looks: int) -> None:
    xml, format_, look = styles.encode(), ("<xf><b/></xf>",), ("<dxf><c/></dxf>", "<dxf><d/></dxf>")
    one, first = append_entries(xml, CELL_FORMATS, format_)
    two, other = append_entries(one, DIFFERENTIAL_FORMATS, look)
    assert (first, other) == (formats, looks)
    assert cut_entries(two, DIFFERENTIAL_FORMATS, look) == one
    assert cut_entries(one, CELL_FORMATS, format_) == xml
    assert cut_entries(xml, CELL_FORMATS, format_) == xml
