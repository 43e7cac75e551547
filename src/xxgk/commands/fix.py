"""``xxgk fix``: what can be mended without a change of meaning, mended."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from xxgk.checks import Finding, check
from xxgk.errors import UsageProblem
from xxgk.files import quoted, refuse_open
from xxgk.formats import load_form
from xxgk.mending.mend import mend_workbook
from xxgk.mending.told import mending_line, where
from xxgk.narrative.words import words_beside
from xxgk.output.lines import printable
from xxgk.output.result import counted
from xxgk.output.text import CLEAN
from xxgk.sources import read_workbook_bytes
from xxgk.suffixes import WORKBOOKS
from xxgk.workbook.writing.save import save_over


def run(arguments: Namespace) -> int:
    """List the mendings and, unless it is a dry run, make them after a backup; return 0, whatever else is to be mended.

    What remains is the matter of ``check``, which has the exit code for it.
    """
    path = Path(arguments.file)
    if path.suffix.lower() not in WORKBOOKS:
        raise UsageProblem(f"要改的文件应是 .xlsx 或 .xlsm 工作簿，不是 {path.name}。")
    data, _ = read_workbook_bytes(path)
    if not arguments.dry_run:
        refuse_open(path)
    words = words_beside(path)
    mended = mend_workbook(data, words)
    for mending in mended.mendings:
        print(printable(mending_line(mending)))
    for spot in mended.formatted:
        print(printable(where(spot)) + "：部分文字单独设了格式（如加粗），没有改，请人工处理。")
    if not mended.mendings:
        print("没有可以自动改的地方，文件没有改动。")
    elif arguments.dry_run:
        print(f"试改：会改 {len(mended.mendings)} 处，文件没有改动。去掉 --dry-run 再运行一次，就会改。")
    else:
        kept = save_over(path, data, mended.data)
        print(f"已改 {len(mended.mendings)} 处：{path}\n原来的文件备份在：{kept}")
    print(_rest(path, check(mended.report, load_form(mended.report.form), words), arguments.dry_run))
    return 0


def _rest(path: Path, findings: Sequence[Finding], dry_run: bool) -> str:
    when = "改后还会有" if dry_run else "还有"
    if not findings:
        return CLEAN + "。"
    return f"{when}：{counted(findings)}。运行 xxgk check {quoted(path)} 查看。"
