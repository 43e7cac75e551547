"""The sheet of a result that says how complete it is and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.checks.finding import ERROR, SEVERITY_WORDS
from xxgk.consolidate.looks import COUNT, ITEM, TEXT, WRONG, heading
from xxgk.consolidate.model import Gathered, Sum
from xxgk.consolidate.sheetplan import Item, Row, SheetPlan
from xxgk.formats import Form
from xxgk.xlsx.references import quoted

SUMMARY = "汇总情况"
SUMMARY_NAME = "xxgk_summary"
COLUMNS = ("级别", "编号", "位置", "问题", "怎么办")
WIDTHS = (9.0, 9.0, 34.0, 70.0, 60.0)


def summary_sheet(of: Sum, gathered: Gathered, form: Form) -> SheetPlan:
    """Return the sheet with the findings on ``of``, gravest as they come, and the problems of the run."""
    rows = (*heading(SUMMARY, completeness(of, gathered), COLUMNS), *_rows(of, gathered))
    return SheetPlan(SUMMARY, SUMMARY_NAME, WIDTHS, rows, head=3, frozen=2)


def completeness(of: Sum, gathered: Gathered) -> str:
    """Return in a sentence what the sum consists of."""
    counted = sum(member.counted for member in of.members)
    lacks = ((len(of.missing), "个单位没有能计入的报告"), (len(of.lacking), "格有单位没有填"))
    said = "完整" if of.complete else "不完整：" + "，".join(f"{count} {what}" for count, what in lacks if count)
    adjusted = f"；调整 {len(of.adjustments)} 处" if of.adjustments else ""
    return f"{of.unit.name} {gathered.year} 年度：{len(of.members)} 个下级单位，计入 {counted} 个；{said}{adjusted}。"


def _rows(of: Sum, gathered: Gathered) -> Iterator[Row]:
    for finding in of.findings:
        place = " › ".join(finding.labels)
        jump = f"{quoted(finding.sheet)}!{finding.cell}" if finding.cell else ""
        yield (
            Item(SEVERITY_WORDS[finding.severity], WRONG if finding.severity == ERROR else COUNT),
            Item(finding.code, COUNT),
            Item(place, ITEM, jump=jump),
            Item(finding.message, TEXT),
            Item(finding.hint, TEXT),
        )
    if of.unit.id == gathered.top.unit.id:
        for problem in gathered.problems:
            yield Item("提示", COUNT), Item(None, COUNT), Item(None, ITEM), Item(problem, TEXT), Item(None, TEXT)
