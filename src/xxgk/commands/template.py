"""``xxgk template``: build the templates from the forms, or tell whether they are up to date."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from xxgk.files import make_folder, replace_file
from xxgk.formats import form_ids, load_form
from xxgk.render.docx import reference_docx
from xxgk.report import Report
from xxgk.workbook.building.book import build_template
from xxgk.workbook.compare import differences
from xxgk.workbook.template import FOLDER, template_name
from xxgk.workbook.writing.write import fill_workbook

REFERENCE_NAME = "报告样式.docx"


def run(arguments: Namespace) -> int:
    """Build or verify; verify returns 1 when a template differs from what the form gives."""
    folder = Path(arguments.folder) if arguments.folder else Path(FOLDER)
    if arguments.action == "build":
        make_folder(folder)
        for name, data in built():
            replace_file(folder / name, data)
            print(f"已生成：{folder / name}")
        return 0
    stale = 0
    for name, data in built():
        path = folder / name
        parts = differences(data, path.read_bytes()) if path.exists() else ("没有这个文件",)
        print(f"{name}：{'与格式数据一致' if not parts else '已过时，请运行 xxgk template build'}")
        for part in parts:
            print(f"  不同：{part}")
        stale += bool(parts)
    return 1 if stale else 0


def built() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each template, computed values included."""
    for form_id in form_ids():
        form = load_form(form_id)
        yield template_name(form), fill_workbook(build_template(form), Report(form=form.id), form).data
    yield REFERENCE_NAME, reference_docx()
