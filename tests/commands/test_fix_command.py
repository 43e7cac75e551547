"""``xxgk fix`` as staff run it."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.files import BACKUPS
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.patch import patch
from xxgk.xlsx.sheetpatch import CellChange

from support.reports import SOUND_TEXT, zero_report
from support.workbooks import LAYOUT, filled

DIGITS = LAYOUT.figures["disclosure.licences.decisions"]
SIGN = LAYOUT.figures["disclosure.regulations.made"]
UNSURE = LAYOUT.figures["disclosure.penalties.decisions"]
TEXT = LAYOUT.narrative["problems"]
TEXT_CELL = Cell(TEXT.sheet, TEXT.row, TEXT.column + 1)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook with three things that can be mended and one that cannot."""
    damage = {
        DIGITS.sheet: {
            (DIGITS.row, DIGITS.column): CellChange("　１，２３４ "),
            (SIGN.row, SIGN.column): CellChange("/"),
            (UNSURE.row, UNSURE.column): CellChange("/"),
        },
        TEXT.sheet: {
            (TEXT_CELL.row, TEXT_CELL.column): CellChange("1、 加强培训， 落实责任。" + SOUND_TEXT["problems"])
        },
    }
    path = tmp_path / "年报 一.xlsx"
    path.write_bytes(patch(filled(zero_report()), damage))
    return path


def test_a_dry_run_lists_and_leaves_the_file(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = workbook.read_bytes()
    assert main(["fix", str(workbook), "--dry-run"]) == 0
    lines = capsys.readouterr().out.splitlines()
    paragraph = f"【{TEXT.sheet}】{TEXT_CELL.ref} 五、存在的主要问题及改进情况 › 第1段"
    assert lines == [
        f"【{SIGN.sheet}】{SIGN.ref} 规章 › 本年制发件数：“/” → 0（V105）",
        f"【{DIGITS.sheet}】{DIGITS.ref} 行政许可 › 本年处理决定数量：“ １，２３４ ” → 1234（V104）",
        f"{paragraph}：“1、 加强培训，” → “1、加强培训，落”，删去 2 个空格（W104）",
        "试改：会改 3 处，文件没有改动。去掉 --dry-run 再运行一次，就会改。",
        f'改后还会有：错误 1 处。运行 xxgk check "{workbook}" 查看。',
    ]
    assert workbook.read_bytes() == before
    assert [path.name for path in workbook.parent.iterdir()] == [workbook.name]


def test_it_mends_after_a_backup_and_a_second_run_finds_nothing(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = workbook.read_bytes()
    assert main(["fix", str(workbook)]) == 0
    assert "已改 3 处" in capsys.readouterr().out
    (kept,) = (workbook.parent / BACKUPS).iterdir()
    assert kept.read_bytes() == before
    mended = workbook.read_bytes()
    assert main(["fix", str(workbook)]) == 0
    assert "没有可以自动改的地方" in capsys.readouterr().out
    assert workbook.read_bytes() == mended
    assert len(list((workbook.parent / BACKUPS).iterdir())) == 1
    assert main(["check", str(workbook)]) == 1  # the sign that only a person can answer
    assert "V105" in capsys.readouterr().out


def test_a_sound_workbook_stays_and_is_called_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(filled(zero_report()))
    assert main(["fix", str(path)]) == 0
    assert capsys.readouterr().out == "没有可以自动改的地方，文件没有改动。\n没有发现问题。\n"
    assert [path.name for path in tmp_path.iterdir()] == [path.name]


def test_a_workbook_open_elsewhere_is_left(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = workbook.read_bytes()
    workbook.with_name(f"~${workbook.name}").write_bytes(b"")
    assert main(["fix", str(workbook)]) == 3
    assert "正在被" in capsys.readouterr().err
    assert workbook.read_bytes() == before
    assert main(["fix", str(workbook), "--dry-run"]) == 0


@pytest.mark.parametrize(("name", "code"), [("没有.xlsx", 3), ("数据.json", 2)])
def test_what_is_no_workbook_is_refused(
    name: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fix", str(tmp_path / name)]) == code
    assert name in capsys.readouterr().err
