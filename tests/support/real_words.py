"""Reports as Word files: what Word and WPS leave in them beyond plain paragraphs and tables."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from xxgk.records import Record
from xxgk.render.document import Document, Heading, Paragraph, Signature, TableBlock

from support.layouts import Rows
from support.published import word_file
from support.real_grids import Shape, as_printed, rows_of

COMMENT = (
    '<w:commentRangeStart w:id="0"/><w:r><w:t>{}</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r>'
)
FOOTNOTE = (
    '<w:r><w:t>{}</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    '<w:footnoteReference w:id="2"/></w:r>'
)
DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>{}</w:delText></w:r></w:del>'
INSERTED = '<w:ins w:id="2" w:author="a"><w:r><w:t>{}</w:t></w:r></w:ins>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {0} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{1}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
CONTROL = "<w:sdt><w:sdtPr><w:alias w:val='数'/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'Requires="wps"><w:drawing><wps:txbx xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    "<w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox "
    'xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>'
    "</mc:AlternateContent></w:r></w:p>"
)
OLD_BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{0}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r></w:p>"
)
GRID_OF_THIRDS = 3


def run(text: str) -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def line(text: str) -> str:
    """Return a paragraph."""
    return f"<w:p><w:pPr><w:ind w:firstLine='640'/></w:pPr>{run(text)}</w:p>"


def in_cell(text: str) -> str:
    """Return the paragraphs of a cell."""
    return f"<w:p><w:pPr><w:jc w:val='center'/></w:pPr>{run(text)}</w:p>"


def tracked(text: str) -> str:
    """Return the paragraphs of a cell whose text was another before."""
    changes = DELETED.format(f"{escape(text)}0") + INSERTED.format(escape(text))
    return f"<w:p><w:pPr><w:pPrChange w:id='9'/></w:pPr>{changes}</w:p>"


def controlled(text: str) -> str:
    """Return the paragraphs of a cell inside a content control."""
    return CONTROL.format(in_cell(text))


def computed(text: str) -> str:
    """Return the paragraphs of a cell whose number a field computes."""
    field = FIELD.format(r"=SUM(LEFT) \* MERGEFORMAT", escape(text))
    return f"<w:p>{field}</w:p>" if text[:1].isdigit() else in_cell(text)


def in_runs(text: str) -> str:
    """Return the paragraphs of a cell with every character in a run of its own, checked for spelling."""
    mark = "<w:proofErr w:type='spellStart'/>"
    return f"<w:p>{mark.join(map(run, text))}</w:p>"


def footnoted(text: str) -> str:
    """Return a paragraph with the mark of a footnote behind it."""
    return f"<w:p>{FOOTNOTE.format(escape(text))}</w:p>"


def commented(text: str) -> str:
    """Return a paragraph with a comment on it."""
    return f"<w:p>{COMMENT.format(escape(text))}</w:p>"


def boxed(rows: Rows) -> str:
    """Return a table in the only cell of another."""
    return f"<w:tbl><w:tr><w:tc>{table(rows)}<w:p/></w:tc></w:tr></w:tbl>"


def table(rows: Rows, cell: Callable[[str], str] = in_cell, grid: str = "spans", row: str = "") -> str:
    """Return a table. ``grid`` says how merges are told: "spans", "old" (hMerge), or "thirds" (drawn with a pen).

    ``row`` is what the properties of the first row hold.
    """
    open_: dict[int, tuple[int, int]] = {}  # by column: how many rows are still covered, and columns
    lines = []
    for y, cells in enumerate(rows):
        parts, x, rest = [], 0, list(cells)
        while rest or x in open_:
            if x in open_:
                left, columns = open_.pop(x)
                parts.append(_cell(columns, "<w:vMerge/>", in_cell(""), grid))
                if left > 1:
                    open_[x] = (left - 1, columns)
            else:
                one = rest.pop(0)
                columns = one.columns
                merge = '<w:vMerge w:val="restart"/>' if one.rows > 1 else ""
                parts.append(_cell(columns, merge, cell(one.text), grid))
                if one.rows > 1:
                    open_[x] = (one.rows - 1, columns)
            x += columns
        properties = f"<w:trPr>{'' if y else row}</w:trPr>"
        lines.append(f"<w:tr>{properties}{''.join(parts)}</w:tr>")
    return f"<w:tbl><w:tblPr><w:tblW w:w='5000' w:type='pct'/></w:tblPr>{''.join(lines)}</w:tbl>"


def _cell(columns: int, merge: str, content: str, grid: str) -> str:
    if grid == "old" and columns > 1:
        first = f'<w:tc><w:tcPr><w:hMerge w:val="restart"/>{merge}</w:tcPr>{content}</w:tc>'
        more = f'<w:tc><w:tcPr><w:hMerge w:val="continue"/>{merge}</w:tcPr>{in_cell("")}</w:tc>'
        return first + more * (columns - 1)
    wide = columns * (GRID_OF_THIRDS if grid == "thirds" else 1)
    span = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
    return f"<w:tc><w:tcPr><w:tcW w:w='900'/>{span}{merge}</w:tcPr>{content}</w:tc>"


class Style(Record):
    """How the body of a Word file is written."""

    title: Callable[[str], str] = line
    heading: Callable[[int, str], str] = lambda number, text: line(text)
    paragraph: Callable[[str], str] = line
    table: Callable[[Rows], str] = lambda rows: table(rows)
    signature: Callable[[str, str], str] = lambda unit, day: line(unit) + line(day)
    shape: Shape = as_printed
    after: str = ""


def body(document: Document, style: Style) -> str:
    """Return the body of the report's Word file."""
    parts, sections, tables = [style.title(document.title)], 0, 0
    for block in document.blocks:
        if isinstance(block, TableBlock):
            parts.append(style.table(style.shape(tables, rows_of(block))))
            parts += map(line, block.notes)
            tables += 1
        elif isinstance(block, Heading) and block.level == 1:
            parts.append(style.heading(sections, block.text))
            sections += 1
        elif isinstance(block, Heading | Paragraph):
            parts.append(style.paragraph(block.text))
        elif isinstance(block, Signature):
            parts.append(style.signature(block.unit, block.date))
    return "".join(parts) + style.after + "<w:sectPr><w:pgSz w:w='11906' w:h='16838'/></w:sectPr>"


def file(document: Document, style: Style, **parts: str) -> bytes:
    """Return the report's Word file."""
    return word_file(body(document, style), **parts)
