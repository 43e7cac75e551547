"""Which cells must change so that a workbook holds the texts of a report."""

from __future__ import annotations

from xxgk.formats import Form
from xxgk.report import Report
from xxgk.texts import BLANKS
from xxgk.workbook.layout import PREVIOUS_TEXT
from xxgk.workbook.measure import paragraph_height
from xxgk.workbook.reading.choices import heading_named
from xxgk.workbook.reading.read import cell_text
from xxgk.workbook.writing.pen import MAX_TEXT, Pen, Value, fits
from xxgk.workbook.writing.placed import says
from xxgk.xlsx.a1 import Cell, Slot
from xxgk.xlsx.sheetpatch import CellChange


def put_notes(pen: Pen, report: Report) -> None:
    """Write the remarks under the tables and the reasons for differences between years."""
    for table_id, table in pen.form.tables.items():
        note = report.table_notes.get(table_id) or None
        pen.put(pen.cell(f"table_note.{table_id}"), note, f"{table.name} 表下注")
    reasons: dict[str, str] = {}
    for explanation in report.explanations:
        what = f"差异说明 {' › '.join(pen.form.labels_of(explanation.address))}"
        if explanation.address not in pen.places.layout.explanations:
            pen.problems.append(f"{what}：工作簿里没有填这一条的地方，没有写入。")
        elif explanation.address in reasons:
            pen.problems.append(f"{what}：有两条，只写入了第一条。")
        else:
            reasons[explanation.address] = explanation.reason
    for address in pen.places.layout.explanations:
        what = f"差异说明 {' › '.join(pen.form.labels_of(address))}"
        pen.put(pen.cell(f"explanation.{address}"), reasons.get(address) or None, what)


def put_narrative(pen: Pen, report: Report) -> None:
    """Write the paragraphs of the parts that differ, with their kinds; all of a part or nothing."""
    for part in pen.form.parts:
        if report.narrative.get(part.id, ()) == pen.base.narrative.get(part.id, ()):
            continue
        paragraphs = [p for p in report.narrative.get(part.id, ()) if p.text.strip()]
        slot = pen.slot(part.id, len(paragraphs), part.title)
        if slot is not None and len(report.narrative.get(part.id, ())) <= slot.height:
            # A blank one is room for staff to write in.
            paragraphs = [*report.narrative.get(part.id, ())]
        if slot is None:
            continue
        for line in range(slot.height):
            kind, text = _first(slot, line), _last(slot, line)
            what = f"{part.title} 第 {line + 1} 段"
            if line < len(paragraphs):
                typed = paragraphs[line].text
                pen.put(text, typed if typed.strip() else None, what, paragraph_height(typed))
                _kind(pen, kind, paragraphs[line].heading, f"{what}的类型")
            else:
                pen.put(text, None, what, paragraph_height(""))
                pen.put(kind, None, f"{what}的类型")


def put_previous_text(pen: Pen, last: Report | None) -> None:
    """Put last year's text where it is kept out of sight; staff are told how much of it, not each paragraph."""
    kept = pen.base.previous.narrative if pen.base.previous is not None else {}
    texts = last.narrative if last is not None else {}
    if texts == kept:
        return
    rows: list[tuple[Value, Value, Value]] = [
        (part.title, _kind_label(pen.form, paragraph.heading), paragraph.text)
        for part in pen.form.parts
        for paragraph in texts.get(part.id, ())
        if paragraph.text.strip(BLANKS)
    ]
    if any(not fits(text) for row in rows for text in row):
        pen.problems.append(f"{PREVIOUS_TEXT}：有的段落超过 {MAX_TEXT} 字，一个格子放不下，没有写入。")
        return
    slot = pen.slot("previous_text", len(rows), PREVIOUS_TEXT)
    if slot is None:
        return
    for line in range(slot.height):
        row = rows[line] if line < len(rows) else (None, None, None)
        for column, value in enumerate(row, slot.column):
            cell = Cell(slot.sheet, slot.row + line, column)
            if not says(pen.places.content(cell), value):
                pen.set(cell, CellChange(value))
    before, after = (sum(map(len, found.values())) for found in (kept, texts))
    pen.announce(PREVIOUS_TEXT, f"{before} 段" if before else None, f"{after} 段" if after else None)


def put_waivers(pen: Pen, report: Report) -> None:
    """Write the codes that shall not be told again, with their reasons."""
    slot = pen.slot("waivers", len(report.waivers), "不再提示的编号")
    if slot is None:
        return
    for line in range(slot.height):
        waiver = report.waivers[line] if line < len(report.waivers) else None
        pen.put(_first(slot, line), (waiver.code or None) if waiver else None, "不再提示的编号")
        pen.put(_last(slot, line), (waiver.reason or None) if waiver else None, "不再提示的理由")


def _kind(pen: Pen, cell: Cell, heading: int, what: str) -> None:
    label = _kind_label(pen.form, heading)
    seen = cell_text(pen.places.content(cell))
    if label is None:
        pen.problems.append(f"{what}：没有第 {heading} 级标题，按正文写入。")
    elif not seen or (heading_named(pen.form, seen) or 0) != heading:
        pen.put(cell, label, what)


def _kind_label(form: Form, heading: int) -> str | None:
    return next((kind.label for kind in form.paragraph_kinds if kind.heading == heading), None)


def _first(slot: Slot, line: int) -> Cell:
    return Cell(slot.sheet, slot.row + line, slot.column)


def _last(slot: Slot, line: int) -> Cell:
    return Cell(slot.sheet, slot.row + line, slot.column + slot.width - 1)
