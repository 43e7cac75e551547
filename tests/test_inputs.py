"""Files, patterns and folders that a user names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xxgk.errors import UsageProblem
from xxgk.files import BACKUPS
from xxgk.inputs import Inputs, find_inputs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def found(*names: str) -> list[str]:
    return [path.as_posix() for path in find_inputs(names).files]


def test_a_folder_stands_for_the_workbooks_in_it_and_below(folder: Path) -> None:
    put(
        "年 报/乙.xlsx",
        "年 报/甲.XLSM",
        "年 报/东片/丙.xlsx",
        "年 报/东片/深/丁.xlsx",
        "年 报/说明.docx",
        "年 报/数据.json",
    )
    assert found("年 报") == ["年 报/乙.xlsx", "年 报/甲.XLSM", "年 报/东片/丙.xlsx", "年 报/东片/深/丁.xlsx"]


def test_what_is_no_report_of_anybody_is_left_out(folder: Path) -> None:
    put("d/~$甲.xlsx", "d/.~甲.xlsx", "d/._甲.xlsx", f"d/{BACKUPS}/甲-20240101.xlsx", "d/.回收站/甲.xlsx", "d/甲.xlsx")
    assert found("d") == ["d/甲.xlsx"]
    assert found(f"d/{BACKUPS}") == [f"d/{BACKUPS}/甲-20240101.xlsx"]


def test_other_workbooks_are_told_apart(folder: Path) -> None:
    put("d/甲.xls", "d/乙.ET", "d/丙.ods", "d/丁.xlsx", "d/戊.txt")
    inputs = find_inputs(["d", "d"])
    assert sorted(path.name for path in inputs.aside) == ["丙.ods", "乙.ET", "甲.xls"]
    assert inputs.barren == ()


def test_a_folder_without_workbooks_says_so(folder: Path) -> None:
    put("空/说明.docx", "有/甲.xlsx")
    inputs = find_inputs(["空", "有"])
    assert [path.name for path in inputs.files] == ["甲.xlsx"]
    ((path, sentence),) = inputs.barren
    assert path == Path("空")
    assert "没有工作簿" in sentence


def test_each_file_once_however_it_is_named(folder: Path) -> None:
    put("d/甲.xlsx", "d/乙.xlsx")
    assert found("d/甲.xlsx", "d", "./d", str(folder / "d"), "d/../d/甲.xlsx") == ["d/甲.xlsx", "d/乙.xlsx"]


def test_a_file_that_is_named_stays_whatever_it_is(folder: Path) -> None:
    put("甲.xls", "~$乙.xlsx")
    assert found("甲.xls", "没有.xlsx", "长" * 300 + ".xlsx") == ["甲.xls", "没有.xlsx", "长" * 300 + ".xlsx"]
    assert found("~$乙.xlsx") == ["~$乙.xlsx"]


def test_a_pattern_stands_for_all_that_match(folder: Path) -> None:
    put("甲.xlsx", "乙.xlsx", "~$甲.xlsx", "表一.xlsx/内.xlsx")
    assert found("*.xlsx") == ["乙.xlsx", "甲.xlsx", "表一.xlsx/内.xlsx"]
    assert found("没有*.xlsx") == ["没有*.xlsx"]


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    put("d/甲.xlsx")
    try:
        Path("d/圈").symlink_to(folder / "d", target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert found("d") == ["d/甲.xlsx"]


def test_a_folder_that_does_not_open_is_said_and_the_rest_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("d/甲.xlsx", "d/密/乙.xlsx", "d/丙/丁.xlsx")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "密":
            raise PermissionError(13, "denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    inputs = find_inputs(["d"])
    assert [path.name for path in inputs.files] == ["甲.xlsx", "丁.xlsx"]
    ((path, sentence),) = inputs.barren
    assert path == Path("d/密")
    assert "打不开文件夹" in sentence


def test_nothing_named_nothing_found() -> None:
    assert find_inputs([]) == Inputs(())


def test_an_empty_name_is_not_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageProblem, match="空"):
        find_inputs([""])


def test_a_pattern_stands_for_workbooks_and_folders_but_not_for_backups(tmp_path: Path) -> None:
    for name in ("甲镇.xlsx", "乙镇.xlsm", "说明.docx", f"{BACKUPS}/甲镇.xlsx", "县直/丙局.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    for pattern in ("*", "**", "***"):
        found = find_inputs([str(tmp_path / pattern)])
        assert sorted(path.name for path in found.files) == ["丙局.xlsx", "乙镇.xlsm", "甲镇.xlsx"]
    assert [path.name for path in find_inputs([str(tmp_path / "甲**.xlsx")]).files] == ["甲镇.xlsx"]
