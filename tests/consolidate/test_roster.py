"""The list of units: written, filled in by people, read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xxgk.consolidate.model import Unit
from xxgk.consolidate.roster import read_roster
from xxgk.consolidate.rosterbuild import build_roster
from xxgk.errors import UsageProblem

from support.reports import FORM

UNITS = (
    Unit("清江县人民政府", "330100", "county", contact="王敏 0571-1", due=date(2024, 2, 10)),
    Unit("和平镇人民政府", "330101", "township", "330100", received=date(2024, 1, 31), file="和平.xlsx"),
    Unit("税务局", "", "vertical", "330100"),
)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "名单.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_a_list_reads_as_it_was_built(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(build_roster(FORM, UNITS))
    found = read_roster(path)
    assert found.units == UNITS
    assert found.problems == ()
    assert build_roster(FORM, UNITS) == path.read_bytes()


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(build_roster(FORM))
    assert read_roster(path).units == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_list_with_other_headings_in_another_order(tmp_path: Path, encoding: str) -> None:
    lines = "清江县,和平镇,乡镇街道,2024年1月31日\n,清江县,县级政府（汇总）,\n"
    path = written(tmp_path, f"全县单位\n上级,单位（全称）,级别,期限\n{lines}", encoding)
    town, county = read_roster(path).units
    assert (town.name, town.parent, town.level, town.due) == ("和平镇", "清江县", "township", date(2024, 1, 31))
    assert county.name == "清江县"


def test_a_parent_without_a_line_gets_one(tmp_path: Path) -> None:
    found = read_roster(written(tmp_path, "单位名称,上级单位\n和平镇,清江县人民政府\n城关镇,清江县\n"))
    assert [unit.name for unit in found.units] == ["清江县人民政府", "和平镇", "城关镇"]
    assert {unit.parent for unit in found.units[1:]} == {found.units[0].id}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("和平镇,,,\n和平镇,,,", "第 3 行：“和平镇”前面已有"),
        ("和平镇,1,,\n新集镇,1,,", "第 3 行：代码“1”前面已有，新集镇 没有用"),
        (",330101,,", "第 2 行没有写单位名称"),
        ("和平镇,,镇级,", "没有“镇级”这个级别"),
        ("和平镇,,,1/2/24", "期限“1/2/24”看不懂"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, lines: str, said: str) -> None:
    found = read_roster(written(tmp_path, f"单位名称,单位代码,单位级别,交来期限\n{lines}\n"))
    (problem,) = found.problems
    assert said in problem


def test_circles_are_broken_and_told(tmp_path: Path) -> None:
    found = read_roster(written(tmp_path, "单位名称,上级单位\n甲镇,乙县\n乙县,甲镇\n"))
    assert len(found.problems) == 2
    assert {unit.parent for unit in found.units} == {""}


def test_a_file_without_the_headings_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="xxgk roster new"):
        read_roster(written(tmp_path, "甲,乙\n1,2\n"))
