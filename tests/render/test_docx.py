import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given
from openxml_audit import FileFormat, OpenXmlValidator

from render.reading import docx_cells, docx_texts, expected_texts, open_docx, printed_cells, reports
from xxgk.records import replace
from xxgk.render.document import build_document, with_seal
from xxgk.render.docx import reference_docx, to_docx
from xxgk.render.docx_style import NAMES
from xxgk.render.stamp import stamp, stamp_properties
from xxgk.report import Figure, Paragraph, Report
from xxgk.reporting import checked_document

from support.packages import parts_of
from support.reports import FORM, example, report_of, zero_report

# ISO/IEC 29500-1: the order of children in which Word reads them; any other makes a file that Word calls damaged.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr shd tabs kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN adjustRightInd snapToGrid spacing ind jc textAlignment outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs noProof snapToGrid color spacing w kern position sz szCs u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "p": "pPr r",
    "style": "name basedOn next uiPriority qFormat pPr rPr tblPr",
    "sectPr": "headerReference footerReference pgSz pgMar cols docGrid",
    "settings": "zoom defaultTabStop evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing "
    "displayHorizontalDrawingGridEvery characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "font": "altName charset family pitch",
}


def style_names(data: bytes) -> list[str]:
    return [block.style.name for block in open_docx(data).iter_inner_content()]


def test_the_example_has_every_sentence_and_number_in_order() -> None:
    assert docx_texts(to_docx(build_document(example(), FORM))) == expected_texts(example())


@given(reports())
def test_any_reports_text_and_tables_read_back(report: Report) -> None:
    data = to_docx(build_document(report, FORM))
    assert docx_texts(data) == expected_texts(report)
    for read, table in zip(open_docx(data).tables, FORM.tables.values(), strict=True):
        assert docx_cells(read) == printed_cells(report, table)


def test_headings_and_text_have_the_built_in_styles_that_navigation_needs() -> None:
    typed = (Paragraph("（一）甲", 2), Paragraph("1.乙", 3), Paragraph("（1）丙", 4), Paragraph("正文。"))
    data = to_docx(build_document(replace(zero_report(), narrative={"overview": typed}), FORM))
    assert style_names(data)[:6] == ["Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Body Text"]
    assert style_names(data)[-2:] == ["Signature", "Date"]
    outline = [s.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) for s in headings_of(open_docx(data))]
    assert outline == ["0", "1", "2", "3"]


def headings_of(document: Any) -> list[Any]:
    return [document.styles[f"Heading {level}"] for level in range(1, 5)]


def test_the_page_is_that_of_the_standard() -> None:
    (section,) = open_docx(to_docx(build_document(example(), FORM))).sections
    size = (section.page_width.mm, section.page_height.mm)
    margins = (section.top_margin.mm, section.right_margin.mm, section.bottom_margin.mm, section.left_margin.mm)
    assert size == pytest.approx((210, 297), abs=0.1)
    assert margins == pytest.approx((37, 26, 35, 28), abs=0.1)
    assert section.footer.paragraphs[0].text.split() == ["—", "1", "—"]
    assert section.footer.paragraphs[0].paragraph_format.alignment != (
        section.even_page_footer.paragraphs[0].paragraph_format.alignment
    )


def test_the_order_of_elements_is_that_of_the_schema() -> None:
    notes = dict.fromkeys(FORM.tables, "注。")
    report = replace(example(), table_notes=notes, figures={"disputes.review.upheld": Figure(10**11)})
    seen = set()
    for data in (to_docx(build_document(report, FORM)), to_docx(replace(build_document(report, FORM), draft=True))):
        for name, part in parts_of(data).items():
            for element in ET.fromstring(part).iter():
                tag = element.tag.rpartition("}")[2]
                if tag in ORDER and name.startswith("word/") and "document.xml.rels" not in name:
                    seen.add(tag)
                    assert_ordered(tag, [child.tag.rpartition("}")[2] for child in element])
    assert seen == set(ORDER)


