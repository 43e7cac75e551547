"""The files to consolidate: in folders and below, and in zip files."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from xxgk.consolidate.model import ENTRY, Source
from xxgk.consolidate.zips import entries
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.files import BACKUPS
from xxgk.records import Record
from xxgk.suffixes import OTHER_WORKBOOKS, PUBLISHED, WORKBOOKS
from xxgk.xlsx.package import LOCK_PREFIX

REPORTS = (*WORKBOOKS, ".json", *PUBLISHED)
ZIP = ".zip"
OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".gz")


class Sources(Record):
    """The files to read, by name; ``problems`` are sentences on what was not opened."""

    files: tuple[Source, ...]
    problems: tuple[str, ...] = ()


def find_sources(folder: Path, aside: Collection[Path] = ()) -> Sources:
    """Return the workbooks and reports in ``folder`` (or the single file or zip file that it is).

    Hidden ones, lock files and those in 备份 are left out, and the files and folders ``aside``: results, roster.
    Raise ``UsageProblem`` when there is no such folder.
    """
    if not folder.exists():
        raise UsageProblem(f"没有 {folder} 这个文件夹，请核对名字。")
    left_out = {_real(path) for path in aside}
    found: list[Source] = []
    problems: list[str] = []
    root = folder if folder.is_dir() else folder.parent
    for path in _below(folder, left_out) if folder.is_dir() else (folder,):
        shown = path.relative_to(root).as_posix()
        suffix = path.suffix.lower()
        if _real(path) in left_out:
            continue
        if suffix in REPORTS:
            found.append(Source(path, shown))
        elif suffix == ZIP:
            try:
                inside = entries(path)
            except UnreadableWorkbook as error:
                problems.append(f"读不了 {shown}：{error}。")
                continue
            problems += (f"{shown}{ENTRY}{name} {_why(name)}" for name in inside if _why(name))
            found += (Source(path, f"{shown}{ENTRY}{name}", name) for name in inside if _is_report(name))
        elif _why(path.name):
            problems.append(f"{shown} {_why(path.name)}")
    return Sources(tuple(sorted(found, key=lambda source: source.shown)), tuple(problems))


def _below(folder: Path, left_out: Collection[str]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name != BACKUPS and _real(Path(place, name)) not in left_out
        )
        yield from (Path(place, name) for name in sorted(names) if not name.startswith((".", LOCK_PREFIX)))


def _is_report(name: str) -> bool:
    path = Path(name)
    return path.suffix.lower() in REPORTS and not path.name.startswith((".", LOCK_PREFIX))


def _why(name: str) -> str:
    """Return why a file is not read, "" where it is, or is none that could hold a report."""
    suffix = Path(name).suffix.lower()
    if suffix in OTHER_WORKBOOKS:
        return f"是 {suffix} 格式，没有读；请用 Excel 或 WPS 另存为 .xlsx。"
    if suffix in OTHER_ARCHIVES or suffix == ZIP:
        return "没有打开；请先解压到这个文件夹里。"
    return ""


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
