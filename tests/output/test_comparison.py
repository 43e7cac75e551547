"""Differences in the terminal and as a page: all of them, within the width, and nothing that a browser would run."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given

from xxgk.cli import main
from xxgk.comparing.compare import compare_reports
from xxgk.jsonio import dump_json
from xxgk.output.comparison import render_comparison, render_comparison_page
from xxgk.output.width import display_width
from xxgk.records import replace
from xxgk.report import Paragraph, Report

from support.reports import FORM, example, with_figure
from support.workbooks import reports

OLD = replace(example(), year=2022, narrative={"overview": (Paragraph("2022年收到12件。"), Paragraph("都办了。"))})
NEW = with_figure(
    replace(OLD, year=2023, narrative={"overview": (Paragraph("2023年收到15件。"),)}), "disclosure.fees.amount", 3
)


@pytest.mark.parametrize("width", [20, 33, 60, 80, 200])
def test_every_change_is_there_at_any_width(width: int) -> None:
    text = render_comparison(compare_reports(OLD, FORM, NEW, FORM), width, colour=False)
    assert max(map(display_width, text.splitlines())) <= width
    whole = "".join(text.split())
    for words in ("〖删：12〗〖增：15〗", "〖删：都办了。〗", "行政事业性收费", "+3", "数字有1处不同，文字有2段不同。"):
        assert words in whole


@given(reports(), reports())
def test_any_two_reports_can_be_shown(old: Report, new: Report) -> None:
    found = compare_reports(old, FORM, new, FORM)
    assert max(map(display_width, render_comparison(found, 60, colour=True).splitlines())) <= 80
    assert "</html>" in render_comparison_page(found)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inside: dict[str, list[str]] = {"ins": [], "del": []}

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.tags and self.tags[-1] == tag:
            self.tags.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] in self.inside:
            self.inside[self.tags[-1]].append(data)


def test_the_page_marks_what_changed_and_runs_nothing() -> None:
    evil = replace(NEW, unit="<script>alert(1)</script>")
    page = _Page()
    text = render_comparison_page(compare_reports(OLD, FORM, evil, FORM))
    page.feed(text)
    assert {"12", "都办了。"} <= set(page.inside["del"])
    assert "15" in page.inside["ins"]
    assert not {"script", "link", "img"} & set(page.tags)
    assert "http" not in text


def test_the_command_writes_the_page_and_keeps_an_older_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = []
    for report in (OLD, NEW):
        files.append(tmp_path / f"{report.year}.json")
        files[-1].write_text(dump_json(report, FORM), encoding="utf-8")
    names = [str(path) for path in files]
    page = tmp_path / "对照.html"
    assert main(["diff", *names]) == 0
    assert "原来：和平镇人民政府 2022 年度" in capsys.readouterr().out
    assert main(["diff", *names, "--format", "html", "-o", str(page)]) == 0
    assert "<ins>15</ins>" in page.read_text(encoding="utf-8")
    assert main(["diff", *names, "-o", str(page)]) == 2
    assert main(["diff", *names, "--format", "html", "-o", str(tmp_path / "年报.xlsx")]) == 2
    assert not (tmp_path / "年报.xlsx").exists()
