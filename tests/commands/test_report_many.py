"""``xxgk report`` on folders: a report for each workbook, one bad file never stops the rest, and each is told of."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from xxgk.appearance import Appearance, remember
from xxgk.cli import main
from xxgk.publishing import Order, Outcome, report_files
from xxgk.render.docx import reference_docx
from xxgk.render.outputs import OUTPUTS, outputs_named
from xxgk.workbook.template import new_workbook

from support.packages import parts_of
from support.reports import FORM, city, example, with_figure

NEGATIVE = "disclosure.normative.made"
SEALED = 'w:jc w:val="right"'  # the date of a report that bears a seal


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbooks")
    (folder / "下级").mkdir()
    (folder / "和平镇.xlsx").write_bytes(new_workbook(FORM, example()).data)
    (folder / "下级" / "云岭州.xlsx").write_bytes(new_workbook(FORM, city()).data)
    (folder / "有错.xlsx").write_bytes(new_workbook(FORM, with_figure(example(), NEGATIVE, -3)).data)
    (folder / "坏.xlsx").write_bytes(b"PK nothing")
    return folder


@pytest.fixture
def workbooks(prepared: Path, tmp_path: Path) -> Path:
    return shutil.copytree(prepared, tmp_path / "workbooks")


def reports_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.suffix in (".docx", ".html")}


def test_every_workbook_of_a_folder_gets_its_reports_beside_it(
    workbooks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(workbooks), "--jobs", "2"]) == 3
    titles = ("2023年和平镇政府信息公开工作年度报告", "2024年云岭哈尼族彝族自治州政府信息公开工作年度报告")
    assert reports_in(workbooks) == {f"{title}{ending}" for title in titles for ending in (".docx", ".html")}
    assert {path.parent.name for path in workbooks.rglob("*云岭*.docx")} == {"下级"}
    told = capsys.readouterr().out
    assert "读不了" in told
    assert f"没有生成：{workbooks / '有错.xlsx'} 有 1 处错误" in told
    assert "共 4 个工作簿：生成报告 2 个，有错误没有生成 1 个，读不了或存不下 1 个。" in told


def test_with_force_what_has_errors_becomes_a_draft_in_the_folder_asked_for(
    workbooks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workbooks / "坏.xlsx").unlink()
    folder = tmp_path / "报告"
    assert main(["report", str(workbooks), "-o", str(folder), "--to", "docx", "--force"]) == 1
    names = reports_in(folder)
    assert len(names) == 3
    assert sum("（草稿）" in name for name in names) == 1
    assert "草稿 1 个" in capsys.readouterr().out
    assert not reports_in(workbooks)


def test_reports_of_one_name_are_told(workbooks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twin = shutil.copy(workbooks / "和平镇.xlsx", workbooks / "和平镇 - 副本.xlsx")
    files = [str(workbooks / "和平镇.xlsx"), str(twin)]
    assert main(["report", *files, "-o", str(tmp_path / "报告"), "--to", "md"]) == 0
    assert "报告同名" in capsys.readouterr().out


def test_a_folder_without_workbooks_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path)]) == 3
    assert "没有工作簿" in capsys.readouterr().out


def test_many_processes_give_the_same_bytes_as_one(workbooks: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "一", tmp_path / "二"
    main(["report", str(workbooks / "和平镇.xlsx"), "-o", str(one)])
    main(["report", str(workbooks), "-o", str(two), "--jobs", "2"])
    for path in one.iterdir():
        assert (two / path.name).read_bytes() == path.read_bytes()


def test_a_fault_of_the_program_costs_one_report(workbooks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("xxgk.publishing.checked_document", broken)
    order = Order(outputs_named("md"))
    ((index, outcome),) = report_files([workbooks / "和平镇.xlsx"], order, 1)
    assert (index, outcome.code) == (0, 3)
    assert "程序内部出错" in outcome.error


def test_a_late_workbook_is_given_up(workbooks: Path) -> None:
    ((_, outcome),) = report_files([workbooks / "和平镇.xlsx"], Order(outputs_named("docx")), 1, seconds=0.0)
    assert isinstance(outcome, Outcome)
    assert "时间太长" in outcome.error


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_order_goes_to_another_process(name: str) -> None:
    order = Order(outputs_named(name), style=b"x", drafts=True)
    assert pickle.loads(pickle.dumps(order)) == order


def test_what_is_remembered_beside_a_workbook_goes_for_its_folder(workbooks: Path, tmp_path: Path) -> None:
    style = tmp_path / "样式.docx"
    style.write_bytes(reference_docx())
    remember(workbooks / "下级" / "云岭州.xlsx", Appearance(sealed=True, style=style))
    assert main(["report", str(workbooks / "下级"), "--to", "docx", "--jobs", "1"]) == 0
    (report,) = (workbooks / "下级").glob("*.docx")
    assert SEALED in parts_of(report.read_bytes())["word/document.xml"].decode()
    style.write_bytes(b"no docx")
    assert main(["report", str(workbooks / "下级"), "--to", "docx", "--jobs", "1"]) == 3


def test_a_seal_moves_the_signature(workbooks: Path, tmp_path: Path) -> None:
    documents = []
    for number, options in enumerate(([], ["--seal"])):
        folder = tmp_path / str(number)
        main(["report", str(workbooks / "和平镇.xlsx"), "-o", str(folder), "--to", "docx", *options])
        (made,) = folder.glob("*.docx")
        documents.append(parts_of(made.read_bytes())["word/document.xml"].decode())
    plain, sealed = documents
    assert SEALED in sealed
    assert SEALED not in plain


def test_missing_fonts_are_told(
    workbooks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fonts = frozenset({"fangsong", "simsun", "simhei", "kaiti_gb2312", "fzxiaobiaosong-b05s"})
    monkeypatch.setattr("xxgk.machine.fonts.installed_fonts", lambda _: fonts)
    main(["report", str(workbooks / "和平镇.xlsx"), "--to", "docx"])
    assert "没有报告要用的字体：仿宋_GB2312（用“FangSong”代替）。" in capsys.readouterr().out
    main(["report", str(workbooks / "和平镇.xlsx"), "--to", "md"])
    assert "字体" not in capsys.readouterr().out
