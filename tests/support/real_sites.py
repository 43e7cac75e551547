"""Reports as pages of government sites: what content management systems put around them, and how offices paste them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

from xxgk.records import Record
from xxgk.render.document import Document, Heading, Paragraph, Signature, TableBlock

from support.layouts import Cell, Rows
from support.real_grids import Shape, as_printed, rows_of

SITES = Path(__file__).parents[1] / "published" / "samples" / "sites"
WORD_LINE = """<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-
count:2.0'><span style='mso-spacerun:yes'>&nbsp;&nbsp; </span><span style='font-family:
仿宋_GB2312'>{}<span lang=EN-US><o:p></o:p></span></span></p>"""
WORD_CELL = """  <td width=64{spans} valign=center style='width:48.0pt;border:solid windowtext 1.0pt;
  mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt'>
  <p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'><span
  style='mso-hansi-font-family:宋体'>{text}<span lang=EN-US><o:p></o:p></span></span></p>
  </td>
"""
Tabled = Callable[[Rows], str]


class Style(Record):
    """How a body is written: each of these turns a text, or a table, into markup."""

    heading: Callable[[str], str] = lambda text: f"<p><strong>{text}</strong></p>"
    paragraph: Callable[[str], str] = lambda text: f"<p>{text}</p>"
    table: Tabled = lambda rows: table(rows)
    signature: Callable[[str, str], str] = lambda unit, day: f"<p align=right>{unit}</p><p align=right>{day}</p>"
    renamed: Callable[[int, str], str] = lambda number, text: text
    shape: Shape = as_printed


def body(document: Document, style: Style) -> str:
    """Return the report's own markup."""
    parts, tables, sections = [], 0, 0
    for block in document.blocks:
        if isinstance(block, TableBlock):
            parts.append(style.table(style.shape(tables, rows_of(block))))
            parts += [style.paragraph(escape(note)) for note in block.notes]
            tables += 1
        elif isinstance(block, Heading) and block.level == 1:
            text = style.renamed(sections, block.text)
            parts.append(style.heading(escape(text)) if text else "")
            sections += 1
        elif isinstance(block, Heading | Paragraph):
            parts.append(style.paragraph(escape(block.text)))
        elif isinstance(block, Signature):
            parts.append(style.signature(block.unit, block.date))
    return "\n".join(parts)


def table(rows: Rows, cell: str = "<td{spans}>{text}</td>", attributes: str = 'border="1" cellspacing="0"') -> str:
    """Return the markup of a table, each cell as ``cell`` has it."""
    lines = ("".join(cell.format(spans=spans(one), text=escape(one.text)) for one in row) for row in rows)
    return f"<table {attributes}><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"


def spans(cell: Cell) -> str:
    """Return the attributes of a cell that reaches over several places."""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return rows + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")


# ------------------------------------------------------------------ tables that are drawn otherwise


def pasted(rows: Rows) -> str:
    """Return a table as the editors of sites keep what is pasted from Word."""
    cell = (
        '<td valign="center"{spans} style="padding:0 7px;border:1px solid windowtext"><p style="text-align:center;'
        'line-height:20px"><span style="font-family:仿宋_GB2312;font-size:14px">{text}</span></p></td>'
    )
    return f'<div style="overflow-x:auto">{table(rows, cell)}</div>'


def digit_spans(rows: Rows) -> str:
    """Return a table whose texts are cut into pieces, as Word cuts them where languages meet."""
    text = table(rows)
    return re.sub(
        r">([^<>]{2,})<",
        lambda found: f">{''.join(f'<span lang=EN-US>{sign}</span>' for sign in found[1].replace('&quot;', '“'))}<",
        text,
    )


def nested_cells(rows: Rows) -> str:
    """Return a table with a table of one cell in each of its cells."""
    return table(rows, "<td{spans}><table width='100%'><tr><td>{text}</td></tr></table></td>")


def row_tables(rows: Rows) -> str:
    """Return a table whose rows are tables each, held together by one around them."""
    inner = "".join(f"<tr><td>{table([row])}</td></tr>" for row in rows)
    return f"<table>{inner}</table>"


def flex(rows: Rows) -> str:
    """Return a table of boxes that a style sheet puts side by side."""
    lines = ("".join(f'<div class="td w{cell.columns}">{escape(cell.text)}</div>' for cell in row) for row in rows)
    return (
        "<div class=table>" + "".join(f'<div class="tr" style="display:flex">{line}</div>' for line in lines) + "</div>"
    )


def spans_in_rows(rows: Rows) -> str:
    """Return a table of rows whose cells are words within a line."""
    lines = ("&nbsp;".join(f"<span class=td>{escape(cell.text)}</span>" for cell in row) for row in rows)
    return "".join(f'<div class="tr">{line}</div>' for line in lines)


def listed(rows: Rows) -> str:
    """Return a table of lists."""
    return "".join("<ul>" + "".join(f"<li>{escape(cell.text)}</li>" for cell in row) + "</ul>" for row in rows)


def heads_and_bodies(rows: Rows) -> str:
    """Return a table with <thead>, a caption, hidden copies for phones, and cells that are never closed."""
    lines = "".join("<tr>" + "".join(f"<td{spans(cell)}>{escape(cell.text)}" for cell in row) for row in rows)
    return f"<table><caption>统计表</caption><colgroup><col><col></colgroup><tbody>{lines}</table>"


# ------------------------------------------------------------------ pages around the report


def bare_page(title: str, body: str) -> str:
    """Return a page with nothing but the report."""
    return f"<html><head><title>{title}</title></head><body><h2>{title}</h2>{body}</body></html>"


def _framed(name: str, title: str, body: str) -> str:
    """Return the page of a site, as it is kept in the samples, around a report."""
    text = (SITES / f"{name}.html").read_text(encoding="utf-8")
    return text.replace("@TITLE@", title).replace("@BODY@", body)


trs = partial(_framed, "trs")  # TRS WCM
dahan = partial(_framed, "dahan")  # 大汉 JCMS: tables within tables hold everything in place
kaipu = partial(_framed, "kaipu")  # 开普 (UCAP), with elements of its own
catalogue = partial(_framed, "catalogue")  # a province's catalogue of public information
aspx = partial(_framed, "aspx")  # an old ASP.NET site, everything in one form
word_page = partial(_framed, "word_page")  # a page that Word saved


def word_line(text: str) -> str:
    """Return a paragraph as Word saves it, its source broken into short lines."""
    words = re.findall(r"&\w+;|(?:[0-9.,-]+.?)+|.", text)
    lines, length = [""], 0
    for word in words:
        if length > 38 and len(word) == 1 and lines[-1][-1:] > "z":
            lines.append("")
            length = 0
        lines[-1] += re.sub(r"([0-9][0-9.,]*)", r"<span\nlang=EN-US>\1</span>", word)
        length += len(word)
    return WORD_LINE.format("\n".join(lines))


def word_table(rows: Rows) -> str:
    """Return a table as Word saves it."""
    broken = [[_in_lines(one) for one in row] for row in rows]
    return f"<div align=center>{table(broken, WORD_CELL, 'class=MsoNormalTable border=1')}</div>"


def _in_lines(cell: Cell) -> Cell:
    if not cell.header or len(cell.text) < 6:
        return cell
    return Cell(f"{cell.text[:5]}\n  {cell.text[5:]}", cell.rows, cell.columns, cell.header)
