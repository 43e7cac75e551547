"""Files written so that a crash, a full disk or an open spreadsheet program never leaves half a file."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from xxgk.errors import FileProblem

BACKUPS = "备份"
FORBIDDEN = '\\/:*?"<>|'  # in a file name, on one system or another
NAME_LIMIT = 80  # characters
NAME_BYTES = 200  # of the 255 that most systems take, the rest for suffixes and the time of a backup


def replace_file(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, then put it in its place; permissions of an older file are kept.

    Raise ``FileProblem``, leaving what was there, when the file is open elsewhere or cannot be written.
    """
    refuse_open(path)
    # Through a link to the file itself: the link must stay one.
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:40]}.{secrets.token_hex(8)}.tmp")
    try:
        try:
            _write(beside, data)
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink()
    except OSError as error:
        raise _problem(path, error) from error


def backup(path: Path) -> Path:
    """Copy ``path`` into the folder 备份 beside it, under its name with the time, and return the copy.

    Nothing is overwritten. Raise ``FileProblem`` when it cannot be copied.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileProblem(f"打不开 {path}，没有备份：请核对文件名，并确认有权限读取。") from error
    folder = path.parent / BACKUPS
    stamp = f"{path.stem}-{datetime.now():%Y%m%d-%H%M%S}"
    try:
        folder.mkdir(exist_ok=True)
        number = 1
        while True:
            copy = folder / f"{stamp}{f'-{number}' if number > 1 else ''}{path.suffix}"
            try:
                _write(copy, data)
            except FileExistsError:
                number += 1
            else:
                return copy
    except OSError as error:
        raise _problem(folder, error) from error


def file_stem(text: str) -> str:
    """Return ``text`` as the name of a file, without suffix, that every system takes."""
    kept = "".join(" " if char in FORBIDDEN or not char.isprintable() else char for char in text)
    name = " ".join(kept.split())[:NAME_LIMIT].encode("utf-8", "ignore")[:NAME_BYTES]
    return name.decode("utf-8", "ignore").rstrip(". ")


def publish(path: Path, data: bytes) -> Path | None:
    """Write a finished file; one of that name that says something else is kept in 备份, whose path is returned."""
    kept = None
    try:
        if path.exists() and path.read_bytes() != data:
            kept = backup(path)
    except OSError as error:
        raise _problem(path, error) from error
    replace_file(path, data)
    return kept


def make_folder(path: Path) -> None:
    """Make the folder ``path`` and those above it, where they are missing. Raise ``FileProblem`` when it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise FileProblem(f"{path} 是一个文件，不能当作文件夹，请换一个名字。") from error
    except OSError as error:
        raise _problem(path, error) from error


def refuse_open(path: Path) -> None:
    """Raise ``FileProblem`` when Excel, WPS or LibreOffice has ``path`` open, by the lock file beside it."""
    locks = (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")
    if any(_exists(path.with_name(lock)) for lock in locks):
        raise FileProblem(
            f"{path.name} 正在被 Excel、WPS 或 LibreOffice 打开：请先存盘并关闭它，再试一次。"
            f"（如果确定没有打开，请删除同一文件夹里以“~$”或“.~”开头的同名文件。）"
        )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Write a new file through to the disk; on failure nothing of it stays."""
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            file.close()
            with suppress(OSError):
                path.unlink()
            raise


def _problem(path: Path, error: OSError) -> FileProblem:
    if isinstance(error, FileNotFoundError):
        message = f"没有 {path.parent} 这个文件夹，请核对保存的位置"
    elif isinstance(error, IsADirectoryError | NotADirectoryError | FileExistsError):
        message = f"{path} 不能作为文件保存：同名的是文件夹，或上一级不是文件夹，请换一个名字"
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        message = f"磁盘满了，{path} 没有存成，原来的文件没有动；请清出空间再试"
    elif error.errno == errno.ENAMETOOLONG:
        message = "文件名太长，请换一个短一些的名字"
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        message = f"不能写入 {path}：文件正被别的程序打开，或者这个文件夹是只读的；请关闭文件，或换一个文件夹"
    else:
        message = f"{path} 没有存成，原来的文件没有动；请换一个文件夹再试"
    return FileProblem(f"{message}。")
