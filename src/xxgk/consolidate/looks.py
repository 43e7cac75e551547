"""The named styles of the standard workbook that the sheets of a result use."""

from __future__ import annotations

from xxgk.consolidate.sheetplan import Item, Row

# As xxgk.workbook.building.styles names them; that module needs openpyxl, which no workbook of ours does.
TITLE, HINT, HEAD = "年报 标题", "年报 提示", "年报 表头"
ITEM, TEXT, COUNT, LINK = "年报 项目", "年报 说明", "年报 依据", "年报 表内链接"
SUM, STATUS, WRONG = "年报 自动核对", "年报 依据", "年报 有问题"
TYPED, TYPED_LONG, TYPED_NUMBER = "年报 填写", "年报 填写长文字", "年报 填写单个数字"


def heading(title: str, hint: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the title, a line on how to read the sheet, and the headings."""
    return ((Item(title, TITLE),), (Item(hint, HINT),), tuple(Item(text, HEAD) for text in columns))
