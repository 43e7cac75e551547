"""A PDF that LibreOffice makes of the docx, page for page."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.published.read import read_published
from xxgk.render.document import build_document
from xxgk.render.outputs import outputs_named

from support.published import as_printed
from support.reports import FORM, example

pytestmark = pytest.mark.office


def test_the_twin_of_the_example_comes_back_whole(tmp_path: Path) -> None:
    (output,) = outputs_named("pdf", "docx")
    path = tmp_path / "report.pdf"
    path.write_bytes(output.render(build_document(example(), FORM), None).data)
    assert read_published(path).report == as_printed(example())
