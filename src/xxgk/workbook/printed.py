"""What the standard workbook prints beside its cells, by which a reader knows them again wherever they stand.

A ``Pattern`` is one piece of the workbook that moves as a whole: a table, a list, the heading of a text. Its
``Line``s are the rows and columns that its labels name. Rows and columns are those of the standard workbook.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xxgk.formats import Field, Form, NarrativePart, Section, Table
from xxgk.records import Record
from xxgk.workbook.layout import (
    COVER,
    COVER_FIELDS,
    META,
    PREVIOUS,
    PREVIOUS_FIELDS,
    Layout,
    TablePlan,
    layout_of,
)
from xxgk.xlsx.a1 import Cell, Slot
from xxgk.xlsx.cells import reference

NOTE_HEADING = "备注（可不填）"
TABLE_NOTE_HEADING = "表下注（可不填）"
PART_TITLE = "本部分文字"
PART_HEADINGS, PROMPTS_HEADING = ("类型", "正文"), "应写什么"
PREVIEW_HEADING = "占位符换成数以后（点“校验”时写入；变灰的已经过时）"
PREVIEW_BEGIN = "〔换数〕"  # how the text begins that a preview was made of
FIELD_HEADINGS, GUIDANCE_HEADING = ("项目", "数字", NOTE_HEADING), "填报口径"
LIST_HEADING = "项目"
TEXT_TITLE = "上年报告的文字（用来核对是否与上年雷同，不要修改）"
TEXT_HEADINGS = ("部分", *PART_HEADINGS)
REASONS_TITLE = "差异说明（可不填）"
REASON_HEADINGS = ("哪个数", "与上年数据对不上的原因（如集中清理、漏报补登、口径调整）")
WAIVERS_TITLE = "不再提示（填编号和理由）"
WAIVER_HEADINGS = ("编号", "理由")

# Patterns that are no slot of their own.
COVER_LIST, PREVIOUS_LIST, REASON_LIST, META_LIST = "cover", "previous", "explanations", "meta"
FIELD_LIST, NOTES = "fields.", "notes."


class Label(Record, eq=False):
    """A printed text with its merge. An ``aid`` helps to find a piece, but its wording does not matter."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1
    aid: bool = False


class Line(Record):
    """A row or column: ``head`` names what is typed in it ("" where nothing does), ``around`` are its other labels."""

    at: int
    head: str
    around: tuple[str, ...]
    typed: bool


class Pattern(Record, eq=False):
    """One piece: what to call it, its standard sheet, its labels, and the cells in which something is typed.

    ``proof`` are labels without which a like piece on another sheet is not this one.
    """

    key: str
    name: str
    sheet: str
    labels: tuple[Label, ...]
    cells: tuple[tuple[int, int], ...]
    proof: tuple[str, ...] = ()

    @functools.cached_property
    def rows(self) -> tuple[Line, ...]:
        """The rows with anything in them, from the top."""
        labels = [(label.row, label.height, label.column, label) for label in self.labels]
        return tuple(_lines(labels, self.cells))

    @functools.cached_property
    def columns(self) -> tuple[Line, ...]:
        """The columns with anything in them, from the left."""
        labels = [(label.column, label.width, label.row, label) for label in self.labels]
        return tuple(_lines(labels, [(column, row) for row, column in self.cells]))


@functools.cache
def patterns_of(form: Form) -> Mapping[str, Pattern]:
    """Return the patterns of the standard workbook by key: a slot's, or one of the lists above."""
    return {pattern.key: pattern for pattern in _patterns(layout_of(form))}


