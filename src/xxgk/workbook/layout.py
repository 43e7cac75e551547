"""Where everything stands in the standard workbook, derived from the form alone.

Builder, reader, writer and formulas share this map; no other module knows a row or column number.
A ``Slot`` is a rectangle with a defined name in the workbook. Readers find a slot by that name, so
inserted rows, moved or renamed sheets do no harm; cells are placed relative to their slot.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from xxgk.formats import Form, NarrativePart, Section, Table
from xxgk.records import Record
from xxgk.xlsx.a1 import Cell, Slot

TEMPLATE_VERSION = "1"
TOTAL_FORMULA = ("=IF(COUNT(", "=IF(AND(COUNT(")  # how the formulas of totals begin

COVER = "首页"
CHECKS = "校验"
PREVIOUS = "上年数据"
PREVIOUS_TEXT = "上年文字"  # hidden: last year's text, to compare with
GUIDE = "填报说明"
META = "_xxgk"
LEDGER_NAME = "xxgk_ledger"  # the defined name by which a 台账 is told from a workbook

# Fields of the 首页: (key, label, guidance), in the order in which staff fill them.
COVER_FIELDS = (
    ("unit", "单位全称", "与公章一致，如：和平镇人民政府"),
    ("short_name", "标题用简称", "可不填；标题里的叫法，如：和平镇"),
    ("level", "单位级别", "从下拉列表中选；决定发布期限"),
    ("year", "报告年度", "四位数字，如：2023"),
    ("title", "标题", "可不填；不填时按下面的预览自动生成"),
    ("signature", "落款单位", "可不填；不填时用单位全称"),
    ("date", "落款日期", "如：2024-1-23"),
)
PREVIOUS_FIELDS = (
    ("previous_year", "上年度", "一般是报告年度减 1"),
    ("previous_form", "上年报告用的格式", "上年报告所用格式的版本，一般与本工作簿相同"),
)
WAIVER_ROWS = 12
MARGIN = 2  # first used column: column A is a narrow margin
TABLE_TOP = 5  # first row of a printed table
NARRATIVE_TOP = 5
COVER_TOP = 4
CHECK_TOP = 6
STATE_COLUMN = 4  # of the hidden sheet
NAMES_TOP = 22  # first row of the list of placeholders on the 填报说明
# Columns beside a written part, from its own first: what a paragraph reads like with its numbers, and what that was
# made of (hidden). The row of the headings holds what all of them are made of at present.
PREVIEW, PREVIEW_SOURCE = 5, 6
NAME, NAME_NOW, NAME_LAST = range(MARGIN + 1, MARGIN + 4)  # its columns: the name, this year's number, last year's


class TablePlan(Record):
    """One table's sheet: the printed grid and what stands around it.

    ``status`` maps a rule instance to the cell that shows its outcome beside the table.
    ``guidance`` maps a row id to the cell with its guidance; the legal basis stands to the right.
    """

    table: Table
    grid: Slot
    notes: Slot
    table_note: Slot
    status: Mapping[str, Cell]
    guidance: Mapping[str, Cell]


class Layout(Record):
    """The whole map of the workbook for one form.

    ``counts`` maps a narrative part to the cell that shows its number of characters; ``status`` is the cell of
    the 首页 in which the buttons say what they found. ``states`` maps the tables, of this year and (``previous.…``)
    of last, the single fields and the 首页 to the cell that holds all their inputs as one text.
    """

    form: Form
    sheets: tuple[str, ...]
    slots: Mapping[str, Slot]
    cover: Mapping[str, Cell]
    status: Cell
    tables: Mapping[str, TablePlan]
    figures: Mapping[str, Cell]
    notes: Mapping[str, Cell]
    table_notes: Mapping[str, Cell]
    fields: Mapping[str, Cell]
    narrative: Mapping[str, Slot]
    counts: Mapping[str, Cell]
    states: Mapping[str, Cell]
    previous: Mapping[str, Cell]
    previous_tables: Mapping[str, Slot]
    previous_text: Slot
    explanations: Mapping[str, Cell]
    checks: Mapping[str, int]
    waivers: Slot
    meta: Mapping[str, Cell]
    folds: Mapping[str, Cell]


def defined_name(key: str) -> str:
    """Return the workbook's defined name for a slot key."""
    return "xxgk_" + key.replace(".", "_").replace("-", "_")


