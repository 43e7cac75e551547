"""The page in Chromium: nothing to complain about, nothing wider than a phone, 草稿 on every printed page."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.render.html import to_html
from xxgk.report import Figure, Paragraph

from support.chromium import run_chromium, seen
from support.poppler import pages_as_read
from support.reports import FORM, example
from support.sizes import spread

pytestmark = pytest.mark.chromium

# Runs in a page around the report, which itself has no script, and leaves what it saw in the title.
PROBE = """<!DOCTYPE html><meta charset="utf-8">
<iframe id="frame" style="width:{width}px;height:800px;border:0" srcdoc="{page}"></iframe>
<script>
document.getElementById("frame").onload = event => {{
  const inner = event.target.contentDocument, root = inner.documentElement;
  const headerless = [...inner.querySelectorAll("td")].filter(cell =>
    !cell.headers || cell.headers.split(" ").some(id => inner.getElementById(id)?.tagName !== "TH"));
  document.title = JSON.stringify({{
    width: root.clientWidth, needed: root.scrollWidth, tables: inner.querySelectorAll("table").length,
    scrolling: [...inner.querySelectorAll(".scroll")].map(box => box.scrollWidth > box.clientWidth),
    numbers: inner.querySelectorAll("td").length, headerless: headerless.length,
    mode: inner.compatMode, draft: inner.querySelectorAll(".draft").length }});
}};
</script>"""


def page_with(draft: bool) -> str:
    """Return the example with a long web address, large numbers, and a remark."""
    report = example()
    address = Paragraph("本报告电子版可在 http://www.example.gov.cn/zwgk/" + "xxgk" * 30 + "/index.html 下载。")
    figures = {**report.figures, "disclosure.licences.decisions": Figure(123456789012)}
    figures["applications.new.person"] = Figure(123456789012, "其中线上1件")
    report = replace(report, narrative={**report.narrative, "preface": (address,)}, figures=figures)
    return to_html(replace(build_document(report, FORM), draft=draft))


@pytest.mark.parametrize(("width", "scrolling"), spread([(390, [False, True, True]), (1280, [False, False, False])], 1))
def test_nothing_is_wider_than_the_window_and_wide_tables_scroll(
    tmp_path: Path, width: int, scrolling: list[bool]
) -> None:
    facts = seen(tmp_path, PROBE, page_with(draft=False), width)
    assert facts["width"] in range(width - 20, width + 1)
    assert facts["needed"] <= facts["width"]
    assert facts["scrolling"] == scrolling
    assert facts["mode"] == "CSS1Compat"


def test_every_number_has_headers_that_exist(tmp_path: Path) -> None:
    facts = seen(tmp_path, PROBE, page_with(draft=True), 800)
    assert facts["tables"] == len(FORM.tables)
    assert facts["numbers"] == sum(len(table.addresses) for table in FORM.tables.values())
    assert facts["headerless"] == 0
    assert facts["draft"] == 1


@pytest.mark.poppler
def test_the_printed_page_is_numbered_and_a_draft_says_so_on_each(tmp_path: Path) -> None:
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(page_with(draft=True), encoding="utf-8")
    run_chromium(tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
    pages = ["".join(part.split()) for part in pages_as_read(pdf)]
    assert len(pages) > 3
    for number, part in enumerate(pages, 1):
        assert f"—{number}—" in part
        assert {"草", "稿"} <= set(part)
    headings = [section.heading for section in FORM.sections]
    assert [sum(heading in part for part in pages) for heading in headings] == [1] * len(headings)
