"""The marks of a check in an open workbook, and all of them taken away: the same ones as ``xxgk check --mark`` writes.

Whichever of the two wrote them, both take them away: colours are known by the formula of their rule, notes by the
words that enclose them, the list by its defined name (see ``xxgk.output.marks.mark``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from xxgk.checks.finding import SEVERITIES, Finding
from xxgk.excel import actions as do
from xxgk.excel.actions import Action, value_action
from xxgk.excel.opened import Opened
from xxgk.excel.verbs import VERBS
from xxgk.output.marks import sheet as listed
from xxgk.output.marks.looks import FILLS, LINE, LOOKS
from xxgk.output.marks.mark import NAME, NOTE, REFERENCE, free_name, note_text
from xxgk.output.marks.sheet import HEADINGS, LAST, TOP
from xxgk.output.marks.status import CLEAN, is_ours, status_cell, status_text
from xxgk.output.marks.table import COLUMNS, PLACE, SHEET, Row, rows_of
from xxgk.output.result import counted
from xxgk.workbook.previews import preview_changes, previews
from xxgk.xlsx.a1 import Cell, column_letter, column_number
from xxgk.xlsx.anchors import COLUMNS as LAST_COLUMN
from xxgk.xlsx.anchors import ROWS as LAST_ROW
from xxgk.xlsx.book import parse_area
from xxgk.xlsx.cells import reference
from xxgk.xlsx.merges import Rectangle, area_of

CAPTIONS = {verb.name: verb.caption for verb in VERBS}


def mark_actions(opened: Opened, findings: Sequence[Finding]) -> tuple[Action, ...]:
    """Return the steps that put ``findings`` into the workbook in place of older marks, and jump to the first."""
    status = status_text(findings)
    by_cell = _by_cell(opened, findings)
    steps = [*_without_colours_and_list(opened), *_notes(opened, by_cell)]
    for (sheet, cell), found in by_cell.items():
        steps.append(Action(do.FILL, sheet, cell, FILLS[found[0].severity][2:]))
    if findings:
        steps += _list(opened, findings)
    steps += _previews(opened, previews(opened.places, opened.report))
    steps += _cover(opened, status)
    steps.append(Action(do.STATUS, text=status))
    shown = _shown(opened, findings)
    places = ((finding.sheet, finding.cell) for finding in findings if finding.sheet not in opened.source.hidden)
    first = next((shown[place] for place in places if place in shown), None)
    if first is not None:
        steps.append(Action(do.SELECT, *first))
    if not findings:
        steps.append(do.message(f"{CLEAN}。"))
    return tuple(steps)


def clear_actions(opened: Opened) -> tuple[Action, ...]:
    """Return the steps that take away all that checks have put into the workbook; all else stays."""
    steps = (*_without_colours_and_list(opened), *_notes(opened, {}), *_previews(opened, {}), *_cover(opened, ""))
    if not steps:
        return (do.message("没有校验留下的标记。"),)
    return *steps, Action(do.STATUS, text="标记已清除")


def _without_colours_and_list(opened: Opened) -> Iterator[Action]:
    ours = _list_sheet(opened)
    yield from (Action(do.UNFILL, sheet) for sheet in opened.traces.coloured if sheet != ours)
    if NAME in opened.source.names:
        yield Action(do.NAME, text=NAME)
    if ours:
        yield Action(do.DELETE_SHEET, ours)


def _list_sheet(opened: Opened) -> str:
    """Return the sheet of an older list, "" when its name points elsewhere (see ``xxgk.output.marks.mark``)."""
    area = opened.source.names.get(NAME)
    title = area.row - (HEADINGS - 1) if area is not None else 0
    if area is None or area.sheet not in opened.source.sheets or title < 1:
        return ""
    return area.sheet if opened.cells(area.sheet).text(reference(title, area.column)) == SHEET else ""


def _notes(opened: Opened, by_cell: Mapping[tuple[str, str], Sequence[Finding]]) -> Iterator[Action]:
    """Yield a step for each note that is to say something else than now."""
    gone = _list_sheet(opened)
    now = {
        (sheet, cell): text
        for sheet, notes in opened.traces.notes.items()
        for cell, text in notes.items()
        if sheet != gone
    }
    for at in dict.fromkeys((*now, *by_cell)):
        before = now.get(at, "")
        kept = re.sub(NOTE, "", before)
        after = kept if kept.strip() or kept == before else ""
        if at in by_cell:
            after = f"{after}\n{note_text(by_cell[at])}" if after else note_text(by_cell[at])
        if after != before and at not in opened.traces.conversations:
            yield Action(do.NOTE, *at, after)


def _by_cell(opened: Opened, findings: Sequence[Finding]) -> dict[tuple[str, str], list[Finding]]:
    """Return the findings of each cell that the workbook has and shows, gravest first."""
    shown = _shown(opened, findings)
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)):
        if (finding.sheet, finding.cell) in shown:
            found.setdefault(shown[finding.sheet, finding.cell], []).append(finding)
    return found


def _shown(opened: Opened, findings: Sequence[Finding]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return for each place that findings name, and that the workbook has, the cell that shows it (of a merge)."""
    merged: dict[str, list[Rectangle]] = {}
    shown = {}
    for finding in findings:
        at = REFERENCE.fullmatch(finding.cell)
        if not at or finding.sheet not in opened.source.sheets:
            continue
        row, column = int(at[2]), column_number(at[1])
        if row <= LAST_ROW and column <= LAST_COLUMN:
            if finding.sheet not in merged:
                merged[finding.sheet] = list(_merged(opened, finding.sheet))
            top, left, _, _ = area_of(merged[finding.sheet], (row, column))
            shown[finding.sheet, finding.cell] = finding.sheet, reference(top, left)
    return shown


