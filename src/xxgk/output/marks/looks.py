"""How marks look: entries for the workbook's lists of styles, always the same, so that they can be found again.

All colours, lines and fonts are conditional formats under a rule that is always true: cells keep
their own styles, and the rule, which every spreadsheet program keeps, tells what to take away.
"""

from __future__ import annotations

from xxgk.checks.finding import ERROR, INFO, WARNING

RULE = 'N("〔校验〕")=0'

_SIDES = ("left", "right", "top", "bottom")
_LINE = '<{0} style="thin"><color rgb="FFBFC8D2"/></{0}>'
_LINES = f"<border>{''.join(_LINE.format(side) for side in _SIDES)}</border>"
HEADING_FILL = "FFE3EDF7"
FILLS = {ERROR: "FFFFC7CE", WARNING: "FFFFD9A0", INFO: "FFDCD3EC"}


def _fill(colour: str) -> str:
    colours = f'<fgColor rgb="{colour}"/><bgColor rgb="{colour}"/>'
    return f'<fill><patternFill patternType="solid">{colours}</patternFill></fill>'


# Conditional looks: one for each severity on the cells themselves, then those of the list of findings. The
# lines are in each of these, since LibreOffice shows only the first look of a cell.
HEADING, TITLE, LINK, LINES, FIRST_WORD = range(len(FILLS), len(FILLS) + 5)
SEVERITY_LOOKS = {severity: number for number, severity in enumerate(FILLS)}
WORD_LOOKS = {severity: FIRST_WORD + number for number, severity in enumerate(FILLS)}
CONDITIONAL = (
    *(f"<dxf>{_fill(colour)}</dxf>" for colour in FILLS.values()),
    f'<dxf><font><b/><color rgb="FF1F3864"/></font>{_fill(HEADING_FILL)}{_LINES}</dxf>',
    '<dxf><font><b/><color rgb="FF1F3864"/></font></dxf>',
    f'<dxf><font><u/><color rgb="FF1F5FA8"/></font>{_LINES}</dxf>',
    f"<dxf>{_LINES}</dxf>",
    *(f"<dxf>{_fill(colour)}{_LINES}</dxf>" for colour in FILLS.values()),
)

# Cell formats, for what no conditional one can do: a text that stays text when somebody types over it, and centred.
TEXT, CENTRED = range(2)
CELLS = tuple(
    f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" {kept}applyAlignment="1">'
    f'<alignment horizontal="{across}" vertical="center" wrapText="1"/></xf>'
    for kept, across in (('quotePrefix="1" ', "left"), ("", "center"))
)
