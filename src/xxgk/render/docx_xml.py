"""The parts of a docx that hold a report, written as XML: its text, and what it says of itself.

The order of elements is what the schema wants (ISO/IEC 29500-1, 17). Plain Python: a template engine takes longer to
start than a report to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from xxgk.records import Record
from xxgk.render.document import Document
from xxgk.render.docx_parts import quoted
from xxgk.render.docx_style import DocxStyle
from xxgk.render.docx_table import DocxCell, DocxRow, DocxTable

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_OWN = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
# The id of all properties that are a document's own, and the number of the first (ISO/IEC 29500-1, 22.3.2).
_OWN_ID, _FIRST = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", 2


class DocxParagraph(Record):
    """A w:p. ``style`` is an id, ``keep`` holds it on the page of the next one.

    ``after`` is room below it and ``indents`` are left and right, all in twips; None leaves them to the style.
    ``align`` is a w:jc, "" leaves it to the style. ``torn`` lets a word break anywhere.
    """

    style: str
    lines: tuple[str, ...]
    keep: bool = False
    after: int | None = None
    indents: tuple[int, int] | None = None
    align: str = ""
    torn: bool = False


def main_part(blocks: Iterable[DocxParagraph | DocxTable], look: DocxStyle) -> str:
    """Return the main part: ``blocks`` in the frame and on the page of ``look``."""
    text = "\n".join(_table(block, look) if isinstance(block, DocxTable) else _paragraph(block) for block in blocks)
    frame = look.frame
    return f"{frame.opening}{frame.before}\n{text}\n{frame.after}{look.page}\n</w:body></w:document>"


def properties_part(document: Document) -> str:
    """Return the properties that every docx has (ISO/IEC 29500-2, 11)."""
    meta = document.metadata
    texts = {
        "dc:title": document.title,
        "dc:subject": meta.form,
        "cp:category": f"{meta.year}年度" if meta.year else None,
        "dc:creator": meta.unit,
        "cp:keywords": meta.keywords or None,
        "dc:language": meta.language,
    }
    items = (f"<{name}>{_text(text)}</{name}>" for name, text in texts.items() if text is not None)
    return f"{_DECLARATION}<cp:coreProperties {_CORE}>{''.join(items)}</cp:coreProperties>"


def own_properties_part(properties: Mapping[str, str]) -> str:
    """Return the part for ``properties`` that are only ours."""
    items = (
        f'<property fmtid="{_OWN_ID}" pid="{number}" name={quoted(name)}>'
        f"<vt:lpwstr>{_text(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), _FIRST)
    )
    return f"{_DECLARATION}<Properties {_OWN}>{''.join(items)}</Properties>"


def _text(text: str) -> str:
    return escape(text, quote=False)


def _paragraph(block: DocxParagraph) -> str:
    properties = [f"<w:pStyle w:val={quoted(block.style)}/>"]
    if block.keep:
        properties.append("<w:keepNext/>")
    if block.torn:
        properties.append('<w:wordWrap w:val="0"/>')
    if block.after is not None:
        properties.append(f'<w:spacing w:after="{block.after}"/>')
    if block.indents:
        left, right = block.indents
        properties.append(f'<w:ind w:leftChars="0" w:left="{left}" w:rightChars="0" w:right="{right}"/>')
    if block.align:
        properties.append(f'<w:jc w:val="{block.align}"/>')
    runs = "<w:r><w:br/></w:r>".join(map(_run, block.lines))
    return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{runs}</w:p>"


def _run(text: str, size: str = "") -> str:
    return f'<w:r><w:rPr>{_HINT}{size}</w:rPr><w:t xml:space="preserve">{_text(text)}</w:t></w:r>'


def _table(block: DocxTable, look: DocxStyle) -> str:
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (
            *(("top", block.margin_above), ("left", block.margin)),
            *(("bottom", block.margin_above), ("right", block.margin)),
        )
    )
    properties = (
        f'<w:tblStyle w:val={quoted(look.ids["table"])}/><w:tblW w:w="{sum(block.columns)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f'<w:tblLook w:val="0000"/><w:tblCaption w:val={quoted(block.caption)}/>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in block.columns)
    style = f"<w:pStyle w:val={quoted(block.style)}/>"
    rows = "\n".join(_row(row, block.row_height, style) for row in block.rows)
    note = f"<w:pStyle w:val={quoted(look.ids['note'])}/>"
    notes = "".join(f"\n<w:p><w:pPr>{note}</w:pPr>{_run(text)}</w:p>" for text in block.notes)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>\n<w:tblGrid>{grid}</w:tblGrid>\n{rows}\n</w:tbl>{notes}"


def _row(row: DocxRow, height: int, style: str) -> str:
    properties = f'<w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    properties += "<w:tblHeader/>" if row.repeated else ""
    style += "<w:keepNext/>" if row.keep else ""
    return f"<w:tr><w:trPr>{properties}</w:trPr>\n{''.join(_cells(row.cells, style))}</w:tr>"


def _cells(cells: Iterable[DocxCell], style: str) -> Iterator[str]:
    for cell in cells:
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
        size = f'<w:sz w:val="{cell.size}"/><w:szCs w:val="{cell.size}"/>' if cell.size else ""
        aligned = f'{style}<w:jc w:val="left"/>' if cell.left else style
        text = _run(cell.text, size) if cell.text else ""
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{cell.width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
            f"<w:p><w:pPr>{aligned}</w:pPr>{text}</w:p></w:tc>\n"
        )
