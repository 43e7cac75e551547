"""``xxgk fill``: values from JSON, or from another workbook, into a workbook."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from xxgk.checks import check
from xxgk.checks.finding import INFO
from xxgk.errors import UsageProblem
from xxgk.files import refuse_open
from xxgk.formats import Form, load_form
from xxgk.merge import merge_reports
from xxgk.report import Report
from xxgk.sources import read_report, read_workbook_bytes
from xxgk.suffixes import WORKBOOKS
from xxgk.workbook.writing.save import save_over
from xxgk.workbook.writing.write import fill_workbook

# A sign in place of a number, and what nobody can read.
UNREAD = ("V105", "V106")


def run(arguments: Namespace) -> int:
    """Fill, after a backup; return 1 when anything found no place or could not be read."""
    path, source = Path(arguments.file), Path(arguments.source)
    if path.suffix.lower() not in WORKBOOKS:
        raise UsageProblem(f"要填的文件应是 .xlsx 或 .xlsm 工作簿，不是 {path.name}。")
    new = read_report(source)
    data, base = read_workbook_bytes(path)
    form = load_form(base.form)
    if new.form != base.form:
        raise UsageProblem(f"格式不同：{path.name} 是 {base.form} 版，{source.name} 是 {new.form} 版，没有填。")
    if not arguments.dry_run:
        refuse_open(path)
    filled = fill_workbook(data, merge_reports(base, new), form)
    for line in filled.changes:
        print(line)
    if arguments.dry_run:
        print(f"试填：会改 {len(filled.changes)} 处，文件没有改动。")
    elif filled.changes:
        kept = save_over(path, data, filled.data)
        print(f"已填入 {len(filled.changes)} 处：{path}\n原来的文件备份在：{kept}")
    else:
        print("没有要改的，文件没有改动。")
    unsure = [*doubts(form, new), *filled.problems]
    if unsure:
        print(f"有 {len(unsure)} 处没能填入，请人工处理：")
        for problem in unsure:
            print(f"  {problem}")
    return 1 if unsure else 0


def doubts(form: Form, report: Report) -> Iterator[str]:
    """Yield a sentence for each thing of ``report`` that could not be read with certainty."""
    for finding in check(report, form):
        if finding.code in UNREAD or (finding.code.startswith("S") and finding.severity != INFO):
            yield f"{' › '.join(finding.labels)}：{finding.message}" if finding.labels else finding.message
