"""The sheet of a result into which the office types its adjustments, and which says what came of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.consolidate.adjustments import HEADINGS, NAME, PLACE, SHEET, Line
from xxgk.consolidate.figuresheet import DATA, HEAD
from xxgk.consolidate.looks import TEXT, TYPED_LONG, TYPED_NUMBER, heading
from xxgk.consolidate.model import Sum
from xxgk.consolidate.sheetplan import Item, Row, SheetPlan
from xxgk.consolidate.sums import parts_of
from xxgk.formats import Form
from xxgk.report import Number
from xxgk.xlsx.references import quoted

WIDTHS = (60.0, 14.0, 60.0, 44.0)
SPARE = 30  # lines for what is still to be typed
USED, UNUSED = "已用上", "没有用上："
HINT = (
    "下级相加以后要加、要减的，写在这里，一格一行：选位置，写调整数（减少的写负数），写理由，"
    "如“联合发文，三个单位各报了一件，只计一次”。存盘、关闭，再汇总一次就用上了。"
)


def adjustment_sheet(of: Sum, form: Form, lines: Sequence[Line]) -> SheetPlan:
    """Return the sheet with ``lines`` as they were typed, and room for more."""
    last = HEAD + len(parts_of(form))
    offered = f"{quoted(DATA)}!$A${HEAD + 1}:$A${last}"
    rows = (*heading(SHEET, HINT, HEADINGS), *_rows(of, lines))
    return SheetPlan(SHEET, NAME, WIDTHS, rows, head=3, filtered=False, choices={PLACE: offered})


def _rows(of: Sum, lines: Sequence[Line]) -> Iterator[Row]:
    for line in lines:
        one = line.adjustment
        used = one is not None and one.address in of.values
        state = USED if used else UNUSED + (line.problem or "这一格没有汇总数。")
        amount = one.amount if one is not None else line.amount
        yield _row(line.place, amount, line.reason, state)
    for _ in range(SPARE):
        yield _row(None, None, None, None)


def _row(*values: Number | str | None) -> Row:
    looks = (TYPED_LONG, TYPED_NUMBER, TYPED_LONG, TEXT)
    return tuple(Item(value, look) for value, look in zip(values, looks, strict=True))
