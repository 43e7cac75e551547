"""``check --previous`` with several files or a folder: each year with the one before it, each unit with its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.checking import check_file
from xxgk.cli import main
from xxgk.earlier import find_earlier
from xxgk.jsonio import dump_json
from xxgk.records import replace
from xxgk.report import Report

from support.reports import FORM, with_figure, zero_report
from support.workbooks import filled

CARRIED_IN, CARRIED_OUT = "applications.carried_in.person", "applications.carried_out.person"


def report(unit: str, year: int, carried_in: int, carried_out: int) -> Report:
    own = with_figure(with_figure(zero_report(), CARRIED_IN, carried_in), CARRIED_OUT, carried_out)
    return replace(own, unit=unit, year=year)


def save(folder: Path, name: str, report: Report) -> Path:
    path = folder / name
    path.write_bytes(filled(report)) if path.suffix == ".xlsx" else path.write_text(dump_json(report, FORM), "utf-8")
    return path


def broken(path: Path, names: list[str]) -> list[str]:
    return [finding.code for finding in check_file(path, find_earlier(names)).findings if finding.code == "Y101"]


def test_each_year_is_checked_against_the_one_before_it(tmp_path: Path) -> None:
    first = save(tmp_path, "2021.xlsx", report("甲镇人民政府", 2021, 0, 2))
    second = save(tmp_path, "2022.json", report("甲镇人民政府", 2022, 2, 3))
    third = save(tmp_path, "2023.xlsx", report("甲镇人民政府", 2023, 4, 0))
    names = [str(first), str(second)]
    assert broken(second, names) == []
    assert broken(third, names) == ["Y101", "Y101"]


def test_in_a_folder_each_unit_has_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "上年"
    folder.mkdir()
    save(folder, "甲.xlsx", report("甲镇人民政府", 2022, 0, 2))
    save(folder, "乙.xlsx", report("乙镇 人民政府", 2022, 0, 5))
    for unit, number in (("甲镇人民政府", 2), ("乙镇人民政府", 5)):
        right = save(tmp_path, "对.xlsx", report(unit, 2023, number, 0))
        assert broken(right, [str(folder)]) == []
        wrong = save(tmp_path, "错.xlsx", report(unit, 2023, number + 1, 0))
        assert broken(wrong, [str(folder)]) == ["Y101", "Y101"]


def test_years_before_last_year_come_along(tmp_path: Path) -> None:
    for year in (2021, 2022, 2023):
        save(tmp_path, f"{year}.xlsx", report("甲镇人民政府", year, 0, 0))
    codes = [finding.code for finding in check_file(tmp_path / "2023.xlsx", find_earlier([str(tmp_path)])).findings]
    assert codes.count("Y107") == len(FORM.tables)


def test_who_has_no_report_of_last_year_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "上年"
    folder.mkdir()
    save(folder, "甲.xlsx", report("甲镇人民政府", 2022, 0, 2))
    other = save(tmp_path, "丙.xlsx", report("丙镇人民政府", 2023, 0, 0))
    findings = check_file(other, find_earlier([str(folder)])).findings
    assert [(finding.code, finding.severity) for finding in findings] == [("Y105", "info")]
    assert "没有本单位 2022 年度的报告" in findings[0].message


def test_two_files_of_one_unit_and_year_are_both_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "上年"
    folder.mkdir()
    for name in ("一.xlsx", "二.xlsx"):
        save(folder, name, report("甲镇人民政府", 2022, 0, 2))
    (folder / "坏.xlsx").write_bytes(b"no workbook")
    path = save(tmp_path, "甲.xlsx", report("甲镇人民政府", 2023, 2, 2))
    assert main(["check", str(path), "--previous", str(folder)]) == 0
    said = capsys.readouterr()
    assert "一.xlsx" in said.err
    assert "二.xlsx" in said.err
    assert "坏.xlsx" in said.err
    assert "本单位 2022 年度的报告不止一份" in said.out


def test_a_single_file_counts_whatever_it_says(tmp_path: Path) -> None:
    last = save(tmp_path, "上年.xlsx", report("乙镇人民政府", 2019, 0, 2))
    path = save(tmp_path, "甲.xlsx", report("甲镇人民政府", 2023, 2, 2))
    codes = [finding.code for finding in check_file(path, find_earlier([str(last)])).findings]
    assert codes == ["Y105", "Y105"]
