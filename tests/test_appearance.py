"""What is remembered beside a workbook on how its reports are to look."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.appearance import FILE, Appearance, appearance_beside, remember
from xxgk.errors import FileProblem, UsageProblem


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("style", [None, "样式 一.docx", "内部/样式.docx", "../样式.docx"])
def test_what_is_remembered_is_found(tmp_path: Path, sealed: bool, style: str | None) -> None:
    look = Appearance(sealed, None if style is None else (tmp_path / style).resolve())
    remember(tmp_path / "年报.xlsx", look)
    assert appearance_beside(tmp_path / "别的.xlsx") == look


def test_without_a_file_the_look_is_the_usual_one(tmp_path: Path) -> None:
    assert appearance_beside(tmp_path / "年报.xlsx") == Appearance()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_people_may_write_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / FILE).write_bytes("样式文件：我局 样式.docx\r\n\r\n盖章 = 是\r\n".encode(encoding))
    assert appearance_beside(tmp_path / "年报.xlsx") == Appearance(True, tmp_path / "我局 样式.docx")


@pytest.mark.parametrize("line", ["盖章=也许", "样式文件=", "字体=宋体", "盖章"])
def test_what_nobody_understands_is_said(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE).write_text(line, "utf-8")
    with pytest.raises(UsageProblem, match=f"{FILE} 里看不懂“{line}”"):
        appearance_beside(tmp_path / "年报.xlsx")


def test_a_style_that_is_gone_is_said(tmp_path: Path) -> None:
    assert Appearance().style_bytes() is None
    with pytest.raises(FileProblem, match=r"打不开样式文件 .*没有\.docx"):
        Appearance(style=tmp_path / "没有.docx").style_bytes()
