from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.reading import printed_cells, reports
from xxgk.jsonio import load_json
from xxgk.records import replace
from xxgk.render.document import (
    Document,
    Heading,
    Paragraph,
    Signature,
    TableBlock,
    build_document,
    clean_lines,
    print_number,
)
from xxgk.report import Figure, Report
from xxgk.report import Paragraph as Typed

from support.reports import FORM, example, report_of, with_figure, zero_report


def tables(document: Document) -> list[TableBlock]:
    return [block for block in document.blocks if isinstance(block, TableBlock)]


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading | Paragraph)]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (123456789012, "123456789012"),
        (-5, "-5"),
        (Decimal("24252.311082"), "24252.311082"),
        (Decimal("24252.311082000001"), "24252.311082"),
        (Decimal("0.3000000000000000166"), "0.3"),
        (Decimal("12.50"), "12.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-6"), "0.000001"),
        (Decimal("-0.0"), "0"),
        (Decimal("100"), "100"),
        (Decimal("999999999999.99"), "999999999999.99"),
    ],
)
def test_numbers_print_as_plain_decimals(value: int | Decimal, printed: str) -> None:
    assert print_number(value) == printed


@given(st.decimals(-(10**8), 10**8, places=6))
def test_a_printed_number_reads_back_as_itself(value: Decimal) -> None:
    text = print_number(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not (("." in text) and text.endswith("0"))


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("\u3000\u3000一段。 ", ("一段。",)),
        ("一\n二\r\n三\r四\v五\u2028六", ("一", "二", "三", "四", "五", "六")),
        ("\n \u3000\n", ()),
        ("一\x00\x08\ud800\ufffe二", ("一二",)),
        ("一\t二", ("一 二",)),
        ("1、 加强😀", ("1、 加强😀",)),
    ],
)
def test_lines_are_stripped_and_hold_only_what_files_can(typed: str, lines: tuple[str, ...]) -> None:
    assert clean_lines(typed) == lines


@given(st.text())
def test_clean_lines_have_no_breaks_controls_or_outer_space(typed: str) -> None:
    for line in clean_lines(typed):
        assert line
        assert line == line.strip()
        assert len(line.splitlines()) == 1
        assert all(char >= " " and not "\x7f" <= char < "\xa0" for char in line)


def test_the_example_has_the_forms_headings_in_order_and_one_table_each() -> None:
    document = build_document(example(), FORM)
    assert document.title == "2023年和平镇政府信息公开工作年度报告"
    assert headings(document) == [section.heading for section in FORM.sections]
    for section in FORM.sections:
        following = document.blocks[document.blocks.index(Heading(1, section.heading)) + 1]
        assert isinstance(following, TableBlock) == bool(section.table)
    assert document.blocks[-1] == Signature("和平镇人民政府", "2024年1月23日")
    assert document.metadata.form == FORM.document
    assert not document.draft


def test_the_preface_comes_before_the_first_heading() -> None:
    report = replace(example(), narrative={"preface": (Typed("引言。"),), "overview": (Typed("总体。"),)})
    assert texts(build_document(report, FORM))[:3] == ["引言。", FORM.sections[0].heading, "总体。"]


def test_sub_headings_keep_their_level_and_line_breaks_make_paragraphs() -> None:
    typed = (Typed("（一）甲", 2), Typed("1.乙", 3), Typed("（1）丙", 4), Typed("\u3000一\n\u3000二\n"))
    document = build_document(replace(example(), narrative={"problems": typed}), FORM)
    start = document.blocks.index(Heading(1, FORM.section("problems").heading))
    assert document.blocks[start + 1 : start + 6] == (
        Heading(2, "（一）甲"),
        Heading(3, "1.乙"),
        Heading(4, "（1）丙"),
        Paragraph("一"),
        Paragraph("二"),
    )


@given(reports())
def test_tables_have_the_forms_cells_and_the_reports_numbers(report: Report) -> None:
    blocks = tables(build_document(report, FORM))
    assert len(blocks) == len(FORM.tables)
    for block, table in zip(blocks, FORM.tables.values(), strict=True):
        cells = sorted((c.row, c.column, c.height, c.width, c.text) for c in block.cells)
        assert cells == sorted(printed_cells(report, table))


