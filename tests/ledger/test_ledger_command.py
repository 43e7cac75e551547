"""The user's road: a new ledger filled, counted into a workbook, and traced; an own ledger asked about once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xxgk.cli import main
from xxgk.figures import known_values
from xxgk.ledger.answers import FILE_NAME, NO_COLUMN
from xxgk.ledger.build import CAPTIONS_ROW, FIRST_ROW, PRIVATE
from xxgk.sources import read_report

from support.ledgers import CAPTIONS, CASES, FORM, KINDS, PLAN, RESULTS, Row, as_csv, row, write_ledger

ROWS = [
    row("2022-009", received=date(2022, 12, 20), answered=date(2023, 1, 10)),
    row("2023-001", answered=date(2023, 3, 20), outcome=RESULTS["withheld.secret"]),
    row("2023-002", answered=date(2023, 3, 21), outcome=RESULTS["withheld.secret"]),
    row("2023-003", received=date(2023, 12, 20), applicant=KINDS["legal"]),
    row("2023-004", answered=date(2023, 3, 9), review_filed=date(2023, 4, 1), review_decided=date(2023, 5, 1),
        review_outcome=CASES["upheld"]),
]  # fmt: skip
NUMBERS = {
    "applications.new.person": 3,
    "applications.new.legal": 1,
    "applications.carried_in.person": 1,
    "applications.withheld.secret.person": 2,
    "applications.processed.total": 4,
    "applications.carried_out.total": 1,
    "disputes.review.upheld": 1,
    "disputes.suit_direct.total": 0,
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "2023", "--unit", "和平镇人民政府", "-o", "年报.xlsx"]) == 0
    return tmp_path / "年报.xlsx"


def run(capsys: pytest.CaptureFixture[str], *words: str, expect: int = 0) -> str:
    capsys.readouterr()
    assert main(list(words)) == expect
    out, err = capsys.readouterr()
    return out + err


def numbers(book: Path) -> dict[str, object]:
    return dict(known_values(FORM, read_report(book).figures))


def type_into(path: Path, rows: list[Row]) -> None:
    ledger = openpyxl.load_workbook(path)
    for number, one in enumerate(rows, FIRST_ROW):
        for column, name in enumerate(CAPTIONS, 1):
            ledger[PLAN.sheet].cell(number, column, one.get(name))
    ledger.save(path)


def test_new_ledger_fill_and_trace(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "ledger", "new", "-o", "台账.xlsx")
    type_into(Path("台账.xlsx"), ROWS)
    before = book.read_bytes()
    assert "试填" in run(capsys, "fill", "年报.xlsx", "--ledger", "台账.xlsx", "--dry-run")
    assert book.read_bytes() == before
    out = run(capsys, "fill", "年报.xlsx", "--ledger", "台账.xlsx")
    assert "赵钱孙" not in out
    assert next(iter(Path("备份").iterdir())).read_bytes() == before
    found = numbers(book)
    assert {address: found[address] for address in NUMBERS} == NUMBERS
    tables = ("applications", "disputes")
    assert all(address in found for table in tables for address in FORM.tables[table].addresses)  # zeros too
    assert not any(address.startswith("disclosure") for address in found)
    out = run(capsys, "trace", "年报.xlsx", "applications.withheld.secret.person", "--ledger", "台账.xlsx")
    assert "2 件" in out
    assert f"第 {FIRST_ROW + 1} 行" in out
    assert "2023-002" in out
    assert RESULTS["withheld.secret"] in out
    assert "赵钱孙" not in out
    assert "4 件" in run(capsys, "trace", "年报.xlsx", "applications.processed.total", "--ledger", "台账.xlsx")


def test_the_new_ledger_offers_what_the_form_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "台账.xlsx"
    run(capsys, "ledger", "new", "-o", str(path))
    book = openpyxl.load_workbook(path)
    first = book.worksheets[0]
    assert any(cell.value == PRIVATE for line in first.iter_rows() for cell in line)
    sheet = book[PLAN.sheet]
    assert sheet.freeze_panes == f"C{FIRST_ROW}"
    captions = {cell.value: cell.column_letter for cell in sheet[CAPTIONS_ROW]}
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            name, area = rule.formula1.replace("$", "").replace("'", "").split("!")
            letter = re.match("[A-Z]+", str(rule.sqref))
            assert letter
            offered[letter[0]] = [line[0].value for line in book[name][area]]
    assert offered[captions[CAPTIONS["outcome"]]] == list(RESULTS.values())
    assert offered[captions[CAPTIONS["applicant"]]] == list(KINDS.values())
    assert offered[captions[CAPTIONS["review_outcome"]]] == list(CASES.values())
    assert "已经有" in run(capsys, "ledger", "new", "-o", str(path), expect=2)


def test_what_staff_typed_stays_unless_asked(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("typed.json").write_text(
        '{"format": "2021", "year": 2023, "tables": {"applications": {"new": {"person": 8, "legal": 1}}}}',
        encoding="utf-8",
    )
    run(capsys, "fill", "年报.xlsx", "--from", "typed.json")
    write_ledger(book.parent, ROWS)
    out = run(capsys, "fill", "年报.xlsx", "--ledger", "台账.csv")
    assert "填的是 8，台账里是 3" in out
    assert numbers(book)["applications.new.person"] == 8
    run(capsys, "fill", "年报.xlsx", "--ledger", "台账.csv", "--overwrite")
    assert numbers(book)["applications.new.person"] == 3


def test_what_is_not_sure_stays_blank(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_ledger(book.parent, [*ROWS, row("2023-008", answered=date(2023, 4, 3), outcome="属于国家密秘")])
    out = run(capsys, "fill", "年报.xlsx", "--ledger", "台账.csv", expect=1)
    assert "2023-008" in out
    found = numbers(book)
    assert "applications.withheld.secret.person" not in found
    assert found["applications.withheld.secret.legal"] == 0
    assert found["applications.new.person"] == 4


def test_a_workbook_is_no_ledger_and_a_ledger_no_workbook(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "ledger", "new", "-o", "台账.xlsx")
    assert "不是台账" in run(capsys, "fill", "年报.xlsx", "--ledger", "年报.xlsx", expect=3)
    for words in (["check", "台账.xlsx"], ["fill", "台账.xlsx", "--ledger", "台账.xlsx"], ["report", "台账.xlsx"]):
        assert "这是依申请公开台账" in run(capsys, *words, expect=3)
    assert "其中一项" in run(capsys, "fill", "年报.xlsx", expect=2)


OWN = {
    "number": "登记编号",
    "received": "申请日期",
    "name": "姓名",
    "applicant": "申请人类型",
    "answered": "办结日期",
    "outcome": "怎么办的",
}


def test_an_own_ledger_is_asked_about_once(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = RESULTS["withheld.secret"]
    own = [{**one, "outcome": "涉密不给" if one["outcome"] == secret else one["outcome"]} for one in ROWS]
    write_ledger(book.parent, own, OWN)
    out = run(capsys, "fill", "年报.xlsx", "--ledger", "台账.csv", expect=2)
    assert "xxgk ledger map" in out
    assert CAPTIONS["received"] in out

    def answer(sheet: str, ours: str, column: int, text: str, theirs: str = "") -> None:
        book = openpyxl.load_workbook(FILE_NAME)
        for line in book[sheet].iter_rows():
            if line[0].value == ours and theirs in ("", line[1].value):
                line[column].value = text
        book.save(FILE_NAME)

    assert "2 处" in run(capsys, "ledger", "map", "台账.csv")
    # Nothing is taken for an answer that nobody gave.
    run(capsys, "fill", "年报.xlsx", "--ledger", "台账.csv", expect=2)
    answer("列名", CAPTIONS["received"], 2, OWN["received"])
    answer("列名", CAPTIONS["outcome"], 2, OWN["outcome"])
    answer("列名", CAPTIONS["suit_outcome"], 2, NO_COLUMN)
    assert "第 3 行" in run(capsys, "fill", "年报.xlsx", "--ledger", "台账.csv", "--dry-run", expect=1)
    assert "1 处" in run(capsys, "ledger", "map", "台账.csv")
    answer("写法", CAPTIONS["outcome"], 3, secret, "涉密不给")
    run(capsys, "fill", "年报.xlsx", "--ledger", "台账.csv")
    found = numbers(book)
    assert found["applications.withheld.secret.person"] == 2
    assert not any(address.startswith("disputes") for address in found)
    # Next year's ledger in the same folder needs no answers, and asking again keeps them.
    Path("明年.csv").write_text(as_csv(own, OWN), encoding="gb18030")
    run(capsys, "fill", "年报.xlsx", "--ledger", "明年.csv")
    assert "都认出来了" in run(capsys, "ledger", "map", "明年.csv")
    assert "第 3 行" in run(capsys, "trace", "年报.xlsx", "applications.withheld.secret.person", "--ledger", "明年.csv")


def test_nothing_to_ask_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "别的.csv"
    path.write_text("说明\n", encoding="utf-8")
    assert "没有找到台账" in run(capsys, "ledger", "map", str(path), expect=2)
    assert "哪个台账" in run(capsys, "ledger", "map", expect=2)
    assert "-o" in run(capsys, "ledger", "new", str(path), expect=2)
