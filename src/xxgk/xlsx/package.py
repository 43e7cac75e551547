"""The workbook file as a zip package: opened with care, and streamed within bounds.

Only the directory is read when a package is opened; a member is inflated when it is asked for, in
pieces, and never beyond the size that the directory declares for it. The sum of those sizes is
bounded, so a crafted file cannot fill the memory. (``zipfile`` offers neither bounds nor raw copies,
and costs as much start-up time as a whole check.)
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from xxgk.errors import UnreadableWorkbook
from xxgk.records import Record

MEBIBYTE = 1 << 20
MAX_FILE = 20 * MEBIBYTE
MAX_MEMBERS = 2_000
MAX_UNPACKED = 200 * MEBIBYTE
MAX_RATIO = 200  # of a member larger than RATIO_FROM; small ones may be as regular as they like
RATIO_FROM = MEBIBYTE
CHUNK = 1 << 16  # bytes handed on at once
SLICE = 1 << 14  # packed bytes inflated at once
MAX_COMMENT = 1 << 16

STORED, DEFLATED = 0, 8
IN_ZIP64 = 0xFFFFFFFF  # says that the number stands elsewhere
ENCRYPTED, SIZES_FOLLOW, UTF8 = 0x0001, 0x0008, 0x0800
END = struct.Struct("<4s4H2LH")
CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
LOCAL = struct.Struct("<4s2B4HL2L2H")
END_MAGIC, CENTRAL_MAGIC, LOCAL_MAGIC = b"PK\5\6", b"PK\1\2", b"PK\3\4"
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
CONTENT_TYPES = "[Content_Types].xml"

DAMAGED = "文件已损坏或不完整，请重新复制或重新下载一份再试"
TOO_BIG = "文件大得不正常，不像填报用的工作簿，为安全起见没有打开"
UNSAFE = "文件的内部结构不正常，为安全起见没有打开；请用 Excel 或 WPS 另存为 .xlsx 后再试"


class Member(Record):
    """A file inside the package, as the central directory describes it. ``offset`` is its local header's."""

    name: str
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def raw_name(self) -> bytes:
        """The name as it is stored."""
        return self.name.encode("utf-8" if self.flags & UTF8 else "cp437")


