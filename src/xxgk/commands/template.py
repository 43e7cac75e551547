"""``xxgk template``: build the templates from the forms, or tell whether they are up to date."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.files import make_folder, replace_file
from xxgk.formats import Form, form_ids, load_form
from xxgk.render.docx import reference_docx
from xxgk.report import Report
from xxgk.resources import resource
from xxgk.suffixes import XLSM
from xxgk.workbook.building.book import build_template
from xxgk.workbook.building.macros import compile_macros, project_of, read_sources, with_macros
from xxgk.workbook.compare import differences
from xxgk.workbook.template import FOLDER, template_name
from xxgk.workbook.writing.write import fill_workbook

REFERENCE_NAME = "报告样式.docx"
MACROS = "macros"

# The VBA project for the .xlsx that it is to work in, and for the name of the .xlsm.
Compile = Callable[[bytes, str], bytes]


def run(arguments: Namespace) -> int:
    """Build or verify; verify returns 1 when a template differs from what the form gives."""
    folder = Path(arguments.folder) if arguments.folder else Path(FOLDER)
    return _build(folder) if arguments.action == "build" else _verify(folder)


def built(compiled: Compile) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each template, computed values included."""
    for form_id in form_ids():
        form = load_form(form_id)
        plain = _without_macros(form)
        yield template_name(form), plain
        name = template_name(form, XLSM)
        yield name, with_macros(plain, compiled(plain, name))
    yield REFERENCE_NAME, reference_docx()


def _build(folder: Path) -> int:
    make_folder(folder)
    try:
        templates = list(built(_from_sources))
    except ImportError as error:
        raise UsageProblem("编译宏要用 pyOpenVBA：请先运行 pip install pyOpenVBA。") from error
    for name, data in templates:
        replace_file(folder / name, data)
        print(f"已生成：{folder / name}")
    return 0


def _verify(folder: Path) -> int:
    def compiled(workbook: bytes, name: str) -> bytes:
        try:
            return _from_sources(workbook, name)
        except ImportError:
            print(f"{name}：没有安装 pyOpenVBA，宏没有重新编译，只核对其余部分")
            path = folder / name
            return project_of(path.read_bytes()) if path.exists() else b""

    stale = 0
    for name, data in built(compiled):
        path = folder / name
        parts = differences(data, path.read_bytes()) if path.exists() else ("没有这个文件",)
        print(f"{name}：{'与格式数据一致' if not parts else '已过时，请运行 xxgk template build'}")
        for part in parts:
            print(f"  不同：{part}")
        stale += bool(parts)
    return 1 if stale else 0


def _from_sources(workbook: bytes, _name: str) -> bytes:
    sources = read_sources(resource(MACROS, ""))
    if not sources:
        raise UsageProblem("找不到宏的源代码（macros 文件夹），请在源代码所在的文件夹里运行。")
    return compile_macros(workbook, sources)


def _without_macros(form: Form) -> bytes:
    return fill_workbook(build_template(form), Report(form=form.id), form).data
