"""Reports as they stand on sites and in offices: one whole page, and what varies from one to the next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xxgk.errors import UnreadableWorkbook
from xxgk.formats import load_form
from xxgk.published.assembling import failing
from xxgk.published.blocks import Line
from xxgk.published.found import Found
from xxgk.published.html import read_markup
from xxgk.published.read import Several, read_blocks, read_published
from xxgk.report import Figure, Paragraph

from support.corpus import SHARED
from support.published import values_read, written
from support.reports import FORM, example

SAMPLE = (Path(__file__).parent / "samples" / "township.html").read_text(encoding="utf-8")
HEADINGS = {section.id: section.heading for section in FORM.sections}


def read(text: str, which: int | None = None) -> Found:
    return read_blocks(read_markup(text), which)


def example_page() -> str:
    return written(example(), "html").decode()


def seen(found: Found) -> set[tuple[str, str]]:
    return {(difference.seen, difference.expected) for difference in found.differences}


# ------------------------------------------------------------------ a whole page


def test_a_page_of_a_site_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    path.write_bytes(SAMPLE.encode("gb18030"))
    report = read_published(path).report
    assert (report.unit, report.year, report.level) == ("青石镇人民政府", 2022, "township")
    assert report.title == "青石镇人民政府2022年度政府信息公开工作年度报告"
    assert (report.signature, report.date) == ("青石镇人民政府", date(2023, 1, 18))
    assert report.table_notes == {"applications": "表中申请含网络平台转办件。"}
    assert [len(report.narrative[part]) for part in ("preface", "overview", "problems", "matters")] == [1, 2, 1, 1]


def test_numbers_with_remarks_units_and_wide_digits_are_read() -> None:
    figures = read(SAMPLE).report.figures
    assert figures["disclosure.normative.in_force"] == Figure(22, "其中修订\n16件")
    assert figures["disclosure.normative.made"] == Figure(2)
    assert figures["disclosure.normative.repealed"].value == 1
    assert figures["disclosure.licences.decisions"] == Figure(1204)
    assert str(figures["disclosure.fees.amount"].value) == "12.58"


def test_a_sign_is_no_number_and_said_with_its_place() -> None:
    found = read(SAMPLE)
    (doubt,) = found.doubts
    assert doubt.addresses == ("disclosure.coercion.decisions",)
    assert "“/”" in doubt.sentence
    assert doubt.spot.words == "第1张表第11行"
    assert doubt.addresses[0] not in found.report.figures


def test_the_single_row_of_the_old_form_is_read_with_a_remark() -> None:
    figures = read(SAMPLE).report.figures
    (fold,) = FORM.folds
    assert figures[fold.marker] == Figure(0, fold.remark)
    assert figures.keys().isdisjoint(fold.absent_addresses)


def test_the_forms_own_words_as_the_source_has_them_are_listed() -> None:
    listed = seen(read(SAMPLE))
    assert ("规范性文件", "行政规范性文件") in listed
    assert ("2.其他法律行政止公开", "2.其他法律行政法规禁止公开") in listed


def test_a_stated_total_is_kept_and_the_sum_that_fails_is_told() -> None:
    found = read(SAMPLE)
    assert found.report.figures["disputes.review.total"] == Figure(0)
    (sentence,) = failing(FORM, found)
    assert "左边 0，右边 11（第3张表第4行）" in sentence


def test_what_sites_print_around_a_report_is_left_aside() -> None:
    dropped = " ".join(read(SAMPLE).dropped)
    for text in ("索 引 号", "字体", "附件", "分享", "上一篇", "ICP备"):
        assert text in dropped


# ------------------------------------------------------------------ what varies


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("六、其他需要报告的事项", "6、 其他需要报告的事项", True),
        ("一、总体情况", "总体情况", True),
        ("五、存在的主要问题及改进情况", "五．存在的主要问题及改进情况", False),
        ("五、存在的主要问题及改进情况", "四、存在主要问题和改进情况", True),
    ],
)
def test_sections_are_found_whatever_their_numbers(old: str, new: str, differs: bool) -> None:
    found = read(example_page().replace(old, new))
    assert found.report.narrative == read(example_page()).report.narrative
    assert bool(seen(found)) == differs


def test_text_behind_a_heading_on_its_line_is_text() -> None:
    page = "".join(f"<p>{heading}</p><p>文字。</p>" for heading in HEADINGS.values())
    found = read(page.replace("<p>一、总体情况</p><p>文字。</p>", "<p>一、总体情况　全年公开信息3条。</p>"))
    assert found.report.narrative["overview"] == (Paragraph("全年公开信息3条。"),)


def test_a_table_of_contents_is_not_taken_for_the_sections() -> None:
    page = example_page()
    contents = "".join(f"<p>{heading}</p>" for heading in HEADINGS.values())
    assert (
        read(page.replace("<main>", f"<main>{contents}")).report.narrative["overview"]
        == (read(page).report.narrative["overview"])
    )


@pytest.mark.parametrize(
    "closing",
    [
        "<p>和平镇人民政府</p><p>二〇二四年一月二十三日</p>",
        "<p>和平镇人民政府&nbsp;&nbsp;2024年1月23日</p>",
        "<p>和平镇人民政府<br>2024 年 1 月 23 日</p><p>附件：年报.pdf</p><p>打印本页</p>",
        "<p>和平镇人民政府</p><p>2024-01-23</p>",
    ],
)
def test_signature_and_date_are_known_in_their_usual_forms(closing: str) -> None:
    page = example_page()
    start = page.index('<div class="signature">')
    report = read(page[:start] + closing + page[page.index("</div>", start) :]).report
    assert (report.signature, report.date) == ("和平镇人民政府", date(2024, 1, 23))
    assert len(report.narrative["matters"]) == 1


@pytest.mark.parametrize(
    ("title", "year", "short_name"),
    [
        ("和平镇人民政府2023年政府信息公开工作年度报告", 2023, "和平镇人民政府"),
        ("2023年度和平镇政府信息公开年报", 2023, "和平镇"),
        ("和平镇人民政府</p><p>2023年政府信息公开工作年度报告", 2023, "和平镇人民政府"),
        ("和平镇人民政府2023年</p><p>政府信息公开工作年度报告", 2023, "和平镇人民政府"),
        ("和平镇二〇二三年政府信息公开工作年度报告", 2023, "和平镇"),
        ("关于和平镇2023年政府信息公开工作的报告", 2023, "和平镇"),
        ("和平镇信息公开工作2023年度报告", 2023, "和平镇"),
    ],
)
def test_the_title_names_year_and_unit_in_many_ways(title: str, year: int, short_name: str) -> None:
    page = example_page()
    head = page[: page.index("<title>")] + page[page.index("</title>") + 8 : page.index("<header>")]
    report = read(head + f"<p>{title}</p>" + page[page.index("</header>") + 9 :]).report
    assert (report.year, report.short_name) == (year, short_name)
    assert report.title == title.replace("</p><p>", "")


def test_ranks_of_headings_without_styles_follow_from_their_numbers() -> None:
    texts = ["（一）主动公开情况", "文字。", "1.财政预算", "文字。", "（二）其他", "文字：", "1.甲；", "2.乙。"]
    body = "".join(f"<p>{text}</p>" for text in texts)
    first, *rest = HEADINGS.values()
    page = f"<p>{first}</p>{body}" + "".join(f"<p>{heading}</p><p>无。</p>" for heading in rest)
    overview = read(page).report.narrative["overview"]
    assert [paragraph.heading for paragraph in overview] == [2, 0, 3, 0, 2, 0, 0, 0]


def test_a_table_in_several_parts_with_headings_between_is_one_table() -> None:
    page = example_page()
    band = "第二十条第（六）项"
    at = page.rindex("<tr", 0, page.index(band))
    parted = read(f"{page[:at]}</table><p>行政处罚和行政强制情况统计如下</p><table>{page[at:]}")
    assert values_read(parted) == values_read(read(page))


def test_a_word_before_the_numbers_is_no_number() -> None:
    start = SAMPLE.index("<td>10</td>")
    head = SAMPLE.rindex("<tr><td colspan=5>行政复议", 0, start)
    labelled = (
        SAMPLE[:head] + "<tr><td rowspan=3>类别</td>" + SAMPLE[head + 4 : start] + "<td>件数</td>" + SAMPLE[start:]
    )
    assert values_read(read(labelled)) == values_read(read(SAMPLE))


# ------------------------------------------------------------------ no report, or more than one


def test_two_reports_are_named_and_one_is_chosen() -> None:
    page = example_page()
    both = page.replace("2023年", "2022年") + page
    with pytest.raises(Several) as raised:
        read(both)
    assert raised.value.titles == ("2022年和平镇政府信息公开工作年度报告", "2023年和平镇政府信息公开工作年度报告")
    assert "2 份报告" in str(raised.value)
    assert [read(both, which).report.year for which in (1, 2)] == [2022, 2023]
    assert read(both, 2).report == read(page).report
    with pytest.raises(Several):
        read(both, 3)


@pytest.mark.parametrize("page", ["", "<p></p>", "<p>关于开展春季植树的通知</p><table><tr><td>1<td>2</table>"])
def test_what_is_no_report_is_refused(page: str) -> None:
    with pytest.raises(UnreadableWorkbook):
        read(page)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old word", b"\0\1\2\3" * 99])
def test_files_of_other_kinds_are_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "年报.html"
    path.write_bytes(data)
    with pytest.raises(UnreadableWorkbook, match=r"^读不了 .*。$"):
        read_published(path)


def test_a_report_without_tables_says_so() -> None:
    page = "".join(f"<p>{heading}</p><p>文字。</p>" for heading in HEADINGS.values())
    found = read(page)
    assert found.report.figures == {}
    assert {address for doubt in found.doubts for address in doubt.addresses} == {
        address for table in FORM.tables.values() for address in table.addresses
    }


# ------------------------------------------------------------------ tables of which only the texts are left


def loosened(separator: str) -> tuple[Line, ...]:
    blocks = []
    for block in read_markup(example_page()):
        if isinstance(block, Line):
            blocks.append(block)
            continue
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell.text.replace("7", "1"))
        blocks += [Line(text) for row in rows.values() for text in separator.join(row).split("\n")]
    return tuple(blocks)


@pytest.mark.parametrize("separator", ["\n", "  "])
def test_one_cell_a_line_or_one_row_a_line_is_read_by_the_labels(separator: str) -> None:
    found = read_blocks(loosened(separator))
    assert values_read(found) == values_read(read(example_page()))
    assert found.report.table_notes == {}


@pytest.mark.corpus
def test_the_published_text_of_the_example() -> None:
    found = read_published(SHARED / "domain" / "heping-2023.txt")
    assert found.report.figures == example().figures
    assert seen(found) == {
        ("6、 其他需要报告的事项", "六、其他需要报告的事项"),
        ("规范性文件", "行政规范性文件"),
    }
    assert found.doubts == ()


@pytest.mark.corpus
def test_the_blank_official_form_is_known_and_nothing_is_invented() -> None:
    found = read_published(SHARED / "domain" / "template_2021.docx")
    form = load_form(found.report.form)
    assert form is FORM
    assert found.report.figures == {}
    assert found.report.narrative == {}
    assert found.differences == ()
    blank = {address for doubt in found.doubts for address in doubt.addresses}
    assert blank == {address for table in form.tables.values() for address in table.addresses}
