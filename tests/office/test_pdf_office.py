"""The report as LibreOffice exports it to PDF, read back."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from xxgk.published.read import read_published
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.render.docx import to_docx
from xxgk.report import Figure, Report

from support.office import Office
from support.published import as_printed, values_of, values_read
from support.reports import FORM, example, sound_values

pytestmark = pytest.mark.office

# LibreOffice neither shows nor exports a mark that would hang over the right margin.
HANGING = str.maketrans("", "", "，。、；：")


def exported(office: Office, report: Report, folder: Path) -> Path:
    source, made = folder / "report.docx", folder / "report.pdf"
    source.write_bytes(to_docx(build_document(report, FORM)))
    document = office.open(source)
    try:
        office.save_as(document, made, "writer_pdf_Export")
    finally:
        document.close(True)
    return made


def without_marks(report: Report) -> Report:
    texts = {
        part: tuple(replace(paragraph, text=paragraph.text.translate(HANGING)) for paragraph in text)
        for part, text in report.narrative.items()
    }
    return replace(report, narrative=texts)


def test_the_example_comes_back_whole(office: Office, tmp_path: Path) -> None:
    found = read_published(exported(office, example(), tmp_path))
    assert without_marks(found.report) == without_marks(as_printed(example()))
    assert found.doubts == ()


@pytest.mark.parametrize("seed", range(3))
def test_every_number_comes_back(office: Office, tmp_path: Path, seed: int) -> None:
    figures = {address: Figure(value) for address, value in sound_values(Random(seed)).items()}
    report = replace(example(), figures=figures)
    found = read_published(exported(office, report, tmp_path))
    assert values_read(found) == values_of(FORM, report)
    assert found.doubts == ()
