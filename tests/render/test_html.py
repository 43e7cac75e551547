import json
import re
from typing import Any

import pytest
from hypothesis import given
from lxml import html

from render.reading import expected_texts, html_cells, html_texts, printed_cells, reports
from xxgk.errors import UsageProblem
from xxgk.formats import Table
from xxgk.jsonio import load_json
from xxgk.published.html import read_markup
from xxgk.published.read import read_blocks
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.render.html import to_html
from xxgk.render.site import Site, parse_site
from xxgk.render.stamp import read_stamp
from xxgk.report import Figure, Paragraph, Report, Waiver
from xxgk.reporting import checked_document

from support.published import as_printed
from support.reports import FORM, city, example, texts_everywhere, zero_report


def page_of(report: Report) -> Any:
    return html.document_fromstring(to_html(build_document(report, FORM)))


def data_in(source: str) -> Any:
    """Return the JSON that a page carries, as a program would find it."""
    (node,) = html.document_fromstring(source).xpath("//script[@type='application/json']")
    return json.loads(node.text)


def test_the_example_has_every_sentence_and_number_in_order() -> None:
    assert html_texts(to_html(build_document(example(), FORM))) == expected_texts(example())


@given(reports())
def test_any_reports_text_and_tables_read_back(report: Report) -> None:
    source = to_html(build_document(report, FORM))
    assert html_texts(source) == expected_texts(report)
    for read, table in zip(html.document_fromstring(source).iter("table"), FORM.tables.values(), strict=True):
        assert html_cells(read) == printed_cells(report, table)


def test_the_page_is_one_file_in_chinese_without_script() -> None:
    source = to_html(build_document(example(), FORM))
    page = html.document_fromstring(source)
    assert source.startswith("<!DOCTYPE html>")
    assert page.get("lang") == "zh-CN"
    assert page.find("head")[0].get("charset") == "utf-8"
    assert page.findtext("head/title") == "2023年和平镇政府信息公开工作年度报告"
    assert [node.get("type") for node in page.iter("script")] == ["application/json"]  # data, which nothing runs
    assert not list(page.iter("link", "img", "iframe"))
    assert not page.xpath("//@src | //@href | //@*[starts-with(name(), 'on')]")
    assert not re.search(r"url\(|@import", source)


def test_headings_nest_and_each_section_is_named_by_its_own() -> None:
    typed = (Paragraph("（一）甲", 2), Paragraph("1.乙", 3), Paragraph("（1）丙", 4))
    page = page_of(replace(example(), narrative={"preface": (Paragraph("引言。"),), "overview": typed}))
    headings = page.xpath("//h1 | //main//*[self::h2 or self::h3 or self::h4 or self::h5]")
    assert [node.tag for node in headings] == [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
    ] + ["h2"] * 5
    sections = page.findall(".//main/section")
    assert [section.findtext("h2") for section in sections] == [section.heading for section in FORM.sections]
    assert [section.get("aria-labelledby") for section in sections] == [s.find("h2").get("id") for s in sections]
    assert page.findtext(".//main/p") == "引言。"


def test_ids_are_unique() -> None:
    ids = page_of(example()).xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("table", FORM.tables.values(), ids=lambda table: table.id)
def test_each_number_names_the_headers_that_a_person_would_read(table: Table) -> None:
    page = page_of(zero_report())
    read = page.findall(".//table")[list(FORM.tables).index(table.id)]
    texts = {node.get("id"): node.text_content() for node in read.iter("th")}
    headers = {
        (row, column): [texts[name] for name in cell.get("headers").split()]
        for (row, column, *_), cell in zip(html_cells(read), read.iter("th", "td"), strict=True)
        if cell.tag == "td"
    }
    assert len(headers) == len(table.addresses)
    for address in table.addresses:
        labels, place = table.labels[address], table.cells[address]
        named = headers[place.row, place.column]
        assert [text for text in named if text in labels] == list(labels)
        assert named[-1] == labels[-1]


def test_headers_tell_their_direction() -> None:
    page = page_of(zero_report())
    scopes = {node.text_content(): node.get("scope") for node in page.iter("th")}
    labels = {
        "第二十条第（一）项": "rowgroup",
        "本年制发件数": "col",
        "行政许可": "row",
        "法人或其他组织": "colgroup",
        "三、本年度办理结果": "rowgroup",
        "1.属于国家秘密": "row",
        "复议后起诉": "colgroup",
    }
    assert {label: scopes[label] for label in labels} == labels


def test_only_headers_of_the_whole_table_are_its_head() -> None:
    tables = page_of(zero_report()).findall(".//table")
    assert [[len(head.findall("tr")) for head in table.findall("thead")] for table in tables] == [[], [3], [3]]
    assert [[len(body.findall("tr")) for body in table.findall("tbody")] for table in tables] == [
        [4, 3, 4, 3],
        [25],
        [1],
    ]


def test_each_table_has_a_name_and_scrolls_by_keyboard() -> None:
    page = page_of(example())
    for table in page.iter("table"):
        region = table.getparent()
        assert region.get("tabindex") == "0"
        assert region.get("aria-labelledby") == table.find("caption").get("id")
        assert table.findtext("caption")


