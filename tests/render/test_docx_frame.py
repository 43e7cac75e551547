"""What an office puts around the report in Word: kept in every report, whatever it is."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from PIL import Image

from render.reading import docx_texts, expected_texts, open_docx
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.render.docx import reference_docx, to_docx
from xxgk.render.docx_frame import BEGIN, END
from xxgk.render.docx_parts import UnreadableStyle

from support.packages import parts_of
from support.reports import FORM, example

HEAD, ATTACHMENT = "云岭州人民政府文件", "附件1"


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def reference(change: Callable[[Any, Any, Any], None]) -> bytes:
    """Return the reference after ``change`` got the document and the paragraphs with its two marks."""
    document = open_docx(reference_docx())
    begin, end = (next(p for p in document.paragraphs if p.text == mark) for mark in (BEGIN, END))
    change(document, begin, end)
    return saved(document)


def framed(document: Any, begin: Any, end: Any) -> None:
    head = begin.insert_paragraph_before()
    run = head.add_run(HEAD)
    run.font.size, run.font.color.rgb = Pt(40), RGBColor(0xC0, 0, 0)
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), (192, 0, 0)).save(buffer, "png")
    head.add_run().add_picture(buffer)
    document.add_paragraph(ATTACHMENT)
    document.add_table(1, 2).cell(0, 1).text = "附表"


def covered(document: Any, begin: Any, end: Any) -> None:
    """Put a cover in a section of its own before the report."""
    cover = begin.insert_paragraph_before("封面")
    document.add_section(WD_SECTION.NEW_PAGE)
    first = document.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
    cover._p.addnext(first)


def test_a_red_head_and_an_attachment_stand_around_the_report() -> None:
    data = to_docx(build_document(example(), FORM), reference(framed))
    texts = docx_texts(data)
    assert texts == [HEAD, *expected_texts(example()), ATTACHMENT, "附表"]
    document = open_docx(data)
    assert document.paragraphs[0].runs[0].font.color.rgb == RGBColor(0xC0, 0, 0)
    assert document.paragraphs[0]._p.xpath(".//pic:pic")
    assert any(name.startswith("word/media/") for name in parts_of(data))


def test_what_stands_between_the_marks_is_not_kept() -> None:
    assert docx_texts(to_docx(build_document(example(), FORM), reference_docx())) == expected_texts(example())


def test_a_cover_is_a_section_of_its_own_and_bears_the_draft_mark_too() -> None:
    style = reference(covered)
    document = build_document(example(), FORM)
    assert docx_texts(to_docx(document, style))[:2] == ["封面", document.title]
    sections = open_docx(to_docx(replace(document, draft=True), style)).sections
    assert len(sections) == 2
    for section in sections:
        texts = [p.text for p in (*section.header.paragraphs, *section.even_page_header.paragraphs)]
        assert texts.count("草稿") == 2
        assert len(section._sectPr.findall(qn("w:headerReference"))) == 3


def test_a_style_without_marks_keeps_nothing() -> None:
    def unmarked(document: Any, begin: Any, end: Any) -> None:
        begin.insert_paragraph_before(HEAD)
        for mark in (begin, end):
            mark._p.getparent().remove(mark._p)

    assert docx_texts(to_docx(build_document(example(), FORM), reference(unmarked))) == expected_texts(example())


def only_one(document: Any, begin: Any, end: Any) -> None:
    end._p.getparent().remove(end._p)


def turned(document: Any, begin: Any, end: Any) -> None:
    end._p.addnext(begin._p)


@pytest.mark.parametrize("change", [only_one, turned])
def test_marks_that_do_not_make_a_pair_are_told(change: Callable[[Any, Any, Any], None]) -> None:
    with pytest.raises(UnreadableStyle, match=END):
        to_docx(build_document(example(), FORM), reference(change))


def test_a_mark_is_known_however_word_cuts_it_into_runs() -> None:
    def cut(document: Any, begin: Any, end: Any) -> None:
        begin.runs[0].text = BEGIN[:3]
        begin.add_run(f" {BEGIN[3:]} ").bold = True
        begin.insert_paragraph_before(HEAD)

    assert docx_texts(to_docx(build_document(example(), FORM), reference(cut)))[0] == HEAD


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    style = reference(framed)
    assert len({to_docx(build_document(example(), FORM), style) for _ in range(2)}) == 1
