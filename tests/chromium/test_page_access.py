"""The page for everyone: axe-core finds nothing, headers stay in sight on a phone, it looks as it did."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from xxgk.records import replace
from xxgk.render.document import Document, build_document
from xxgk.render.fragment import to_fragment
from xxgk.render.html import to_html

from support.axe import faults
from support.chromium import run_chromium, seen
from support.glances import REPORTS
from support.pictures import looks_like
from support.reports import FORM
from support.sizes import full_only, spread

pytestmark = pytest.mark.chromium

# A frame as narrow as a phone; each table is moved, and its headers must not be.
PHONE = """<!DOCTYPE html><meta charset="utf-8">
<iframe id="frame" style="width:{width}px;height:800px;border:0" srcdoc="{page}"></iframe>
<script>
document.getElementById("frame").onload = event => {{
  const inner = event.target.contentDocument;
  const box = inner.querySelector("table.labelled").parentElement, frame = () => box.getBoundingClientRect();
  const at = selector => {{
    const place = inner.querySelector("table.labelled " + selector).getBoundingClientRect();
    return [Math.round(place.left - frame().left), Math.round(place.top - frame().top)];
  }};
  const labels = [...inner.querySelectorAll("table.labelled tbody tr:nth-child(6) th")].pop();
  const look = () => ({{ label: Math.round(labels.getBoundingClientRect().right - frame().left),
    left: at("tbody tr:nth-child(1) th.label0")[0], head: at("thead")[1],
    number: Math.round(inner.querySelector("table.labelled td").getBoundingClientRect().left - frame().left) }});
  const before = look();
  box.scrollTo(100, 300);
  const after = look();
  const numbers = [...inner.querySelectorAll("td")];
  document.title = JSON.stringify({{ before, after, room: box.clientWidth, tall: box.clientHeight,
    over: numbers.filter(cell => cell.scrollWidth > cell.clientWidth + 1).length,
    smallest: Math.min(...numbers.map(cell => cell.clientWidth)) }});
}};
</script>"""


def document_of(name: str) -> Document:
    return build_document(REPORTS[name](), FORM)


@pytest.mark.parametrize(("name", "draft"), spread([("city", False), ("zeros", True)], 1))
def test_axe_finds_no_fault(tmp_path: Path, name: str, draft: bool) -> None:
    found = faults(tmp_path, to_html(replace(document_of(name), draft=draft)))
    assert found["violations"] == []
    assert found["rules"] > 25


@full_only
def test_axe_finds_no_fault_in_a_page_around_the_fragment(tmp_path: Path) -> None:
    head = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>年报</title></head>'
    body = f"<body><main><h1>年报</h1>{to_fragment(document_of('city'))}</main></body></html>"
    assert faults(tmp_path, head + body)["violations"] == []


@full_only
def test_a_fault_would_be_found(tmp_path: Path) -> None:
    page = to_html(document_of("zeros")).replace('<html lang="zh-CN">', "<html>")
    assert [fault for fault, _ in faults(tmp_path, page)["violations"]] == ["html-has-lang"]


def test_on_a_phone_headers_stay_while_numbers_move(tmp_path: Path) -> None:
    saw = seen(tmp_path, PHONE, to_html(document_of("city")), 390)
    before, after = saw["before"], saw["after"]
    assert after["number"] == before["number"] - 100
    assert abs(after["left"]) <= 1
    assert abs(after["label"] - before["label"]) <= 1
    assert abs(after["head"]) <= 1
    # About half of a phone is left to the numbers.
    assert before["label"] <= saw["room"] * 0.55
    assert saw["tall"] <= 800 * 0.85 + 2
    assert saw["over"] == 0


@pytest.mark.parametrize(("name", "width"), spread([("city", 390), ("city", 1280), ("zeros", 390)], 1))
def test_the_page_looks_as_it_did(tmp_path: Path, name: str, width: int) -> None:
    """A window may not be as narrow as a phone, but a frame in it may."""
    page = html.escape(to_html(document_of(name)))
    frame = f'<body style="margin:0"><iframe style="width:{width}px;height:3000px;border:0" srcdoc="{page}"></iframe>'
    path, image = tmp_path / "frame.html", tmp_path / "page.png"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{frame}", encoding="utf-8")
    size = f"--window-size={max(width, 500)},3000"
    # On a busy machine the picture would else be taken before the frame is drawn.
    drawn = ("--run-all-compositor-stages-before-draw", "--virtual-time-budget=5000")
    run_chromium(tmp_path / "profile", "--hide-scrollbars", *drawn, size, f"--screenshot={image}", path.as_uri())
    assert looks_like(f"page-{name}-{width}", image.read_bytes())
