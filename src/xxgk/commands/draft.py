"""``xxgk draft``: standard sentences proposed for the parts that nobody has written yet."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.files import refuse_open
from xxgk.formats import Form, load_form
from xxgk.narrative import PROPOSED
from xxgk.narrative.draft import propose, read_plans
from xxgk.narrative.placeholders import has_placeholder
from xxgk.narrative.resolve import resolve
from xxgk.output.lines import printable
from xxgk.records import replace
from xxgk.report import Report
from xxgk.sources import read_workbook_bytes
from xxgk.suffixes import WORKBOOKS
from xxgk.workbook.writing.save import save_over
from xxgk.workbook.writing.write import fill_workbook


def run(arguments: Namespace) -> int:
    """Show the proposals and, unless it is a dry run, write them after a backup; return 1 if any found no place."""
    path = Path(arguments.file)
    if path.suffix.lower() not in WORKBOOKS:
        raise UsageProblem(f"要拟稿的文件应是 .xlsx 或 .xlsm 工作簿，不是 {path.name}。")
    data, report = read_workbook_bytes(path)
    form = load_form(report.form)
    plans = read_plans()
    proposed = propose(report, form, plans)
    for part in dict.fromkeys(plan.part for plan in plans if plan.part not in proposed):
        print(f"{_title(form, part)}：已经写了文字，没有动。")
    if not proposed:
        print("没有可以拟的，文件没有改动。")
        return 0
    if not arguments.dry_run:
        refuse_open(path)
    wanted: Report = replace(report, narrative={**report.narrative, **proposed})
    resolved = resolve(wanted, form)
    _show(resolved, form, tuple(proposed))
    if any(has_placeholder(paragraph.text) for part in proposed for paragraph in resolved.narrative[part]):
        print("有的数还没有填；表格填好以后，占位符会换成数。先填表格再拟，句子选得更准。")
    filled = fill_workbook(data, wanted, form)
    for problem in filled.problems:
        print(printable(problem))
    if arguments.dry_run:
        print("试拟：文件没有改动。去掉 --dry-run 再运行一次，就会写进工作簿。")
    elif filled.changes:
        kept = save_over(path, data, filled.data)
        print(f"已写入工作簿：{path}\n原来的文件备份在：{kept}")
        print(f"请逐段核对、改好，“××”处补上，再删去段首的“{PROPOSED}”。没有删去的，校验会提醒。")
    return 1 if filled.problems else 0


def _show(report: Report, form: Form, parts: tuple[str, ...]) -> None:
    for part in parts:
        print(f"{_title(form, part)}：")
        for paragraph in report.narrative[part]:
            print(printable(f"  {paragraph.text}"))


def _title(form: Form, part_id: str) -> str:
    return next(section.heading for section in form.sections if section.part and section.part.id == part_id)
