"""``xxgk demo``: the running example, from a blank workbook to the finished report."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xxgk.checks import check
from xxgk.errors import UsageProblem
from xxgk.files import file_stem, make_folder, publish, quoted
from xxgk.formats import load_form
from xxgk.output.result import FileResult
from xxgk.output.terminal import terminal_width
from xxgk.output.text import render_text
from xxgk.render.outputs import outputs_named
from xxgk.reporting import checked_document, publish_document
from xxgk.resources import resource
from xxgk.sources import read_report
from xxgk.workbook.template import new_workbook

EXAMPLE = "heping-2023.json"
FINDINGS = "校验结果.txt"
FINDINGS_WIDTH = 100
FORMATS = outputs_named("docx,html,md,txt")  # what needs nothing but xxgk itself


def run(arguments: Namespace) -> int:
    """Write workbook, findings and reports of the example into a folder and say what to look at."""
    folder = Path(arguments.folder)
    if folder.exists() and not folder.is_dir():
        raise UsageProblem(f"{folder} 是一个文件，请换一个文件夹名。")
    make_folder(folder)
    example = read_report(resource("examples", EXAMPLE))
    form = load_form(example.form)
    workbook = folder / f"{file_stem(f'{example.unit}{example.year}年')}政府信息公开年报.xlsx"
    publish(workbook, new_workbook(form, example).data)
    report = read_report(workbook)
    result = FileResult(str(workbook), check(report, form))
    publish(folder / FINDINGS, render_text([result], FINDINGS_WIDTH, False).encode())
    print(render_text([result], terminal_width(), False))
    document = checked_document(report, form, result.findings)
    made = publish_document(document, folder, workbook.stem, FORMATS, None, lambda _: None)
    print("已生成：")
    for path in (workbook, folder / FINDINGS, *(file.path for file in made)):
        print(f"  {path}")
    print(f"可以打开工作簿改几个数字，再运行：xxgk check {quoted(workbook)}")
    return 0
