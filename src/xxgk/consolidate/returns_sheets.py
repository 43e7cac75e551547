"""The 退改单 and the 催报名单 as workbooks: what the receiver types beside each line comes back with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from xxgk.checks.finding import SEVERITY_WORDS, Value
from xxgk.consolidate.model import Gathered
from xxgk.consolidate.page_lines import UnitLine
from xxgk.output.html import Row, sheets_of
from xxgk.output.result import FileResult
from xxgk.records import replace
from xxgk.workbook.building.archive import save_workbook
from xxgk.workbook.building.book import set_up
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.pieces import TAB_RESULT
from xxgk.workbook.building.styles import HEAD, INPUT_LONG, SUBTITLE, TEXT, TITLE, Look
from xxgk.xlsx.a1 import column_letter
from xxgk.xlsx.spans import ILLEGAL

RETURNED_TITLE = "政府信息公开工作年度报告退改单"
RETURNED_SHEET = "退改单"
COLUMNS = ("序号", "级别", "工作表", "单元格", "位置", "问题", "现在的值", "应为", "相差", "怎么改", "处理情况")
WIDTHS = (5.0, 11.0, 13.0, 8.0, 22.0, 30.0, 10.0, 10.0, 9.0, 30.0, 20.0)
REMINDER_WIDTHS = (6.0, 28.0, 14.0, 24.0, 24.0, 13.0, 12.0, 50.0)
DONE = "已改□　不改□ 理由："
CELL = replace(TEXT, name="退改单 文字", colour="FF262626", number="@")
FILLED = replace(INPUT_LONG, name="退改单 填写", size=10)


def returned_sheet(line: UnitLine, gathered: Gathered) -> bytes:
    """Return the 退改单 of a unit as an .xlsx file."""
    due = f"　交来期限：{line.unit.due}" if line.unit.due else ""
    head = [
        f"单位：{line.unit.name}　报告年度：{gathered.year}　汇总单位：{gathered.top.unit.name}{due}",
        "“错误”必须改正；“警告”“提示”请逐条核对，确实不用改的在最后一栏写明理由。改好后重新交来。",
        *line.reasons,
    ]
    canvas = _canvas(RETURNED_SHEET, RETURNED_TITLE, WIDTHS, head, COLUMNS)
    first = len(head) + 3
    rows = list(_rows(line))
    for number, row in enumerate(rows, first):
        for column, text in enumerate(row, 1):
            _put(canvas, number, column, text, CELL if column < len(COLUMNS) else FILLED)
    return _finished(canvas, first, len(COLUMNS), first + len(rows) - 1)


def reminder_sheet(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return the 催报名单 as an .xlsx file."""
    canvas = _canvas(title, title, REMINDER_WIDTHS, [f"共 {len(rows)} 个单位。"], headings)
    for number, row in enumerate(rows, 4):
        for column, text in enumerate(row, 1):
            _put(canvas, number, column, text, CELL)
    return _finished(canvas, 4, len(headings), 3 + len(rows))


def _canvas(name: str, title: str, widths: Sequence[float], head: Sequence[str], columns: Sequence[str]) -> Canvas:
    """Return a sheet with its title, the lines under it and the headings of its columns."""
    workbook = Workbook()
    set_up(workbook, title, title)
    canvas = Canvas(workbook.create_sheet(name))
    canvas.widths(dict(enumerate(widths, 1)))
    canvas.put(1, 1, title, TITLE, width=len(columns))
    for number, text in enumerate(head, 2):
        _put(canvas, number, 1, text, SUBTITLE, width=len(columns))
    for column, text in enumerate(columns, 1):
        canvas.put(len(head) + 2, column, text, HEAD)
    return canvas


def _rows(line: UnitLine) -> Iterator[tuple[str, ...]]:
    for sheet in sheets_of(FileResult(line.unit.name, line.findings)):
        yield from (_cells(row, sheet.name) for row in sheet.rows)


def _cells(row: Row, sheet: str) -> tuple[str, ...]:
    finding, difference = row.finding, row.finding.difference
    return (
        str(row.number),
        f"{SEVERITY_WORDS[finding.severity]} {finding.code}",
        sheet,
        "、".join(row.cells) or finding.cell,
        f"共 {len(row.cells)} 格" if row.cells else " › ".join(finding.labels),
        finding.message,
        _shown(finding.value),
        _shown(finding.expected),
        _shown(difference if difference is None or difference >= 0 else -difference),
        finding.hint,
        DONE,
    )


def _shown(value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return str(value) if isinstance(value, int) else f"{value:f}"


def _put(canvas: Canvas, row: int, column: int, text: str, look: Look, width: int = 1) -> None:
    """Put a text that others have typed: nothing in it is a formula, or unfit for a workbook."""
    canvas.put(row, column, ILLEGAL.sub("", text), look, width=width)
    canvas.sheet.cell(row, column).data_type = "s"


def _finished(canvas: Canvas, first: int, columns: int, last: int) -> bytes:
    canvas.freeze(first, 1)
    canvas.printing(f"A1:{column_letter(columns)}{last}", "landscape", f"{first - 1}:{first - 1}")
    canvas.finish(TAB_RESULT)
    canvas.sheet.protection.sheet = False
    workbook = canvas.sheet.parent
    assert workbook is not None
    return save_workbook(workbook)
