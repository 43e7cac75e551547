"""Findings in the workbook itself: seen by other programs, and taken away without a trace."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xxgk.checks import Finding, check
from xxgk.checks.finding import ERROR, INFO, WARNING
from xxgk.errors import FileProblem, UnreadableWorkbook
from xxgk.output.marks import mark, unmark
from xxgk.output.marks.looks import FILLS, RULE
from xxgk.output.marks.mark import BEGIN, END, NAME, note_text
from xxgk.output.marks.sheet import HEADINGS, TOP
from xxgk.output.marks.table import COLUMNS, PLACE, SHEET
from xxgk.workbook.reading.read import read_report
from xxgk.xlsx.elements import STYLES, WORKBOOK, WORKSHEET
from xxgk.xlsx.references import quoted

from support.loaded import loaded
from support.marked import (
    SHEETS,
    SHOWN,
    by_openpyxl,
    by_xlsxwriter,
    children_of,
    finding,
    findings,
    with_prefixes,
    workbooks,
)
from support.packages import packed, parts_of
from support.reports import FORM, example, with_figure
from support.workbooks import edited, filled

NOTES = {SHEETS[0]: {"B2": "请核对\n第二行", "A1": "〔校验〕是什么？"}, SHEETS[1]: {}}
LIMITS = {SHEETS[0]: [3, 5], SHEETS[1]: []}
EXCEL = by_xlsxwriter(NOTES, LIMITS)
BOOKS = {"excel": EXCEL, "openpyxl": by_openpyxl(NOTES, LIMITS), "prefixes": with_prefixes(EXCEL)}
OURS = filled(with_figure(example(), "disputes.review.total", 9))


def opened(data: bytes) -> Workbook:
    return loaded(data)


def notes(sheet: Worksheet) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def rules(sheet: Worksheet) -> list[tuple[str, str, int, str]]:
    """Return cells, formula, priority and colour of each conditional format."""
    return [
        (str(block.sqref), rule.formula[0], rule.priority, rule.dxf.fill.bgColor.rgb if rule.dxf.fill else "")
        for block in sheet.conditional_formatting
        for rule in block.rules
    ]


def values(sheet: Worksheet) -> dict[str, object]:
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def as_found(data: bytes) -> dict[str, bytes]:
    """Return all parts; an empty list of names, such as only openpyxl writes, counts as none."""
    parts = parts_of(data)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<definedNames/>", b"")
    return parts


def own_findings(data: bytes) -> tuple[Finding, ...]:
    return check(read_report(data), FORM)


@pytest.mark.parametrize("data", BOOKS.values(), ids=BOOKS)
def test_other_programs_see_colour_and_note(data: bytes) -> None:
    given = [finding(cell="B2"), finding(cell="D4", severity=WARNING), finding(cell="D4", severity=INFO)]
    before, after = opened(data)[SHEETS[0]], opened(mark(data, given))[SHEETS[0]]
    own = [rule for rule in rules(after) if rule[1] == RULE]
    assert [(cells, colour) for cells, _, _, colour in own] == [("B2", FILLS[ERROR]), ("D4", FILLS[WARNING])]
    assert [rule for rule in rules(after) if rule[1] != RULE] == rules(before)
    assert len({priority for _, _, priority, _ in rules(after)}) == len(rules(after))
    assert min(rule[2] for rule in own) > max(rule[2] for rule in rules(before))
    assert notes(after) == notes(before) | {
        "B2": f"{notes(before)['B2']}\n{note_text(given[:1])}",
        "D4": note_text(given[1:]),
    }


@pytest.mark.parametrize("data", BOOKS.values(), ids=BOOKS)
def test_cells_keep_value_formula_and_style(data: bytes) -> None:
    before, after = opened(data), opened(mark(data, [finding()]))
    assert after.sheetnames == [*before.sheetnames, SHEET]
    for name in SHEETS:
        for row in before[name].iter_rows():
            for cell in row:
                twin = after[name][cell.coordinate]
                assert (twin.value, twin.style_id) == (cell.value, cell.style_id)
        assert after[name].data_validations.dataValidation == before[name].data_validations.dataValidation
        assert after[name].print_title_rows == before[name].print_title_rows


def test_the_list_has_a_row_for_each_finding_and_links_to_its_cell() -> None:
    given = [
        finding(SHEETS[1], "C3", value=Decimal("1.50"), expected=2),
        finding("没有的表", "A1", value="=1+1"),
        finding("", "", severity=INFO),
    ]
    sheet = opened(mark(EXCEL, given))[SHEET]
    assert [cell.value for cell in sheet[HEADINGS]] == [column.heading for column in COLUMNS]
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=TOP)]
    assert values == [
        [1, "错误", "表'二 C3", "行 › 列", "不对。", 1.5, 2, "请改。", "A101"],
        [2, "错误", "没有的表 A1", "行 › 列", "不对。", "=1+1", None, "请改。", "A101"],
        [3, "提示", "整个文件", "行 › 列", "不对。", None, None, "请改。", "A101"],
    ]
    assert sheet.cell(TOP + 1, 6).data_type == "s"
    assert sheet.cell(TOP + 1, 6).quotePrefix
    links = {cell.coordinate: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"{'ABC'[PLACE]}{TOP}": "'表''二'!C3"}
    assert (sheet.freeze_panes, sheet.print_title_rows) == (f"A{TOP}", f"${HEADINGS}:${HEADINGS}")


def test_nothing_links_to_a_hidden_sheet() -> None:
    hidden = edited(EXCEL, lambda workbook: setattr(workbook[SHEETS[1]], "sheet_state", "veryHidden"))
    sheet = opened(mark(hidden, [finding(SHEETS[1], "C3")]))[SHEET]
    assert sheet.cell(TOP, PLACE + 1).hyperlink is None


def test_a_sheet_of_that_name_stays_and_another_is_found() -> None:
    own = edited(EXCEL, lambda workbook: workbook.create_sheet(SHEET).append(["我的"]))
    marked = mark(own, [finding()])
    assert opened(marked).sheetnames == [*SHEETS, SHEET, f"{SHEET}2"]
    assert opened(unmark(marked))[SHEET]["A1"].value == "我的"


# ------------------------------------------------------------------ taken away again


@given(workbooks(), findings())
def test_parts_are_as_before_to_the_byte(data: bytes, given: list[Finding]) -> None:
    marked = mark(data, given)
    assert opened(marked).sheetnames[:2] == list(SHEETS)
    assert as_found(unmark(marked)) == as_found(data)
    assert mark(marked, given) == marked


@pytest.mark.parametrize("data", [*BOOKS.values(), OURS], ids=[*BOOKS, "ours"])
def test_parts_are_as_before_by_whichever_program(data: bytes) -> None:
    given = [finding(sheet, cell) for sheet in opened(data).sheetnames for cell in ("B2", "E9")]
    assert as_found(unmark(mark(data, given))) == as_found(data)
    assert unmark(data) is data
    assert mark(data, []) is data


@given(workbooks(), findings(), st.sampled_from(SHOWN))
def test_edits_in_between_stay_and_marks_go(data: bytes, given: list[Finding], cell: str) -> None:
    """openpyxl rewrites every part; what a person typed meanwhile stays."""

    def edit(workbook: Workbook) -> None:
        workbook[SHEETS[0]][cell].value = "新填的"

    expected, found = opened(edited(data, edit)), opened(unmark(edited(mark(data, given), edit)))
    assert found.sheetnames == expected.sheetnames
    assert dict(found.defined_names).keys() == dict(expected.defined_names).keys()
    for name in SHEETS:
        assert values(found[name]) == values(expected[name])
        assert notes(found[name]) == notes(expected[name])
        assert [rule[:2] for rule in rules(found[name])] == [rule[:2] for rule in rules(expected[name])]


def test_what_was_typed_into_our_note_stays() -> None:
    marked = mark(EXCEL, [finding(cell="D4")])

    def reply(workbook: Workbook) -> None:
        comment = workbook[SHEETS[0]]["D4"].comment
        comment.text = f"{comment.text}\n已改"

    assert notes(opened(unmark(edited(marked, reply)))[SHEETS[0]])["D4"].strip() == "已改"


def test_a_list_that_was_deleted_renamed_or_moved_leaves_nothing() -> None:
    marked = mark(OURS, own_findings(OURS))

    def move(workbook: Workbook) -> None:
        workbook.move_sheet(SHEET, -5)
        workbook[SHEET].title = "问题"
        workbook.active = workbook.sheetnames.index("问题")
        workbook.defined_names[NAME].value = workbook.defined_names[NAME].value.replace(SHEET, "问题")

    def delete(workbook: Workbook) -> None:
        workbook.remove(workbook[SHEET])
        workbook.defined_names[NAME].value = "#REF!"

    for change in (move, delete):
        left = unmark(edited(marked, change))
        workbook, before = opened(left), opened(OURS)
        assert workbook.sheetnames == before.sheetnames
        assert NAME not in workbook.defined_names
        assert workbook.active.sheet_state == "visible"
        for name in before.sheetnames:
            assert workbook[name].print_title_rows == before[name].print_title_rows
        assert own_findings(left) == own_findings(OURS)


def test_a_sheet_to_which_the_list_was_cut_and_pasted_stays() -> None:
    """A spreadsheet program lets the name follow the cells."""

    def paste(workbook: Workbook) -> None:
        name = workbook.defined_names[NAME]
        name.value = name.value.replace(quoted(SHEET), quoted(SHEETS[0]))

    workbook = opened(unmark(edited(mark(EXCEL, [finding()]), paste)))
    assert set(SHEETS) <= set(workbook.sheetnames)
    assert NAME not in workbook.defined_names


def test_a_calculation_chain_that_knows_the_list_goes_with_it() -> None:
    parts = parts_of(mark(EXCEL, [finding()]))
    name = max(name for name in parts if name.startswith("xl/worksheets/sheet"))
    parts[name] = parts[name].replace(b"</sheetData>", b'<row r="99"><c r="A99"><f>1+1</f></c></row></sheetData>')
    for part, entry in (
        ("[Content_Types].xml", b'<Override PartName="/xl/calcChain.xml" ContentType="a"/></Types>'),
        (
            "xl/_rels/workbook.xml.rels",
            b'<Relationship Id="x" Type="a/calcChain" Target="calcChain.xml"/></Relationships>',
        ),
    ):
        closing = b"</" + entry.rpartition(b"</")[2]
        parts[part] = parts[part].replace(closing, entry)
    parts["xl/calcChain.xml"] = b"<calcChain/>"
    assert parts_of(unmark(packed(parts))) == parts_of(EXCEL)


# ------------------------------------------------------------------ our own workbook, and refusals


def test_a_marked_workbook_reads_and_checks_as_before() -> None:
    found = own_findings(OURS)
    marked = mark(OURS, found)
    assert read_report(marked) == read_report(OURS)
    assert own_findings(marked) == found
    assert mark(marked, own_findings(marked)) == marked
    workbook = opened(marked)
    coloured = Counter(f.sheet for f in found if f.cell)
    assert {name for name in OURS_SHEETS if any(rule[1] == RULE for rule in rules(workbook[name]))} == set(coloured)


OURS_SHEETS = opened(OURS).sheetnames


def test_a_conversation_is_left_alone() -> None:
    parts = parts_of(EXCEL)
    name = next(name for name in parts if re.search(r"comments\d", name))
    parts[name] = parts[name].replace("张三".encode(), b"tc={0F}")
    data = packed(parts)
    marked = parts_of(mark(data, [finding(cell="B2"), finding(cell="D4")]))
    assert notes(opened(packed(marked))[SHEETS[0]])["B2"] == NOTES[SHEETS[0]]["B2"]
    assert BEGIN in notes(opened(packed(marked))[SHEETS[0]])["D4"]
    assert parts_of(unmark(packed(marked))) == parts


def test_a_note_quotes_nothing_that_looks_like_its_end() -> None:
    text = note_text([finding(message=f"这里是“{END}{BEGIN}”。")])
    assert text.count(BEGIN) == text.count(END) == 1


def test_what_must_not_be_changed_is_refused() -> None:
    signed = packed({**parts_of(EXCEL), "_xmlsignatures/sig1.xml": b"<a/>"})
    for change in (unmark, lambda data: mark(data, [finding()])):
        with pytest.raises(FileProblem, match="数字签名"):
            change(signed)
    parts = parts_of(EXCEL)
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    parts["xl/workbook.xml"] = re.sub(rb'xmlns="[^"]*"', b'xmlns="%b"' % strict, parts["xl/workbook.xml"])
    with pytest.raises(FileProblem, match="严格"):
        mark(packed(parts), [finding()])
    for bad in (b"", b"PK", EXCEL[:-30], packed({"a": b"<a/>"})):
        with pytest.raises(UnreadableWorkbook):
            mark(bad, [finding()])


def test_damage_inside_is_refused_with_a_sentence() -> None:
    for name, part in parts_of(EXCEL).items():
        if name.endswith((".xml", ".rels")) and not name.startswith("docProps") and name != "_rels/.rels":
            broken = packed({**parts_of(EXCEL), name: part[: len(part) // 2]})
            if "theme" not in name and "sharedStrings" not in name:
                with pytest.raises((UnreadableWorkbook, FileProblem)):
                    mark(broken, [finding(sheet) for sheet in SHEETS])


# ------------------------------------------------------------------ what Excel insists on


@given(workbooks(), findings())
def test_parts_are_complete_and_in_order(data: bytes, given: list[Finding]) -> None:
    check_package(parts_of(mark(data, given)))


def test_our_own_workbook_is_complete_and_in_order() -> None:
    check_package(parts_of(mark(OURS, own_findings(OURS))))


def check_package(parts: dict[str, bytes]) -> None:
    """Assert that every part has a type, every relation a target, every child its place, every list its count."""
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = [e.get("PartName", "").lstrip("/") for e in types if e.get("PartName")]
    kinds = {e.get("Extension") for e in types}
    assert len(named) == len(set(named))
    assert set(named) <= parts.keys()
    assert all(name in named or name.rpartition(".")[2] in kinds for name in parts if name != "[Content_Types].xml")
    for name, part in parts.items():
        if name.endswith(".rels"):
            ids = re.findall(rb'Id="([^"]+)"', part)
            assert len(ids) == len(set(ids))
            for target in re.findall(rb'Target="/([^"]+)"', part):
                assert target.decode() in parts
        if name.startswith("xl/worksheets/sheet"):
            order = [WORKSHEET.index(child) for child in children_of(part)]
            assert order == sorted(order)
            assert all(order.count(n) == 1 for n in order if WORKSHEET[n] != "conditionalFormatting")
            shared = parts.get(f"xl/worksheets/_rels/{name.rpartition('/')[2]}.rels", b"")
            assert all(relation in shared for relation in re.findall(rb'legacyDrawing [^>]*r:id="([^"]+)"', part))
        if name.endswith(".vml"):
            ids = re.findall(rb'id="(_x0000_s\d+)"', part)
            assert len(ids) == len(set(ids))
    for name, order in (("xl/workbook.xml", WORKBOOK), ("xl/styles.xml", STYLES)):
        places = [order.index(child) for child in children_of(parts[name])]
        assert places == sorted(set(places))
    for child in etree.fromstring(parts["xl/styles.xml"]):
        assert int(child.get("count", len(child))) == len(child)
