"""``xxgk repair`` as staff run it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from xxgk.cli import main
from xxgk.workbook.reading.read import read_workbook

from support.reports import example, zero_report
from support.workbooks import LAYOUT, edited, filled, insert_rows

SHEET = LAYOUT.tables["applications"].grid.sheet


def damaged(workbook: Workbook) -> None:
    insert_rows(workbook, SHEET, 1, 2)


def damaged_beyond(workbook: Workbook) -> None:
    damaged(workbook)
    workbook.create_sheet("台账")["A1"] = "甲"


def written(folder: Path, data: bytes) -> Path:
    path = folder / "年报.xlsx"
    path.write_bytes(data)
    return path


def test_a_sound_workbook_comes_out_equal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, filled(zero_report()))
    assert main(["repair", str(path)]) == 0
    target = tmp_path / "年报（修复）.xlsx"
    assert capsys.readouterr().out == (
        f"已存成新的工作簿：{target}\n原来的文件没有动：{path}\n"
        f"原来的文件结构没有问题，填的内容全部带过去了。\n下一步：xxgk check {target}\n"
    )
    assert read_workbook(target) == zero_report()


def test_what_was_moved_is_listed_and_the_old_file_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = edited(filled(zero_report()), damaged)
    path = written(tmp_path, data)
    assert main(["repair", str(path), "-o", str(tmp_path / "好.xlsx")]) == 0
    assert "放回了标准的位置：\n  表三：" in capsys.readouterr().out
    assert path.read_bytes() == data
    assert sorted(file.name for file in tmp_path.iterdir()) == ["好.xlsx", "年报.xlsx"]
    assert main(["check", str(tmp_path / "好.xlsx")]) == 0


def test_what_could_not_be_carried_is_listed_and_gives_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, edited(filled(zero_report()), damaged_beyond))
    assert main(["repair", str(path)]) == 1
    assert "没有带过去，请对照原来的文件处理：\n  工作表“台账”" in capsys.readouterr().out


def test_marks_of_a_check_are_not_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, filled(example()))
    assert main(["check", str(path), "--mark"]) == 0
    marked = path.read_bytes()
    assert marked != filled(example())
    capsys.readouterr()
    assert main(["repair", str(path)]) == 0
    assert "全部带过去了" in capsys.readouterr().out
    assert path.read_bytes() == marked


def test_no_other_file_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, filled(zero_report()))
    other = tmp_path / "年报（修复）.xlsx"
    other.write_text("别的")
    before = path.read_bytes()
    for arguments in (["repair", str(path)], ["repair", str(path), "-o", str(path)]):
        assert main(arguments) == 2
        assert "没有覆盖" in capsys.readouterr().err
    assert (path.read_bytes(), other.read_text()) == (before, "别的")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["没有.xlsx"], 3), (["年报.xlsx", "-o", "年报.docx"], 2), (["年报.xlsx", "-o", "无/a.xlsx"], 3)],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, filled(zero_report()))
    assert main(["repair", *arguments]) == code
    assert "Traceback" not in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["年报.xlsx"]
