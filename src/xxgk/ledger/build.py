"""A new, empty ledger: guidance first, then the rows to fill, then what the drop-down lists offer."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from xxgk.formats import Form
from xxgk.ledger.dates import FIRST
from xxgk.ledger.plan import AMOUNT, DATE, LISTS_SHEET, NEEDED, Column, Plan, choices_of, load_plan
from xxgk.records import replace
from xxgk.workbook.building.archive import save_workbook
from xxgk.workbook.building.book import set_up
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.pieces import TAB_HELP, TAB_INPUT
from xxgk.workbook.building.styles import BAND, HEAD, INPUT, ITEM, SUBTITLE, TEXT, TITLE, WHITE, WRONG_LOOK, Look
from xxgk.workbook.layout import LEDGER_NAME
from xxgk.workbook.reading.dates import serial
from xxgk.xlsx.a1 import column_letter

GUIDE_SHEET = "使用说明"
CAPTIONS_ROW = 3
FIRST_ROW = CAPTIONS_ROW + 1
DRAWN_ROWS = 500  # with a frame; what is typed below them is checked and counted as well
LAST_ROW = 20_000
LAST_DAY = date(2099, 12, 31)
FROZEN = 2  # columns that stay in view

PRIVATE = "台账里有申请人的姓名，只供本单位内部使用；不要随年报上报、公布或者外传。年报里只有数字，没有姓名。"
STEPS = (
    "一件申请填一行，从上往下填，中间不要留空行，不要合并格子。一份申请拆成几件办理的，填几行。",
    "有列表的格子点右边的小箭头选；选项就是年报表三、表四的行和列。",
    "还没有办结的，“{answered}”和“{outcome}”空着。上年没有办完的申请，留在台账里或者抄过来，年报才能数出上年结转。",
    "可以逐年往下接着填，年报按日期只数当年的；表里的行列可以筛选、排序，可以加自己的列，不要改这里已有的列名。",
    "填年报时存盘、关闭，运行：xxgk fill 年报.xlsx --ledger 台账.xlsx　程序先检查每一行，再把数填进年报。",
)

CELL = replace(INPUT, name="台账 文字", fill="", number="@")
LOOKS = {
    DATE: replace(CELL, name="台账 日期", number="yyyy-mm-dd", across="center", indent=0),
    AMOUNT: replace(CELL, name="台账 金额", number="General", across="right"),
}
CHOSEN = replace(CELL, name="台账 选项", number="General", wrap=False)
LONG = replace(CELL, name="台账 长文字", number="General")
LONG_WIDTH = 30
GROUP = replace(BAND, name="台账 分组", across="center", indent=0, edge=WHITE)
ROW_HEIGHT = 20.0  # points, of a row whose texts need one line


def build_ledger(form: Form) -> bytes:
    """Return a new ledger as an .xlsx file, its choices those of ``form``."""
    plan = load_plan()
    workbook = Workbook()
    set_up(workbook, plan.name, f"{form.name}（{form.document}）")
    guide, rows, lists = (Canvas(workbook.create_sheet(name)) for name in (GUIDE_SHEET, plan.sheet, LISTS_SHEET))
    _build_guide(guide, plan)
    areas = _build_lists(lists, form, plan)
    _build_rows(rows, plan, areas)
    mark = f"'{plan.sheet}'!$A${CAPTIONS_ROW}"
    workbook.defined_names[LEDGER_NAME] = DefinedName(LEDGER_NAME, attr_text=mark)
    return save_workbook(workbook)


def _build_guide(canvas: Canvas, plan: Plan) -> None:
    canvas.widths({1: 2.0, 2: 12.0, 3: 22.0, 4: 80.0})
    canvas.put(1, 2, plan.name, TITLE, width=3)
    canvas.at_least([1], 34)
    canvas.put(2, 2, PRIVATE, WRONG_LOOK, width=3)
    canvas.at_least([2], 40)
    names = {column.id: column.caption for column in plan.columns}
    row = 4
    canvas.put(row, 2, "怎样填", BAND, width=3)
    for number, step in enumerate(STEPS, 1):
        row += 1
        canvas.put(row, 2, f"第 {number} 条", ITEM)
        canvas.put(row, 3, step.format(**names), TEXT, width=2)
    row += 2
    canvas.put(row, 2, "各列", BAND, width=3)
    row += 1
    for offset, text in enumerate(("分组", "列名", "填什么")):
        canvas.put(row, 2 + offset, text, HEAD)
    for column in plan.columns:
        row += 1
        canvas.put(row, 2, column.group, ITEM)
        canvas.put(row, 3, f"{column.caption}{'（必填）' if column.use == NEEDED else ''}", TEXT)
        canvas.put(row, 4, column.guidance, TEXT)
    canvas.printing(f"B1:D{row}")
    canvas.finish(TAB_HELP)


def _build_lists(canvas: Canvas, form: Form, plan: Plan) -> dict[str, str]:
    """Write what each list offers, one list a column, and return the area of each by column id."""
    areas = {}
    for number, column in enumerate((column for column in plan.columns if column.choices), 1):
        own = column.choices if isinstance(column.choices, tuple) else ()
        offered = own or tuple(choices_of(form, str(column.choices)).labels.values())
        canvas.widths({number: float(column.width)})
        canvas.put(1, number, f"“{column.caption}”的选项", HEAD)
        for row, label in enumerate(offered, 2):
            canvas.put(row, number, label, TEXT)
        letter = column_letter(number)
        areas[column.id] = f"'{LISTS_SHEET}'!${letter}$2:${letter}${len(offered) + 1}"
    canvas.sheet.sheet_state = "hidden"
    canvas.finish(TAB_HELP)
    return areas


def _build_rows(canvas: Canvas, plan: Plan, areas: dict[str, str]) -> None:
    canvas.widths({number: float(column.width) for number, column in enumerate(plan.columns, 1)})
    canvas.put(1, 1, plan.name, TITLE, width=FROZEN)
    canvas.put(1, FROZEN + 1, PRIVATE, SUBTITLE, width=len(plan.columns) - FROZEN)
    canvas.at_least([1], 34)
    canvas.at_least([CAPTIONS_ROW], 32)
    numbered = list(enumerate(plan.columns, 1))
    for group, members in groupby(numbered, lambda entry: entry[1].group):
        columns = list(members)
        canvas.put(CAPTIONS_ROW - 1, columns[0][0], group, GROUP, width=len(columns))
    for number, column in numbered:
        canvas.put(CAPTIONS_ROW, number, column.caption, HEAD)
        for row in range(FIRST_ROW, FIRST_ROW + DRAWN_ROWS):
            canvas.put(row, number, None, _look(column))
        _validate(canvas, number, column, areas)
    canvas.grow_freely(range(FIRST_ROW, FIRST_ROW + DRAWN_ROWS), ROW_HEIGHT)
    last = column_letter(len(plan.columns))
    canvas.sheet.auto_filter.ref = f"A{CAPTIONS_ROW}:{last}{LAST_ROW}"
    canvas.freeze(FIRST_ROW, FROZEN + 1)
    canvas.printing(f"A1:{last}{FIRST_ROW + DRAWN_ROWS - 1}", "landscape", f"{CAPTIONS_ROW - 1}:{CAPTIONS_ROW}")
    canvas.finish(TAB_INPUT)
    # People sort, filter and add columns of their own.
    canvas.sheet.protection.sheet = False


def _look(column: Column) -> Look:
    return LOOKS.get(column.kind) or (CHOSEN if column.choices else LONG if column.width >= LONG_WIDTH else CELL)


def _validate(canvas: Canvas, number: int, column: Column, areas: dict[str, str]) -> None:
    """Let the column take what it is for, and say what that is when a cell of it is selected."""
    title, message = "请核对", column.guidance
    if column.id in areas:
        rule = DataValidation(type="list", formula1=areas[column.id])
        title, message = "请从列表中选择", "请点格子右边的小箭头，从列表中选一项。"
    elif column.kind == DATE:
        first, last = (str(serial(day, date1904=False)) for day in (FIRST, LAST_DAY))
        rule = DataValidation(type="date", operator="between", formula1=first, formula2=last)
        title, message = "请填日期", "请填日期，如 2023-3-5。"
    elif column.kind == AMOUNT:
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
        title, message = "请填金额", "请填 0 或正数，不要写单位。"
    else:
        rule = DataValidation()
    rule.allow_blank = True
    rule.errorStyle = "stop"
    rule.showErrorMessage = rule.showInputMessage = True
    rule.errorTitle, rule.error = title, message
    rule.promptTitle, rule.prompt = column.caption, column.guidance
    letter = column_letter(number)
    rule.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
    canvas.sheet.add_data_validation(rule)
