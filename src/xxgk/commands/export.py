"""``xxgk export``: a workbook as JSON."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xxgk import wording
from xxgk.errors import UsageProblem
from xxgk.files import publish
from xxgk.formats import load_form
from xxgk.jsonio import dump_json
from xxgk.narrative.resolve import resolve
from xxgk.output.terminal import write_utf8
from xxgk.records import replace
from xxgk.sources import read_report
from xxgk.suffixes import OTHER_WORKBOOKS, WORKBOOKS


def run(arguments: Namespace) -> int:
    """Write the JSON of a workbook to a file or to standard output; return 0 despite findings."""
    report = read_report(Path(arguments.file))
    form = load_form(report.form)
    if arguments.resolved:
        report = replace(
            resolve(report, form),
            short_name=wording.short_name(form, report),
            title=wording.title(form, report),
            signature=wording.signature(report),
        )
    data = dump_json(report, form).encode()
    if arguments.output:
        target = Path(arguments.output)
        if target.suffix.lower() in (*WORKBOOKS, *OTHER_WORKBOOKS):
            raise UsageProblem(f"导出的是 JSON 数据，-o 后面请写 .json 文件，不是 {target.name}。")
        kept = publish(target, data)
        print(f"已导出：{target}" + (f"（原来的在 {kept}）" if kept else ""))
    else:
        write_utf8(data.decode())
    return 0