@functools.cache
def layout_of(form: Form) -> Layout:
    """Return the layout of the standard workbook for ``form``."""
    return _Planner(form).plan()


class _Planner:
    """Places one sheet after the other and remembers every slot."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.slots: dict[str, Slot] = {}

    def slot(self, key: str, sheet: str, row: int, column: int, height: int = 1, width: int = 1) -> Slot:
        slot = Slot(defined_name(key), sheet, row, column, height, width)
        self.slots[key] = slot
        return slot

    def plan(self) -> Layout:
        form = self.form
        cover = {
            key: self.slot(key, COVER, COVER_TOP + n, MARGIN + 1).cell for n, (key, _, _) in enumerate(COVER_FIELDS)
        }
        tables: dict[str, TablePlan] = {}
        narrative: dict[str, Slot] = {}
        fields: dict[str, Cell] = {}
        for section in form.sections:
            if section.table:
                tables[section.table] = self.table(form.tables[section.table], section.sheet)
            else:
                narrative.update(self.narrative(section))
                fields.update(self.fields(section))
        figures, notes = {}, {}
        for plan in tables.values():
            for address in plan.table.addresses:
                figures[address] = self.figure_cell(plan, address)
                notes[address] = self.note_cell(plan, address)
        previous, previous_tables, explanations = self.previous()
        checks = {}
        for n, check_id in enumerate([*(i.id for i in form.instances), *(c.id for c in form.kind_checks)]):
            checks[check_id] = CHECK_TOP + n
        waivers = self.slot("waivers", CHECKS, CHECK_TOP + len(checks) + 3, MARGIN, WAIVER_ROWS, 2)
        meta = {key: self.slot(key, META, n + 1, 2).cell for n, key in enumerate(("form", "version"))}
        folds = {f.id: self.slot(f"fold.{f.id}", META, len(meta) + 1 + n, 2).cell for n, f in enumerate(form.folds)}
        return Layout(
            form=form,
            sheets=(COVER, *(s.sheet for s in form.sections), CHECKS, PREVIOUS, GUIDE, PREVIOUS_TEXT, META),
            slots=self.slots,
            cover=cover,
            status=Cell(COVER, COVER_TOP - 2, MARGIN + 4),
            tables=tables,
            figures=figures,
            notes=notes,
            table_notes={table_id: plan.table_note.cell for table_id, plan in tables.items()},
            fields=fields,
            narrative=narrative,
            counts={part_id: Cell(s.sheet, s.row - 2, s.end.column + 1) for part_id, s in narrative.items()},
            states={key: Cell(META, n, STATE_COLUMN) for n, key in enumerate(self.states(), 1)},
            previous=previous,
            previous_tables=previous_tables,
            previous_text=self.previous_text(),
            explanations=explanations,
            checks=checks,
            waivers=waivers,
            meta=meta,
            folds=folds,
        )

    def states(self) -> tuple[str, ...]:
        """Return what the numbers in the text are made of, piece by piece."""
        tables = self.form.tables
        return ("cover", "fields", *tables, *(f"previous.{table}" for table in tables))

    def table(self, table: Table, sheet: str) -> TablePlan:
        """Place one table with its status cells, guidance and remark cells (beside, or below if across)."""
        grid = self.slot(table.id, sheet, TABLE_TOP, MARGIN, table.height, table.width)
        rules = [rule for rule in self.form.rules if rule.table == table.id]
        # Directly under the grid, so that title, grid and note print as one block.
        note_under = grid.column + max(table.header_columns, 2)
        table_note = self.slot(f"table_note.{table.id}", sheet, grid.end.row + 1, note_under)
        below, right = table_note.row + 1, grid.end.column + 1
        status: dict[str, Cell] = {}
        note_row, note_column = grid.row, 0
        if table.across:
            note_row = below
            below += 1
        for rule in rules:
            beside = rule.over == "rows" and not table.across
            for instance in (i for i in self.form.instances if i.rule == rule):
                place = table.cells[instance.left[0].address]
                column = right if beside else grid.column + place.column
                status[instance.id] = Cell(sheet, grid.row + place.row if beside else below, column)
            right, below = (right + 1, below) if beside else (right, below + 1)
        guidance: dict[str, Cell] = {}
        if table.across:
            guidance = {row.id: Cell(sheet, below + 2 + n, MARGIN) for n, row in enumerate(table.rows)}
            notes = self.slot(f"notes.{table.id}", sheet, note_row, grid.column, 1, table.width)
        else:
            width = table.width - table.header_columns
            note_column, guidance_column = (right, right + width) if table.remarks_first else (right + 2, right)
            for row in table.rows:
                place = table.cells[table.first_of_row[row.id]]
                guidance[row.id] = Cell(sheet, grid.row + place.row, guidance_column)
            notes = self.slot(f"notes.{table.id}", sheet, note_row, note_column, table.height, width)
        return TablePlan(table, grid, notes, table_note, status, guidance)

    def figure_cell(self, plan: TablePlan, address: str) -> Cell:
        place = plan.table.cells[address]
        return Cell(plan.grid.sheet, plan.grid.row + place.row, plan.grid.column + place.column)

    def note_cell(self, plan: TablePlan, address: str) -> Cell:
        place = plan.table.cells[address]
        if plan.table.across:
            return Cell(plan.notes.sheet, plan.notes.row, plan.notes.column + place.column)
        shift = place.column - plan.table.header_columns
        return Cell(plan.notes.sheet, plan.notes.row + place.row, plan.notes.column + shift)

    def narrative(self, section: Section) -> dict[str, Slot]:
        """Place 引言 (where there is one) and the part: columns 类型 and 正文, one paragraph a row."""
        found: dict[str, Slot] = {}
        own = sum(field.section == section.id for field in self.form.fields)
        row = NARRATIVE_TOP + (own + 3 if own else 0)
        for part in (section.preface, section.part):
            if isinstance(part, NarrativePart):
                found[part.id] = self.slot(part.id, section.sheet, row, MARGIN, part.rows, 2)
                row += part.rows + 3
        return found

    def fields(self, section: Section) -> dict[str, Cell]:
        """Place the single fields of a section above its text: the number, and its remark beside it."""
        own = [field for field in self.form.fields if field.section == section.id]
        return {
            f.id: self.slot(f.id, section.sheet, NARRATIVE_TOP + n, MARGIN + 2, 1, 2).cell for n, f in enumerate(own)
        }

    def previous_text(self) -> Slot:
        """Place last year's text: its part, the kind of paragraph, the text; a paragraph a row, all parts in one."""
        rows = sum(part.rows for part in self.form.parts)
        return self.slot("previous_text", PREVIOUS_TEXT, TABLE_TOP, MARGIN, rows, 3)

    def previous(self) -> tuple[dict[str, Cell], dict[str, Slot], dict[str, Cell]]:
        """Place last year's figures as plain lists, one line a row, and the 差异说明 below them."""
        row = COVER_TOP
        for key, _, _ in PREVIOUS_FIELDS:
            self.slot(key, PREVIOUS, row, MARGIN + 1)
            row += 1
        figures: dict[str, Cell] = {}
        tables: dict[str, Slot] = {}
        for table in self.form.tables.values():
            row += 3
            slot = self.slot(f"previous.{table.id}", PREVIOUS, row, MARGIN + 1, len(table.rows), len(table.columns))
            tables[table.id] = slot
            for y, line in enumerate(table.rows):
                for x, column in enumerate(table.columns):
                    address = f"{table.id}.{line.id}.{column.id}"
                    if address in table.cells:
                        figures[address] = Cell(PREVIOUS, row + y, slot.column + x)
            row += len(table.rows)
        row += 3
        explanations = {}
        for instance in self.form.instances:
            if instance.rule.explainable:
                address = instance.left[0].address
                explanations[address] = self.slot(f"explanation.{address}", PREVIOUS, row, MARGIN + 1).cell
                row += 1
        return figures, tables, explanations
