"""Which folders may be trusted."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from xxgk.errors import UsageProblem
from xxgk.machine.machine import Machine
from xxgk.machine.trust import refuse_unsafe

from support.machines import linux, windows


@pytest.mark.parametrize(
    ("machine", "folder"),
    [
        (linux(), PurePosixPath("/home/王芳/文档/年报")),
        (linux(), PurePosixPath("/data/年报 2024")),
        (windows(), PureWindowsPath(r"D:\年报")),
        (windows(), PureWindowsPath(r"C:\Users\王芳\Documents\年报")),
    ],
)
def test_a_folder_of_its_own_may_be_trusted(machine: Machine, folder: PurePath) -> None:
    refuse_unsafe(machine, folder)


@pytest.mark.parametrize(
    ("machine", "folder", "reason"),
    [
        (linux(), PurePosixPath("/"), "范围太大"),
        (linux(), PurePosixPath("/home"), "范围太大"),
        (linux(), PurePosixPath("/home/王芳"), "范围太大"),
        (linux(), PurePosixPath("/home/王芳/下载"), "外来"),
        (windows(), PureWindowsPath("D:\\"), "范围太大"),
        (windows(), PureWindowsPath(r"c:\users\王芳"), "范围太大"),
        (windows(), PureWindowsPath(r"C:\Users\王芳\Downloads"), "外来"),
        (windows(), PureWindowsPath(r"\\server\share\年报"), "网络"),
    ],
)
def test_wide_and_foreign_places_are_refused(machine: Machine, folder: PurePath, reason: str) -> None:
    with pytest.raises(UsageProblem, match=reason):
        refuse_unsafe(machine, folder)