class Package(Record):
    """A zip file in memory. ``members`` is keyed by the lower-case name, since programs differ in case."""

    data: bytes
    members: Mapping[str, Member]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.members

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield the contents of ``name`` in pieces. Raise ``UnreadableWorkbook`` when missing or damaged."""
        member = self.members.get(name.lower())
        if member is None:
            raise UnreadableWorkbook(DAMAGED)
        return _inflate(member, self.packed(member))

    def read(self, name: str) -> bytes:
        """Return the whole contents of ``name``. Raise ``UnreadableWorkbook`` when missing or damaged."""
        return b"".join(self.stream(name))

    def packed(self, member: Member) -> memoryview:
        """Return the bytes of ``member`` as they lie in the file, compressed or not."""
        if len(self.data) < member.offset + LOCAL.size:
            raise UnreadableWorkbook(DAMAGED)
        header = LOCAL.unpack_from(self.data, member.offset)
        start = member.offset + LOCAL.size + header[-2] + header[-1]
        if header[0] != LOCAL_MAGIC or len(self.data) < start + member.packed:
            raise UnreadableWorkbook(DAMAGED)
        return memoryview(self.data)[start : start + member.packed]


LOCK_PREFIX = "~$"  # what Excel and WPS put beside a file that they have open


def load_file(path: Path) -> bytes:
    """Return the bytes of ``path``. Raise ``UnreadableWorkbook`` when it cannot be opened or is too large."""
    try:
        if path.is_dir():
            raise UnreadableWorkbook("这是一个文件夹，不是工作簿，请写工作簿的文件名")
        if path.exists() and not path.is_file():
            raise UnreadableWorkbook("这不是普通的文件，请写工作簿的文件名")
        if path.name.startswith(LOCK_PREFIX):
            raise UnreadableWorkbook("这是表格程序打开文件时的临时文件，不是工作簿，不用理会")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise UnreadableWorkbook(TOO_BIG)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableWorkbook("没有这个文件，请核对文件名和所在的文件夹") from error
    except PermissionError as error:
        raise UnreadableWorkbook("没有权限读取，请换到自己能打开的文件夹，或者请管理员授权") from error
    except (OSError, ValueError) as error:
        raise UnreadableWorkbook("文件打不开，请核对文件名，或者把它复制到本机的文件夹再试") from error
    return data


def open_package(data: bytes) -> Package:
    """Return the package in ``data``. Raise ``UnreadableWorkbook``, with the reason, when it is none or unsafe."""
    _refuse_other_kinds(data)
    if len(data) > MAX_FILE:
        raise UnreadableWorkbook(TOO_BIG)
    at = data.rfind(END_MAGIC, max(0, len(data) - MAX_COMMENT - END.size))
    if at < 0 or at + END.size > len(data):
        raise UnreadableWorkbook(DAMAGED)
    _, _, _, _, count, size, start, _ = END.unpack_from(data, at)
    if count > MAX_MEMBERS:
        raise UnreadableWorkbook(TOO_BIG)
    if start + size > at:
        raise UnreadableWorkbook(DAMAGED)
    members: dict[str, Member] = {}
    for _ in range(count):
        member, start = _central_entry(data, start)
        if member.name.lower() in members:
            raise UnreadableWorkbook(UNSAFE)
        members[member.name.lower()] = member
    if sum(member.size for member in members.values()) > MAX_UNPACKED:
        raise UnreadableWorkbook(TOO_BIG)
    return Package(data, members)


def _refuse_other_kinds(data: bytes) -> None:
    if not data:
        raise UnreadableWorkbook("文件是空的，里面没有内容")
    if data.startswith(OLE_MAGIC):
        raise UnreadableWorkbook(
            "文件带有打开密码，或者是旧的 .xls 格式；请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx"
        )
    if not data.startswith((LOCAL_MAGIC, END_MAGIC)):
        raise UnreadableWorkbook(
            "文件的内容不是 Excel 工作簿（可能是网页、文字表格等改了后缀名）；请用 Excel 或 WPS 打开，另存为 .xlsx"
        )


def _central_entry(data: bytes, start: int) -> tuple[Member, int]:
    """Return the directory entry at ``start`` and where the next one begins."""
    if start + CENTRAL.size > len(data):
        raise UnreadableWorkbook(DAMAGED)
    entry = CENTRAL.unpack_from(data, start)
    flags, method, time, date, crc, packed, size, name_length, extra, comment = entry[5:15]
    offset = entry[18]
    end = start + CENTRAL.size + name_length
    if entry[0] != CENTRAL_MAGIC or end > len(data):
        raise UnreadableWorkbook(DAMAGED)
    try:
        stored = data[start + CENTRAL.size : end]
        name = stored.decode("utf-8" if flags & UTF8 or stored.isascii() else "cp437")
    except UnicodeDecodeError as error:
        raise UnreadableWorkbook(DAMAGED) from error
    if flags & ENCRYPTED:
        raise UnreadableWorkbook("文件带有密码，请去掉密码，另存为 .xlsx 后再试")
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or ":" in name or "\0" in name:
        raise UnreadableWorkbook(UNSAFE)
    if IN_ZIP64 in (packed, size, offset):
        # Spreadsheet programs write 64-bit sizes for files of 4 GiB only.
        raise UnreadableWorkbook(UNSAFE)
    if size > RATIO_FROM and size > MAX_RATIO * packed:
        raise UnreadableWorkbook(TOO_BIG)
    member = Member(name, flags, method, time, date, crc, packed, size, offset)
    return member, end + extra + comment


def _inflate(member: Member, packed: memoryview) -> Iterator[bytes]:
    if member.method not in (STORED, DEFLATED):
        raise UnreadableWorkbook(UNSAFE)
    pieces = _pieces(packed) if member.method == STORED else _inflated_pieces(packed)
    size = crc = 0
    try:
        for piece in pieces:
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            if size > member.size:
                break
            yield piece
    except zlib.error as error:
        raise UnreadableWorkbook(DAMAGED) from error
    if size != member.size or crc != member.crc:
        raise UnreadableWorkbook(DAMAGED)


def _pieces(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), CHUNK):
        yield bytes(packed[start : start + CHUNK])


def _inflated_pieces(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    # Input goes in slices: what one call leaves unused is copied, which must not be the whole rest.
    for start in range(0, len(packed), SLICE):
        piece = inflater.decompress(packed[start : start + SLICE], CHUNK)
        while piece:
            yield piece
            piece = inflater.decompress(inflater.unconsumed_tail, CHUNK)
