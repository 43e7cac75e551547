"""What several sheets have in common: headings, the legend, the way back, the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.excel.verbs import VERBS
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.styles import BAND, LEGEND, SUBTITLE, TITLE
from xxgk.workbook.layout import CHECKS, COVER, COVER_TOP, GUIDE, MARGIN, PREVIOUS, Layout
from xxgk.xlsx.a1 import Cell

BACK = "返回首页"
CHIP = 14.0  # width units that an entry of the legend needs

TAB_INPUT = "FFE2C044"
TAB_RESULT = "FF4F8A5B"
TAB_HELP = "FF7F8FA6"


def heading(canvas: Canvas, text: str, width: int) -> None:
    """Write the sheet's title into row 1, over ``width`` columns, and the way back beside it."""
    canvas.put(1, MARGIN, text, TITLE, width=width)
    canvas.at_least([1], 34)
    canvas.link(1, MARGIN + width, BACK, Cell(COVER, COVER_TOP, MARGIN + 1))


def hints(canvas: Canvas, row: int, lines: Sequence[str], width: int) -> None:
    """Write short hints, one a line, into one row over ``width`` columns."""
    canvas.put(row, MARGIN, "\n".join(lines), SUBTITLE, width=width)


def band(canvas: Canvas, row: int, column: int, text: str, width: int) -> None:
    """Write a coloured heading over ``width`` columns."""
    canvas.put(row, column, text, BAND, width=width)
    canvas.at_least([row], 22)


def legend(canvas: Canvas, row: int, units: Sequence[float]) -> None:
    """Write the legend into ``row``; ``units`` are the widths of the columns from the margin on."""
    for (column, width), (look, text) in zip(_chips(units), LEGEND, strict=False):
        canvas.put(row, column, text, look, width=width)


def _chips(units: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield (column, number of columns) of spans that are wide enough for an entry."""
    first, room = MARGIN, 0.0
    for column, unit in enumerate(units, MARGIN):
        room += unit
        if room >= CHIP:
            yield first, column - first + 1
            first, room = column + 1, 0.0


def steps(layout: Layout) -> tuple[str, ...]:
    """Return the steps from the empty workbook to the report, in the order in which staff take them."""
    first, *_, last = (section.sheet for section in layout.form.sections)
    captions = {verb.name: verb.caption for verb in VERBS}
    return (
        f"在“{COVER}”填单位、年度等。浅黄色的格子要填，灰色的格子自动计算。",
        f"依次填“{first}”到“{last}”各页：表里填数字，没有的填 0；文字每行写一段。数字旁边要说明的，写在备注格。",
        f"照上年报告填“{PREVIOUS}”，用来核对结转等前后两年要衔接的数字。没有上年报告的可以不填。",
        f"看“{CHECKS}”：不通过的点“查看”，改到没有不通过的。"
        f"再点“{captions['check']}”按钮作更全面的检查；没有按钮的，保存后运行命令“xxgk check 文件名”。",
        f"点“{captions['report']}”按钮，生成报告（Word 文档和网页）；没有按钮的，运行命令“xxgk report 文件名”。"
        f"细则见“{GUIDE}”。",
    )