@functools.cache
def printed_cells(form: Form) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return for each sheet the labels of all its patterns, as (reference, text)."""
    found: dict[str, dict[str, str]] = {}
    for pattern in patterns_of(form).values():
        cells = found.setdefault(pattern.sheet, {})
        cells.update((reference(label.row, label.column), label.text) for label in pattern.labels)
    return {sheet: tuple(cells.items()) for sheet, cells in found.items()}


def field_label(field: Field) -> str:
    """Return what the workbook prints beside a single number: the label with its unit."""
    return f"{field.label}（单位：{field.unit}）"


def prompts_text(part: NarrativePart) -> str:
    """Return what the workbook prints beside a written part about what to write."""
    return "\n".join(f"· {prompt}" for prompt in part.prompts)


def list_title(table: Table, section: Section) -> str:
    """Return the title of a table's list on the sheet of last year's figures."""
    return f"{table.name}　{section.heading}"


def _patterns(layout: Layout) -> Iterator[Pattern]:
    yield _pair_list(COVER_LIST, COVER, COVER_FIELDS, layout)
    for section in layout.form.sections:
        if section.table:
            plan = layout.tables[section.table]
            yield _table(layout, plan)
            if not plan.table.across:
                yield _notes(plan)
            yield _previous(layout, section, plan.table)
            continue
        own = [field for field in layout.form.fields if field.section == section.id]
        if own:
            yield _fields(layout, section, own)
        yield from _parts(layout, section)
    yield _pair_list(PREVIOUS_LIST, PREVIOUS, PREVIOUS_FIELDS, layout)
    if layout.explanations:
        yield _reasons(layout)
    yield _block("previous_text", TEXT_TITLE, layout.previous_text, TEXT_TITLE, TEXT_HEADINGS)
    yield _block("waivers", WAIVERS_TITLE, layout.waivers, WAIVERS_TITLE, WAIVER_HEADINGS)
    yield _pair_list(META_LIST, META, [(key, key, "") for key in (*layout.meta, *layout.folds)], layout)


def _pair_list(key: str, sheet: str, fields: Iterable[tuple[str, str, str]], layout: Layout) -> Pattern:
    """A list of single cells, each with its label to the left and perhaps its guidance to the right."""
    labels, cells = [], []
    for name, label, guidance in fields:
        cell = (layout.slots.get(name) or layout.slots[f"fold.{name}"]).cell
        labels.append(Label(cell.row, cell.column - 1, label))
        if guidance:
            labels.append(Label(cell.row, cell.column + 1, guidance, aid=True))
        cells.append((cell.row, cell.column))
    return Pattern(key, sheet, sheet, tuple(labels), tuple(cells))


def _table(layout: Layout, plan: TablePlan) -> Pattern:
    grid, note = plan.grid, plan.table_note
    printed = [
        Label(grid.row + cell.row, grid.column + cell.column, cell.text, cell.height, cell.width)
        for cell in plan.table.grid
        if cell.text
    ]
    cells = [(cell.row, cell.column) for address in plan.table.addresses for cell in (layout.figures[address],)]
    if plan.table.across:
        printed.append(Label(plan.notes.row, grid.column - 1, NOTE_HEADING))
        cells += [(cell.row, cell.column) for address in plan.table.addresses for cell in (layout.notes[address],)]
    # What stands right of the last column tells that column from its neighbour when its own heading is damaged.
    beside = {
        plan.status[instance.id].column: instance.rule.title
        for instance in layout.form.instances
        if instance.id in plan.status and plan.status[instance.id].column > grid.end.column
    }
    printed += [Label(grid.row, column, title, aid=True) for column, title in beside.items()]
    printed.append(Label(note.row, grid.column, TABLE_NOTE_HEADING, width=note.column - grid.column))
    cells.append((note.row, note.column))
    return Pattern(plan.table.id, plan.table.name, grid.sheet, tuple(printed), tuple(cells))


def _notes(plan: TablePlan) -> Pattern:
    """The headings above the remarks, which repeat those of the table's columns."""
    table, notes = plan.table, plan.notes
    headings = [cell for cell in table.grid if cell.text and cell.column >= table.header_columns]
    printed = [
        Label(
            notes.row + cell.row,
            notes.column + cell.column - table.header_columns,
            cell.text,
            cell.height,
            cell.width,
        )
        for cell in headings
    ]
    above = notes.row + min(cell.row for cell in headings) - 1
    printed.append(Label(above, notes.column, NOTE_HEADING, width=notes.width))
    shift = notes.column - table.header_columns
    cells = [(notes.row + cell.row, shift + cell.column) for cell in table.cells.values()]
    name = f"{table.name} {NOTE_HEADING}"
    return Pattern(NOTES + table.id, name, notes.sheet, tuple(printed), tuple(cells), (NOTE_HEADING,))


def _previous(layout: Layout, section: Section, table: Table) -> Pattern:
    slot = layout.previous_tables[table.id]
    left, title = slot.column - 1, list_title(table, section)
    printed = [Label(slot.row - 2, left, title, width=slot.width + 1), Label(slot.row - 1, left, LIST_HEADING)]
    printed += [
        Label(slot.row - 1, slot.column + x, table.member_label("columns", column.id))
        for x, column in enumerate(table.columns)
    ]
    printed += [Label(slot.row + y, left, table.member_label("rows", row.id)) for y, row in enumerate(table.rows)]
    cells = [(cell.row, cell.column) for address in table.addresses for cell in (layout.previous[address],)]
    return Pattern(
        f"previous.{table.id}", f"{PREVIOUS}的{table.name}", PREVIOUS, tuple(printed), tuple(cells), (title,)
    )


