"""Files at addresses: listed, and opened. This module alone knows fsspec, which has a file system for each scheme.

What each of these raises is its own; here it becomes ``UnreadableWorkbook``, with the reason only.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, cast

from xxgk.consolidate.places import Url
from xxgk.errors import UnreadableWorkbook, UsageProblem, XxgkError
from xxgk.xlsx.package import MAX_FILE, TOO_BIG

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

# The file systems talk from threads of their own, which a fork would leave behind.
START_METHOD = "spawn"

MISSING = (
    "要读 {url} 这样的地址，先安装 fsspec：pip install 'xxgk[remote]'。只读本机或网络文件夹不需要，写文件夹的路径即可。"
)
MISSING_PART = "要读 {scheme}:// 的地址，还要安装 {part}：pip install {part}；用 --cluster 的，每台计算机都要装。"
PARTS = {"smbclient": "smbprotocol"}  # modules that are installed under another name
UNKNOWN = "不认识 {scheme}:// 这种地址，请核对；可以用的有 file://、sftp://、smb://、s3://、https:// 等"
NOT_FOUND = "没有这个文件或者文件夹，请核对地址"
NO_RIGHTS = "没有权限读取，请核对用户名和密码，或者请管理员授权"
OUT_OF_REACH = "连不上，或者中途断了；请检查网络、地址、用户名和密码，再试"


def files_below(place: Url) -> list[tuple[Url, str]]:
    """Return every file below ``place`` with its name from there on; where it is a file, that alone.

    The files of a folder come before those of the folders in it, by name.
    """
    with _explained(place):
        store, root = _opened(place)
        if place.suffix and store.isfile(root):
            return [(place, place.name)]
        names = [
            place.readable(info["name"].removeprefix(root).lstrip("/"))
            for _, _, files in store.walk(root, detail=True, on_error="raise")
            for info in files.values()
        ]
    return [(place.below(name), name) for name in sorted(names, key=_order)]


def read(place: Url) -> tuple[bytes, date | None]:
    """Return the bytes of a file and the day of its last change, None where that cannot be known."""
    with opened(place) as file:
        data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise UnreadableWorkbook(TOO_BIG)
    return data, _day(place)


@contextmanager
def opened(place: Url) -> Iterator[BinaryIO]:
    """Yield the file, of which only the parts that are read come over the network."""
    with _explained(place):
        store, path = _opened(place)
        file = store.open(path, "rb")
    try:
        yield cast(BinaryIO, io.BufferedReader(_Explaining(file, place)))
    finally:
        with suppress(Exception):  # nothing was written
            file.close()


class _Explaining(io.RawIOBase):
    """A file whose faults while it is read are explained, not taken for faults of what is in it."""

    def __init__(self, file: BinaryIO, place: Url) -> None:
        self._file, self._place = file, place

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._file.seek(offset, whence)  # not all return what ``seek`` is to return
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _explained(self._place):
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _opened(place: Url) -> tuple[AbstractFileSystem, str]:
    """Return the file system of ``place``, and the path in it."""
    from fsspec.core import url_to_fs

    store, path = url_to_fs(place.text)
    return store, path


def _order(name: str) -> list[tuple[bool, str]]:
    *folders, file = name.split("/")
    return [*((True, folder) for folder in folders), (False, file)]


def _day(place: Url) -> date | None:
    with _explained(place):
        store, path = _opened(place)
        try:
            return cast(date, store.modified(path).astimezone().date())
        except NotImplementedError:
            return None


@contextmanager
def _explained(place: Url) -> Iterator[None]:
    try:
        import fsspec
    except ImportError as error:
        raise UsageProblem(MISSING.format(url=place)) from error
    scheme = place.scheme
    try:
        fsspec.get_filesystem_class(scheme)
        yield
    except XxgkError:
        raise
    except ImportError as error:
        part = getattr(error.__cause__, "name", None) or scheme
        raise UsageProblem(MISSING_PART.format(scheme=scheme, part=PARTS.get(part, part))) from error
    except Exception as error:  # each file system has its own
        raise UnreadableWorkbook(_reason(error, scheme)) from error


def _reason(error: Exception, scheme: str) -> str:
    if scheme not in _schemes():
        return UNKNOWN.format(scheme=scheme)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NOT_FOUND
    return NO_RIGHTS if isinstance(error, PermissionError) else OUT_OF_REACH


def _schemes() -> list[str]:
    from fsspec import available_protocols

    return cast(list[str], available_protocols())
