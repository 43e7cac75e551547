"""Files opened with the programs of the system."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from xxgk import opening
from xxgk.errors import FileProblem
from xxgk.opening import open_path

posix = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="xdg-open is Linux's")


def opener(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "xdg-open"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@posix
def test_the_system_opens_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener(tmp_path, f'printf "%s" "$1" > "{tmp_path}/opened"', monkeypatch)
    file = tmp_path / "年报 2023.docx"
    file.write_bytes(b"")
    open_path(file)
    assert (tmp_path / "opened").read_text(encoding="utf-8") == str(file)


@posix
@pytest.mark.parametrize("script", ["exit 3", None], ids=["fails", "is not there"])
def test_where_no_program_opens_it_the_place_is_told(
    script: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if script is None:
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        opener(tmp_path, script, monkeypatch)
    file = tmp_path / "年报.docx"
    file.write_bytes(b"")
    with pytest.raises(FileProblem, match=r"年报\.docx"):
        open_path(file)


def test_what_is_gone_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="找不到"):
        open_path(tmp_path / "没有.docx")


def test_another_program_gets_its_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = {"LD_LIBRARY_PATH": "/程序/_internal", "LD_LIBRARY_PATH_ORIG": "/opt/lib", "HOME": "/home"}
    assert opening.outer_environment(inside)["LD_LIBRARY_PATH"] == "/opt/lib"
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert "LD_LIBRARY_PATH" not in opening.outer_environment({"LD_LIBRARY_PATH": "/程序/_internal"})
    monkeypatch.setattr("sys.frozen", False)
    assert opening.outer_environment({"LD_LIBRARY_PATH": "/opt/lib"})["LD_LIBRARY_PATH"] == "/opt/lib"
