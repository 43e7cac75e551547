"""退改单 go to those who have something to mend, 催报 to those missing, and the 审核表 says what is signed."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from xxgk.checks.finding import ERROR, INFO, WARNING, Finding
from xxgk.consolidate.gather import Wanted, arrange, by_name, gather, summed
from xxgk.consolidate.model import Adjustment, Gathered, Roster
from xxgk.consolidate.page_lines import UnitLine, unit_lines
from xxgk.consolidate.returns import APPROVAL, REMINDERS, RETURNED, render_approval, render_returned, write_returns
from xxgk.consolidate.returns_sheets import COLUMNS, returned_sheet
from xxgk.consolidate.store import shelved
from xxgk.records import replace

from support.gathered import COUNTY, DUE, YEAR, county, faulty, report, taken, unit


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    return county(5)


def line_of(gathered: Gathered, number: int) -> UnitLine:
    return next(line for line in unit_lines(gathered) if line.unit.id == unit(number).id)


def finding(severity: str, message: str = "请核对") -> Finding:
    return Finding("W101", severity, "unit", "首页", "C5", ("单位名称",), message)


def with_findings(gathered: Gathered, *findings: Finding) -> Gathered:
    """Return the same with nothing but ``findings`` in each report."""
    handed = (replace(one, taken=replace(one.taken, findings=findings)) for one in gathered.handed)
    return replace(gathered, handed=shelved(handed, lambda one: one.unit.id if one.unit else ""))


def test_what_is_sent_back_says_all_findings_and_the_due_date(gathered: Gathered) -> None:
    line = line_of(gathered, 3)
    assert any(found.severity == ERROR for found in line.findings)
    page = html.document_fromstring(render_returned(line, gathered)).text_content()
    sheet = load_workbook(io.BytesIO(returned_sheet(line, gathered))).active
    assert sheet is not None
    cells = "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value)
    for text in (line.unit.name, COUNTY.name, str(DUE)):
        assert text in page
        assert text in cells
    for found in line.findings:
        for text in (found.message, found.hint, found.code):
            assert text in page
            assert text in cells


def test_only_a_reason_sends_back(gathered: Gathered) -> None:
    quiet = with_findings(county(1), finding(INFO))
    assert [line.to_send_back for line in unit_lines(with_findings(gathered, finding(INFO)))] == [False] * 5 + [True]
    assert not any(line.to_send_back for line in unit_lines(with_findings(quiet)) if not line.reasons)
    assert sum(line.to_send_back for line in unit_lines(with_findings(gathered, finding(WARNING)))) == 4


def test_a_file_of_another_year_goes_back_with_the_reason(gathered: Gathered) -> None:
    page = html.document_fromstring(render_returned(line_of(gathered, 4), gathered)).text_content()
    assert f"第4镇人民政府.xlsx：年度不对，没有计入（是 {YEAR - 1} 年度的）" in page


def test_the_folder_has_a_form_for_each(gathered: Gathered, tmp_path: Path) -> None:
    folder = tmp_path / "退改单"
    written = write_returns(folder, gathered)
    back = [line.unit.name for line in unit_lines(gathered) if line.to_send_back]
    forms = {f"{name}-{RETURNED}{suffix}" for name in back for suffix in (".html", ".xlsx")}
    lists = {f"{REMINDERS}.html", f"{REMINDERS}.xlsx", f"{APPROVAL}.html"}
    assert {path.name for path in folder.iterdir()} == forms | lists
    assert (written.returned, written.reminded, written.kept) == (len(back), 2, ())


def test_a_second_run_changes_nothing_and_what_is_mended_goes(gathered: Gathered, tmp_path: Path) -> None:
    write_returns(tmp_path, gathered)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert write_returns(tmp_path, gathered).kept == ()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    (tmp_path / "我的记录.xlsx").write_bytes(b"typed by the office")
    mended = with_findings(gathered)
    write_returns(tmp_path, mended)
    left = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert left == {"我的记录.xlsx", f"{REMINDERS}.html", f"{REMINDERS}.xlsx", f"{APPROVAL}.html"} | {
        f"{unit(4).name}-{RETURNED}{suffix}" for suffix in (".html", ".xlsx")
    }
    assert any(unit(3).name in path.name for path in (tmp_path / "备份").iterdir())


def test_two_units_of_one_name_have_a_form_each(tmp_path: Path) -> None:
    twins = [replace(unit(number), name="城关镇人民政府") for number in (0, 1)]
    files = [
        taken(replace(faulty(report(n)), unit="城关镇人民政府"), f"{twin.code}.xlsx") for n, twin in enumerate(twins)
    ]
    write_returns(tmp_path, gather(files, Wanted(Roster((COUNTY, *twins)), YEAR)))
    assert len(list(tmp_path.glob(f"城关镇人民政府 41*-{RETURNED}.html"))) == 2


def test_who_is_missing_is_reminded_with_contact_and_due_date(gathered: Gathered, tmp_path: Path) -> None:
    write_returns(tmp_path, gathered)
    sheet = load_workbook(tmp_path / f"{REMINDERS}.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [(row[1], row[4], row[5], row[6]) for row in rows] == [
        (unit(1).name, unit(1).contact, str(DUE), "没有交"),
        (unit(4).name, unit(4).contact, str(DUE), "没有计入"),
    ]
    assert unit(1).name in (tmp_path / f"{REMINDERS}.html").read_text("utf-8")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "=cmd|'/c calc'!A1", "\x01\x02=1"])
def test_no_text_in_a_form_is_a_formula(gathered: Gathered, text: str) -> None:
    line = replace(line_of(gathered, 0), findings=(finding(ERROR, text),))
    sheet = load_workbook(io.BytesIO(returned_sheet(line, gathered))).active
    assert sheet is not None
    found = [cell for row in sheet.iter_rows() for cell in row if cell.column == COLUMNS.index("问题") + 1]
    assert all(cell.data_type != "f" for cell in found)
    assert found[-1].value == text.replace("\x01\x02", "")


def test_the_approval_proves_sum_and_adjustments() -> None:
    address = "applications.new.person"
    files = [taken(report(number), f"{number}.xlsx") for number in range(3)]
    arranged = arrange(shelved(files, by_name), Wanted(Roster((COUNTY, *(unit(number) for number in range(3)))), YEAR))
    made = summed(arranged, [Adjustment(COUNTY.id, address, -2, "联合受理一件，只计一次")])
    page = html.document_fromstring(render_approval(made, Counter(line.state for line in unit_lines(made)), 0))
    name, added, adjusted, total, _ = (cell.text_content() for cell in page.xpath("(//tbody)[2]/tr[1]/*"))
    assert name == "本年新收"
    assert (int(added) + int(adjusted), adjusted) == (int(total), "-2")
    assert int(total) == made.top.totals["applications.new.total"]
    assert "联合受理一件，只计一次" in page.text_content()
