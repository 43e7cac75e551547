"""The 问题清单 as a page: complete, in order, and nothing in it but what we put there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from findings_samples import ALL, BROKEN, CLEAN, EXAMPLE, UNREADABLE, finding, text_numbers
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from xxgk.checks.finding import SEVERITY_WORDS
from xxgk.output.html import render_html
from xxgk.output.result import FileResult
from xxgk.output.text import MANY

HOSTILE = '<script>alert(1)</script> & "x" \' {{ 1 }} </table></style> <img src=x onerror=alert(1)>'
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "p", "a", "b", "span"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
}


def page_of(*results: FileResult) -> Any:
    return html.document_fromstring("".join(render_html(results)))


def said(node: Any) -> str:
    return " ".join(node.text_content().split())


def rows_of(page: Any) -> list[dict[str, str]]:
    """Return the rows of all findings, each by its column's heading."""
    found = []
    for table in page.find_class("findings"):
        headings = [said(node) for node in table.xpath("thead//th")]
        for row in table.findall("tbody/tr"):
            assert [cell.get("data-label") for cell in row] == headings
            found.append(dict(zip(headings, map(said, row), strict=True)))
    return found


def test_everything_of_a_finding_stands_in_its_row() -> None:
    for result in (EXAMPLE, BROKEN):
        rows = rows_of(page_of(result))
        assert [row["序号"] for row in rows] == [str(number) for number in range(1, len(result.findings) + 1)]
        for row, one in zip(rows, result.findings, strict=True):
            assert row["级别"] == f"{SEVERITY_WORDS[one.severity]} {one.code}"
            assert row["位置"] == " ".join((one.cell, " › ".join(one.labels)))
            assert row["问题"] == " ".join(one.message.split())
            assert row["怎么改"] == one.hint


def test_values_as_they_are_printed() -> None:
    one = finding(value="　0 ", expected=Decimal("1E+2"), difference=Decimal("-12.50"))
    two = finding(cell="F9", value=0, expected=None)
    first, second = rows_of(page_of(FileResult("甲", (one, two))))
    assert (first["现在的值"], first["应为"], first["相差"]) == ("“ 0 ”", "100", "12.50")
    assert (second["现在的值"], second["应为"], second["相差"]) == ("0", "", "")


def test_a_long_text_is_cut() -> None:
    (row,) = rows_of(page_of(FileResult("甲", (finding(value="长" * 30_000),))))
    assert len(row["现在的值"]) < 50
    assert "…" in row["现在的值"]


def test_by_sheet_and_first_what_is_about_the_whole_file() -> None:
    whole = finding(sheet="", cell="", labels=())
    page = page_of(FileResult("甲", (whole, finding(), finding(cell="F9"), finding(sheet="五 改进"))))
    assert [said(node) for node in page.iter("caption")] == ["整个文件", "四 复议诉讼", "五 改进"]
    assert [len(table.findall("tbody/tr")) for table in page.find_class("findings")] == [1, 2, 1]
    assert [row["序号"] for row in rows_of(page)] == ["1", "2", "3", "4"]


def test_only_an_error_leaves_no_choice() -> None:
    found = tuple(finding(severity=severity, cell=severity) for severity in SEVERITY_WORDS)
    choices = [row["处理情况"] for row in rows_of(page_of(FileResult("甲", found)))]
    assert choices == ["□ 已改", "□ 已改 □ 不改", "□ 已改 □ 不改"]


def test_the_same_fault_in_many_cells_is_one_row_with_all_of_them() -> None:
    result = text_numbers(40)
    (row,) = rows_of(page_of(result))
    assert row["位置"] == f"{'、'.join(one.cell for one in result.findings)} 共 40 格"
    few = text_numbers(MANY - 1)
    assert [row["位置"].split()[0] for row in rows_of(page_of(few))] == [one.cell for one in few.findings]


def test_a_different_number_is_a_row_of_its_own() -> None:
    found = tuple(finding(cell=f"F{row}", value=row % 2) for row in range(2 * MANY))
    assert [row["现在的值"] for row in rows_of(page_of(FileResult("甲", found)))] == ["0", "1"]


@pytest.mark.parametrize(
    ("result", "conclusion"),
    [
        (EXAMPLE, f"警告 {len(EXAMPLE.findings)} 处"),
        (CLEAN, "没有发现问题"),
        (UNREADABLE, UNREADABLE.error),
    ],
)
def test_one_file_has_its_conclusion_and_no_summary(result: FileResult, conclusion: str) -> None:
    page = page_of(result)
    assert [said(node) for node in page.iter("h2")] == [result.file]
    assert [said(node) for node in page.find_class("conclusion")] == [conclusion]
    assert not page.find_class("summary")
    assert page.findtext("head/title") == f"问题清单：{result.file}"


