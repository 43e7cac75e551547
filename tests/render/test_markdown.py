import pytest
from hypothesis import given
from lxml import html
from markdown_it import MarkdownIt

from render.reading import LINES, expected_texts, html_cells, html_texts, printed_cells, reports
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.render.markdown import to_markdown, typed
from xxgk.report import Paragraph, Report

from support.reports import FORM, example, zero_report

VIEWER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def viewed(report: Report) -> str:
    """Return the HTML that a viewer makes of the report."""
    return VIEWER.render(to_markdown(build_document(report, FORM)))


def test_the_example_has_every_sentence_and_number_in_order() -> None:
    assert html_texts(viewed(example())) == expected_texts(example())


@given(reports())
def test_any_reports_text_and_tables_read_back(report: Report) -> None:
    page = viewed(report)
    assert html_texts(page) == expected_texts(report)
    for read, table in zip(html.document_fromstring(page).iter("table"), FORM.tables.values(), strict=True):
        assert html_cells(read) == printed_cells(report, table)


@pytest.mark.parametrize(
    "text",
    [
        "1. 加强培训",
        "1.加强培训",
        "12) 加强",
        "- 加强",
        "---",
        "+ 加强",
        "+",
        "* 加强",
        "***",
        "# 加强",
        "标题 ##",
        "> 引用",
        "    四格",
        "```",
        "~~~",
        "~~划掉~~",
        "**粗** _斜_ `码`",
        "_",
        "__init__ 与 a_b_c",
        "[链接](http://a.cn) ![图](b) [x]: y",
        "<b>粗</b> <!-- 注 --> <http://a.cn>",
        "&lt; &#60; & &amp",
        "| 甲 | 乙 |",
        "$x$",
        "反斜杠\\ 和 \\*",
        "===",
        "http://www.example.cn/a_b/index.html?x=1&y=2",
    ],
)
def test_a_paragraph_shows_as_it_was_typed(text: str) -> None:
    (paragraph,) = html.fragments_fromstring(VIEWER.render(typed(text.strip())))
    assert paragraph.tag == "p"
    assert not len(paragraph)
    assert paragraph.text == text.strip()


@given(LINES.filter(bool))
def test_any_line_shows_as_it_was_typed_as_paragraph_and_as_heading(text: str) -> None:
    for mark, tag in (("", "p"), ("### ", "h3")):
        (node,) = html.fragments_fromstring(VIEWER.render(mark + typed(text)))
        assert node.tag == tag
        assert not len(node)
        assert (node.text or "") == text


def test_ordinary_text_is_not_littered_with_backslashes() -> None:
    source = to_markdown(build_document(example(), FORM))
    assert "\\" not in source
    assert typed("1.加强：http://a.cn/b_c?d=1&e=2，占98.6%") == "1.加强：http://a.cn/b_c?d=1&e=2，占98.6%"


def test_headings_have_their_level() -> None:
    levels = (Paragraph("（一）甲", 2), Paragraph("1.乙", 3), Paragraph("（1）丙", 4))
    lines = to_markdown(build_document(replace(zero_report(), narrative={"overview": levels}), FORM)).splitlines()
    marks = [line.partition(" ")[0] for line in lines if line.startswith("#")]
    assert marks == ["#", "##", "###", "####", "#####", *["##"] * 5]


def test_one_row_of_a_table_is_one_line() -> None:
    lines = to_markdown(build_document(zero_report(), FORM)).splitlines()
    assert sum(line.startswith("<tr>") and line.endswith("</tr>") for line in lines) == sum(
        table.height for table in FORM.tables.values()
    )


def test_a_draft_says_so_at_the_top() -> None:
    document = build_document(example(), FORM)
    assert to_markdown(replace(document, draft=True)).startswith("**草稿**\n\n# ")
    assert "草稿" not in to_markdown(document)
