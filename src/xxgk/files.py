"""Files written so that a crash, a full disk or an open spreadsheet program never leaves half a file."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from xxgk.errors import FileProblem

BACKUPS = "备份"
FORBIDDEN = '\\/:*?"<>|'  # in a file name, on one system or another
NAME_LIMIT = 80  # characters
NAME_BYTES = 200  # of the 255 that most systems take, the rest for suffixes and the time of a backup
WORD_SUFFIXES = (".docx", ".docm", ".doc")

BESIDE_NAME = 40  # characters of a file's name in that of the one written beside it
BESIDE_BYTES = 8  # random ones, as hexadecimal digits
_RANDOM = re.compile(rf"[0-9a-f]{{{BESIDE_BYTES * 2}}}\.tmp")
ABANDONED = 3600  # seconds after which nobody can still be writing it

# What a system reports when the computer or disk on which a folder lies cannot be reached.
UNREACHABLE = (
    *(errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.ETIMEDOUT, errno.ECONNABORTED, errno.ECONNRESET),
    *(errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH, errno.ENETRESET),
)
UNREACHABLE_WINDOWS = (53, 54, 55, 59, 64, 67, 121, 1231, 1232, 1236)  # winerror.h: ERROR_BAD_NETPATH and others
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
TOO_LONG_WINDOWS = 206  # ERROR_FILENAME_EXCED_RANGE
LONG_PATH = 259 - BESIDE_BYTES * 2 - len("..tmp")  # what Windows takes, less what the file beside adds


def replace_file(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, then put it in its place; permissions of an older file are kept.

    Raise ``FileProblem``, leaving what was there, when the file is open elsewhere, read-only, or cannot be
    written. What an earlier write had to leave behind is removed.
    """
    target = _replaceable(path)
    try:
        _put(target, data)
    except OSError as error:
        raise _problem(path, error) from error


def backup(path: Path) -> Path:
    """Copy ``path`` into the folder 备份 beside it, under its name with the time, and return the copy.

    Nothing is overwritten, and no copy is ever half one. Raise ``FileProblem`` when it cannot be copied.
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
                copy.touch(exist_ok=False)  # the name is ours before anything stands under it
            except FileExistsError:
                number += 1
                continue
            _put_new(copy, data)
            return copy
    except OSError as error:
        # Where there is no room, it is the file that was to be changed that staff want to hear of.
        raise _problem(path if error.errno in NO_ROOM else folder, error) from error


def quoted(path: Path) -> str:
    """Return ``path`` as it is typed in a command."""
    return f'"{path}"' if " " in str(path) else str(path)


def file_stem(text: str) -> str:
    """Return ``text`` as the name of a file, without suffix, that every system takes."""
    kept = "".join(" " if char in FORBIDDEN or not char.isprintable() else char for char in text)
    name = " ".join(kept.split())[:NAME_LIMIT].encode("utf-8", "ignore")[:NAME_BYTES]
    return name.decode("utf-8", "ignore").rstrip(". ")


def publish(path: Path, data: bytes) -> Path | None:
    """Write a finished file; one of that name that says something else is kept in 备份, whose path is returned."""
    return publish_pieces(path, (data,))


def publish_pieces(path: Path, pieces: Iterable[bytes]) -> Path | None:
    """Do the same with a file that comes in pieces, which are not kept in memory."""
    return publish_together([(path, pieces)])[0]


def publish_together(files: Sequence[tuple[Path, Iterable[bytes]]]) -> tuple[Path | None, ...]:
    """Do the same with several files: none takes its place before all are written."""
    kept = []
    with ExitStack() as stack:
        written = []
        for path, pieces in files:
            target = _replaceable(path)
            with _told(path):
                written.append((path, target, stack.enter_context(_written_beside(target, pieces))))
        for path, target, beside in written:
            with _told(path):
                kept.append(_kept(path, target, beside))
                _take_place(beside, target)
        for folder in {target.parent for _, target, _ in written}:
            _sync_folder(folder)
    return tuple(kept)


def make_folder(path: Path) -> None:
    """Make the folder ``path`` and those above it, where they are missing. Raise ``FileProblem`` when it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise FileProblem(f"{path} 是一个文件，不能当作文件夹，请换一个名字。") from error
    except OSError as error:
        raise _problem(path, error) from error


