"""The 填报说明 sheet: how to fill, what the signs mean, each row's guidance, each rule. Nothing to type here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xxgk.formats import Form, Rule
from xxgk.narrative.names import columns
from xxgk.narrative.values import FUNCTIONS
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.pieces import TAB_HELP, band, heading, steps
from xxgk.workbook.building.styles import BASIS, FOUND, HEAD, ITEM, LEGEND, TEXT
from xxgk.workbook.layout import GUIDE, MARGIN, NAME, NAME_LAST, NAME_NOW, NAMES_TOP, Layout
from xxgk.workbook.named import name_lines
from xxgk.workbook.printed import NOTE_HEADING
from xxgk.xlsx.a1 import column_letter

WIDTHS = (19.0, 46.0, 66.0, 38.0)
COLUMNS = len(WIDTHS)
SIGNS = (
    ("0", "有这一项，数量是零。", "没有发生的一律填 0。"),
    ("空白", "还没有填。", "不会当作 0；有关的规则显示“未判”，检查时会提示。"),
    ("“/”“—”“无”", "不是数字。", "请改成 0；检查时会提示。"),
    ("数字带文字", "如“22（其中修订16件）”。", f"数字格只填 22，文字写在“{NOTE_HEADING}”一格。"),
    ("全角数字", "如“１２”，或者数字前后有空格。", "会读成 12；最好直接改成半角数字。"),
)


def build_guide(canvas: Canvas, layout: Layout) -> None:
    """Fill the 填报说明 sheet."""
    form = layout.form
    canvas.widths({1: 2.0, **dict(enumerate(WIDTHS, MARGIN)), MARGIN + COLUMNS: 12.0})
    heading(canvas, GUIDE, COLUMNS)
    row = _list(canvas, 3, "怎么做", ("步骤", "做什么"), ((f"第 {n} 步", s) for n, s in enumerate(steps(layout), 1)))
    row = _colours(canvas, row)
    row = _list(canvas, row, "0、空白和“/”", ("写法", "是什么意思", "怎么办"), SIGNS)
    row = _names(canvas, layout, row)
    row = _list(canvas, row, "占位符还可以这样写", ("种类", "写法", "得到什么"), _functions(form))
    row = _list(canvas, row, "各行填报口径和依据", ("位置", "项目", "填报口径", "依据"), _guidance(form))
    row = _list(canvas, row, "校验规则", ("编号", "名称", "内容和改法", "依据"), _rules(form))
    row = _list(canvas, row, "发布期限", ("期限", "单位级别"), _deadlines(form))
    canvas.freeze(2, 1)
    canvas.printing(f"B1:{column_letter(MARGIN + COLUMNS - 1)}{row - 2}", "landscape")
    canvas.finish(TAB_HELP)


def _list(canvas: Canvas, row: int, title: str, heads: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    """Write a list from ``row`` on and return the row for the next; its last column takes what room is left."""
    band(canvas, row, MARGIN, title, COLUMNS)
    looks = [ITEM, *[TEXT] * (COLUMNS - 2), BASIS]
    for texts, line_looks in [(heads, [HEAD] * COLUMNS), *((line, looks) for line in lines)]:
        row += 1
        for n, text in enumerate(texts):
            width = COLUMNS - n if n == len(texts) - 1 else 1
            canvas.put(row, MARGIN + n, text, TEXT if width > 1 and line_looks is looks else line_looks[n], width=width)
        canvas.at_least([row], 20)
    return row + 2


def _colours(canvas: Canvas, row: int) -> int:
    band(canvas, row, MARGIN, "颜色", COLUMNS)
    for column, (look, text) in enumerate(LEGEND, MARGIN):
        canvas.put(row + 1, column, text, look)
    canvas.at_least([row + 1], 22)
    return row + 3


def _names(canvas: Canvas, layout: Layout, row: int) -> int:
    """Write the list of placeholders; what they stand for are formulas."""
    if row != NAMES_TOP:
        raise ValueError(f"the list of placeholders begins in row {row}, the layout says {NAMES_TOP}")
    lines = name_lines(layout)
    band(canvas, row, MARGIN, "占位符：写在文字部分，生成报告时换成数", COLUMNS)
    for column, text in enumerate(("数在哪里", "占位符（可以复制）", "现在的数", "上年的数"), MARGIN):
        canvas.put(row + 1, column, text, HEAD)
    for line in lines:
        canvas.put(line.row, MARGIN, line.source, ITEM)
        canvas.put(line.row, NAME, line.placeholder, TEXT)
        canvas.put(line.row, NAME_NOW, None, FOUND)
        canvas.put(line.row, NAME_LAST, None, FOUND)
    canvas.at_least([row + 1, *(line.row for line in lines)], 20)
    return lines[-1].row + 2


def _functions(form: Form) -> Iterator[tuple[str, ...]]:
    for function in FUNCTIONS.values():
        yield "计算", f"{{{{ {function.usage} }}}}", function.meaning
    for name in columns(form):
        yield "分栏", f"{{{{ {name}(名称) }}}}", f"只算“{name}”一栏的数"


def _guidance(form: Form) -> Iterator[tuple[str, ...]]:
    for table in form.tables.values():
        for line in table.rows:
            yield table.name, table.member_label("rows", line.id), line.guidance, line.basis
    for field in form.fields:
        section = form.section(field.section)
        yield f"第{section.number}部分", f"{field.label}（{field.unit}）", field.guidance, ""


def _rules(form: Form) -> Iterator[tuple[str, ...]]:
    for rule in form.rules:
        name = form.tables[rule.table].name
        sentence = rule.sentence.format(member=_members(form, rule))
        yield rule.code, rule.title, f"{name} {sentence}\n不通过时：{rule.hint}", rule.clause
    for kind in form.kinds.values():
        sentences = "\n".join(check.sentence for check in form.kind_checks if check.kind == kind)
        yield kind.code, kind.title, f"{sentences}\n不通过时：{kind.message}", ""


def _members(form: Form, rule: Rule) -> str:
    """Return what a rule holds for: each column or row, or those that it names."""
    table = form.tables[rule.table]
    members = [one.member for one in form.instances if one.rule == rule]
    if rule.over == "columns" and len(members) == len(table.columns):
        return "每一列"
    if rule.over == "rows" and len(members) == len(table.rows):
        return "每一组" if table.across else "每一行"
    return "、".join(table.member_label(rule.over, member) for member in members)


def _deadlines(form: Form) -> Iterator[tuple[str, ...]]:
    """Yield each deadline with the levels that it holds for, in the form's order."""
    labels: dict[str, list[str]] = {}
    for level in form.levels:
        if level.deadline:
            labels.setdefault(level.deadline, []).append(level.label)
    for deadline, names in labels.items():
        month, day = deadline.split("-")
        yield f"次年{int(month)}月{int(day)}日前", "、".join(names)
