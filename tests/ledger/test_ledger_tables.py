from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xxgk.checks.finding import ERROR, INFO
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.ledger.read import Ledger, read_ledger
from xxgk.ledger.tables import read_tables

from support.ledgers import CAPTIONS, FORM, KINDS, RESULTS, TODAY, as_csv, row

ROWS = [row("2023-001", answered=date(2023, 3, 20)), row("2023-002", applicant=KINDS["legal"])]


def known(path: Path) -> dict[str, int]:
    return {address: number for address, number in read(path).tally.known().items() if number}


def read(path: Path) -> Ledger:
    return read_ledger(path, FORM, 2023, TODAY)


EXPECTED = {
    "applications.new.person": 1,
    "applications.new.legal": 1,
    "applications.disclosed.person": 1,
    "applications.carried_out.legal": 1,
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_csv(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(as_csv(ROWS), encoding=encoding)
    assert known(path) == EXPECTED


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators(separator: str, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(as_csv(ROWS).replace(",", separator), encoding="utf-8")
    assert known(path) == EXPECTED


def workbook(folder: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    path = folder / "台账.xlsx"
    book.save(path)
    return path


def lines(rows: object = ROWS) -> list[list[object]]:
    assert isinstance(rows, list)
    return [list(CAPTIONS.values()), *([one.get(name) for name in CAPTIONS] for one in rows)]


def test_a_workbook_with_real_dates(tmp_path: Path) -> None:
    assert known(workbook(tmp_path, ("台账", lines()))) == EXPECTED


def test_several_sheets_count_together(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("上半年", lines(ROWS[:1])), ("下半年", lines(ROWS[1:])), ("封面", [["说明"]]))
    assert known(path) == EXPECTED


def test_a_sheet_is_named_where_there_are_several(tmp_path: Path) -> None:
    bad = [row("7", received="")]
    path = workbook(tmp_path, ("上半年", lines()), ("下半年", lines(bad)))
    assert [note.text for note in read(path).errors] == [
        "“下半年”第 2 行“收到日期”（申请编号 7）：没有填，数不进表三。"
    ]


def test_a_title_groups_blank_rows_and_a_sum(tmp_path: Path) -> None:
    head, first, second = lines()
    groups = ["申请", *[None] * (len(head) - 1)]
    path = workbook(tmp_path, ("台账", [["某局台账"], groups, head, first, [], [], second, ["合计", 2, 2, 2, 2]]))
    ledger = read(path)
    assert known(path) == EXPECTED
    told = "".join(note.text for note in ledger.notes if note.severity == INFO)
    assert "第 5 行起是空行" in told
    assert "第 8 行是合计" in told


def test_merged_rows_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("台账", lines([*ROWS, row("3")])))
    book = openpyxl.load_workbook(path)
    book["台账"].merge_cells("B3:B4")
    book.save(path)
    found = [note.text for note in read(path).errors]
    assert any("第 3 行到第 4 行" in text and "合并" in text for text in found)
    assert "applications.new.person" in read(path).tally.unsure


def test_a_hidden_sheet_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("台账", lines()), ("旧", lines()))
    book = openpyxl.load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book.save(path)
    assert known(path) == EXPECTED
    assert any("“旧”" in note.text for note in read(path).notes)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("台账.xls", b"", "另存为 .xlsx"),
        ("台账.docx", b"", ".csv"),
        ("台账.xlsx", b"no zip", "不是 Excel 工作簿"),
        ("台账.csv", b"", "空的"),
        ("台账.csv", "收到日期,甲\n".encode("gb18030") + b"\xff\xff", "GB18030"),
        ("台账.csv", "甲,乙,丙\n1,2,3\n".encode(), "认不出"),
    ],
)
def test_files_that_are_no_ledger(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises((UnreadableWorkbook, UsageProblem), match=words):
        read(tmp_path / name)


def test_a_ledger_of_another_year(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(as_csv([row(received=date(2020, 3, 3), answered=date(2020, 3, 9))]), encoding="utf-8")
    with pytest.raises(UsageProblem, match="2023 年"):
        read(path)


def test_an_empty_ledger_is_a_year_without_applications(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(as_csv([]), encoding="utf-8")
    assert set(read(path).tally.known().values()) == {0}


def test_quotes_and_line_breaks_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(as_csv([row(content='一、"甲"\n二、乙,丙'), row("2", received="")]), encoding="utf-8")
    (note,) = [note for note in read(path).notes if note.severity == ERROR]
    assert note.text.startswith("第 3 行")


def test_numbers_stay_as_they_look(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("台账", lines([row(20230001), row(20230001)])))  # type: ignore[arg-type]
    assert any("编号 20230001 有 2 件" in note.text for note in read(path).notes)


def test_the_other_calendar(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("台账", lines()))
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    assert read_tables(path).date1904
    assert known(path) == EXPECTED


def test_outcomes_may_be_written_in_many_ways(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    words = ["属于国家秘密", "不予公开（国家秘密）", "（三）1.属于国家秘密", RESULTS["withheld.secret"], "国家秘密"]
    rows = [row(str(n), answered=date(2023, 3, 20), outcome=word) for n, word in enumerate(words)]
    path.write_text(as_csv(rows), encoding="utf-8")
    ledger = read(path)
    assert ledger.tally.known().get("applications.withheld.secret.person") == len(words), ledger.errors
