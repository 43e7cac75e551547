"""``new`` and ``fill`` with last year's report, as staff run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.jsonio import dump_json
from xxgk.records import replace
from xxgk.report import Paragraph, Report
from xxgk.sources import read_report

from support.reports import FORM, example, with_figure, zero_report
from support.workbooks import filled

IN, OUT = "applications.carried_in.person", "applications.carried_out.person"
LAST = replace(
    with_figure(with_figure(example(), OUT, 3), "applications.new.person", 3),
    year=2022,
    narrative={**example().narrative, "overview": (Paragraph("（一）主动公开", 2), Paragraph("去年的话。"))},
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "上年.xlsx").write_bytes(filled(LAST))
    (tmp_path / "上年.json").write_text(dump_json(LAST, FORM), encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> int:
    return main(list(arguments))


@pytest.mark.parametrize("source", ["上年.xlsx", "上年.json"])
def test_a_new_workbook_knows_last_year(folder: Path, source: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", "2023", "--from", source, "-o", "今年.xlsx") == 0
    report = read_report(Path("今年.xlsx"))
    assert (report.unit, report.level, report.year) == (LAST.unit, LAST.level, 2023)
    assert report.figures[IN].value == 3
    assert report.narrative["overview"] == (Paragraph("（一）主动公开", 2),)
    assert report.previous is not None
    assert report.previous.year == 2022
    assert report.previous.narrative == LAST.narrative
    capsys.readouterr()
    assert run("fill", "今年.xlsx", "--from", source) == 0
    assert "没有要改的" in capsys.readouterr().out


def test_another_unit_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", "2023", "--unit", "青石镇人民政府", "--from", "上年.xlsx", "-o", "今年.xlsx") == 1
    assert "青石镇人民政府" in capsys.readouterr().out
    assert read_report(Path("今年.xlsx")).unit == "青石镇人民政府"


def test_another_year_is_refused_and_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", "2025", "--from", "上年.xlsx", "-o", "今年.xlsx") == 2
    assert not Path("今年.xlsx").exists()
    assert run("new", "2024", "--unit", "和平镇人民政府", "-o", "后年.xlsx") == 0
    before = Path("后年.xlsx").read_bytes()
    assert run("fill", "后年.xlsx", "--from", "上年.xlsx") == 2
    assert "2024 年度要用 2023 年度的报告" in capsys.readouterr().err
    assert Path("后年.xlsx").read_bytes() == before


def test_without_a_unit_anywhere_there_is_no_workbook(folder: Path) -> None:
    assert run("new", "2023", "-o", "今年.xlsx") == 2
    assert not Path("今年.xlsx").exists()


def test_what_staff_typed_stays_unless_they_ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("今年.xlsx").write_bytes(filled(with_figure(replace(zero_report(), unit=LAST.unit), IN, 5)))
    assert run("fill", "今年.xlsx", "--from", "上年.xlsx", "--dry-run") == 0
    assert read_report(Path("今年.xlsx")).previous is None
    assert run("fill", "今年.xlsx", "--from", "上年.xlsx") == 0
    said = capsys.readouterr().out
    assert "已填“5”，没有改（上年报告是“3”）" in said
    report = read_report(Path("今年.xlsx"))
    assert report.figures[IN].value == 5
    assert report.narrative == zero_report().narrative
    assert report.previous is not None
    assert list(Path("备份").iterdir())
    assert run("fill", "今年.xlsx", "--from", "上年.xlsx", "--overwrite") == 0
    assert read_report(Path("今年.xlsx")).figures[IN].value == 3


def test_the_same_year_is_this_years_data(folder: Path) -> None:
    Path("今年.xlsx").write_bytes(filled(Report(FORM.id, unit=LAST.unit, year=2022)))
    assert run("fill", "今年.xlsx", "--from", "上年.json") == 0
    report = read_report(Path("今年.xlsx"))
    assert report.figures[OUT].value == 3
    assert report.narrative == LAST.narrative


def test_last_years_text_is_not_published(folder: Path) -> None:
    last = replace(zero_report(), year=2022, narrative={"overview": (Paragraph("去年独有的话。"),)})
    this = replace(zero_report(), previous=last)
    Path("今年.xlsx").write_bytes(filled(this))
    assert run("report", "今年.xlsx", "--to", "html,md") == 0
    for path in [*folder.glob("*.html"), *folder.glob("*.md")]:
        assert "去年独有的话" not in path.read_text(encoding="utf-8")
    assert run("export", "今年.xlsx", "-o", "今年.json") == 0
    assert json.loads(Path("今年.json").read_text(encoding="utf-8"))["previous"]["narrative"]["overview"]


@pytest.mark.parametrize("year", [2022, 2023])
def test_another_units_report_is_refused_unless_asked(
    folder: Path, year: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", "2023", "--unit", "甲镇人民政府", "-o", "甲.xlsx") == 0
    other = replace(LAST, year=year, unit="乙镇人民政府")
    (folder / "乙.json").write_text(dump_json(other, FORM), encoding="utf-8")
    before = (folder / "甲.xlsx").read_bytes()
    assert run("fill", "甲.xlsx", "--from", "乙.json") == 2
    assert "工作簿是甲镇人民政府的，乙.json 是乙镇人民政府的" in capsys.readouterr().err
    assert (folder / "甲.xlsx").read_bytes() == before
    assert run("fill", "甲.xlsx", "--from", "乙.json", "--overwrite") in (0, 1)


def test_a_name_with_the_county_before_it_is_the_same_unit(folder: Path) -> None:
    assert run("new", "2023", "--unit", "某县和平镇人民政府", "-o", "甲.xlsx") == 0
    assert run("fill", "甲.xlsx", "--from", "上年.json") == 0
