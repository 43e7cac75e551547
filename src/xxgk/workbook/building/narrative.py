"""The sheets of the written parts: one paragraph a row with its kind, prompts and character count beside."""

from __future__ import annotations

import math

from xxgk.formats import Field, NarrativePart, Section
from xxgk.workbook.building.canvas import Canvas
from xxgk.workbook.building.marks import mark_beyond, mark_no_numbers, mark_outdated
from xxgk.workbook.building.pieces import TAB_INPUT, band, heading, hints
from xxgk.workbook.building.styles import (
    CHOICE,
    HEAD,
    INPUT_NUMBER,
    ITEM,
    NOTE,
    OUTDATED,
    PARAGRAPH,
    PROMPT,
    RESOLVED,
    SHOWN,
    SPACER,
    TEXT,
)
from xxgk.workbook.building.validation import allow_choices, allow_numbers
from xxgk.workbook.formulas import character_sum
from xxgk.workbook.layout import MARGIN, NARRATIVE_TOP, PREVIEW, PREVIEW_SOURCE, Layout
from xxgk.workbook.measure import EMPTY_PARAGRAPH, PARAGRAPH_UNITS, height_of, line_count
from xxgk.workbook.printed import (
    FIELD_HEADINGS,
    GUIDANCE_HEADING,
    PART_HEADINGS,
    PART_TITLE,
    PREVIEW_HEADING,
    PROMPTS_HEADING,
    field_label,
    prompts_text,
)
from xxgk.xlsx.a1 import Cell, Slot, column_letter

KIND, BODY, VALUE, REMARK, HELP = range(MARGIN, MARGIN + 5)
SHOWN_AS, SOURCE = MARGIN + PREVIEW, MARGIN + PREVIEW_SOURCE
WIDTHS = {1: 2.0, KIND: 18.0, BODY: PARAGRAPH_UNITS, VALUE: 14.0, REMARK: 26.0, HELP: 34.0}
WIDTHS |= {SHOWN_AS: PARAGRAPH_UNITS, SOURCE: 12.0}
HINT = "一格写一段。小标题在“类型”里选，不选就是正文；序号（一是、1.等）照原样写在正文里。"


def build_narrative(canvas: Canvas, layout: Layout, section: Section) -> None:
    """Fill the sheet of one written section."""
    canvas.widths(WIDTHS)
    canvas.hide_column(SOURCE)
    fields = [field for field in layout.form.fields if field.section == section.id]
    last = HELP if fields else BODY
    heading(canvas, section.heading, last - MARGIN + 1)
    hints(canvas, 2, [HINT], BODY - MARGIN + 1)
    if fields:
        _fields(canvas, layout, fields)
    parts = [part for part in (section.preface, section.part) if part is not None]
    for part in parts:
        _part(canvas, layout, part, PART_TITLE if part == section.part else part.title)
    slot = layout.narrative[parts[-1].id]
    only = len(parts) == 1 and not fields
    canvas.freeze(slot.row if only else 3, 1)
    canvas.select(layout.fields[fields[0].id] if fields else layout.narrative[parts[0].id].cell)
    canvas.printing(f"{column_letter(MARGIN)}1:{column_letter(last)}{slot.end.row}")
    canvas.finish(TAB_INPUT)


def _fields(canvas: Canvas, layout: Layout, fields: list[Field]) -> None:
    band(canvas, NARRATIVE_TOP - 2, MARGIN, "先填这几个数字", HELP - MARGIN + 1)
    row = NARRATIVE_TOP - 1
    item, value, remark = FIELD_HEADINGS
    canvas.put(row, MARGIN, item, HEAD, width=VALUE - MARGIN)
    for column, text in ((VALUE, value), (REMARK, remark), (HELP, GUIDANCE_HEADING)):
        canvas.put(row, column, text, HEAD)
    for field in fields:
        cell = layout.fields[field.id]
        canvas.put(cell.row, MARGIN, field_label(field), ITEM, width=VALUE - MARGIN)
        canvas.put_cell(cell, None, INPUT_NUMBER)
        canvas.put(cell.row, REMARK, None, NOTE)
        canvas.put(cell.row, HELP, field.guidance, TEXT)
        allow_numbers(canvas, [cell], layout.form.kinds[field.kind])
        mark_no_numbers(canvas, [cell], layout.form.kinds[field.kind])


def _part(canvas: Canvas, layout: Layout, part: NarrativePart, title: str) -> None:
    slot, count = layout.narrative[part.id], layout.counts[part.id]
    band(canvas, slot.row - 2, KIND, title, BODY - KIND + 1)
    canvas.put_cell(count, None, SHOWN, width=HELP - VALUE + 1)
    if part.limit:
        mark_beyond(canvas, count, character_sum(slot, slot.sheet), part.limit)
    for column, text in zip((KIND, BODY), PART_HEADINGS, strict=True):
        canvas.put(slot.row - 1, column, text, HEAD)
    canvas.put(slot.row - 1, VALUE, PROMPTS_HEADING, HEAD, width=HELP - VALUE + 1)
    canvas.put(slot.row - 1, SHOWN_AS, PREVIEW_HEADING, HEAD)
    canvas.put(slot.row - 1, SOURCE, None, OUTDATED)
    rows = range(slot.row, slot.end.row + 1)
    for row in rows:
        canvas.put(row, MARGIN - 1, None, SPACER)
        canvas.put(row, KIND, None, CHOICE)
        canvas.put(row, BODY, None, PARAGRAPH)
        canvas.put(row, SHOWN_AS, None, RESOLVED)
        canvas.put(row, SOURCE, None, OUTDATED)
    mark_outdated(canvas, slot)
    canvas.grow_freely(rows, EMPTY_PARAGRAPH)
    allow_choices(canvas, [Cell(slot.sheet, row, KIND) for row in rows], [k.label for k in layout.form.paragraph_kinds])
    _prompts(canvas, part, slot)


def _prompts(canvas: Canvas, part: NarrativePart, slot: Slot) -> None:
    text = prompts_text(part)
    units = sum(WIDTHS[column] for column in (VALUE, REMARK, HELP))
    needed = height_of(line_count(text, units, PROMPT.size), PROMPT.size)
    rows = min(slot.height, math.ceil(needed / EMPTY_PARAGRAPH))
    canvas.put(slot.row, VALUE, text, PROMPT, height=rows, width=HELP - VALUE + 1)
