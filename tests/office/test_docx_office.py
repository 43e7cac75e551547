"""The report as LibreOffice lays it out: A4, page numbers, headings with their tables, 草稿 on every page."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from xxgk.records import replace
from xxgk.render.document import Document, build_document
from xxgk.render.docx import reference_docx, to_docx
from xxgk.report import Figure, Paragraph, Report

from support.office import Office
from support.poppler import facts, pages_as_read, word_boxes
from support.reports import FORM, example, report_of, sound_values

pytestmark = [pytest.mark.office, pytest.mark.poppler]
PDF, DOCX = "writer_pdf_Export", "MS Word 2007 XML"


def saved(office: Office, data: bytes, path: Path, filter_name: str) -> Path:
    """Return ``path`` after LibreOffice opened the docx in ``data`` and saved it there."""
    source = path.with_name("source.docx")
    source.write_bytes(data)
    document = office.open(source)
    try:
        office.save_as(document, path, filter_name)
    finally:
        document.close(True)
    return path


def pages_of(office: Office, document: Document, folder: Path, style: bytes | None = None) -> list[str]:
    """Return the text of each page, without white space."""
    pdf = saved(office, to_docx(document, style), folder / "report.pdf", PDF)
    return ["".join(page.split()) for page in pages_as_read(pdf)]


def city() -> Report:
    """Return a report with large numbers, a remark in 表三, notes, and every level of heading in a long text."""
    random = Random(7)
    text = "公开" * 200 + "。"
    levels = [Paragraph(f"{mark}重点领域信息公开", level) for mark, level in (("（一）", 2), ("1.", 3), ("（1）", 4))]
    narrative = {
        part.id: tuple(paragraph for level in levels for paragraph in (level, Paragraph(text))) for part in FORM.parts
    }
    report = report_of(sound_values(random))
    figures = dict(report.figures)
    figures |= {f"applications.new.{column}": Figure(random.randint(10**6, 10**7)) for column in ("person", "business")}
    figures["applications.other.rest.person"] = Figure(12, "含申请人主动撤回3件")
    figures["disclosure.licences.decisions"] = Figure(123456789012)
    notes = dict.fromkeys(FORM.tables, "含上年度结转数量。")
    return replace(
        report, unit="某某自治州某某县市场监督管理局", figures=figures, narrative=narrative, table_notes=notes
    )


@pytest.mark.parametrize("report", [example(), city()], ids=["example", "city"])
def test_every_page_has_its_number_and_every_table_is_on_the_page_of_its_heading(
    office: Office, tmp_path: Path, report: Report
) -> None:
    pages = pages_of(office, build_document(report, FORM), tmp_path)
    assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))
    for section in FORM.sections:
        (page,) = [page for page in pages if section.heading in page]
        if section.table:
            labels = {cell.text for cell in FORM.tables[section.table].grid if cell.header}
            assert {label for label in labels if label not in page} == set()
        else:
            assert not re.search(rf"{re.escape(section.heading)}—\d+—$", page), "a heading without its text"


def test_no_large_number_is_torn(office: Office, tmp_path: Path) -> None:
    pages = "".join(pages_of(office, build_document(city(), FORM), tmp_path))
    words = "".join(pages_as_read(tmp_path / "report.pdf")).split()
    assert "123456789012" in words
    assert all(str(city().figures[f"applications.new.{c}"].value) in words for c in ("person", "business"))
    assert "12（含申请人主动撤回3件）" in pages


def test_the_paper_is_a4(office: Office, tmp_path: Path) -> None:
    pdf = saved(office, to_docx(build_document(example(), FORM)), tmp_path / "report.pdf", PDF)
    assert "(A4)" in facts(pdf)
    assert "2023年和平镇政府信息公开工作年度报告" in facts(pdf)


def test_page_numbers_stand_outside_seven_millimetres_below_the_text(office: Office, tmp_path: Path) -> None:
    pdf = saved(office, to_docx(build_document(example(), FORM)), tmp_path / "report.pdf", PDF)
    number = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">—')
    for page, box in enumerate(word_boxes(pdf).split("<page ")[1:], 1):
        left, top, bottom = (float(value) / 72 * 25.4 for value in number.findall(box)[0])
        assert left > 150 if page % 2 else left < 40
        # The dash runs through the middle of its line; fonts differ by a millimetre.
        assert 297 - (top + bottom) / 2 == pytest.approx(35 - 7, abs=1)


def test_a_full_page_has_22_lines_of_28_characters(office: Office, tmp_path: Path) -> None:
    report = replace(example(), narrative={"overview": (Paragraph("政" * 2_000),)})
    pdf = saved(office, to_docx(build_document(report, FORM)), tmp_path / "report.pdf", PDF)
    second = [line for line in pages_as_read(pdf)[1].splitlines() if "政" in line]
    assert [len(line.strip()) for line in second] == [28] * 22


def test_a_draft_says_so_on_every_page(office: Office, tmp_path: Path) -> None:
    document = build_document(city(), FORM)
    assert not any("草稿" in page for page in pages_of(office, document, tmp_path))
    pages = pages_of(office, replace(document, draft=True), tmp_path)
    assert len(pages) > 3
    assert all("草稿" in page for page in pages)


def test_a_reference_saved_by_libreoffice_still_works(office: Office, tmp_path: Path) -> None:
    style = saved(office, reference_docx(), tmp_path / "style.docx", DOCX).read_bytes()
    pages = pages_of(office, replace(build_document(example(), FORM), draft=True), tmp_path, style)
    assert all(f"—{number}—" in page and "草稿" in page for number, page in enumerate(pages, 1))
    for section in FORM.sections:
        assert sum(section.heading in page for page in pages) == 1
