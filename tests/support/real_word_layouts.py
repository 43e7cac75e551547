"""Word files in which published reports are tried."""

from __future__ import annotations

import re
from random import Random

from xxgk.records import replace

from support import real_words as words
from support.layouts import Rows
from support.published import W
from support.real_grids import page_ends
from support.real_reports import File, Layout, Said

NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def docx(style: words.Style, **parts: str) -> Layout:
    """Return a layout of a Word file."""
    return lambda says, random: File("年报.docx", words.file(says.document, style, **parts), says)


def word_breaks(says: Said, random: Random) -> File:
    """A Word file whose tables go on over the end of a page."""
    style = words.Style(
        table=lambda rows: words.line("（续表）").join(words.table(part) for part in page_ends(rows, 3))
    )
    return docx(style)(says, random)


def boxed_title(box: str) -> Layout:
    """Return a layout with the title in a text box."""
    return docx(words.Style(title=lambda text: box.format(words.line(text))))


def deleted_rows(says: Said, random: Random) -> File:
    """A Word file with a row deleted and a paragraph joined to the next, both tracked."""

    def table(rows: Rows) -> str:
        text = words.table(rows)
        first = text.rindex("<w:tr>")
        gone = text[first:].removesuffix("</w:tbl>").replace("<w:trPr></w:trPr>", "<w:trPr><w:del w:id='5'/></w:trPr>")
        gone = re.sub(
            r"(<w:r>.*?</w:r>)",
            r"<w:del w:id='6'>\1</w:del>",
            gone.replace("w:t xml", "w:delText xml").replace("/w:t>", "/w:delText>"),
        )
        return text.removesuffix("</w:tbl>") + gone + "</w:tbl>"

    def paragraph(text: str) -> str:
        half = len(text) // 2
        mark = "<w:p><w:pPr><w:rPr><w:del w:id='7'/></w:rPr></w:pPr>"
        return f"{mark}{words.run(text[:half])}</w:p><w:p>{words.run(text[half:])}</w:p>"

    return docx(words.Style(table=table, paragraph=paragraph))(says, random)


def numbered(number: int, text: str) -> str:
    """Return a heading whose number Word writes."""
    title = text.partition("、")[2]
    properties = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    return f"<w:p>{properties}{words.run(title)}</w:p>"


def contents(says: Said, random: Random) -> File:
    """A Word file with a table of contents, each line a link with its page."""
    lines = [
        f"<w:p><w:hyperlink w:anchor='_Toc{at}'>{words.run(s.heading)}<w:r><w:tab/></w:r>"
        f"{words.FIELD.format(f'PAGEREF _Toc{at}', at + 1)}</w:hyperlink></w:p>"
        for at, s in enumerate(says.form.sections)
    ]
    toc = words.line("目  录") + "".join(lines)
    return docx(words.Style(title=lambda text: words.line(text) + toc))(says, random)


def nameless(says: Said, random: Random) -> File:
    """A Word file whose title names no unit."""
    title = f"{says.report.year}年政府信息公开工作年度报告"
    document = replace(says.document, title_parts=(title,))
    return docx(words.Style())(replace(says, report=replace(says.report, title=title), document=document), random)


def split_title(says: Said, random: Random) -> File:
    """A Word file with its title on two lines."""
    return docx(
        words.Style(
            title=lambda text: (
                words.line(text[: text.index("政府信息公开")]) + words.line(text[text.index("政府信息公开") :])
            )
        )
    )(says, random)
