"""The page of two reports side by side in Chromium: fits a phone and a screen, and prints with page numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xxgk.comparing.compare import compare_reports
from xxgk.output.comparison import render_comparison_page
from xxgk.records import replace
from xxgk.report import Figure, Paragraph

from support.chromium import run_chromium, seen
from support.poppler import pages_as_read
from support.reports import FORM, example
from support.sizes import spread

pytestmark = pytest.mark.chromium

PROBE = """<!DOCTYPE html><meta charset="utf-8">
<iframe id="frame" style="width:{width}px;height:800px;border:0" srcdoc="{page}"></iframe>
<script>
document.getElementById("frame").onload = event => {{
  const inner = event.target.contentDocument, root = inner.documentElement;
  document.title = JSON.stringify({{
    width: root.clientWidth, needed: root.scrollWidth, rows: inner.querySelectorAll("tbody tr").length,
    added: [...inner.querySelectorAll("section ins")].map(node => node.textContent),
    removed: [...inner.querySelectorAll("section del")].map(node => node.textContent) }});
}};
</script>"""

OLD = replace(example(), narrative={"overview": (Paragraph("收到12件。"),)})
FIGURES = {address: Figure(1_000_000 + n) for n, address in enumerate(OLD.figures) if address not in FORM.totals}
NEW = replace(OLD, figures=FIGURES, narrative={"overview": (Paragraph("收到15件。"),)})
PAGE = render_comparison_page(compare_reports(OLD, FORM, NEW, FORM))


@pytest.mark.parametrize("width", spread([360, 1280], 1))
def test_nothing_is_wider_than_the_window(tmp_path: Path, width: int) -> None:
    saw = seen(tmp_path, PROBE, PAGE, width)
    assert saw["needed"] <= saw["width"] <= width
    assert saw["rows"] == sum(len(table.addresses) for table in FORM.tables.values())
    assert (saw["added"], saw["removed"]) == (["15"], ["12"])


@pytest.mark.poppler
def test_it_prints_with_page_numbers_and_headings_on_each_page(tmp_path: Path) -> None:
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(PAGE, encoding="utf-8")
    run_chromium(tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
    pages = ["".join(text.split()) for text in pages_as_read(pdf)]
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        assert re.search(f"第{number}页，共{len(pages)}页", text)
        assert "增减幅度" in text or "1000" not in text
