"""The workbooks that a user's names stand for: files, patterns and folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.records import Record
from xxgk.suffixes import OTHER_WORKBOOKS, WORKBOOKS
from xxgk.xlsx.package import LOCK_PREFIX


class Inputs(Record):
    """Files to read, each once; folders that give none, with the sentence that says why; workbooks left aside."""

    files: tuple[Path, ...]
    barren: tuple[tuple[Path, str], ...] = ()
    aside: tuple[Path, ...] = ()


def find_inputs(names: Sequence[str]) -> Inputs:
    """Return what ``names`` stand for, in their order.

    A name with ``*`` that the shell left as it is stands for all that match, lock files aside. A folder stands for
    the .xlsx and .xlsm files in it and below; links to folders, hidden ones and 备份 are not entered. A file that
    does not exist is kept: reading it tells.
    """
    files: list[Path] = []
    barren: list[tuple[Path, str]] = []
    aside: list[Path] = []
    for path in _named(names):
        if not _is_folder(path):
            files.append(path)
            continue
        closed: list[OSError] = []
        found = list(_files_below(path, closed))
        workbooks = [file for file in found if file.suffix.lower() in WORKBOOKS]
        others = [file for file in found if file.suffix.lower() in OTHER_WORKBOOKS]
        files += workbooks
        aside += others
        barren += ((Path(error.filename), f"打不开文件夹 {error.filename}：请确认有权限打开。") for error in closed)
        if not (workbooks or closed):
            barren.append((path, f"文件夹 {path} 里没有工作簿（.xlsx、.xlsm）。"))
    return Inputs(_once(files), tuple(barren), _once(aside))


def _named(names: Sequence[str]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        if not name:
            raise UsageProblem("文件名是空的，请写明工作簿或者文件夹。")
        path = Path(name)
        # A file may be named so where the shell is not Windows' own.
        pattern = "*" in path.name and not path.exists()
        found += (_matching(path) if pattern else []) or [path]
    wanted = [path for path in found if not path.name.startswith(LOCK_PREFIX)]
    return wanted or found


def _matching(pattern: Path) -> list[Path]:
    """Return the folders and workbooks that match, those of the last folder's 备份 and other files aside."""
    from xxgk.files import BACKUPS

    # Path.glob takes ** for folders at any depth, and nowhere but alone.
    name = re.sub(r"\*+", "*", pattern.name)
    found = sorted(path for path in pattern.parent.glob(name) if path.name != BACKUPS)
    return [path for path in found if path.suffix.lower() in (*WORKBOOKS, *OTHER_WORKBOOKS, ".json") or path.is_dir()]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that the system does not take
        return False


def _files_below(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Yield the files in ``folder``, then those in each folder below, by name; add to ``closed`` what does not open."""
    # Here, since what writes files takes long to import, and a single file needs none of it.
    from xxgk.files import BACKUPS

    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != BACKUPS)
        yield from (Path(place, name) for name in sorted(names) if not name.startswith((".", LOCK_PREFIX)))


def _once(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the paths without those that name a file a second time."""
    first: dict[str, Path] = {}
    for path in paths:
        first.setdefault(os.path.normcase(os.path.normpath(path.absolute())), path)
    return tuple(first.values())
