"""Marks put into a workbook's bytes, and taken out again even after staff have edited and saved it elsewhere.

What is ours is known by what every spreadsheet program keeps: the list of findings by a defined
name, colours by the formula of their rule, notes by the words that enclose them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from xxgk.checks.finding import SEVERITIES, SEVERITY_WORDS, Finding
from xxgk.errors import FileProblem
from xxgk.formats import newest_form
from xxgk.output.marks.looks import CELLS, CONDITIONAL, RULE, SEVERITY_LOOKS
from xxgk.output.marks.sheet import HEADINGS, area, sheet_xml
from xxgk.output.marks.status import is_ours, status_cell
from xxgk.output.marks.table import SHEET
from xxgk.workbook.layout import defined_name, layout_of
from xxgk.workbook.measure import line_count
from xxgk.xlsx.a1 import Cell, Position, Slot, column_number
from xxgk.xlsx.anchors import COLUMNS, ROWS, Size
from xxgk.xlsx.book import Book, open_book
from xxgk.xlsx.cells import reference
from xxgk.xlsx.conditional import add_rules, cut_rules
from xxgk.xlsx.merges import Rectangle, area_of, merged_areas
from xxgk.xlsx.notes import add_notes, cut_notes
from xxgk.xlsx.parts import Parts
from xxgk.xlsx.patch import patch_book
from xxgk.xlsx.references import quoted, ranges
from xxgk.xlsx.sheetpatch import CellChange
from xxgk.xlsx.sheets import add_names, add_sheet, cut_names, remove_sheet, sheet_names, visible_sheets
from xxgk.xlsx.stylelists import CELL_FORMATS, DIFFERENTIAL_FORMATS, append_entries, cut_entries
from xxgk.xlsx.xmlstream import STRICT

NAME = "xxgk_marks"  # the defined name of the list of findings
BEGIN, END = "〔校验〕", "〔校验完〕"
NOTE = re.compile(rf"(?:\r?\n)?{BEGIN}.*?{END}", re.DOTALL)
AUTHOR = "校验"
SIGNATURES = "_xmlsignatures/"
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
NOTE_UNITS, NOTE_POINTS = 42.0, 9.0  # width of a note in units of column width, size of its letters

Marks = Mapping[str, Mapping[Position, Sequence[Finding]]]


def mark(data: bytes, findings: Sequence[Finding]) -> bytes:
    """Return the workbook ``data`` with ``findings`` in it, in place of older marks; without any, only these go.

    A finding whose cell the workbook does not have stands on the list only. Raise ``FileProblem`` for
    a workbook that must not be changed, ``UnreadableWorkbook`` with the reason for a damaged one.
    """
    data = unmark(data)
    if not findings:
        return data
    book = open_book(data)
    parts = Parts(book.package)
    workbook = parts.read(book.part)
    if STRICT.encode() in workbook:
        raise FileProblem("文件存成了“严格 Open XML”格式，标记写不进去；请另存为普通的 .xlsx 再试。")
    first_look, first_format = _add_styles(parts, book)
    for sheet, cells in _by_cell(book, findings).items():
        part = book.sheets[sheet]
        parts.write(part, add_rules(parts.read(part), RULE, _rules(sheet, cells, first_look)))
        texts = {at: note_text(found) for at, found in cells.items()}
        add_notes(parts, part, texts, AUTHOR, _note_size)
    xml = sheet_xml(findings, book.sheets.keys() & visible_sheets(workbook), first_look, first_format)
    name = free_name(SHEET, sheet_names(workbook))
    place = add_sheet(parts, book.part, name, xml)
    names = (
        (f'name="{NAME}" hidden="1"', f"{quoted(name)}!{area(findings)}"),
        (f'name="_xlnm.Print_Titles" localSheetId="{place}"', f"{quoted(name)}!${HEADINGS}:${HEADINGS}"),
    )
    parts.write(book.part, add_names(parts.read(book.part), names))
    return parts.packed()


def unmark(data: bytes) -> bytes:
    """Return the workbook ``data`` without what ``mark`` put in; all else stays, edits since then too.

    Raise as ``mark`` does.
    """
    book = open_book(data)
    if any(name.startswith(SIGNATURES) for name in book.package.members):
        raise FileProblem("文件带有数字签名，改动会使签名失效，所以没有动它；请去掉签名，或者复制一份没有签名的再试。")
    status = _status(book)
    if status is not None:
        data = patch_book(book, {status.sheet: {(status.row, status.column): CellChange(None)}})
        book = open_book(data)
    parts = Parts(book.package)
    own = book.names.get(NAME)
    if own is not None and _is_list(book, own):
        remove_sheet(parts, book.part, own.sheet)
    parts.write(book.part, cut_names(parts.read(book.part), NAME))
    for part in book.sheets.values():
        if part in parts:
            parts.write(part, cut_rules(parts.read(part), RULE))
            cut_notes(parts, part, NOTE, AUTHOR)
    styles = parts.related(book.part, "styles")
    if styles:
        xml = cut_entries(parts.read(styles), DIFFERENTIAL_FORMATS, CONDITIONAL)
        parts.write(styles, cut_entries(xml, CELL_FORMATS, CELLS))
    return parts.packed() if parts.changed else data


def note_text(findings: Sequence[Finding]) -> str:
    """Return the note for a cell, between the words by which it is found again."""
    lines = [BEGIN]
    for finding in findings:
        lines.append(f"{SEVERITY_WORDS[finding.severity]} {finding.code}：{finding.message}")
        lines += [f"→ {finding.hint}"] if finding.hint else []
    # What a finding quotes must not look like the beginning or the end of a note.
    return "\n".join([lines[0], *(line.replace("〔校验", "［校验") for line in lines[1:]), END])


def _status(book: Book) -> Cell | None:
    """Return the cell of the 首页 in which a button has said what it found, None when there is nothing."""
    layout = layout_of(newest_form())
    cell = status_cell(layout, book.names.get(defined_name(next(iter(layout.cover)))))
    if cell is None or cell.sheet not in book.sheets:
        return None
    return cell if is_ours(book.cells(cell.sheet).text(cell.ref)) else None


def _is_list(book: Book, area: Slot) -> bool:
    """Tell whether our list is still where its name points: the name follows cells that are cut and pasted elsewhere.

    The title stays behind then, and the sheet that the cells went to must not be taken away.
    """
    title = area.row - (HEADINGS - 1)
    return (
        area.sheet in book.sheets and title > 0 and book.cells(area.sheet).text(reference(title, area.column)) == SHEET
    )


def _add_styles(parts: Parts, book: Book) -> tuple[int, int]:
    styles = parts.related(book.part, "styles")
    if not styles:
        raise FileProblem("文件里没有格式表，标记写不进去；请用 Excel 或 WPS 打开，存盘后再试。")
    xml, first_look = append_entries(parts.read(styles), DIFFERENTIAL_FORMATS, CONDITIONAL)
    xml, first_format = append_entries(xml, CELL_FORMATS, CELLS)
    parts.write(styles, xml)
    return first_look, first_format


def _by_cell(book: Book, findings: Sequence[Finding]) -> Marks:
    """Return the findings of each cell that the workbook has and shows, gravest first."""
    marks: dict[str, dict[Position, list[Finding]]] = {}
    merged: dict[str, list[Rectangle]] = {}
    for finding in sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)):
        found = REFERENCE.fullmatch(finding.cell)
        if finding.sheet in book.sheets and found:
            row, column = int(found[2]), column_number(found[1])
            if row <= ROWS and column <= COLUMNS:
                if finding.sheet not in merged:
                    merged[finding.sheet] = merged_areas(book.package.read(book.sheets[finding.sheet]))
                corner = area_of(merged[finding.sheet], (row, column))[:2]
                marks.setdefault(finding.sheet, {}).setdefault(corner, []).append(finding)
    return marks


def _rules(sheet: str, cells: Mapping[Position, Sequence[Finding]], first_look: int) -> list[tuple[str, int]]:
    """Return a rule for each severity: the cells whose gravest finding has it, and its look."""
    rules = []
    for severity, look in SEVERITY_LOOKS.items():
        marked = [Cell(sheet, *at) for at, found in cells.items() if found[0].severity == severity]
        if marked:
            rules.append((ranges(marked, sheet), first_look + look))
    return rules


def _note_size(text: str) -> Size:
    lines = line_count(text, NOTE_UNITS, NOTE_POINTS)
    return round(NOTE_UNITS * 7), round(lines * NOTE_POINTS * 1.46 * 4 / 3) + 8


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return ``name``, with a number when a sheet of that name is somebody else's."""
    lower = {other.lower() for other in taken}
    number = 1
    while (f"{name}{number}" if number > 1 else name).lower() in lower:
        number += 1
    return f"{name}{number}" if number > 1 else name