def refuse_open(path: Path) -> None:
    """Raise ``FileProblem`` when an office program has ``path`` open, by the lock file beside it.

    Excel puts ``~$`` before the name, Word in the place of its first two characters (fewer if it is short),
    WPS ``.~`` before it; LibreOffice writes ``.~lock.`` and ``#`` around it.
    """
    name = path.name
    locks = [f"~${name}", f".~{name}", f".~lock.{name}#"]
    if path.suffix.lower() in WORD_SUFFIXES:
        locks += [f"~${name[1:]}", f"~${name[2:]}"]
    if any(_exists(path.with_name(lock)) for lock in locks):
        raise FileProblem(
            f"{name} 正在被 Excel、Word、WPS 或 LibreOffice 打开：请先存盘并关闭它，再试一次。"
            f"（如果确定没有打开，请删除同一文件夹里以“~$”或“.~”开头的同名文件。）"
        )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _replaceable(path: Path) -> Path:
    """Return the file that is to be replaced, or raise ``FileProblem`` where it must not be."""
    refuse_open(path)
    # Through a link to the file itself: the link must stay one.
    target = Path(os.path.realpath(path))
    try:
        _refuse_read_only(target)
    except OSError as error:
        raise _problem(path, error) from error
    _remove_abandoned(target)
    return target


def _refuse_read_only(target: Path) -> None:
    """Raise ``FileProblem`` for a file marked read-only: replacing it would work, but is not what was asked for."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(mode) and not (mode & stat.S_IWUSR and os.access(target, os.W_OK)):
        raise FileProblem(
            f"{target.name} 这个文件是只读的，没有改动：请在文件的属性里去掉“只读”，或者另存一份，再试一次。"
        )


def _remove_abandoned(target: Path) -> None:
    """Remove what stands beside ``target`` because a write to it was cut off."""
    start = f".{target.name[:BESIDE_NAME]}."
    # Names alone: in a folder of thousands, a path for each would take longer than the file itself.
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            if entry.name.startswith(start) and _RANDOM.fullmatch(entry.name, len(start)):
                path = Path(entry)
                if time.time() - path.stat().st_mtime > ABANDONED:
                    path.unlink()


def _put(target: Path, data: bytes) -> None:
    """Let ``target`` hold ``data``: written beside it, through to the disk, then put in its place."""
    with _written_beside(target, (data,)) as beside:
        _take_place(beside, target)
    _sync_folder(target.parent)


@contextmanager
def _written_beside(target: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """Write ``pieces`` to a file beside ``target``, through to the disk; what is still there at the end is removed."""
    beside = target.with_name(f".{target.name[:BESIDE_NAME]}.{secrets.token_hex(BESIDE_BYTES)}.tmp")
    try:
        with beside.open("xb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        with suppress(OSError):
            beside.unlink()


def _kept(path: Path, target: Path, beside: Path) -> Path | None:
    """Return the copy of what stood at ``path``, None where there was nothing, or the same as stands beside."""
    from filecmp import cmp

    return backup(path) if target.exists() and not cmp(beside, target, shallow=False) else None


def _take_place(beside: Path, target: Path) -> None:
    if target.exists():
        shutil.copymode(target, beside)
    beside.replace(target)


def _put_new(claimed: Path, data: bytes) -> None:
    """Let the empty file ``claimed`` hold ``data``; on failure it is gone."""
    try:
        _put(claimed, data)
    except BaseException:
        with suppress(OSError):
            claimed.unlink()
        raise


def _sync_folder(folder: Path) -> None:
    """Write through to the disk which files ``folder`` has. Windows does not let a folder be opened for that."""
    if os.name != "posix":
        return
    # The file is in its place already; some network folders know no such request.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Raise ``FileProblem`` for what the system refuses with ``path``."""
    try:
        yield
    except OSError as error:
        raise _problem(path, error) from error


def _problem(path: Path, error: OSError) -> FileProblem:
    # Windows reports a lost share and a path that is too long as "not found": those come first.
    windows = getattr(error, "winerror", None)
    if windows in UNREACHABLE_WINDOWS or error.errno in UNREACHABLE:
        message = f"存放 {path} 的磁盘或网络文件夹连不上了，没有存成；请检查网络或磁盘，接通后再试，或换一个文件夹"
    elif windows == TOO_LONG_WINDOWS or error.errno == errno.ENAMETOOLONG or _is_long(path, error):
        message = "文件名太长，或者文件夹套得太深，没有存成；请换一个短一些的名字，或放到离盘符近一些的文件夹"
    elif isinstance(error, FileNotFoundError):
        message = f"没有 {path.parent} 这个文件夹，请核对保存的位置"
    elif isinstance(error, IsADirectoryError | NotADirectoryError | FileExistsError):
        message = f"{path} 不能作为文件保存：同名的是文件夹，或上一级不是文件夹，请换一个名字"
    elif error.errno in NO_ROOM:
        message = f"磁盘满了，或者超出了容量限制，{path} 没有存成，原来的文件没有动；请清出空间再试"
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        message = f"不能写入 {path}：文件正被别的程序打开，或者这个文件夹是只读的；请关闭文件，或换一个文件夹"
    else:
        message = f"{path} 没有存成，原来的文件没有动；请换一个文件夹再试"
    return FileProblem(f"{message}。")


def _is_long(path: Path, error: OSError) -> bool:
    """Tell whether a file could not be made because its whole path is longer than Windows takes."""
    return isinstance(error, FileNotFoundError) and path.parent.is_dir() and len(str(path.absolute())) > LONG_PATH
