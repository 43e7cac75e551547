"""The files to consolidate: in folders and below, here or at an address, and in zip files."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from xxgk.consolidate.model import ENTRY, Source
from xxgk.consolidate.places import Place, Url
from xxgk.consolidate.store import Shelf, Store, shelved
from xxgk.consolidate.zips import entries
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.files import BACKUPS
from xxgk.records import Record
from xxgk.suffixes import OTHER_WORKBOOKS, PUBLISHED, WORKBOOKS
from xxgk.xlsx.package import LOCK_PREFIX

REPORTS = (*WORKBOOKS, ".json", *PUBLISHED)
ZIP = ".zip"
OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".gz")
UNSEEN = (".", LOCK_PREFIX)  # what names of files begin with that nobody means to hand in


class Sources(Record):
    """The files to read, by name; ``problems`` are sentences on what was not opened."""

    files: Shelf[Source]
    problems: tuple[str, ...] = ()


def find_sources(place: Place, aside: Collection[Path] = ()) -> Sources:
    """Return the workbooks and reports in the folder ``place`` (or the single file or zip file that it is).

    Hidden ones, lock files and those in 备份 are left out, and the files and folders ``aside``: results, roster.
    Raise ``UsageProblem`` when there is no such folder, ``UnreadableWorkbook`` when an address cannot be reached.
    """
    left_out = frozenset(map(_real, aside))
    found: Shelf[Source] = Shelf(Store())
    problems: list[str] = []
    for path, shown in _files(place, left_out) if isinstance(place, Path) else _files_at(place, left_out):
        suffix = path.suffix.lower()
        if suffix in REPORTS:
            found.put(Source(path, shown), shown)
        elif suffix == ZIP:
            try:
                inside = entries(path)
            except UnreadableWorkbook as error:
                problems.append(f"读不了 {shown}：{error}。")
                continue
            problems += (f"{shown}{ENTRY}{name} {_why(name)}" for name in inside if _why(name))
            for name in filter(_is_report, inside):
                found.put(Source(path, f"{shown}{ENTRY}{name}", name), f"{shown}{ENTRY}{name}")
        elif _why(path.name):
            problems.append(f"{shown} {_why(path.name)}")
    return Sources(shelved(found.by_key(), store=found.store), tuple(problems))


def _files(folder: Path, left_out: Collection[str]) -> Iterator[tuple[Path, str]]:
    if not folder.exists():
        raise UsageProblem(f"没有 {folder} 这个文件夹，请核对名字。")
    folder = folder.absolute()  # whoever reads the files may work in another folder
    root = folder if folder.is_dir() else folder.parent
    for path in _below(folder, left_out) if folder.is_dir() else (folder,):
        if _real(path) not in left_out:
            yield path, path.relative_to(root).as_posix()


def _below(folder: Path, left_out: Collection[str]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_entered(name) and _real(Path(place, name)) not in left_out)
        yield from (Path(place, name) for name in sorted(names) if not name.startswith(UNSEEN))


def _files_at(url: Url, left_out: Collection[str]) -> Iterator[tuple[Url, str]]:
    from xxgk.consolidate.remote import files_below

    try:
        files = files_below(url)
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了 {url}：{error}。") from error
    for file, shown in files:
        *folders, name = shown.split("/")
        if all(map(_is_entered, folders)) and not name.startswith(UNSEEN) and not _is_aside(file, left_out):
            yield file, shown


def _is_entered(folder: str) -> bool:
    return not folder.startswith(".") and folder != BACKUPS


def _is_aside(file: Url, left_out: Collection[str]) -> bool:
    if file.path is None:
        return False
    path = Path(_real(file.path))
    return any(path.is_relative_to(other) for other in left_out)


def _is_report(name: str) -> bool:
    path = Path(name)
    return path.suffix.lower() in REPORTS and not path.name.startswith(UNSEEN)


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
