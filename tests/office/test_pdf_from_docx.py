"""A PDF that LibreOffice makes of the docx, page for page."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.published.read import read_published
from xxgk.render.outputs import outputs_named
from xxgk.reporting import checked_document
from xxgk.verifying.stamps import stamp_of
from xxgk.workbook.template import new_workbook

from support.published import as_printed
from support.reports import FORM, example

pytestmark = pytest.mark.office


def test_the_twin_of_the_example_comes_back_whole(tmp_path: Path) -> None:
    (output,) = outputs_named("pdf", "docx")
    path = tmp_path / "report.pdf"
    document = checked_document(example(), FORM, ())
    path.write_bytes(output.render(document, None).data)
    assert read_published(path).report == as_printed(example())
    assert stamp_of(path.read_bytes()) == document.stamp


def test_verify_shows_of_the_twin_what_it_was_made_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "a.xlsx"
    book.write_bytes(new_workbook(FORM, example(), ".xlsx").data)
    assert main(["report", str(book), "--to", "pdf", "--pdf-from", "docx"]) == 0
    (report,) = tmp_path.glob("*.pdf")
    capsys.readouterr()
    assert main(["verify", str(report), str(book)]) == 0
    said = capsys.readouterr().out
    assert "工作簿没有改过" in said
    assert "一致" in said
