"""The 问题清单 in Chromium: fits a phone and a screen; on paper each unit's pages can be handed out on their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xxgk.checks.finding import SEVERITIES, Finding
from xxgk.output.html import render_html
from xxgk.output.result import FileResult

from support.chromium import run_chromium, seen
from support.poppler import facts, pages_as_read
from support.sizes import spread

pytestmark = pytest.mark.chromium

# Runs in a page around the list, which itself has no script, and leaves what it saw in the title.
PROBE = """<!DOCTYPE html><meta charset="utf-8">
<iframe id="frame" style="width:{width}px;height:800px;border:0" srcdoc="{page}"></iframe>
<script>
document.getElementById("frame").onload = event => {{
  const inner = event.target.contentDocument, root = inner.documentElement;
  const shown = node => node.getClientRects().length > 0;
  document.title = JSON.stringify({{
    width: root.clientWidth, needed: root.scrollWidth, mode: inner.compatMode,
    clipped: [...inner.querySelectorAll("th, td")].filter(shown)
      .filter(cell => cell.scrollWidth > cell.clientWidth + 1).length,
    headings: [...inner.querySelectorAll(".findings thead")].filter(shown).length,
    labels: getComputedStyle(inner.querySelector(".findings tbody td"), "::before").content.replaceAll(`" "`, "") }});
}};
</script>"""


def file_result(name: str, count: int) -> FileResult:
    """Return findings of three sheets, each with words that say where on paper they begin and end."""
    found = tuple(
        Finding(
            "A104",
            SEVERITIES[number % 3],
            "disputes.review.total",
            f"表{number * 3 // count}",
            f"F{number + 1}",
            ("行政复议", "总计"),
            f"{name}起{number}头。" + "总计与各项之和不相等，请核对。" * (number % 7) + f"{name}终{number}尾。",
            "x" * 60,
            123456789012,
            -123456789012,
            "请核对各项，改正后再报。",
        )
        for number in range(count)
    )
    return FileResult(f"{name}.xlsx", found)


FILES = (
    file_result("甲", 45),
    FileResult("没有问题.xlsx"),
    file_result("乙", 12),
    FileResult("很长的名字" * 12 + ".xlsx", error="读不了：文件已损坏。"),
)


@pytest.mark.parametrize(("width", "tables", "labels"), spread([(390, 0, '"序号："'), (1280, 6, "none")], 1))
def test_nothing_is_wider_than_the_window_and_a_phone_shows_cards(
    tmp_path: Path, width: int, tables: int, labels: str
) -> None:
    saw = seen(tmp_path, PROBE, "".join(render_html(FILES)), width)
    assert saw["width"] in range(width - 20, width + 1)
    assert saw["needed"] <= saw["width"]
    assert saw["clipped"] == 0
    assert saw["headings"] == tables
    assert saw["labels"] == labels
    assert saw["mode"] == "CSS1Compat"


@pytest.mark.poppler
def test_on_paper_rows_stay_whole_and_each_page_says_whose_it_is(tmp_path: Path) -> None:
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text("".join(render_html(FILES)), encoding="utf-8")
    run_chromium(tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
    assert re.search(r"Page size: +84\d\.?\d* x 59\d", facts(pdf))
    summary, *lists = ["".join(part.split()) for part in pages_as_read(pdf)]
    assert len(lists) > 4
    assert all(result.file in summary for result in FILES)
    for number, part in enumerate(lists, 2):
        assert f"第{number}页，共{len(lists) + 1}页" in part
        assert part.count("处理情况") == part.count("问题清单") >= 1
    begun = [re.findall("[甲乙]起[0-9]+头", part) for part in lists]
    ended = [re.findall("[甲乙]终[0-9]+尾", part) for part in lists]
    assert [len(part) for part in begun] == [len(part) for part in ended]
    assert sum(map(len, begun)) == 45 + 12
    assert all(begun)
    assert [len({word[0] for word in part}) for part in begun] == [1] * len(lists)
