"""How marks look: entries for the workbook's lists of styles, always the same, so that they can be found again.

All colours, lines and fonts are conditional formats under a rule that is always true: cells keep
their own styles, and the rule, which every spreadsheet program keeps, tells what to take away.
"""

from __future__ import annotations

from xxgk.checks.finding import ERROR, INFO, WARNING
from xxgk.records import Record

RULE = 'N("〔校验〕")=0'

FILLS = {ERROR: "FFFFC7CE", WARNING: "FFFFD9A0", INFO: "FFDCD3EC"}
HEADING_FILL, DARK, BLUE, LINE = "FFE3EDF7", "FF1F3864", "FF1F5FA8", "FFBFC8D2"


class Look(Record):
    """How cells look; colours as AARRGGBB, "" for the cell's own. ``lines`` go around each cell, in ``LINE``."""

    fill: str = ""
    ink: str = ""
    bold: bool = False
    underlined: bool = False
    lines: bool = False


# Conditional looks: one for each severity on the cells themselves, then those of the list of findings. The
# lines are in each of these, since LibreOffice shows only the first look of a cell.
HEADING, TITLE, LINK, LINES, FIRST_WORD = range(len(FILLS), len(FILLS) + 5)
SEVERITY_LOOKS = {severity: number for number, severity in enumerate(FILLS)}
WORD_LOOKS = {severity: FIRST_WORD + number for number, severity in enumerate(FILLS)}
LOOKS = (
    *(Look(fill=colour) for colour in FILLS.values()),
    Look(fill=HEADING_FILL, ink=DARK, bold=True, lines=True),
    Look(ink=DARK, bold=True),
    Look(ink=BLUE, underlined=True, lines=True),
    Look(lines=True),
    *(Look(fill=colour, lines=True) for colour in FILLS.values()),
)


def _conditional(look: Look) -> str:
    """Return the entry for the workbook's list of conditional looks."""
    letters = "<b/>" * look.bold + "<u/>" * look.underlined + (f'<color rgb="{look.ink}"/>' if look.ink else "")
    font = f"<font>{letters}</font>" if letters else ""
    colours = f'<fgColor rgb="{look.fill}"/><bgColor rgb="{look.fill}"/>'
    fill = f'<fill><patternFill patternType="solid">{colours}</patternFill></fill>' if look.fill else ""
    sides = ("left", "right", "top", "bottom") if look.lines else ()
    lines = "".join(f'<{side} style="thin"><color rgb="{LINE}"/></{side}>' for side in sides)
    return f"<dxf>{font}{fill}{f'<border>{lines}</border>' if lines else ''}</dxf>"


CONDITIONAL = tuple(map(_conditional, LOOKS))

# Cell formats, for what no conditional one can do: a text that stays text when somebody types over it, and centred.
TEXT, CENTRED = range(2)
CELLS = tuple(
    f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" {kept}applyAlignment="1">'
    f'<alignment horizontal="{across}" vertical="center" wrapText="1"/></xf>'
    for kept, across in (('quotePrefix="1" ', "left"), ("", "center"))
)
