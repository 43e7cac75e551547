"""A report that went through LibreOffice, as Word file, web page or text, is read back as it was."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from xxgk.formats import form_ids, load_form
from xxgk.published.read import read_published
from xxgk.report import Report

from support.office import Office
from support.published import as_printed, values_of, values_read, written
from support.reports import example, report_of, sound_values

pytestmark = pytest.mark.office
FILTERS = {"docx": "MS Word 2007 XML", "html": "HTML (StarWriter)", "txt": "Text (encoded)"}


def through_office(office: Office, report: Report, kind: str, folder: Path) -> Path:
    """Return the Word file of ``report`` as LibreOffice saves it as ``kind``."""
    source, target = folder / "source.docx", folder / f"saved.{kind}"
    source.write_bytes(written(report, "docx"))
    document = office.open(source)
    try:
        office.save_as(document, target, FILTERS[kind])
    finally:
        document.close(True)
    return target


@pytest.mark.parametrize("kind", FILTERS)
def test_the_example_comes_back_whole(office: Office, tmp_path: Path, kind: str) -> None:
    found = read_published(through_office(office, example(), kind, tmp_path))
    assert found.report == as_printed(example())
    assert found.doubts == ()


@pytest.mark.parametrize("kind", FILTERS)
@pytest.mark.parametrize("form_id", form_ids())
def test_random_numbers_come_back(office: Office, tmp_path: Path, form_id: str, kind: str) -> None:
    form = load_form(form_id)
    report = report_of(sound_values(Random(8), form), form=form)
    found = read_published(through_office(office, report, kind, tmp_path))
    assert found.report.form == form_id
    assert values_read(found) == values_of(form, report)
    assert found.doubts == ()
