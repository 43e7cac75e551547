import contextlib
import io
import re
from random import Random

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from render.reading import docx_cells, docx_texts, expected_texts, open_docx, printed_cells
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.render.docx import reference_docx, to_docx
from xxgk.render.docx_parts import UnreadableStyle
from xxgk.render.docx_style import finished_style

from support.packages import packed, parts_of
from support.reports import FORM, example

STYLES = "word/styles.xml"
MAIN = "word/document.xml"


def amended(*changes: tuple[str, str, str], drop: tuple[str, ...] = (), add: dict[str, bytes] | None = None) -> bytes:
    """Return the reference with each (part, pattern, replacement) made, parts dropped and added."""
    parts = {name: part for name, part in parts_of(reference_docx()).items() if name not in drop}
    for part, pattern, replacement in changes:
        text, count = re.subn(pattern, replacement, parts[part].decode())
        assert count, f"{pattern} is not in {part}"
        parts[part] = text.encode()
    return packed(parts | (add or {}))


def restyled() -> bytes:
    """Return the reference as an office would change it, saved by another program."""
    document = open_docx(reference_docx())
    document.styles["Body Text"].font.size = Pt(15)
    document.styles["Title"].font.name = "华文中宋"
    (section,) = document.sections
    section.left_margin = Mm(40)
    section.header.paragraphs[0].text = "某市人民政府"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_restyled_reference_gives_its_styles_page_and_header_but_no_text() -> None:
    data = to_docx(build_document(example(), FORM), restyled())
    document = open_docx(data)
    assert docx_texts(data) == expected_texts(example())
    assert document.styles["Body Text"].font.size == Pt(15)
    assert document.styles["Title"].font.name == "华文中宋"
    (section,) = document.sections
    assert section.left_margin.mm == pytest.approx(40, abs=0.1)
    assert section.header.paragraphs[0].text == "某市人民政府"
    assert document.core_properties.title == "2023年和平镇政府信息公开工作年度报告"


def test_tables_fill_the_width_of_the_restyled_page() -> None:
    for style, width in ((None, 156), (restyled(), 144)):
        for table in open_docx(to_docx(build_document(example(), FORM), style)).tables:
            assert sum(column.width.mm for column in table.columns) == pytest.approx(width, abs=0.2)


def test_a_draft_keeps_the_offices_own_header() -> None:
    document = replace(build_document(example(), FORM), draft=True)
    (section,) = open_docx(to_docx(document, restyled())).sections
    assert [paragraph.text for paragraph in section.header.paragraphs] == ["某市人民政府", "草稿"]
    for header in (section.even_page_header, section.first_page_header):
        assert [paragraph.text for paragraph in header.paragraphs] == ["草稿"]


def test_a_draft_keeps_off_the_papers_edge_where_the_reference_had_no_header() -> None:
    style = amended((MAIN, r'w:header="\d+"', 'w:header="0"'))
    (section,) = open_docx(to_docx(replace(build_document(example(), FORM), draft=True), style)).sections
    assert section.header_distance.mm == pytest.approx(15, abs=0.1)


def test_styles_are_found_by_name_since_word_gives_them_other_ids_in_chinese() -> None:
    changes = []
    for number, style_id in enumerate(("Title", "Heading1", "Heading2", "BodyText", "TableText", "ReportTable")):
        changes.append((STYLES, f'w:styleId="{style_id}"', f'w:styleId="a{number}"'))
    changes.append((STYLES, 'w:basedOn w:val="TableText"', 'w:basedOn w:val="a4"'))
    data = to_docx(build_document(example(), FORM), amended(*changes))
    document = open_docx(data)
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].style.style_id == "a0"
    assert document.tables[0].style.name == "年报表格"
    assert docx_texts(data) == expected_texts(example())