def test_notes_stand_below_their_table() -> None:
    page = page_of(replace(zero_report(), table_notes={"disputes": "含上年度结转数量。"}))
    assert [[p.text for p in f.findall("figcaption/p")] for f in page.iter("figure")] == [
        [],
        [],
        ["注：含上年度结转数量。"],
    ]


def test_markup_in_texts_stays_text() -> None:
    odd = '<script>alert(1)</script> & "x" \' {{ 某 }} </table> 😀'
    report = replace(
        zero_report(), unit=odd, title=odd, narrative={"overview": (Paragraph(odd), Paragraph(odd, 2))},
        table_notes={"disputes": odd}, figures={"disclosure.normative.made": Figure(1, odd)},
    )  # fmt: skip
    source = to_html(build_document(report, FORM))
    assert source.count("<script") == source.count("</script>") == 1
    assert html_texts(source) == expected_texts(report)
    assert data_in(source)["unit"] == odd


def test_markup_anywhere_in_a_document_stays_text() -> None:
    def page(text: str) -> str:
        document = checked_document(texts_everywhere([text]), FORM, ())
        meta = replace(document.metadata, unit=text, form=text, site=Site(text, text, text))
        return to_html(replace(document, metadata=meta, title_parts=(text, text)))

    odd = "\"><script x='1'>&"
    assert odd not in page(odd)
    assert elements(page(odd)) == elements(page("甲"))


def elements(source: str) -> list[str]:
    return [node.tag for node in html.document_fromstring(source).iter()]


def test_a_draft_says_so_once_and_a_report_not_at_all() -> None:
    document = build_document(example(), FORM)
    marks = html.document_fromstring(to_html(replace(document, draft=True))).find_class("draft")
    assert [mark.text_content() for mark in marks] == ["草稿"]
    assert "草稿" not in to_html(document)
    assert re.search(r"\.draft \{[^}]*position: fixed", to_html(document))


def test_an_empty_report_is_a_whole_page() -> None:
    page = page_of(Report(FORM.id))
    assert page.findtext("head/title")
    assert page.find(".//h1") is None
    assert [node.text for node in page.iter("h2")] == [section.heading for section in FORM.sections]
    assert not page.find_class("signature")


def test_equal_reports_give_equal_pages() -> None:
    assert to_html(build_document(example(), FORM)) == to_html(build_document(example(), FORM))


def test_the_figures_are_in_the_page_as_json() -> None:
    report = replace(example(), previous=example(), waivers=(Waiver("W101", "内部"),))
    document = build_document(report, FORM)
    again, problems = load_json(json.dumps(data_in(to_html(document)), ensure_ascii=False))
    assert problems == ()
    assert again == replace(report, previous=None, waivers=())
    assert load_json(document.data)[0] == again


def test_the_page_names_itself_as_government_sites_ask() -> None:
    document = checked_document(example(), FORM, ())
    site = parse_site("和平县人民政府网，www.heping.gov.cn, 4416240001")
    document = replace(document, metadata=replace(document.metadata, site=site))
    metas = {node.get("name"): node.get("content") for node in html.document_fromstring(to_html(document)).iter("meta")}
    assert {
        "SiteName": "和平县人民政府网",
        "SiteDomain": "www.heping.gov.cn",
        "SiteIDCode": "4416240001",
        "ColumnName": "政府信息公开年报",
        "ArticleTitle": document.title,
        "PubDate": "2024-01-23",
        "ContentSource": "和平镇人民政府",
    }.items() <= metas.items()
    assert read_stamp(metas) == document.stamp


def test_what_is_not_known_is_not_named() -> None:
    page = page_of(Report(FORM.id))
    names = {node.get("name") for node in page.iter("meta")}
    assert not names & {"SiteName", "SiteDomain", "SiteIDCode", "ArticleTitle", "PubDate", "ContentSource"}


@pytest.mark.parametrize("words", ["", "，a.gov.cn", "甲,乙,丙,丁"])
def test_a_site_that_cannot_be_understood_is_refused(words: str) -> None:
    with pytest.raises(UsageProblem, match="--site"):
        parse_site(words)


def test_the_year_at_a_glance_stands_before_the_report_and_says_the_same_as_its_summary() -> None:
    document = build_document(city(), FORM)
    page = html.document_fromstring(to_html(document))
    (glance,) = page.iter("aside")
    assert glance.getnext().tag == "main"
    text = glance.text_content()
    assert document.summary is not None
    for topic in document.summary.topics:
        assert topic.sentence in text
        for group in topic.groups:
            assert group.title in text
    drawn = [
        [node.text_content() for node in row.iter("span") if node.get("class") in ("label", "number")]
        for row in glance.iter("li")
    ]
    bars = [bar for topic in document.summary.topics for group in topic.groups for bar in group.bars]
    assert drawn == [[bar.label, f"{bar.number} 件"] for bar in bars]


def test_readers_of_published_reports_leave_it_out() -> None:
    found = read_blocks(read_markup(to_html(build_document(city(), FORM))))
    printed = as_printed(city())
    assert found.report == replace(printed, level=found.report.level, fields=found.report.fields)
    assert found.doubts == ()