def _merged(opened: Opened, sheet: str) -> Iterator[Rectangle]:
    for text in opened.cells(sheet).merged:
        area = parse_area("", f"_!{text}")
        if area is not None:
            yield area.row, area.column, area.end.row, area.end.column


def _list(opened: Opened, findings: Sequence[Finding]) -> Iterator[Action]:
    """Yield the steps that write the list of findings on a sheet of its own."""
    gone = _list_sheet(opened)
    sheet = free_name(SHEET, (name for name in opened.source.sheets if name != gone))
    rows, shown = rows_of(findings), _shown(opened, findings)
    words = _advice(findings)
    yield Action(do.ADD_SHEET, sheet)
    yield Action(do.STR, sheet, "A1", SHEET)
    yield Action(do.STR, sheet, "A2", words)
    for number, column in enumerate(COLUMNS, 1):
        yield Action(do.STR, sheet, reference(HEADINGS, number), column.heading)
    for line, row in enumerate(rows, TOP):
        for number, value in enumerate(row.values, 1):
            if value is not None and value != "":
                yield value_action(sheet, reference(line, number), value)
        if (row.sheet, row.cell) in shown:
            yield Action(do.LINK, sheet, reference(line, PLACE + 1), f"{row.sheet}!{row.cell}")
    yield from _list_looks(sheet, words, rows, {place for place, _ in shown})
    yield Action(do.NAME, sheet, f"A{HEADINGS}:{LAST}{HEADINGS + len(rows)}", NAME)


def _list_looks(sheet: str, words: str, rows: Sequence[Row], sheets: Collection[str]) -> Iterator[Action]:
    """Yield the steps that make the list look as in a file, but for how it prints: asking a printer takes long."""
    bottom = HEADINGS + len(rows)
    for number, column in enumerate(COLUMNS, 1):
        yield Action(do.WIDTH, sheet, column_letter(number), f"{column.width:g}")
    for line, points in listed.heights(words, rows).items():
        yield Action(do.HEIGHT, sheet, str(line), f"{points:g}")
    for area in listed.MERGED:
        yield Action(do.MERGE, sheet, area)
    yield Action(do.ALIGN, sheet, f"A1:{LAST}{bottom}", do.LEFT)
    yield Action(do.ALIGN, sheet, f"A{HEADINGS}:{LAST}{HEADINGS}", do.CENTRE)
    for number, column in enumerate(COLUMNS, 1):
        letter = column_letter(number)
        middle = [line for line, row in enumerate(rows, TOP) if listed.is_centred(column, row.values[number - 1])]
        for first, last in _runs(middle):
            yield Action(do.ALIGN, sheet, f"{letter}{first}:{letter}{last}", do.CENTRE)
    for areas, number in listed.looks(rows, sheets):
        look = LOOKS[number]
        ops = ((do.PAINT, look.fill), (do.BOLD, look.ink * look.bold), (do.UNDERLINE, look.ink * look.underlined))
        for op, colour in ops:
            if colour:
                yield from (Action(op, sheet, area, colour[2:]) for area in areas.split())
    yield Action(do.LINES, sheet, f"A{HEADINGS}:{LAST}{bottom}", LINE[2:])
    yield Action(do.TAB, sheet, text=listed.TAB[2:])
    yield Action(do.FREEZE, sheet, f"A{TOP}")


def _runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of neighbours."""
    for _, run in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]):
        numbers = [line for _, line in run]
        yield numbers[0], numbers[-1]


def _advice(findings: Sequence[Finding]) -> str:
    return (
        f"{counted(findings)}。点“位置”跳到有关的格子；改好以后再点“{CAPTIONS['check']}”。"
        f"点“{CAPTIONS['clear']}”去掉本页和各页上的颜色、批注。"
    )


def _previews(opened: Opened, wanted: Mapping[Cell, str]) -> Iterator[Action]:
    """Yield the steps that make ``wanted`` the only previews of paragraphs with placeholders."""
    for cell, text in preview_changes(opened.places, wanted):
        yield value_action(cell.sheet, cell.ref, text)


def _cover(opened: Opened, status: str) -> Iterator[Action]:
    """Yield the step that makes the 首页 say ``status``, where its cell holds nothing of somebody else's."""
    layout = opened.places.layout
    cell = status_cell(layout, opened.places.slots.get(next(iter(layout.cover))))
    if cell is None:
        return
    now = opened.cells(cell.sheet).text(cell.ref)
    if now != status and (not now or is_ours(now)):
        yield value_action(cell.sheet, cell.ref, status)
