"""From the .xlsx to the .xlsm: the compiled macros, the buttons on the 首页, the ribbon."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from xxgk.workbook.building.buttons import buttons_vml
from xxgk.workbook.building.ribbon import ribbon_xml
from xxgk.workbook.layout import COVER
from xxgk.xlsx.book import open_book
from xxgk.xlsx.elements import WORKSHEET, place_of
from xxgk.xlsx.notes import DRAWING_TYPE, LEGACY
from xxgk.xlsx.package import CONTENT_TYPES
from xxgk.xlsx.parts import RELATION_TYPES, Parts
from xxgk.xlsx.spans import splice

PROJECT = "xl/vbaProject.bin"
PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
BUTTONS = "xl/drawings/vmlDrawing1.vml"
# The folder and name under which openpyxl keeps a ribbon.
RIBBON = "customUI/customUI.xml"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WITH_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def read_sources(folder: Path) -> dict[str, str]:
    """Return the VBA modules in ``folder``, by name. Raise ``UnicodeDecodeError`` for one that is not ASCII.

    VBA stores source text in the code page of one country: anything else would come out wrong in another.
    """
    return {path.stem: path.read_text(encoding="ascii") for path in sorted(folder.glob("*.bas"))}


def compile_macros(workbook: bytes, sources: Mapping[str, str]) -> bytes:
    """Return the VBA project of ``sources`` for the .xlsx ``workbook``, the same bytes each time.

    Raise ``ImportError`` when pyOpenVBA is not installed, which only whoever builds templates needs.
    """
    from pyopenvba import ExcelFile

    with tempfile.TemporaryDirectory(prefix="xxgk-") as folder:
        path = Path(folder, "macros.xlsm")
        path.write_bytes(_macro_enabled(Parts(open_book(workbook).package)).packed())
        with ExcelFile(path) as file:
            project = file.add_vba_project()
            for name, source in sources.items():
                project.add_module(name, "\r\n".join(source.splitlines()) + "\r\n")
            file.save(path)
        return project_of(path.read_bytes())


def project_of(workbook: bytes) -> bytes:
    """Return the VBA project of the .xlsm ``workbook``, empty when it has none."""
    parts = Parts(open_book(workbook).package)
    return parts.read(PROJECT) if PROJECT in parts else b""


def with_macros(workbook: bytes, project: bytes) -> bytes:
    """Return the .xlsx ``workbook`` as an .xlsm with the VBA ``project``, the buttons and the ribbon."""
    book = open_book(workbook)
    parts = _macro_enabled(Parts(book.package))
    parts.add(PROJECT, PROJECT_TYPE, project)
    parts.relate(book.part, "vbaProject", PROJECT, MICROSOFT)
    parts.write(RIBBON, ribbon_xml())
    parts.relate("", "ui/extensibility", RIBBON, MICROSOFT)
    cover = book.sheets[COVER]
    parts.add(BUTTONS, DRAWING_TYPE, buttons_vml())
    relation = parts.relate(cover, "vmlDrawing", BUTTONS)
    xml = parts.read(cover)
    at, _ = place_of(xml, WORKSHEET, LEGACY)
    parts.write(cover, splice(xml, [(at, at, f'<{LEGACY} xmlns:r="{RELATION_TYPES}" r:id="{relation}"/>'.encode())]))
    return parts.packed()


def _macro_enabled(parts: Parts) -> Parts:
    parts.write(CONTENT_TYPES, parts.read(CONTENT_TYPES).replace(PLAIN, WITH_MACROS))
    return parts
