"""``xxgk consolidate``, ``roster``, ``submit``, ``trace`` as an office uses them, over several levels."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.consolidate.roster import read_roster
from xxgk.jsonio import dump_json
from xxgk.records import replace
from xxgk.workbook.reading.read import read_workbook

from support.counties import COUNTY, TOWNS, town, town_report
from support.reports import FORM, zero_report
from support.workbooks import filled

MADE = "disclosure.licences.decisions"
ROSTER = """单位名称,单位级别,上级单位,收到日期
临江市人民政府,市级政府（汇总）,,
清江县人民政府,县级政府（汇总）,临江市人民政府,
石桥镇人民政府,乡镇街道,清江县人民政府,2024-01-20
河口镇人民政府,乡镇街道,清江县人民政府,2024-01-20
临江市水利局,市级部门,临江市人民政府,2024-01-20
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which a city's files are: a workbook, one in a zip file, a published report as JSON."""
    monkeypatch.chdir(tmp_path)
    files = Path("交来")
    files.mkdir()
    (files / "石桥.xlsx").write_bytes(filled(town_report(TOWNS[0], {MADE: 3})))
    with zipfile.ZipFile(files / "乡镇.zip", "w") as archive:
        archive.writestr("河口.xlsx", filled(town_report(TOWNS[1], {MADE: 4})))
    bureau = replace(town_report("x", {MADE: 5}), unit="临江市水利局", level="city_department")
    (files / "水利局.json").write_text(dump_json(bureau, FORM), encoding="utf-8")
    Path("名单.csv").write_text(ROSTER, encoding="gb18030")
    return tmp_path


def test_every_level_gets_its_own_workbook(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in Path("交来").iterdir()}
    assert main(["consolidate", "交来", "-o", "汇总.xlsx", "--roster", "名单.csv"]) == 0
    out = capsys.readouterr().out
    assert "临江市人民政府 2023 年度：2 个下级单位，计入 2 个；完整。" in out
    assert "清江县人民政府 2023 年度：2 个下级单位，计入 2 个；完整。" in out
    city, county = read_workbook(Path("汇总.xlsx")), read_workbook(Path("汇总-各级汇总/清江县人民政府.xlsx"))
    assert (city.unit, city.level, city.figures[MADE].value) == ("临江市人民政府", "city", 12)
    assert (county.unit, county.level, county.figures[MADE].value) == (COUNTY.name, "county", 7)
    assert {path: path.read_bytes() for path in Path("交来").iterdir()} == before
    assert main(["trace", "汇总.xlsx", MADE]) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "下级单位：2 个，有数的 2 个，是 0 的 0 个", "    7 清江县人民政府", "    5 临江市水利局",
    ]  # fmt: skip


def test_a_second_run_writes_the_same_bytes_and_makes_no_backup(office: Path) -> None:
    words = ["consolidate", "交来", "-o", "汇总.xlsx", "--roster", "名单.csv", "--jobs", "1"]
    assert main(words) == 0
    first = Path("汇总.xlsx").read_bytes()
    shutil.move("交来", "旧")
    Path("交来").mkdir()
    for path in sorted(Path("旧").iterdir(), reverse=True):
        shutil.copy2(path, Path("交来"))
    assert main(words) == 0
    assert Path("汇总.xlsx").read_bytes() == first
    assert not Path("备份").exists()


def test_one_list_goes_from_the_files_to_the_result(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "new", "--from", "交来", "-o", "新名单.xlsx"]) == 0
    assert {unit.name for unit in read_roster(Path("新名单.xlsx")).units} == {
        *(town(name).name for name in TOWNS), "临江市水利局",
    }  # fmt: skip
    assert main(["roster", "new", "-o", "新名单.xlsx"]) == 2
    assert "没有覆盖" in capsys.readouterr().err


def test_without_a_list_all_is_added_and_that_is_said(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in Path("交来").iterdir():
        os.utime(path, (datetime(2024, 1, 20).timestamp(),) * 2)
    assert main(["consolidate", "交来", "-o", "汇总.xlsm", "--unit", "临江市人民政府"]) == 0
    out = capsys.readouterr().out
    assert "没有用名单" in out
    assert read_workbook(Path("汇总.xlsm")).unit == "临江市人民政府"
    assert read_workbook(Path("汇总.xlsm")).figures[MADE].value == 12


def test_the_own_report_is_compared_and_ends_with_1(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("市.json").write_text(dump_json(replace(zero_report(), unit="临江市", level="city"), FORM), encoding="utf-8")
    assert main(["consolidate", "交来", "-o", "汇总.xlsx", "--roster", "名单.csv", "--own", "市.json"]) == 1
    out = "".join(capsys.readouterr().out.split())
    assert "本单位自己的报告填0，下级相加是12，相差12" in out


def test_a_file_of_adjustments_counts_and_takes_the_place_of_those_typed(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["consolidate", "交来", "-o", "汇总.xlsx", "--roster", "名单.csv"]
    Path("调整.csv").write_text(f"位置,调整数,理由\n{MADE},-1,联合发文\n", encoding="utf-8")
    for _ in range(2):
        assert main([*words, "--adjust", "调整.csv"]) == 0
        assert read_workbook(Path("汇总.xlsx")).figures[MADE].value == 11
    assert main(words) == 0
    assert read_workbook(Path("汇总.xlsx")).figures[MADE].value == 11
    Path("调整.csv").write_text("位置,调整数,理由\n没有,-1,联合发文\n", encoding="utf-8")
    capsys.readouterr()
    assert main([*words, "--adjust", "调整.csv"]) == 1
    said = capsys.readouterr()
    assert "有 1 条不在 调整.csv 里" in said.err
    assert "第 1 条没有用上：位置“没有”认不出" in said.out
    assert main(["trace", "汇总.xlsx", MADE]) == 0
    assert "调整" not in capsys.readouterr().out


def test_what_is_unsettled_ends_with_1(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("交来/坏.xlsx").write_bytes(b"PK")
    assert main(["consolidate", "交来", "-o", "汇总.xlsx", "--roster", "名单.csv"]) == 1
    assert "读不了 坏.xlsx" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["没有", "-o", "汇总.xlsx"], "没有 没有 这个文件夹"),
        (["空", "-o", "汇总.xlsx"], "没有工作簿"),
        (["交来", "-o", "汇总.docx"], ".xlsx 或者 .xlsm"),
        (["交来", "-o", "交来/石桥.xlsx", "--roster", "名单.csv"], "不是汇总的结果"),
        (["交来", "-o", "汇总.xlsx", "--year", "1999"], "没有 1999 年度用的格式"),
    ],
)
def test_wrong_words_are_answered_and_nothing_is_written(
    office: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    Path("空").mkdir()
    stone = Path("交来/石桥.xlsx").read_bytes()
    assert main(["consolidate", *words]) == 2
    assert said in capsys.readouterr().err
    assert Path("交来/石桥.xlsx").read_bytes() == stone
    assert not Path("汇总.xlsx").exists()


def test_the_copy_that_is_handed_in_stands_beside_the_file(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["submit", "交来/石桥.xlsx"]) == 0
    assert read_workbook(Path("交来/石桥（上报）.xlsx")).figures[MADE].value == 3
    assert main(["submit", "交来/石桥.xlsx", "-o", "交来/石桥.xlsx"]) == 2
    assert main(["submit", "名单.csv"]) == 2
    assert "另一个文件" in capsys.readouterr().err
