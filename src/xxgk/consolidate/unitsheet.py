"""The sheet of a result with one line a unit: handed in or not, when, with how many faults, and its key figures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from xxgk.checks.finding import ERROR, WARNING, Finding
from xxgk.consolidate.keyfigures import figure_of, key_figures
from xxgk.consolidate.looks import COUNT, ITEM, LINK, SUM, TEXT, WRONG, heading
from xxgk.consolidate.model import Gathered, Handed, Member, Standing, Sum
from xxgk.consolidate.places import Place, Url
from xxgk.consolidate.sheetplan import Item, Row, SheetPlan
from xxgk.formats import Form

UNITS = "下级单位"
UNITS_NAME = "xxgk_units"
COLUMNS = ("序号", "单位", "级别", "属于", "情况", "交来", "期限", "错误", "警告", "文件")
WIDTHS = (6.0, 30.0, 14.0, 24.0, 20.0, 12.0, 12.0, 7.0, 7.0, 34.0)
NOTE, NOTE_WIDTH, KEY_WIDTH = "说明", 44.0, 11.0
NOTHING, LATE, PARTIAL, SUMMED = "没有交", "（迟交）", "（不完整）", "由下级相加"
HINT = "点“文件”打开这个单位交来的文件。可以筛选、排序。单位里标红的还有错误，数字照它填的计入。"


def unit_sheet(of: Sum, gathered: Gathered, form: Form, links: Mapping[str, Path], folder: Path) -> SheetPlan:
    """Return the sheet with all units under that of ``of``; ``folder`` is the one in which the result will be."""
    keys = tuple(key.name for key in key_figures(form))
    lines = _Lines(gathered, form, links, folder).rows(of)
    rows = chain(heading(UNITS, HINT, (*COLUMNS, *keys, NOTE)), lines)
    return SheetPlan(UNITS, UNITS_NAME, (*WIDTHS, *(KEY_WIDTH for _ in keys), NOTE_WIDTH), rows, head=3, frozen=2)


class _Lines:
    def __init__(self, gathered: Gathered, form: Form, links: Mapping[str, Path], folder: Path) -> None:
        self.form, self.links, self.folder = form, links, folder
        self.keys = key_figures(form)
        self.gathered = gathered
        self.number = 0

    def rows(self, of: Sum) -> Iterator[Row]:
        yield from self.below(of, 0)
        if of.unit.id == self.gathered.top.unit.id:
            for one in self.gathered.handed.keyed(""):
                self.number += 1
                yield self.row(Item("？", ITEM), "", "", one.standing.value, [one], None)

    def below(self, of: Sum, depth: int) -> Iterator[Row]:
        for member in of.members:
            self.number += 1
            yield self.member_row(member, of, depth)
            for own in self.gathered.sums.keyed(member.unit.id):
                yield from self.below(own, depth + 1)

    def member_row(self, member: Member, of: Sum, depth: int) -> Row:
        files = list(self.gathered.handed.keyed(member.unit.id))
        wrong = member.handed is not None and not member.summed and _count(member.handed.taken.findings, ERROR)
        level = self.form.level(member.unit.level)
        name = Item("　" * depth + member.unit.name, WRONG if wrong else ITEM)
        return self.row(name, level.label if level else "", of.unit.name, _state(member, files), files, member)

    def row(
        self, name: Item, level: str, parent: str, state: str, files: Sequence[Handed], member: Member | None
    ) -> Row:
        main = member.handed if member else None
        shown = main or (files[0] if files else None)
        findings = shown.taken.findings if shown and not shown.taken.error else None
        values = member.values if member else {}
        others = [one for one in files if one.standing not in (Standing.COUNTED, Standing.OWN)]
        reasons = [_reason(one, alone=len(files) == 1) for one in others if one.reason]
        due = member.unit.due if member else None
        return (
            Item(self.number, COUNT),
            name,
            Item(level, COUNT),
            Item(parent, TEXT),
            Item(state, COUNT),
            Item(shown.received.isoformat() if shown and shown.received else None, COUNT),
            Item(due.isoformat() if due else None, COUNT),
            Item(None if findings is None else _count(findings, ERROR), COUNT),
            Item(None if findings is None else _count(findings, WARNING), COUNT),
            self.file(shown, member),
            *(Item(figure_of(key, values), SUM) for key in self.keys),
            Item("；".join(dict.fromkeys(reasons)), TEXT),
        )

    def file(self, handed: Handed | None, member: Member | None) -> Item:
        if member and member.summed and member.unit.id in self.links:
            path = self.links[member.unit.id]
            return Item(path.name, LINK, link=self.link(path))
        if handed is None:
            return Item(None, TEXT)
        return Item(handed.taken.source.shown, LINK, link=self.link(handed.taken.source.path))

    def link(self, path: Place) -> str:
        """Return the way from the result's folder to ``path``, or its address, as links write it."""
        if isinstance(path, Url):
            return path.link
        try:
            way = Path(os.path.relpath(path, self.folder)).as_posix()
        except ValueError:  # another drive
            return path.absolute().as_uri()
        return "".join(quote(char, safe="/._-()") if char.isascii() else char for char in way)


def _reason(handed: Handed, alone: bool) -> str:
    """Return why a file does not count, with its name where it is not the only one."""
    return handed.reason if alone else f"{handed.taken.source.shown}：{handed.reason}"


def _state(member: Member, files: Sequence[Handed]) -> str:
    if member.summed:
        return SUMMED + ("" if member.complete else PARTIAL)
    if member.handed is not None:
        return member.handed.standing.value + (LATE if member.handed.late else "")
    return files[0].standing.value if files else NOTHING


def _count(findings: Sequence[Finding], severity: str) -> int:
    return sum(finding.severity == severity for finding in findings)
