"""What can be filled in without doubt, in groups that are each asked about beforehand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from xxgk.checks.finding import INFO
from xxgk.checks.structure import check_structure
from xxgk.checks.subject import Spot, subject_of
from xxgk.excel import actions as do
from xxgk.excel.actions import Action, asked, value_action
from xxgk.excel.opened import Opened
from xxgk.excel.undo import Change, cell_at, record
from xxgk.excel.verbs import VERBS
from xxgk.figures import folded_addresses, is_stated, same_as_last_year, values_of_last_year
from xxgk.mending.safe import TEXT_DIGITS, harmless, safe_mendings
from xxgk.records import Record
from xxgk.report import Number, Reading
from xxgk.workbook.layout import PREVIOUS
from xxgk.workbook.reading.merged import merged_inputs

SHOWN = 5  # changes that a question lists
UNDO_CAPTION = next(verb.caption for verb in VERBS if verb.name == "undo")

Wish = tuple[Spot, Number]  # what a place should hold


class Group(Record):
    """Changes of one kind, and what is asked about them; ``{}`` in the question is their number."""

    question: str
    changes: tuple[Change, ...]


def fill_actions(opened: Opened) -> tuple[Action, ...]:
    """Return the steps of 填充: each group under its question, the old values kept before they are replaced."""
    steps: list[Action] = []
    kept = 0
    for group in groups(opened):
        writes = (value_action(change.cell.sheet, change.cell.ref, change.after) for change in group.changes)
        steps += asked(_question(group), *record(opened, group.changes, kept), *writes)
        kept += len(group.changes)
    if not steps:
        return (do.message("没有可以填充的格子。"),)
    return *steps, Action(do.STATUS, text=f"填充完了。要恢复原来的样子，点“{UNDO_CAPTION}”。")


def groups(opened: Opened) -> tuple[Group, ...]:
    """Return what can be filled in, each cell once, in the order in which it is asked about."""
    digits = _changes(opened, _damaged(opened), _digits(opened))
    mended = Group("有 {} 格的数字是文字（全角的，或者带空格的），改成数字吗？", digits)
    return (*([mended] if digits else []), *wider_groups(opened))


def wider_groups(opened: Opened) -> tuple[Group, ...]:
    """Return those of ``groups`` that go beyond what ``xxgk fix`` mends: what they write was not there before."""
    changes = partial(_changes, opened, _damaged(opened))
    carried = changes(_carried_in(opened))
    taken = {change.cell for change in carried}
    found = [Group(f"有 {{}} 格空着，“{PREVIOUS}”里有对应的数，照抄过来吗？", carried)]
    for table in opened.places.form.tables.values():
        blank = tuple(change for change in changes(_blanks(opened, table.id)) if change.cell not in taken)
        found.append(Group(f"{table.name}里有 {{}} 格空着，都填成 0 吗？", blank))
    found.append(Group("有 {} 格填的是“/”一类的符号，不是数字，都改成 0 吗？", changes(_signs(opened))))
    return tuple(group for group in found if group.changes)


def _changes(opened: Opened, damaged: Collection[str], wishes: Iterable[Wish]) -> tuple[Change, ...]:
    """Return the changes that can be made: where a cell is in doubt, or holds more than a plain constant, none."""
    places, shows = opened.places, opened.source.formats()
    found = []
    for spot, after in wishes:
        cell = cell_at(places, spot.address)
        if cell is None or cell.sheet in damaged:
            continue
        content = places.content(cell)
        hidden = any(merged_inputs(places.form, places.sheets, [(spot.address, cell)]))
        if not hidden and (content is None or not (content.formula or content.style in shows)):
            before = content.text if content is not None else ""
            found.append(Change(spot.address, spot.labels, cell, before, after))
    return tuple(found)


def _damaged(opened: Opened) -> frozenset[str]:
    """Return the sheets on which it is in doubt which row is which."""
    subject = subject_of(opened.report, opened.places.form)
    return frozenset(finding.sheet for finding in check_structure(subject) if finding.severity != INFO)


def _question(group: Group) -> str:
    lines = [group.question.format(len(group.changes)), ""]
    for change in group.changes[:SHOWN]:
        before = f"“{change.before.strip()}”" if change.before.strip() else "（空）"
        lines.append(f"{' › '.join(change.labels)}：{before} → {change.after}")
    if len(group.changes) > SHOWN:
        lines.append(f"……等 {len(group.changes)} 格")
    return "\n".join(lines)


def _digits(opened: Opened) -> Iterator[Wish]:
    """Yield digits stored as text, which ``xxgk fix`` mends too."""
    report = opened.report
    mendings, _ = harmless(report, [one for one in safe_mendings(report) if one.code == TEXT_DIGITS])
    for mending in mendings:
        if not isinstance(mending.after, str):
            yield (mending.spot, mending.after)


def _signs(opened: Opened) -> Iterator[Wish]:
    subject = subject_of(opened.report, opened.places.form)
    for address, figure in opened.report.figures.items():
        if figure.reading is Reading.PLACEHOLDER and address not in opened.places.form.totals:
            yield (subject.figure(address), 0)


def _blanks(opened: Opened, table_id: str) -> Iterator[Wish]:
    """Yield the blank cells of a table that has numbers already."""
    form, report = opened.places.form, opened.report
    table = form.tables[table_id]
    asked_for = [a for a in table.addresses if a not in form.totals and a not in folded_addresses(form, report.figures)]
    if not any(a in report.figures and report.figures[a].value is not None for a in asked_for):
        return
    subject = subject_of(report, form)
    for address in asked_for:
        if not is_stated(report.figures.get(address)):
            yield (subject.figure(address), 0)


def _carried_in(opened: Opened) -> Iterator[Wish]:
    """Yield the blank figures that a rule says to be the same as one of last year's report, where that is known."""
    form, report = opened.places.form, opened.report
    last = report.previous
    if last is None:
        return
    values = values_of_last_year(form, last)
    subject = subject_of(report, form)
    for here, before in same_as_last_year(form, last.form, report.year).items():
        value = values.get(before)
        blank = not is_stated(report.figures.get(here)) and here not in form.totals
        if blank and value is not None and value >= 0:
            yield (subject.figure(here), value)
