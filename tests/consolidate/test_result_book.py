"""The result workbook: sums in its tables, sheets that prove them, what the office typed kept, the same bytes."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from xxgk.checks import check
from xxgk.consolidate import looks
from xxgk.consolidate.adjustments import HEADINGS, label_of, read_adjustments
from xxgk.consolidate.adjustments import SHEET as ADJUSTMENTS
from xxgk.consolidate.book import Made, make, read_before
from xxgk.consolidate.figuresheet import DATA, members_behind
from xxgk.consolidate.gather import Wanted, gather
from xxgk.consolidate.model import Gathered, Roster, Unit
from xxgk.consolidate.sums import parts_of
from xxgk.consolidate.trace import member_lines
from xxgk.consolidate.unitsheet import UNITS
from xxgk.errors import UsageProblem
from xxgk.figures import known_values
from xxgk.records import replace
from xxgk.report import Figure, Paragraph, Report
from xxgk.workbook.layout import layout_of
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.writing.write import fill_workbook

from support.counties import COUNTY, ROSTER, TOWNS, taken, town, town_report
from support.loaded import loaded
from support.reports import FORM
from support.workbooks import edited, filled

MADE = "disclosure.normative.made"
FEES = "disclosure.fees.amount"


def run(first: int = 3) -> Gathered:
    reports = [town_report(TOWNS[0], {MADE: first, FEES: Decimal("0.5")}), town_report(TOWNS[1], {MADE: 4})]
    return gather([taken(report) for report in reports], Wanted(ROSTER))


def made(gathered: Gathered, target: Path = Path("汇总.xlsx")) -> Made:
    before = read_before(target, COUNTY.id)
    lines = before.lines if before else ()
    return make(gathered.top, gathered, before, lines, {}, target)


def shown(data: bytes, sheet: str, first: int = 1) -> list[tuple[Any, ...]]:
    """Return the values that are stored in a sheet, those of formulas too, from row ``first`` on."""
    return list(load_workbook(io.BytesIO(data), data_only=True)[sheet].iter_rows(min_row=first, values_only=True))


def with_lines(data: bytes, *lines: tuple[object, object, object]) -> bytes:
    """Return ``data`` with adjustments typed into it."""

    def change(workbook: Any) -> None:
        sheet = workbook[ADJUSTMENTS]
        for row, line in enumerate(lines, 4):
            for column, value in enumerate(line, 1):
                sheet.cell(row, column, value)

    return edited(data, change)


def test_the_result_is_the_countys_own_workbook() -> None:
    gathered = run()
    report = read_report(made(gathered).data)
    assert (report.unit, report.level, report.year, report.form) == (COUNTY.name, "county", 2023, FORM.id)
    assert known_values(FORM, report.figures) == {
        address: value for address, value in gathered.top.totals.items() if FORM.table_of(address)
    }
    assert {field: figure.value for field, figure in report.fields.items()} == {
        field.id: gathered.top.totals[field.id] for field in FORM.fields
    }
    assert report.previous is not None
    assert known_values(FORM, report.previous.figures) == gathered.top.last
    assert not [finding for finding in check(report, FORM) if finding.code[0] in "SVA"]


def test_an_independent_check_of_the_format_finds_no_more_than_in_the_plain_workbook(tmp_path: Path) -> None:
    found = []
    for name, data in (("plain.xlsx", filled(town_report(TOWNS[0]))), ("sums.xlsx", made(run()).data)):
        path = tmp_path / name
        path.write_bytes(data)
        errors = map(str, OpenXmlValidator().validate(path).errors)
        # All our workbooks have texts in the cells themselves.
        found.append([error for error in errors if "inline-string" not in error])
    assert found[1] == found[0]


def test_the_sheets_use_named_styles_that_the_workbook_has() -> None:
    used = {name for key, name in vars(looks).items() if key.isupper()}
    assert len(used) > 5
    assert used <= set(loaded(made(run()).data).named_styles)


def test_totals_are_formulas() -> None:
    data = made(run()).data
    assert not set(read_report(data).figures) & set(FORM.totals)


def test_every_proof_holds_in_the_values_that_are_stored() -> None:
    rows = shown(made(run()).data, DATA, 4)
    assert [row[1] for row in rows] == list(parts_of(FORM))
    for row in rows:
        added, adjusted, total, own, even, *members = row[2:]
        assert (added + adjusted, total, even) == (total, own, "平")
        assert sum(members) == pytest.approx(added)


def test_a_blank_leaves_the_cell_blank_and_says_so() -> None:
    report = town_report(TOWNS[0])
    blank = replace(report, figures={a: f for a, f in report.figures.items() if a != MADE})
    gathered = gather([taken(blank), taken(town_report(TOWNS[1]))], Wanted(ROSTER))
    data = made(gathered).data
    assert MADE not in read_report(data).figures
    row = next(row for row in shown(data, DATA) if row[1] == MADE)
    assert row[2:] == ("不完整", 0, "不完整", None, "平", None, 0)


def test_every_unit_has_a_line_that_links_to_its_file(tmp_path: Path) -> None:
    gathered = gather([taken(town_report(TOWNS[0]), "交来 1/石桥#.xlsx")], Wanted(ROSTER))
    data = make(gathered.top, gathered, None, (), {}, tmp_path / "结果" / "汇总.xlsx").data
    sheet = loaded(data)[UNITS]
    assert [sheet.cell(row, 2).value for row in (4, 5)] == [town(name).name for name in TOWNS]
    assert [sheet.cell(row, 5).value for row in (4, 5)] == ["已计入", "没有交"]
    target = sheet.cell(4, 10).hyperlink.target
    assert target.endswith("交来%201/石桥%23.xlsx")
    assert sheet.cell(5, 10).hyperlink is None


def test_the_same_files_give_the_same_bytes_also_over_an_earlier_result(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    first = made(run(), target).data
    target.write_bytes(first)
    assert made(run(), target).data == first
    target.write_bytes(made(run(first=9), target).data)
    assert made(run(), target).data == first


def test_what_the_office_has_written_stays(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    data = made(run(), target).data
    base = read_report(data)
    written = replace(
        base,
        narrative={"overview": (Paragraph("2023年，全县主动公开政府信息。"),)},
        figures={**base.figures, MADE: Figure(99, "含联合发文")},
    )
    target.write_bytes(fill_workbook(data, written, FORM).data)
    report = read_report(made(run(), target).data)
    assert [paragraph.text for paragraph in report.narrative["overview"]] == ["2023年，全县主动公开政府信息。"]
    assert report.figures[MADE] == Figure(7, "含联合发文")


def test_adjustments_typed_into_the_result_count_on_the_next_run(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    cell = layout_of(FORM).figures[FEES]
    lines = (
        (label_of(FORM, MADE), -1, "联合发文只计一次"),
        (f"{cell.sheet}!{cell.ref}", "0.25", "漏报"),
        ("没有的", 1, "x"),
        (MADE, "一", "x"),
        (MADE, 1, None),
        ("applications.new.total", 1, "x"),
    )
    target.write_bytes(with_lines(made(run(), target).data, *lines))
    before = read_before(target, COUNTY.id)
    assert before is not None
    typed = [line.adjustment for line in before.lines]
    assert [(one.address, one.amount) for one in typed if one] == [(MADE, -1), (FEES, Decimal("0.25"))]
    assert [bool(line.problem) for line in before.lines] == [False, False, True, True, True, True]
    adjustments = [one for one in typed if one]
    reports = [town_report(TOWNS[0], {MADE: 3, FEES: Decimal("0.5")}), town_report(TOWNS[1], {MADE: 4})]
    gathered = gather([taken(report) for report in reports], Wanted(ROSTER), adjustments)
    data = make(gathered.top, gathered, before, before.lines, {}, target).data
    assert read_report(data).figures[MADE].value == 6
    assert read_report(data).figures[FEES].value == Decimal("0.75")
    target.write_bytes(data)
    again = read_before(target, COUNTY.id)
    assert again is not None
    assert [(line.place, line.reason) for line in again.lines] == [
        (label_of(FORM, MADE), "联合发文只计一次"), (label_of(FORM, FEES), "漏报"), ("没有的", "x"), (MADE, "x"),
        (MADE, ""), ("applications.new.total", "x"),
    ]  # fmt: skip
    assert members_behind(data, MADE) is not None


def test_a_file_of_adjustments_is_read(tmp_path: Path) -> None:
    path = tmp_path / "调整.csv"
    path.write_text(f"{','.join(HEADINGS[:3])}\n{MADE},-2,联合发文\n", encoding="gb18030")
    (line,) = read_adjustments(path, FORM)
    assert line.adjustment is not None
    assert (line.adjustment.address, line.adjustment.amount) == (MADE, -2)
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageProblem, match="没有找到调整"):
        read_adjustments(path, FORM)


def test_a_workbook_that_is_no_result_is_never_written_over(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(filled(town_report(TOWNS[0])))
    with pytest.raises(UsageProblem, match="不是汇总的结果"):
        read_before(target, COUNTY.id)


def test_the_units_behind_a_number_are_named() -> None:
    data = made(run()).data
    assert list(member_lines(data, MADE)) == [
        "下级单位：2 个，有数的 2 个，是 0 的 0 个",
        f"    4 {town(TOWNS[1]).name}",
        f"    3 {town(TOWNS[0]).name}",
    ]
    assert next(member_lines(data, "applications.new.total")) == "下级单位：2 个，有数的 0 个，是 0 的 2 个"
    assert list(member_lines(filled(Report(FORM.id)), MADE)) == []


def test_a_result_of_which_no_unit_is_counted_is_still_one() -> None:
    gathered = gather([], Wanted(Roster((COUNTY, Unit("空镇", parent=COUNTY.id))), 2023))
    data = made(gathered).data
    assert read_report(data).figures == {}
    assert {row[6] for row in shown(data, DATA, 4)} == {"平"}