def test_several_files_have_a_summary_that_leads_to_those_with_findings() -> None:
    page = page_of(*ALL)
    (summary,) = page.find_class("summary")
    rows = [list(map(said, row)) for row in summary.findall("tbody/tr")]
    some = len(EXAMPLE.findings)
    assert rows == [
        ["1", EXAMPLE.file, "0", str(some), "0", "发现问题"],
        ["2", BROKEN.file, "1", "0", "0", "发现问题"],
        ["3", CLEAN.file, "", "", "", "没有发现问题"],
        ["4", UNREADABLE.file, "", "", "", UNREADABLE.error],
        ["5", ALL[4].file, "0", "40", "0", "发现问题"],
    ]
    assert [said(cell) for cell in summary.find("tfoot/tr")] == ["", "合计 5 个文件", "1", str(some + 40), "0", ""]
    links = {link.get("href"): said(link) for link in page.iter("a")}
    headings = {f"#{heading.get('id')}": said(heading) for heading in page.iter("h2")}
    assert links == {target: name for target, name in headings.items() if target != "#all"}
    assert list(links.values()) == [EXAMPLE.file, BROKEN.file, ALL[4].file]


def test_the_page_is_one_file_in_chinese_without_script() -> None:
    source = "".join(render_html(ALL))
    page = html.document_fromstring(source)
    assert source.startswith("<!DOCTYPE html>")
    assert page.get("lang") == "zh-CN"
    assert page.find("head")[0].get("charset") == "utf-8"
    assert {node.tag for node in page.iter()} <= TAGS
    assert not page.xpath("//@src | //@*[starts-with(name(), 'on')]")
    assert all(target.startswith("#") for target in page.xpath("//@href"))
    assert not re.search(r"url\(|@import|http", source)


def test_headers_say_their_direction_and_ids_are_unique() -> None:
    page = page_of(*ALL)
    for table in page.iter("table"):
        assert {node.get("scope") for node in table.xpath("thead//th")} == {"col"}
        assert {node.get("scope") for node in table.xpath("tbody//th | tfoot//th")} == {"row"}
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_hostile_text_stays_text() -> None:
    evil = finding(sheet=HOSTILE, cell=HOSTILE, labels=(HOSTILE,), message=HOSTILE, hint=HOSTILE, value=HOSTILE)
    page = page_of(FileResult(HOSTILE, (evil,)), FileResult(HOSTILE, error=HOSTILE))
    assert {node.tag for node in page.iter()} <= TAGS
    (row,) = rows_of(page)
    assert row["问题"] == row["怎么改"] == HOSTILE
    assert row["位置"] == f"{HOSTILE} {HOSTILE}"
    assert said(page.find(".//caption")) == HOSTILE
    assert said(page.find(".//tbody//a")) == HOSTILE


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_reads_back(text: str) -> None:
    one = finding(sheet=text, message=text, hint=text, labels=(text,))
    row, shown = rows_of(page_of(FileResult(text, (one,))))[0], " ".join(text.split())
    assert row["问题"] == row["怎么改"] == shown


def test_a_thousand_findings_are_a_thousand_rows() -> None:
    found = tuple(finding(cell=f"F{number}", message=f"第 {number} 处。") for number in range(1000))
    assert [row["问题"] for row in rows_of(page_of(FileResult("甲", found)))] == [one.message for one in found]


def test_equal_results_give_equal_pages() -> None:
    assert list(render_html(ALL)) == list(render_html(tuple(ALL)))


def test_a_byte_that_is_no_character_shows_as_one_that_every_page_can_show() -> None:
    page = "".join(render_html([FileResult("年报\udcff.xlsx", (), "读不了 年报\udcff.xlsx。")]))
    assert "年报\N{REPLACEMENT CHARACTER}.xlsx" in page
    assert "\udcff" not in page
    page.encode()


def test_nothing_is_shown_before_all_results_are_there() -> None:
    seen: list[str] = []

    def results() -> Iterator[FileResult]:
        for result in ALL:
            seen.append(result.file)
            yield result

    pieces = iter(render_html(results()))
    next(pieces)
    assert len(seen) == len(ALL)
