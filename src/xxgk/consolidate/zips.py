"""Zip files as units send them in: their members listed and unpacked within bounds, names in whatever encoding."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from xxgk.consolidate.places import Place, Url
from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.package import DAMAGED, ENCRYPTED, MAX_FILE, MAX_RATIO, RATIO_FROM, TOO_BIG, UTF8

MAX_ENTRIES = 20_000
CHUNK = 1 << 16
JUNK = "__MACOSX"  # what macOS adds beside each file
# What zipfile raises for damaged, encrypted and unusual files.
FAULTS = (BadZipFile, LargeZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)


def entries(path: Place) -> tuple[str, ...]:
    """Return the names of the files in the zip file ``path``, sorted. Raise ``UnreadableWorkbook``, reason only."""
    with _opened(path) as archive:
        return tuple(sorted(_members(archive)))


def read_entry(path: Place, entry: str) -> tuple[bytes, date | None]:
    """Return the bytes of ``entry`` and the day of its last change.

    Raise ``UnreadableWorkbook``, with the reason only, when it is not there, damaged, encrypted, or larger than a
    workbook can be.
    """
    with _opened(path) as archive:
        member = _members(archive).get(entry)
        if member is None:
            raise UnreadableWorkbook("压缩包里没有这个文件了，请重新汇总")
        return _unpacked(archive, member), _day(member)


@contextmanager
def _opened(path: Place) -> Iterator[ZipFile]:
    with ExitStack() as closing:
        file = path if isinstance(path, Path) else closing.enter_context(_at_address(path))
        try:
            archive = closing.enter_context(ZipFile(file))
        except FAULTS as error:
            raise UnreadableWorkbook("压缩包打不开：已损坏、不完整，或者不是 zip 格式") from error
        if len(archive.infolist()) > MAX_ENTRIES:
            raise UnreadableWorkbook(f"压缩包里的文件超过 {MAX_ENTRIES} 个，为安全起见没有打开")
        yield archive


def _at_address(url: Url) -> AbstractContextManager[BinaryIO]:
    from xxgk.consolidate.remote import opened

    return opened(url)


def _members(archive: ZipFile) -> dict[str, ZipInfo]:
    """Return the files in ``archive`` by name; of two of one name the first."""
    found: dict[str, ZipInfo] = {}
    for member in archive.infolist():
        name = _name(member)
        if not member.is_dir() and not any(part.startswith(".") or part == JUNK for part in name.split("/")):
            found.setdefault(name, member)
    return found


def _name(member: ZipInfo) -> str:
    """Return the name as it was meant: Chinese Windows writes GBK and does not say so, macOS UTF-8 without saying."""
    name = member.filename
    if not member.flag_bits & UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _unpacked(archive: ZipFile, member: ZipInfo) -> bytes:
    if member.flag_bits & ENCRYPTED:
        raise UnreadableWorkbook("压缩包带有密码，请去掉密码再试")
    crowded = member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * member.compress_size
    if member.file_size > MAX_FILE or crowded:
        raise UnreadableWorkbook(TOO_BIG)
    try:
        data = b"".join(_pieces(archive, member))
    except FAULTS as error:
        raise UnreadableWorkbook(DAMAGED) from error
    return data


def _pieces(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """Yield the contents, never more than the directory declares: ``zipfile`` itself stops there."""
    with archive.open(member) as file:
        while piece := file.read(CHUNK):
            yield piece


def _day(member: ZipInfo) -> date | None:
    try:
        return date(*member.date_time[:3])
    except ValueError:
        return None