def _reasons(layout: Layout) -> Pattern:
    cells = layout.explanations
    top, column = min(cell.row for cell in cells.values()), next(iter(cells.values())).column
    printed = [
        Label(top - 2, column - 1, REASONS_TITLE),
        *(Label(top - 1, column - 1 + x, text) for x, text in enumerate(REASON_HEADINGS)),
        *(Label(cell.row, cell.column - 1, reason_label(layout, address)) for address, cell in cells.items()),
    ]
    typed = tuple((cell.row, cell.column) for cell in cells.values())
    return Pattern(REASON_LIST, REASONS_TITLE, PREVIOUS, tuple(printed), typed)


def reason_label(layout: Layout, address: str) -> str:
    """Return what stands beside the room for the reason of a difference at ``address``."""
    return " ".join(layout.form.labels_of(address))


def _fields(layout: Layout, section: Section, fields: Sequence[Field]) -> Pattern:
    first, column = layout.fields[fields[0].id], layout.fields[fields[0].id].column
    heads = zip((column - 2, column, column + 1), FIELD_HEADINGS, strict=True)
    printed = [Label(first.row - 1, at, text) for at, text in heads]
    printed.append(Label(first.row - 1, column + 2, GUIDANCE_HEADING, aid=True))
    cells = []
    for field in fields:
        row = layout.fields[field.id].row
        printed.append(Label(row, column - 2, field_label(field), width=2))
        cells += [(row, column), (row, column + 1)]
    return Pattern(FIELD_LIST + section.id, section.heading, section.sheet, tuple(printed), tuple(cells))


def _parts(layout: Layout, section: Section) -> Iterator[Pattern]:
    for part in (section.preface, section.part):
        if part is not None:
            slot = layout.narrative[part.id]
            title = PART_TITLE if part is section.part else part.title
            name = section.heading if part is section.part else part.title
            yield _block(part.id, name, slot, title, PART_HEADINGS, (section.heading,), PROMPTS_HEADING)


def _block(
    key: str, name: str, slot: Slot, title: str, headings: Sequence[str], above: tuple[str, ...] = (), beside: str = ""
) -> Pattern:
    """A title, under it the headings of columns, under these what is typed; ``above`` stands at the sheet's top.

    ``beside`` is the heading of the next column, which is not ours to fill.
    """
    columns = tuple(enumerate(headings, slot.column))
    printed = [
        *(Label(1, slot.column, text) for text in above),
        Label(slot.row - 2, slot.column, title),
        *(Label(slot.row - 1, column, text) for column, text in columns),
        *(Label(slot.row - 1, slot.end.column + 1, text, aid=True) for text in (beside,) if text),
    ]
    cells = tuple((slot.row, column) for column, _ in columns)
    return Pattern(key, name, slot.sheet, tuple(printed), cells, (title, *above))


def _lines(labels: Sequence[tuple[int, int, int, Label]], cells: Iterable[tuple[int, int]]) -> Iterator[Line]:
    """Yield the lines of one direction; a label comes as (line, lines it covers, place across, label)."""
    first: dict[int, int] = {}
    for line, across in cells:
        first[line] = min(across, first.get(line, across))
    for line in sorted({*first, *(at for at, _, _, _ in labels)}):
        if line not in first:
            yield Line(line, "", tuple(label.text for at, _, _, label in labels if at == line), False)
            continue
        before = [entry for entry in labels if entry[0] <= line < entry[0] + entry[1] and entry[2] < first[line]]
        before.sort(key=lambda entry: entry[2])
        head = before.pop()[3].text if before else ""
        yield Line(line, head, tuple(label.text for _, _, _, label in before), True)


@functools.cache
def slots_by_pattern(form: Form) -> Mapping[str, Mapping[str, Slot]]:
    """Return for each pattern the slots in which its cells lie, by their keys."""
    slots = layout_of(form).slots
    found = {}
    for key, pattern in patterns_of(form).items():
        cells = [Cell(pattern.sheet, row, column) for row, column in pattern.cells]
        found[key] = {name: slot for name, slot in slots.items() if any(cell in slot for cell in cells)}
    return found