def test_sizes_are_inherited() -> None:
    sizes = finished_style(None).sizes
    assert (sizes["title"], sizes["body"], sizes["cell"], sizes["small"]) == (44, 32, 21, 18)
    unsized = amended((STYLES, r'<w:sz w:val="32"/>', ""))
    assert finished_style(unsized).sizes["body"] == 20
    circular = amended(
        (STYLES, r'(w:styleId="Normal">\s*<w:name w:val="Normal"/>)', r'\1<w:basedOn w:val="BodyText"/>')
    )
    assert finished_style(circular).sizes["body"] == 32


def test_what_only_later_versions_of_word_know_is_left_out_of_the_page() -> None:
    new = '<x:columns xmlns:x="urn:later" x:n="2"/><w:cols x:later="1" xmlns:x="urn:later"'
    page = finished_style(amended((MAIN, "<w:cols", new))).page
    assert "columns" not in page
    assert "later" not in page
    assert "<w:cols" in page


@pytest.mark.parametrize(
    ("style", "sentence"),
    [
        (b"", "不是 docx"),
        (b"PK\x03\x04 cut", "不是 docx"),
        (packed({"a.txt": b"x"}), "不完整"),
        (amended(drop=(STYLES,)), "不完整"),
        (amended((STYLES, 'w:val="表注"', 'w:val="别的"')), "缺少样式：表注。"),
        (amended((MAIN, r"<w:sectPr>.*</w:sectPr>", "")), "没有页面设置"),
        (amended((MAIN, r"<w:pgMar [^>]*></w:pgMar>", "")), "没有纸张大小或页边距"),
        (amended((MAIN, r'w:left="1587"', 'w:left="9999"')), "放不下文字"),
        (amended((MAIN, r'w:left="1587"', 'w:left="3cm"')), "3cm"),
        (amended((STYLES, r'<w:sz w:val="44"/>', '<w:sz w:val="big"/>')), "big"),
        (amended((STYLES, r"</w:styles>", "")), "已损坏"),
        (amended((STYLES, r"<w:styles ", '<!DOCTYPE w [<!ENTITY a "b">]><w:styles ')), "不该有的内容"),
        (amended(add={"word/vbaProject.bin": b"x"}), "宏"),
        (packed({str(n): b"" for n in range(2_001)}), "太大"),
    ],
)
def test_a_style_that_cannot_be_used_is_refused_in_one_sentence(style: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableStyle, match=sentence) as caught:
        to_docx(build_document(example(), FORM), style)
    assert str(caught.value).endswith("。")


def test_a_template_makes_a_document_not_another_template() -> None:
    dotx = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    style = amended((r"[Content_Types].xml", r'(document.xml" ContentType=)"[^"]*"', rf'\1"{dotx}"'))
    assert docx_texts(to_docx(build_document(example(), FORM), style)) == expected_texts(example())


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_style_is_refused_or_used_but_never_a_crash(seed: int) -> None:
    random = Random(seed)
    parts = parts_of(restyled())
    name = random.choice(sorted(parts))
    start = random.randrange(len(parts[name]))
    parts[name] = parts[name][:start] + parts[name][start + random.randint(1, 40) :]
    document = replace(build_document(example(), FORM), draft=bool(seed % 2))
    with contextlib.suppress(UnreadableStyle):
        assert MAIN in parts_of(to_docx(document, packed(parts)))


def test_every_part_of_the_own_reference_is_declared_and_reachable() -> None:
    all_parts = parts_of(reference_docx())
    types = all_parts["[Content_Types].xml"].decode()
    relations = all_parts["word/_rels/document.xml.rels"].decode()
    parts = {name for name in all_parts if name.startswith("word/") and not name.endswith((".rels", MAIN))}
    assert {f"word/{target}" for target in re.findall(r'Target="([^"]+)"', relations)} == parts
    assert all(f'PartName="/{name}"' in types for name in (*parts, MAIN, "docProps/core.xml"))


def test_tables_read_back_from_a_restyled_report_too() -> None:
    document = open_docx(to_docx(build_document(example(), FORM), restyled()))
    for read, table in zip(document.tables, FORM.tables.values(), strict=True):
        assert docx_cells(read) == printed_cells(example(), table)
        assert read._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")).startswith(table.name)
