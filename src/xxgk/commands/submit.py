"""``xxgk submit``: the copy of a workbook that is handed in."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xxgk.checks import check
from xxgk.checks.finding import ERROR
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.files import publish
from xxgk.formats import load_form
from xxgk.suffixes import WORKBOOKS, XLSX

ENDING = "（上报）"


def run(arguments: Namespace) -> int:
    """Write the copy and say what was taken out; return 1 when something needs looking at."""
    from xxgk.consolidate.submit import clean_copy
    from xxgk.workbook.reading.read import read_report
    from xxgk.xlsx.package import load_file

    path = Path(arguments.file)
    target = Path(arguments.output) if arguments.output else path.with_name(f"{path.stem}{ENDING}{XLSX}")
    if path.suffix.lower() not in WORKBOOKS or target.suffix.lower() not in WORKBOOKS:
        raise UsageProblem("上报的是工作簿，文件名请以 .xlsx 或者 .xlsm 结尾。")
    if target.exists() and target.samefile(path):
        raise UsageProblem("上报用的请存成另一个文件，原来的要留着。")
    try:
        copy = clean_copy(load_file(path), target.suffix.lower())
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了 {path}：{error}。") from error
    kept = publish(target, copy.data)
    print(f"已做好上报用的：{target}" + (f"（原来的在 {kept}）" if kept else "") + f"\n原来的文件没有改动：{path}")
    _list("去掉了：", copy.taken_out or ("没有要去掉的。",))
    report = read_report(copy.data)
    errors = sum(finding.severity == ERROR for finding in check(report, load_form(report.form)))
    problems = (*copy.look_at, *((f"里面还有 {errors} 处错误，请先校验、改正再上报。",) if errors else ()))
    if problems:
        _list("请看一看：", problems)
    return 1 if problems else 0


def _list(title: str, lines: tuple[str, ...]) -> None:
    print("\n".join((title, *(f"  {line}" for line in lines))))
