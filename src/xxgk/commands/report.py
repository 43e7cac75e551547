"""``xxgk report``: the finished report, refused while errors stand."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xxgk.checks import check
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.formats import load_form
from xxgk.output.result import FileResult
from xxgk.output.terminal import quoted, terminal_width
from xxgk.output.text import render_text
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.render.outputs import OUTPUTS
from xxgk.reporting import publish_document
from xxgk.sources import read_report


def run(arguments: Namespace) -> int:
    """Check, then write the report beside the workbook; return 1 when errors stop it."""
    path = Path(arguments.file)
    formats = tuple(dict.fromkeys(name.strip().lower() for name in arguments.formats.split(",") if name.strip()))
    unknown = [name for name in formats if name not in OUTPUTS]
    if unknown or not formats:
        raise UsageProblem(f"--to 后面可以写 {'、'.join(OUTPUTS)}，用逗号隔开；不认识“{arguments.formats}”。")
    style = read_style(Path(arguments.style)) if arguments.style else None
    report = read_report(path)
    form = load_form(report.form)
    findings = check(report, form)
    errors = tuple(finding for finding in findings if finding.severity == "error")
    if errors and not arguments.force:
        print(render_text([FileResult(str(path), findings)], terminal_width(), False), end="")
        print("还有错误，没有生成报告。改好后再试；只想先看样子，可以加 --force，每页会标“草稿”。")
        return 1
    document = build_document(report, form)
    if errors:
        document = replace(document, draft=True)
    folder = Path(arguments.folder) if arguments.folder else path.parent
    for file in publish_document(document, folder, path.stem, formats, style, lambda _: None):
        print(f"已生成：{file.path}" + (f"（原来的在 {file.kept}）" if file.kept else ""))
    rest = len(findings) - len(errors)
    if rest:
        print(f"另有 {rest} 处警告或提示，运行 xxgk check {quoted(path)} 查看。")
    return 1 if errors else 0


def read_style(path: Path) -> bytes:
    """Return the bytes of a reference docx."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableWorkbook(f"打不开样式文件 {path}：请核对文件名，并确认有权限读取。") from error