def assert_ordered(tag: str, children: Sequence[str]) -> None:
    order = ORDER[tag].split()
    places = [order.index(child) for child in children if child not in ("t", "br", "pict")]
    assert places == sorted(places), f"{tag}: {children}"


def test_header_rows_come_again_and_no_row_is_torn() -> None:
    document = open_docx(to_docx(build_document(zero_report(), FORM)))
    repeated = [[row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in t.rows] for t in document.tables]
    assert [sum(rows) for rows in repeated] == [0, 3, 3]
    assert all(rows[:3] == [True] * 3 for rows in repeated[1:])
    rows = [row._tr for table in document.tables for row in table.rows]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


@pytest.mark.parametrize("note", ["", "含上年度结转数量。"])
def test_a_table_stays_with_its_heading_and_its_notes(note: str) -> None:
    report = replace(zero_report(), table_notes=dict.fromkeys(FORM.tables, note))
    for table in open_docx(to_docx(build_document(report, FORM))).tables:
        kept = [
            all(p.find(f".//{qn('w:keepNext')}") is not None for p in row._tr.iter(qn("w:p"))) for row in table.rows
        ]
        assert kept == [True] * (len(kept) - 1) + [bool(note)]


def test_markup_characters_and_emoji_are_text() -> None:
    odd = "a < b & c > \"d\" 'e' ]]> <w:p/> {{ x }} {% if %} &amp; 😀"
    report = replace(
        zero_report(), unit=odd, title=odd, narrative={"overview": (Paragraph(odd), Paragraph(odd, 2))},
        table_notes={"disputes": odd}, figures={"disclosure.normative.made": Figure(1, odd)},
    )  # fmt: skip
    data = to_docx(build_document(report, FORM))
    assert docx_texts(data) == expected_texts(report)
    assert open_docx(data).core_properties.title == odd
    assert open_docx(data).core_properties.author == odd


def test_the_file_knows_its_title_unit_and_language() -> None:
    properties = open_docx(to_docx(build_document(example(), FORM))).core_properties
    assert properties.title == "2023年和平镇政府信息公开工作年度报告"
    assert properties.author == "和平镇人民政府"
    assert properties.language == "zh-CN"
    assert properties.subject == FORM.document
    assert properties.category == "2023年度"


def test_the_file_carries_the_stamp_of_its_check_and_a_sample_none() -> None:
    document = checked_document(example(), FORM, ())
    assert own_properties(to_docx(document)) == stamp_properties(stamp(example(), FORM, ()))
    assert own_properties(reference_docx()) == {}


def own_properties(data: bytes) -> dict[str, str]:
    root = ET.fromstring(parts_of(data)["docProps/custom.xml"])
    return {entry.get("name", ""): "".join(entry.itertext()) for entry in root}


def test_a_long_address_may_break_anywhere_and_does_not_tear_the_line_above() -> None:
    texts = ("网址为https://www.example.gov.cn/zwgk/index.html。", "共收到WiFi建设申请5件。")
    report = replace(zero_report(), narrative={"overview": tuple(map(Paragraph, texts))})
    first, second = (p for p in open_docx(to_docx(build_document(report, FORM))).paragraphs if p.text in texts)
    assert first._p.pPr.find(qn("w:wordWrap")).get(qn("w:val")) == "0"
    assert first.alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert second._p.pPr.find(qn("w:wordWrap")) is None
    assert second.alignment is None


def test_every_part_is_valid_against_the_schema(tmp_path: Path) -> None:
    validator = OpenXmlValidator(FileFormat.OFFICE_2019)
    texts = {"overview": (Paragraph("a" * 30), Paragraph("（一）甲", 2))}
    crowded = replace(example(), table_notes=dict.fromkeys(FORM.tables, "注。"), narrative=texts)
    document = checked_document(crowded, FORM, ())
    made = (to_docx(document), to_docx(with_seal(document)), to_docx(replace(document, draft=True)), reference_docx())
    for number, data in enumerate(made):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(data)
        errors = [error.description for error in validator.validate(path).errors]
        # ISO/IEC 29500-1, 14.2.7: a document may have a theme, and ours names its fonts itself.
        assert [error for error in errors if "relationships/theme" not in error] == []


