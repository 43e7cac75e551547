"""``check --mark`` and ``--unmark`` as staff use them: backups, sentences, exit codes, files left alone."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from xxgk.cli import main
from xxgk.files import BACKUPS
from xxgk.output.marks.table import SHEET

from support.packages import packed, parts_of
from support.reports import example, with_figure, zero_report
from support.workbooks import filled

WRONG = filled(with_figure(example(), "disputes.review.total", 9))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(WRONG)
    return path


def backups(book: Path) -> list[bytes]:
    folder = book.parent / BACKUPS
    return sorted(path.read_bytes() for path in folder.iterdir()) if folder.exists() else []


def test_marks_come_and_go_with_a_backup_each(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(book)]) == 1
    plain = capsys.readouterr().out
    assert main(["check", str(book), "--mark"]) == 1
    marked = capsys.readouterr().out
    assert marked.startswith(plain)
    assert "已标记" in marked
    assert "--unmark" in marked
    assert SHEET in openpyxl.load_workbook(book).sheetnames
    assert backups(book) == [WRONG]
    assert main(["check", str(book)]) == 1
    assert capsys.readouterr().out == plain
    assert main(["check", str(book), "--mark"]) == 1
    assert "没有改动" in capsys.readouterr().out
    assert main(["check", str(book), "--unmark"]) == 0
    assert "已去掉标记" in capsys.readouterr().out
    assert parts_of(book.read_bytes()) == parts_of(WRONG)
    assert len(backups(book)) == 2
    assert main(["check", str(book), "--unmark"]) == 0
    assert "没有标记" in capsys.readouterr().out
    assert len(backups(book)) == 2


def test_when_all_is_mended_marks_go(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book.write_bytes(filled(zero_report()))
    assert main(["check", str(book), "--mark"]) == 0
    assert "没有发现问题，不用标记" in capsys.readouterr().out
    main(["check", str(book), "--mark"])
    assert backups(book) == []


def test_results_for_programs_stay_clean(book: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["check", str(book), "--format", "json"])
    plain = capsysbinary.readouterr().out
    main(["check", str(book), "--format", "json", "--mark"])
    shown = capsysbinary.readouterr()
    assert shown.out == plain
    assert "已标记" in shown.err.decode()


@pytest.mark.parametrize("option", ["--mark", "--unmark"])
def test_what_resists_is_left_and_stops_no_other(book: Path, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(book), "--mark"])
    before = dict.fromkeys(("signed.xlsx", "open.xlsx"), WRONG) | {"broken.xlsx": WRONG[:999], "a.json": b"{}"}
    before["signed.xlsx"] = packed({**parts_of(WRONG), "_xmlsignatures/sig1.xml": b"<a/>"})
    before["open.xlsx"] = book.read_bytes() if option == "--unmark" else WRONG
    files = [book.with_name(name) for name in before]
    for file in files:
        file.write_bytes(before[file.name])
    book.with_name("~$open.xlsx").touch()
    capsys.readouterr()
    assert main(["check", *map(str, files), str(book), str(book.with_name("none.xlsx")), option]) == 3
    shown = capsys.readouterr()
    assert {file.name: file.read_bytes() for file in files} == before
    assert "signed.xlsx：文件带有数字签名" in shown.err
    assert "open.xlsx 正在被" in shown.err
    for name in ("broken.xlsx", "none.xlsx"):
        assert name in (shown.out + shown.err).replace("\n", "")  # long paths are broken over lines
    assert "没有改动" in shown.out if option == "--mark" else "已去掉标记" in shown.out
    assert "Traceback" not in shown.err


def test_only_workbooks_are_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "年报.json"
    data.write_text('{"form": "2021"}', encoding="utf-8")
    assert main(["check", str(data), "--mark"]) == 2
    assert "只有 .xlsx、.xlsm 工作簿能加标记" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [data]


def test_a_folder_is_marked_file_by_file(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book.parent / "二").mkdir()
    (book.parent / "二" / "另.xlsx").write_bytes(WRONG)
    assert main(["check", str(book.parent), "--mark"]) == 1
    assert capsys.readouterr().out.count("已标记") == 2
    assert main(["check", str(book.parent), "--unmark"]) == 0
    assert capsys.readouterr().out.count("已去掉标记") == 2
    assert main(["check", str(book.parent / "二" / BACKUPS / "空"), "--unmark"]) == 3


def test_both_at_once_is_wrong_usage(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(book), "--mark", "--unmark"]) == 2
    assert "不能与" in capsys.readouterr().err


def test_many_files_to_mark_show_how_far_it_is(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    monkeypatch.setattr("xxgk.output.progress.PAUSE", 0)
    main(["check", str(book), "--mark"])
    assert "已校验 1/1 个" in shown.getvalue()