def test_a_blank_is_an_empty_cell_and_its_totals_are_empty_too() -> None:
    report = with_figure(zero_report(), "applications.new.person", None)
    block = tables(build_document(report, FORM))[1]
    place = FORM.tables["applications"].cells
    for address, text in (("new.person", ""), ("new.total", ""), ("new.legal", "0"), ("carried_in.total", "0")):
        cell = place[f"applications.{address}"]
        assert next(c.text for c in block.cells if (c.row, c.column) == (cell.row, cell.column)) == text


def test_a_stated_total_is_printed_as_stated() -> None:
    report = with_figure(zero_report(), "disputes.review.total", 16)
    assert "16" in [cell.text for cell in tables(build_document(report, FORM))[2].cells]


@pytest.mark.parametrize("note", ["其中修订16件", "（其中修订16件）", " 其中\n修订16件 "])
def test_a_remark_stands_in_brackets_behind_its_number(note: str) -> None:
    figures = {"disclosure.normative.made": Figure(22, note)}
    cells = [cell.text for cell in tables(build_document(Report(FORM.id, figures=figures), FORM))[0].cells]
    assert "22（其中修订16件）" in [text.replace(" ", "") for text in cells]


def test_a_table_note_is_marked_once() -> None:
    notes = {"disputes": "含上年度结转数量。\n不含再审。", "applications": "注：甲。", "disclosure": " "}
    found = [block.notes for block in tables(build_document(replace(zero_report(), table_notes=notes), FORM))]
    assert found == [(), ("注：甲。",), ("注：含上年度结转数量。", "不含再审。")]


def test_the_remark_of_a_fold_stands_under_the_table_and_its_absent_rows_are_empty() -> None:
    fold = FORM.folds[0]
    data = '{"format": "2021", "tables": {"applications": {"other": {"person": 3, "business": 1}}}}'
    report, problems = load_json(data)
    assert not problems
    block = tables(build_document(report, FORM))[1]
    assert block.notes == (f"注：{fold.remark}",)
    table = FORM.tables[fold.table]
    marker = table.cells[fold.marker]
    absent = [table.cells[address] for address in fold.absent_addresses]
    at = {(cell.row, cell.column): cell.text for cell in block.cells}
    assert at[marker.row, marker.column] == "3"
    assert {at[cell.row, cell.column] for cell in absent} == {""}


def test_only_headers_that_hold_for_the_whole_table_are_repeated_on_each_page() -> None:
    assert [block.head for block in tables(build_document(zero_report(), FORM))] == [0, 3, 3]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("", ("2023年青石镇", "政府信息公开工作年度报告")),
        ("青石镇2023年政府信息公开工作年度报告", ("青石镇2023年", "政府信息公开工作年度报告")),
        ("青石镇年报", ("青石镇年报",)),
        ("青石镇\n2023年年报 ", ("青石镇", "2023年年报")),
        ("政府信息公开工作年度报告", ("政府信息公开工作年度报告",)),
    ],
)
def test_a_title_may_break_before_its_ending_or_where_it_was_typed(typed: str, parts: tuple[str, ...]) -> None:
    document = build_document(replace(report_of({}), title=typed), FORM)
    assert document.title_parts == parts
    assert document.title == "".join(parts)


def test_an_empty_report_has_all_headings_and_nothing_invented() -> None:
    document = build_document(Report(FORM.id), FORM)
    assert document.title == ""
    assert texts(document) == [section.heading for section in FORM.sections]
    assert not any(cell.text for block in tables(document) for cell in block.cells if not cell.header)
    assert not any(isinstance(block, Signature) for block in document.blocks)


def test_a_signature_needs_only_one_of_unit_and_date() -> None:
    assert build_document(Report(FORM.id, unit="某局"), FORM).blocks[-1] == Signature("某局", "")
    assert build_document(Report(FORM.id, date=date(2024, 1, 1)), FORM).blocks[-1] == Signature("", "2024年1月1日")


def test_bands_and_nested_row_labels_are_set_flush_left_as_on_the_official_form() -> None:
    left = [
        {c.text for c in block.cells if block.reads_left(c)} for block in tables(build_document(zero_report(), FORM))
    ]
    assert "第二十条第（八）项" in left[0]
    assert {"信息内容", "规章", "0"}.isdisjoint(left[0])
    assert {"三、本年度办理结果", "（七）总计", "3.其他"} <= left[1]
    assert {"申请人情况", "总计", "0"}.isdisjoint(left[1])
    assert left[2] == set()
