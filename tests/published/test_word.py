"""What Word files hold beyond plain paragraphs: numbers that Word writes, tracked changes, boxes, merged cells."""

from __future__ import annotations

import pytest

from xxgk.errors import UnreadableWorkbook
from xxgk.published.blocks import Cell, Line, Table
from xxgk.published.docx import read_blocks
from xxgk.published.numbering import spell

from support.published import W, paragraph, word_file

NUMBERS = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="6"/></w:lvlOverride>
</w:num></w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr>
</w:style><w:style w:type="paragraph" w:styleId="b1"><w:basedOn w:val="a1"/></w:style></w:styles>"""


def numbered(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in read_blocks(word_file(body, **parts)) if isinstance(block, Line)]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_numbers_that_word_writes_are_part_of_the_text() -> None:
    body = numbered("总体情况", 3) + numbered("公开", 3, 1) + numbered("申请", 3, 1) + numbered("主动公开", 3)
    body += numbered("再来", 3, 1) + numbered("点", 3, 2) + numbered("其他", 4)
    assert texts(body, numbering=NUMBERS) == [
        "一、总体情况",
        "1.公开",
        "2.申请",
        "二、主动公开",
        "1.再来",
        "点",
        "六、其他",
    ]


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [(10, "chineseCounting", "十"), (23, "chineseCountingThousand", "二十三"), (3, "decimalEnclosedCircle", "③")],
)
def test_numbers_are_spelt(value: int, style: str, expected: str) -> None:
    assert spell(value, style) == expected


def test_styles_tell_the_rank_of_headings() -> None:
    body = paragraph("标题", '<w:pStyle w:val="b1"/>') + paragraph("正文", '<w:pStyle w:val="x"/>')
    assert read_blocks(word_file(body, styles=STYLES)) == (Line("标题", level=1), Line("正文"))


def test_inserted_text_counts_deleted_text_does_not() -> None:
    body = (
        "<w:p><w:r><w:t>收到</w:t></w:r><w:del><w:r><w:delText>3</w:delText><w:t>3</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>4</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>"
    )
    assert texts(body) == ["收到4件"]


def test_struck_out_and_hidden_text_does_not_count_and_a_superscript_is_no_digit() -> None:
    runs = (("<w:strike/>", "9"), ("", "1"), ('<w:strike w:val="0"/>', "2"), ("<w:vanish/>", "8"))
    body = "".join(f"<w:r><w:rPr>{said}</w:rPr><w:t>{text}</w:t></w:r>" for said, text in runs)
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>'
    hidden_end = "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"
    assert texts(f"<w:p>{hidden_end}{body}{mark}</w:p>{paragraph('4')}") == ["12³", "4"]


def test_former_properties_do_not_count() -> None:
    former = '<w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange>'
    struck = "<w:rPr><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr>"
    second = f"<w:tc><w:p><w:r>{struck}<w:t>1</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl><w:tr>{cell('甲', former)}{second}</w:tr></w:tbl>"
    assert read_blocks(word_file(table)) == (Table((Cell("甲", 0, 0), Cell("1", 0, 1))),)


def test_a_text_box_is_read_once_and_does_not_tear_its_paragraph_number() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph('框里')}</w:txbxContent>"
    body = (
        f'<w:p xmlns:mc="{mc}"><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent><w:t>框外</w:t></w:r></w:p>"
    )
    assert texts(body) == ["框里", "框外"]


def test_merged_cells_reach_over_rows_and_columns() -> None:
    first = cell("甲", '<w:vMerge w:val="restart"/>') + cell("乙", '<w:gridSpan w:val="2"/>')
    table = f"<w:tbl><w:tr>{first}</w:tr><w:tr>{cell('', '<w:vMerge/>')}{cell('1')}{cell('2')}</w:tr></w:tbl>"
    assert read_blocks(word_file(table)) == (
        Table((Cell("甲", 0, 0, 2, 1), Cell("乙", 0, 1, 1, 2), Cell("1", 1, 1), Cell("2", 1, 2))),
    )


def test_a_row_may_begin_farther_right() -> None:
    first = cell("甲") + cell("乙")
    table = f'<w:tbl><w:tr>{first}</w:tr><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("1")}</w:tr></w:tbl>'
    (read,) = read_blocks(word_file(table))
    assert isinstance(read, Table)
    assert read.cells[-1] == Cell("1", 1, 1)


def test_a_table_that_holds_tables_in_place_is_dissolved() -> None:
    inner = f"<w:tbl><w:tr>{cell('规章')}{cell('0')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr>{cell('说明')}<w:tc>{paragraph('前')}{inner}{paragraph('后')}</w:tc></w:tr></w:tbl>"
    line, before, table, after = read_blocks(word_file(outer))
    assert [line, before, after] == [Line("说明"), Line("前"), Line("后")]
    assert isinstance(table, Table)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\3\4rubbish",
        word_file("<w:p>"),
        word_file("").replace(b"word/document.xml", b"word/documenx.xml"),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableWorkbook):
        read_blocks(data)


def test_a_doctype_is_refused() -> None:
    with pytest.raises(UnreadableWorkbook):
        read_blocks(word_file("", numbering='<!DOCTYPE x [<!ENTITY a "b">]><x/>'))
