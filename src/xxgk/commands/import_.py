"""``xxgk import``: a published report, or an older workbook, into a new workbook, with a list of what was read."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xxgk.checks.unread import unread
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.files import file_stem, publish, quoted
from xxgk.formats import Form, load_form
from xxgk.output.imported import chapters, render_imported
from xxgk.published.found import Doubt, Found
from xxgk.published.read import read_published
from xxgk.records import replace
from xxgk.report import Figure, Report
from xxgk.sources import read_report
from xxgk.suffixes import PUBLISHED, WORKBOOKS, XLSX
from xxgk.workbook.template import new_workbook

SHOWN = 12  # sentences of a kind on the terminal; the list has all


def run(arguments: Namespace) -> int:
    """Write the workbook and the list; return 1 when anything stayed unsure."""
    source = Path(arguments.file)
    found = read_source(source, arguments.which)
    form = load_form(found.report.form)
    path = (
        Path(arguments.output) if arguments.output else source.with_name(f"{_stem(found.report, source)}（导入）{XLSX}")
    )
    suffix = path.suffix.lower()
    if suffix not in WORKBOOKS:
        raise UsageProblem("-o 后面的文件名请以 .xlsx 或者 .xlsm（带按钮）结尾。")
    if path.exists():
        raise UsageProblem(f"已经有 {path} 这个文件，没有覆盖。请用 -o 换一个名字，或先把它移走。")
    filled = new_workbook(form, writable(found.report), suffix)
    if filled.problems:
        found = replace(found, doubts=(*found.doubts, *map(Doubt, filled.problems)))
    listed = path.with_name(f"{path.stem}清单.html")
    publish(path, filled.data)
    publish(listed, render_imported(found, form, source.name, path.name).encode())
    _tell(found, form, path, listed)
    return 1 if found.doubts else 0


def read_source(source: Path, which: int | None) -> Found:
    """Return what ``source`` says: a published report, or a workbook or JSON of ours."""
    if source.is_dir():
        raise UnreadableWorkbook(f"读不了 {source}：这是一个文件夹，一次读入一份报告，请写报告的文件名。")
    suffix = source.suffix.lower()
    if suffix in (*WORKBOOKS, ".json"):
        report = read_report(source)
        unsure = tuple(map(Doubt, unread(report, load_form(report.form))))
        return Found(report, (), unsure, (), (), ())
    if suffix not in PUBLISHED and source.is_file():
        raise UnreadableWorkbook(
            f"读不了 {source}：能读的有 .docx、.html、.mht、.pdf（有文字的）、.txt、.md 和工作簿。"
        )
    return read_published(source, which)


def writable(report: Report) -> Report:
    """Return ``report`` as it goes into a workbook: what is no number stays blank, its remark aside."""
    figures = {address: _kept(figure) for address, figure in report.figures.items()}
    fields = {name: _kept(figure) for name, figure in report.fields.items()}
    return replace(report, figures=figures, fields=fields, remarks=(), places={})


def _kept(figure: Figure) -> Figure:
    return Figure(figure.value, figure.note)


def _stem(report: Report, source: Path) -> str:
    named = f"{report.unit}{report.year}年政府信息公开年报" if report.unit and report.year else source.stem
    return file_stem(named)


def _tell(found: Found, form: Form, path: Path, listed: Path) -> None:
    report, count = found.report, len(found.traces) or len(found.report.figures)
    print(f"已读入：{report.title or '（没有找到标题）'}，{form.document}的格式，{count} 个数。")
    for chapter in chapters(found, form):
        shown = () if chapter.aside else chapter.sentences[:SHOWN]
        more = f"  共 {len(chapter.sentences)} 处，见清单。" if len(chapter.sentences) > len(shown) else ""
        print("\n".join((f"{chapter.title}：", *(f"  {sentence}" for sentence in shown), *([more] if more else []))))
    print(f"工作簿：{path}\n清单（每个数从哪里读的）：{listed}\n请对照原报告核对，再运行：xxgk check {quoted(path)}")