def test_equal_reports_give_equal_bytes() -> None:
    for draft in (False, True):
        made = {to_docx(replace(build_document(example(), FORM), draft=draft)) for _ in range(2)}
        assert len(made) == 1


def test_a_long_text_is_kept_whole() -> None:
    text = "公开" * 50_000
    assert text in docx_texts(
        to_docx(build_document(replace(zero_report(), narrative={"overview": (Paragraph(text),)}), FORM))
    )


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("2023年和平镇政府信息公开工作年度报告", ["2023年和平镇政府信息公开工作年度报告"]),
        ("2023年某某市财政局政府信息公开工作年度报告", ["2023年某某市财政局", "政府信息公开工作年度报告"]),
    ],
)
def test_a_title_too_long_for_a_line_breaks_by_sense(title: str, lines: list[str]) -> None:
    document = open_docx(to_docx(build_document(replace(zero_report(), title=title), FORM)))
    assert document.paragraphs[0].text.split("\n") == lines


def test_the_date_begins_two_characters_after_the_unit() -> None:
    document = open_docx(to_docx(build_document(example(), FORM)))
    unit, day = (p.paragraph_format for p in document.paragraphs[-2:])
    assert day.left_indent.pt - unit.left_indent.pt == pytest.approx(2 * 16, abs=0.1)


def test_the_signature_never_stands_alone_on_a_page() -> None:
    last, unit = open_docx(to_docx(build_document(example(), FORM))).paragraphs[-3:-1]
    assert last.paragraph_format.keep_with_next
    assert unit.style.paragraph_format.keep_with_next


@pytest.mark.parametrize("fields", [{"unit": "某局"}, {"date": date(2024, 1, 1)}])
def test_a_lone_unit_or_date_stands_where_the_style_puts_it(fields: dict[str, Any]) -> None:
    data = to_docx(build_document(Report(FORM.id, **fields), FORM))
    assert style_names(data)[-1] == "Signature"


def test_a_draft_says_so_in_every_kind_of_header_and_a_report_nowhere() -> None:
    document = build_document(example(), FORM)
    (section,) = open_docx(to_docx(replace(document, draft=True))).sections
    for header in (section.header, section.even_page_header, section.first_page_header):
        assert not header.is_linked_to_previous
        assert [paragraph.text for paragraph in header.paragraphs] == ["草稿"]
        shapes = header._element.iter("{urn:schemas-microsoft-com:vml}textpath")
        assert [shape.get("string") for shape in shapes if shape.get("string")] == ["草稿"]
    assert not any("草稿".encode() in part for part in parts_of(to_docx(document)).values())


def test_the_reference_shows_every_style() -> None:
    data = reference_docx()
    used = set(style_names(data))
    document = open_docx(data)
    used |= {p.style.name for table in document.tables for row in table.rows for c in row.cells for p in c.paragraphs}
    assert {name.lower() for name in used} == {name.lower() for name in NAMES.values()}


def test_every_font_has_a_stand_in() -> None:
    found = parts_of(reference_docx())
    fonts = ET.fromstring(found["word/fontTable.xml"])
    named = {font.get(qn("w:name")): font.find(qn("w:altName")) for font in fonts}
    used = set(re.findall(r'w:eastAsia="([^"]+)"', found["word/styles.xml"].decode())) - {"zh-CN"}
    assert used == set(named)
    assert all(alternative is not None for alternative in named.values())


def test_the_totals_of_a_made_up_city_are_printed() -> None:
    values = {a: 0 for table in FORM.tables.values() for a in table.addresses if a not in FORM.totals}
    report = report_of(
        values | {"applications.new.person": 123456789012, "applications.carried_out.person": 123456789012}
    )
    assert docx_texts(to_docx(build_document(report, FORM))).count("123456789012") == 4
