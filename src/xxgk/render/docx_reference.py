"""The reference docx: every part of a report but its text. Ours lies in ``reference/``; an office may restyle it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from xxgk.records import Record
from xxgk.render.docx_frame import Frame, frame_of
from xxgk.render.docx_parts import (
    CONTENT_TYPES,
    PACKAGE_RELATIONS,
    Parts,
    UnreadableStyle,
    W,
    declared_types,
    package_relations,
    parse,
    read_parts,
    targets,
    types_part,
)

FOLDER = Path(__file__).parent / "reference"
PROPERTIES_FOLDER = "docProps/"
PROPERTIES = f"{PROPERTIES_FOLDER}core.xml"
OWN_PROPERTIES = f"{PROPERTIES_FOLDER}custom.xml"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PROPERTIES_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
OWN_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
MACROS = "vbaProject.bin"


class Reference(Record):
    """A reference docx without properties, and without text but that of its ``frame``.

    ``main`` names the part for the text, ``page`` is its w:sectPr.
    """

    parts: Parts
    main: str
    page: ET.Element
    frame: Frame


def own_reference() -> Reference:
    """Return the reference that comes with the program."""
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return _reference({path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in files})


def restyled_reference(data: bytes) -> Reference:
    """Return the reference in a docx. Raise ``UnreadableStyle`` when it is no docx, has macros or no page."""
    parts = read_parts(data)
    if any(name.endswith(MACROS) for name in parts):
        raise UnreadableStyle("样式文件带有宏：请在 Word 中另存为 .docx（不带宏）再试。")
    return _reference(parts)


def _reference(parts: Parts) -> Reference:
    main = next((path for kind, path in targets(parts, "").values() if kind == "officeDocument"), "")
    page = parse(parts, main).find(f"{{{W}}}body/{{{W}}}sectPr")
    if page is None:
        raise UnreadableStyle("样式文件里没有页面设置：请在 Word 中设好纸张和页边距，另存为 .docx 再试。")
    types = {name: kind for name, kind in declared_types(parts).items() if not name.startswith(f"/{PROPERTIES_FOLDER}")}
    types |= {f"/{main}": DOCUMENT_TYPE, f"/{PROPERTIES}": PROPERTIES_TYPE, f"/{OWN_PROPERTIES}": OWN_PROPERTIES_TYPE}
    # First in the package, where programs look to tell what kind of file it is.
    kept = {CONTENT_TYPES: types_part(types), PACKAGE_RELATIONS: package_relations(main, PROPERTIES, OWN_PROPERTIES)}
    for name, data in parts.items():
        if name not in kept and name != main and not name.startswith(PROPERTIES_FOLDER):
            kept[name] = data
    return Reference(kept, main, page, frame_of(parts[main]))
