"""Measure what docs/performance.md promises and print it as a Markdown table."""

from __future__ import annotations

import io
import platform
import re
import tempfile
import zipfile
import zlib
from functools import partial
from pathlib import Path

import docxtpl
import openpyxl

from xxgk.checking import check_file
from xxgk.formats import load_form
from xxgk.render.document import build_document
from xxgk.render.docx import to_docx
from xxgk.resources import resource
from xxgk.sources import read_report
from xxgk.workbook.layout import layout_of
from xxgk.workbook.template import new_workbook
from xxgk.xlsx.package import open_package

from timing import Comparison, compare, process

FORM = load_form("2021")
OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], data_only=True)
for sheet in book:
    for row in sheet.iter_rows(values_only=True):
        pass
"""
NUMBER = re.compile(r"(<w:t[^>]*>)(\d+)(</w:t>)")


def read_with_openpyxl(path: Path, *, read_only: bool) -> list[object]:
    """Return the cells that we read, in openpyxl's usual or in its streaming mode."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=read_only)
    found: list[object] = []
    for name in layout_of(FORM).sheets:
        for row in book[name].iter_rows(values_only=True):
            found += [value for value in row if value is not None]
    book.close()
    return found


def inflated(path: Path) -> int:
    """Read the file, inflate all that is in it, and return how many bytes that is."""
    data = path.read_bytes()
    package = open_package(data)
    return sum(len(zlib.decompress(package.packed(member), -zlib.MAX_WBITS)) for member in package.members.values())


def docxtpl_template(finished: bytes) -> tuple[bytes, dict[str, str]]:
    """Return our finished docx with a placeholder in place of every number, and the numbers."""
    values: dict[str, str] = {}

    def placeholder(match: re.Match[str]) -> str:
        name = f"v{len(values)}"
        values[name] = match[2]
        return f"{match[1]}{{{{ {name} }}}}{match[3]}"

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(finished)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = NUMBER.sub(placeholder, data.decode()).encode()
            target.writestr(name, data)
    return out.getvalue(), values


def main() -> None:
    """Print the table."""
    example = read_report(resource("examples", "heping-2023.json"))
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "示例.xlsx"
        path.write_bytes(new_workbook(FORM, example).data)
        inflate = partial(inflated, path)
        document = build_document(example, FORM)
        template, values = docxtpl_template(to_docx(document))

        def with_docxtpl() -> None:
            filled = docxtpl.DocxTemplate(io.BytesIO(template))
            filled.render(values)
            filled.save(io.BytesIO())

        check = process("-m", "xxgk", "check", str(path))
        rows: list[tuple[Comparison, str]] = []
        one = compare("`xxgk check`, whole process / bare Python", check, process("-c", "pass"), 21, "≤ 5×")
        rows.append((one, f"{one.slower:.1f}×"))
        one = compare(
            "openpyxl reading the same cells, whole process / `xxgk check`",
            check,
            process("-c", OPENPYXL, str(path)),
            9,
            "≥ 8×",
        )
        rows.append((one, f"{one.faster:.1f}×"))
        for mode, read_only, aim in (("usual mode", False, "≥ 25×"), ("read_only", True, "—")):
            one = compare(
                f"openpyxl ({mode}) reading / our reading and checking, warm",
                lambda: check_file(path),
                partial(read_with_openpyxl, path, read_only=read_only),
                41,
                aim,
            )
            rows.append((one, f"{one.faster:.1f}×"))
        one = compare("our reading and checking / inflating the file", lambda: check_file(path), inflate, 101, "≤ 8×")
        rows.append((one, f"{one.slower:.1f}×"))
        one = compare("docxtpl / our docx, warm", lambda: to_docx(document), with_docxtpl, 41, "≥ 20×")
        rows.append((one, f"{one.faster:.1f}×"))
    print(f"Python {platform.python_version()}, openpyxl {openpyxl.__version__}, docxtpl {docxtpl.__version__}\n")
    print("| what | ratio | aim | ours, ms | other, ms |\n|---|---|---|---|---|")
    for found, ratio in rows:
        print(f"| {found.name} | {ratio} | {found.aim} | {found.ours * 1e3:.1f} | {found.other * 1e3:.1f} |")


if __name__ == "__main__":
    main()
