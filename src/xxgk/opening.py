"""Files and folders opened with the programs that the system has for them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from xxgk.errors import FileProblem

SECONDS = 3  # after which an opener that has not failed has done its work, or become the program itself
LIBRARIES = "LD_LIBRARY_PATH"


def open_path(path: Path) -> None:
    """Open a file or folder. Raise ``FileProblem`` when it is gone, or the system has no program for it."""
    if not path.exists():
        raise FileProblem(f"找不到 {path}，可能已经移走或改名。")
    try:
        if sys.platform == "win32":
            os.startfile(path)
        else:
            opener = "open" if sys.platform == "darwin" else "xdg-open"
            _run([opener, str(path)])
    except OSError as error:
        raise FileProblem(f"这台电脑没有找到打开它的程序，请自己打开：{path}") from error


def outer_environment(inside: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for other programs: the frozen program's own libraries would break them."""
    outside = {name: value for name, value in inside.items() if name != LIBRARIES}
    before = inside.get(f"{LIBRARIES}_ORIG", "" if getattr(sys, "frozen", False) else inside.get(LIBRARIES, ""))
    return {**outside, LIBRARIES: before} if before else outside


def _run(command: list[str]) -> None:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, env=outer_environment(os.environ), start_new_session=True
    )
    try:
        code = process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return
    if code:
        raise OSError(code, "the opener failed")
