from hypothesis import given
from lxml import html

from render.reading import expected_texts, html_cells, html_texts, printed_cells, reports
from xxgk import wording
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.render.fragment import to_fragment
from xxgk.report import Report

from support.reports import FORM, example

# What an editor of a content management system keeps.
ELEMENTS = {"h2", "h3", "h4", "h5", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"}


def wrapped(report: Report) -> str:
    return f"<div>{to_fragment(build_document(report, FORM))}</div>"


@given(reports())
def test_any_reports_text_and_tables_read_back_but_for_the_title(report: Report) -> None:
    source = wrapped(report)
    title = wording.title(FORM, report)
    assert html_texts(source) == expected_texts(report)[1 if title else 0 :]
    for read, table in zip(html.fromstring(source).iter("table"), FORM.tables.values(), strict=True):
        assert html_cells(read) == printed_cells(report, table)


def test_it_is_made_of_plain_elements_without_script_style_sheet_or_id() -> None:
    (root,) = html.fragments_fromstring(wrapped(example()))
    assert {node.tag for node in root.iterdescendants()} <= ELEMENTS
    assert not root.xpath(".//@id | .//@class | .//@*[starts-with(name(), 'on')] | .//@href | .//@src")
    assert all(node.get("scope") for node in root.iter("th"))
    assert all(node.get("border") == "1" for node in root.iter("table"))


def test_a_draft_says_so_first() -> None:
    document = build_document(example(), FORM)
    assert to_fragment(replace(document, draft=True)).startswith("<p><strong>草稿</strong></p>")
    assert "草稿" not in to_fragment(document)
