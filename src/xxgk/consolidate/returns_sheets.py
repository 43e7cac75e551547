"""The 退改单 and the 催报名单 as workbooks: what the receiver types beside each line comes back with them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from xxgk.checks.finding import SEVERITY_WORDS, Value
from xxgk.consolidate.model import Gathered
from xxgk.consolidate.page_lines import UnitLine
from xxgk.output.html import Row, sheets_of
from xxgk.output.result import FileResult
from xxgk.records import Record, replace
from xxgk.workbook.building.archive import save_workbook
from xxgk.workbook.building.book import set_up
from xxgk.workbook.building.canvas import LOWEST, Canvas
from xxgk.workbook.building.pieces import TAB_RESULT
from xxgk.workbook.building.styles import HEAD, INPUT_LONG, SUBTITLE, TEXT, TITLE, Look
from xxgk.workbook.measure import height_of, line_count
from xxgk.xlsx.a1 import column_letter
from xxgk.xlsx.package import Package, open_package
from xxgk.xlsx.repack import repack
from xxgk.xlsx.spans import ILLEGAL, escape

RETURNED_TITLE = "政府信息公开工作年度报告退改单"
RETURNED_SHEET = "退改单"
COLUMNS = ("序号", "级别", "工作表", "单元格", "位置", "问题", "现在的值", "应为", "相差", "怎么改", "处理情况")
WIDTHS = (5.0, 11.0, 13.0, 8.0, 22.0, 30.0, 10.0, 10.0, 9.0, 30.0, 20.0)
REMINDER_WIDTHS = (6.0, 28.0, 14.0, 24.0, 24.0, 13.0, 12.0, 50.0)
DONE = "已改□　不改□ 理由："
CELL = replace(TEXT, name="退改单 文字", colour="FF262626", number="@")
FILLED = replace(INPUT_LONG, name="退改单 填写", size=10)
LOOKS = (*(CELL for _ in COLUMNS[1:]), FILLED)

SHEET_PART, WORKBOOK_PART = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
NO_TEXT = ' t="inlineStr"/>'  # how a cell of a frame ends
ROW = "{row}"
ROWS = re.compile("<row .*?</row>", re.DOTALL)
REFERENCE = re.compile(r'r="([A-Z]*)\d+"')
HEIGHT = re.compile(' ht="[^"]*"')


def returned_sheet(line: UnitLine, gathered: Gathered) -> bytes:
    """Return the 退改单 of a unit as an .xlsx file."""
    due = f"　交来期限：{line.unit.due}" if line.unit.due else ""
    head = [
        f"单位：{line.unit.name}　报告年度：{gathered.year}　汇总单位：{gathered.top.unit.name}{due}",
        "“错误”必须改正；“警告”“提示”请逐条核对，确实不用改的在最后一栏写明理由。改好后重新交来。",
        *line.reasons,
    ]
    return _filled(_frame(len(head)), head, list(_rows(line)))


class _Frame(Record):
    """A 退改单 with so many lines of ``head`` and one of its list, their texts blank: all else is alike in all of them.

    openpyxl takes 20 ms to make one, a hundred times what it takes to put the texts into one that is there. ``line``
    has ``ROW`` in the place of its number.
    """

    package: Package
    before: str
    head: tuple[str, ...]
    headings: str
    line: str
    after: str


@functools.cache
def _frame(lines: int) -> _Frame:
    canvas = _canvas(RETURNED_SHEET, RETURNED_TITLE, WIDTHS, [""] * lines, COLUMNS)
    first = lines + 3
    for column, look in enumerate(LOOKS, 1):
        _put(canvas, first, column, "", look)
    package = open_package(_finished(canvas, first, len(COLUMNS), first))
    xml = package.read(SHEET_PART).decode()
    title, *head, headings, line = ROWS.findall(xml)
    before, _, rest = xml.partition(title)
    numbered = REFERENCE.sub(rf'r="\g<1>{ROW}"', line)
    return _Frame(package, before + title, tuple(head), headings, numbered, rest.rpartition(line)[2])


def _filled(frame: _Frame, head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return ``frame`` with its texts."""
    first = len(head) + 3
    lines = [_texted(blank, [text], [sum(WIDTHS)], [SUBTITLE]) for blank, text in zip(frame.head, head, strict=True)]
    lines.append(frame.headings)
    for number, texts in enumerate(rows, first):
        lines.append(_texted(frame.line.replace(ROW, str(number)), texts, WIDTHS, LOOKS))
    end, last = column_letter(len(COLUMNS)), first + len(rows) - 1
    xml = frame.before.replace(f":{end}{first}", f":{end}{last}") + "".join(lines) + frame.after
    workbook = frame.package.read(WORKBOOK_PART).decode().replace(f":${end}${first}", f":${end}${last}")
    return repack(frame.package, {SHEET_PART: xml.encode(), WORKBOOK_PART: workbook.encode()})


def _texted(blank: str, texts: Sequence[str], widths: Sequence[float], looks: Sequence[Look]) -> str:
    """Return a row whose cells are blank with ``texts`` in the first of them, as high as these need."""
    clean = [ILLEGAL.sub("", text) for text in texts]
    fitted = zip(clean, widths, looks, strict=True)
    heights = (
        height_of(line_count(text, width - 2 * look.indent, look.size), look.size) for text, width, look in fitted
    )
    cells = HEIGHT.sub(f' ht="{max(LOWEST, *heights):g}"', blank).split(NO_TEXT)
    return "".join(f"{cell}{_text(text)}" for cell, text in zip(cells, [*clean, None], strict=True))


def _text(text: str | None) -> str:
    """Return what closes a cell, nothing behind the last one."""
    if not text:
        return "" if text is None else NO_TEXT
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f' t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'


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
