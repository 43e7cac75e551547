"""``xxgk import``: a workbook, a list, and an exit code that tells whether anything is left to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.sources import read_report

from support.published import as_printed, written
from support.reports import FORM, example


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "年报.html"
    path.write_bytes(written(example(), "html"))
    return path


def test_a_report_becomes_a_workbook_and_a_list(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = report.with_name("年报.xlsx")
    assert main(["import", str(report), "-o", str(target)]) == 0
    assert read_report(target) == as_printed(example())
    said = capsys.readouterr().out
    assert str(target) in said
    page = (report.parent / "年报清单.html").read_text(encoding="utf-8")
    assert "读出 200 个数" in page
    assert "第2张表第4行" in page


def test_without_a_name_the_workbook_is_called_after_unit_and_year(report: Path) -> None:
    assert main(["import", str(report)]) == 0
    assert (report.parent / "和平镇人民政府2023年政府信息公开年报（导入）.xlsx").is_file()


def test_what_is_unsure_is_told_and_gives_1(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = report.read_text(encoding="utf-8")
    place = text.index("商业企业</th>")
    report.write_text(text[:place] + "（看不清）" + text[place + 4 :], encoding="utf-8")
    assert main(["import", str(report), "-o", str(report.with_name("a.xlsm"))]) == 1
    assert "找不到这些列的表头：商业企业" in capsys.readouterr().out
    assert read_report(report.with_name("a.xlsm")).figures.keys().isdisjoint({"applications.new.business"})


def test_sums_that_fail_come_first(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = report.read_text(encoding="utf-8")
    place = text.rindex(">0</td>")
    report.write_text(f"{text[:place]}>5{text[place + 2 :]}", encoding="utf-8")
    main(["import", str(report), "-o", str(report.with_name("a.xlsx"))])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("加起来对不上")
    assert "左边 5，右边 0" in lines[2]


def test_an_older_workbook_is_taken_too(report: Path) -> None:
    first, second = report.with_name("a.xlsx"), report.with_name("b.xlsx")
    main(["import", str(report), "-o", str(first)])
    main(["import", str(first), "-o", str(second)])
    assert read_report(second) == read_report(first)


def test_nothing_is_written_over(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = report.with_name("a.xlsx")
    target.write_bytes(b"mine")
    assert main(["import", str(report), "-o", str(target)]) == 2
    assert target.read_bytes() == b"mine"
    assert "没有覆盖" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.docx", b"", 3), ("a.png", b"\x89PNG", 3), ("b.txt", "通知".encode(), 3), ("c.html", None, 3)],
)
def test_what_cannot_be_read_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, code: int
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert main(["import", str(path)]) == code
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith("读不了")
    assert sentence.endswith("。")
    assert list(tmp_path.iterdir()) == ([path] if data is not None else [])


def test_a_folder_is_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path)]) == 3
    said = capsys.readouterr().err
    assert "文件夹" in said
    assert "报告" in said


def test_what_json_has_wrong_is_named_by_its_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = next(iter(FORM.tables["disputes"].addresses))
    table, row, column = address.split(".")
    source = tmp_path / "a.json"
    source.write_text(json.dumps({"format": FORM.id, "tables": {table: {row: {column: "x"}}}}), encoding="utf-8")
    assert main(["import", str(source), "-o", str(tmp_path / "a.xlsx")]) == 1
    assert " › ".join(FORM.labels_of(address)) in capsys.readouterr().out


def test_of_two_reports_one_is_asked_for(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = report.read_text(encoding="utf-8")
    report.write_text(text + text.replace("2023年", "2022年"), encoding="utf-8")
    assert main(["import", str(report)]) == 3
    assert "--which 2" in capsys.readouterr().err
    target = report.with_name("a.xlsx")
    assert main(["import", str(report), "--which", "2", "-o", str(target)]) == 0
    assert read_report(target).year == 2022
