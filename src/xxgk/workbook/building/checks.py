"""The 校验 sheet: every rule live, a link to where it applies, and room to switch warnings off."""

from __future__ import annotations

from xxgk.formats import Form
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.marks import mark_states
from xxgk.workbook.building.pieces import TAB_RESULT, band, heading, hints
from xxgk.workbook.building.styles import FOUND, HEAD, INPUT, INPUT_LONG, ITEM, LINK_CELL, SMALL_ITEM
from xxgk.workbook.formulas import CODE, DIFFERENCE, JUMP, LEFT, RIGHT, SENTENCE, STATE
from xxgk.workbook.layout import CHECK_TOP, CHECKS, Layout
from xxgk.workbook.printed import WAIVER_HEADINGS, WAIVERS_TITLE
from xxgk.xlsx.a1 import Cell, column_letter

WIDTHS = {1: 2.0, CODE: 10.0, SENTENCE: 80.0, LEFT: 11.0, RIGHT: 11.0, DIFFERENCE: 11.0, STATE: 11.0, JUMP: 9.0}
HEADINGS = {
    CODE: "编号",
    SENTENCE: "规则",
    LEFT: "左边",
    RIGHT: "右边",
    DIFFERENCE: "左减右",
    STATE: "结果",
    JUMP: "定位",
}
HINTS = (
    "本页自动计算，不用填。点“查看”跳到有关的格子。",
    "“未判”：有关的数字还没有填，或者填的不是数字，暂时不能判断。“已说明”：原因写在“上年数据”的差异说明里。",
    "件数、金额的规则，左边是不合要求的格子数。",
)


def build_checks(canvas: Canvas, layout: Layout) -> None:
    """Fill the 校验 sheet."""
    canvas.widths(WIDTHS)
    heading(canvas, CHECKS, STATE - CODE + 1)
    hints(canvas, 2, HINTS, STATE - CODE + 1)
    canvas.at_least([3, 4], 6)
    for column, text in HEADINGS.items():
        canvas.put(CHECK_TOP - 1, column, text, HEAD)
    for check_id, (code, sentence, address) in _lines(layout.form).items():
        row = layout.checks[check_id]
        canvas.put(row, CODE, code, ITEM)
        canvas.put(row, SENTENCE, sentence, SMALL_ITEM)
        for column in (LEFT, RIGHT, DIFFERENCE, STATE):
            canvas.put(row, column, None, FOUND)
        canvas.link(row, JUMP, "查看", layout.figures.get(address) or layout.fields[address], LINK_CELL)
    mark_states(canvas, [Cell(CHECKS, row, STATE) for row in layout.checks.values()])
    _waivers(canvas, layout)
    canvas.freeze(CHECK_TOP, 1)
    canvas.select(Cell(CHECKS, CHECK_TOP, CODE))
    top = CHECK_TOP - 1
    canvas.printing(f"B1:{column_letter(STATE)}{max(layout.checks.values())}", "landscape", f"{top}:{top}")
    canvas.finish(TAB_RESULT)


def _lines(form: Form) -> dict[str, tuple[str, str, str]]:
    """Return code, sentence and first address of each check."""
    lines = {}
    for instance in form.instances:
        sentence = f"{form.tables[instance.rule.table].name} {instance.sentence}"
        lines[instance.id] = (instance.rule.code, sentence, instance.left[0].address)
    for check in form.kind_checks:
        lines[check.id] = (check.kind.code, check.sentence, check.addresses[0])
    return lines


def _waivers(canvas: Canvas, layout: Layout) -> None:
    slot = layout.waivers
    band(canvas, slot.row - 2, CODE, WAIVERS_TITLE, SENTENCE - CODE + 1)
    code, reason = WAIVER_HEADINGS
    canvas.put(slot.row - 1, CODE, code, HEAD)
    canvas.put(slot.row - 1, SENTENCE, reason, HEAD)
    for row in range(slot.row, slot.end.row + 1):
        canvas.put(row, CODE, None, INPUT)
        canvas.put(row, SENTENCE, None, INPUT_LONG)
    canvas.at_least(range(slot.row, slot.end.row + 1), 20)
