"""Zip files that are damaged, that lie about their sizes, or that other programs pack in their own way."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from xxgk.xlsx.package import MAX_MEMBERS, MEBIBYTE

from support.hostile_base import (
    AS_DAMAGED,
    AS_TOO_BIG,
    AS_UNSAFE,
    BOOK,
    PARTS,
    SAME,
    SOUND,
    STRINGS,
    TYPES,
    Kind,
    Refused,
    archived,
    padding,
)
from support.packages import packed

CENTRAL, LOCAL, END = 46, 30, 22  # bytes of the fixed part of a header
RELATIONS = "xl/_rels/workbook.xml.rels"
MEMBERS = tuple(PARTS.items())
NOT_A_WORKBOOK = "不是 Excel 工作簿"


def patched(at: int, new: bytes, data: bytes = SOUND) -> bytes:
    """Return ``data`` with bytes overwritten."""
    return data[:at] + new + data[at + len(new) :]


def entry(field: int, new: bytes, name: str = BOOK, data: bytes = SOUND) -> bytes:
    """Return ``data`` with a field of a member's directory entry overwritten."""
    return patched(data.rindex(name.encode()) - CENTRAL + field, new, data)


def end_record(field: int, new: bytes) -> bytes:
    return patched(len(SOUND) - END + field, new)


def cut(share: float) -> Callable[[], bytes]:
    return lambda: SOUND[: int(len(SOUND) * share)]


def commented(length: int) -> bytes:
    out = io.BytesIO(SOUND)
    with ZipFile(out, "a") as archive:
        archive.comment = b"c" * length
    return out.getvalue()


def piped() -> bytes:
    """Return the workbook as programs write it that cannot go back: sizes follow the data."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    out = Pipe()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in MEMBERS:
            archive.writestr(name, data)
    return out.getvalue()


def zip64_local() -> bytes:
    """Return the workbook with 64-bit sizes in the local headers only."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in MEMBERS:
            with archive.open(ZipInfo(name), "w", force_zip64=True) as file:
                file.write(data)
    return out.getvalue()


def zip64_central() -> bytes:
    """Return the workbook with the 64-bit sizes of one member in the directory, as some Java programs write all."""
    at = SOUND.rindex(BOOK.encode()) - CENTRAL
    packed_size, size = struct.unpack_from("<2L", SOUND, at + 20)
    name_length = len(BOOK)
    extra = struct.pack("<2H2Q", 1, 16, size, packed_size)
    data = patched(at + 20, struct.pack("<2L2H", 0xFFFFFFFF, 0xFFFFFFFF, name_length, len(extra)))
    after = at + CENTRAL + name_length
    data = data[:after] + extra + data[after:]
    directory = struct.unpack_from("<L", SOUND, len(SOUND) - END + 12)[0]
    return patched(len(data) - END + 12, struct.pack("<L", directory + len(extra)), data)


def recompressed(method: int) -> bytes:
    return archived(MEMBERS, method)


def one_sheet_packed_by(method: int) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in MEMBERS:
            archive.writestr(name, data, method if name == BOOK else ZIP_DEFLATED)
    return out.getvalue()


def bomb(name: str, unit: bytes, mebibytes: int) -> bytes:
    """Return a workbook with a part of ``mebibytes`` that repeats ``unit``: one packed block over and over."""
    block = unit * (MEBIBYTE // len(unit))
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    squeezed = deflater.compress(block) + deflater.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(mebibytes):
        crc = zlib.crc32(block, crc)
    content = squeezed * mebibytes + zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS).flush()
    data = archived([(n, d) for n, d in MEMBERS if n != name] + [(name, content)], ZIP_STORED)
    at = data.rindex(name.encode()) - CENTRAL
    data = patched(at + 10, b"\x08\0", data)
    return patched(at + 16, struct.pack("<3L", crc, len(content), len(block) * mebibytes), data)


def lying_bomb(mebibytes: int) -> bytes:
    """Return a workbook whose workbook part inflates to far more than the directory says."""
    data = bomb(BOOK, bytes(1), mebibytes)
    return entry(24, struct.pack("<L", 5_000), BOOK, data)


def overlapping(count: int) -> bytes:
    """Return a zip file whose members all share the same packed bytes ("quoted" bomb): 1 MiB each."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = bytes(MEBIBYTE)
    squeezed = deflater.compress(content) + deflater.flush()
    crc = zlib.crc32(content)
    fixed = (20, 0, 8, 0, 33, crc, len(squeezed), len(content))
    body = b"PK\3\4" + struct.pack("<5H3L2H", *fixed, 1, 0) + b"a" + squeezed
    directory = b""
    for number in range(count):
        name = b"xl/m%d.xml" % number
        directory += b"PK\1\2" + struct.pack("<6H3L5H2L", 20, *fixed, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end


def nested(levels: int) -> bytes:
    """Return zip files in zip files, as in 42.zip."""
    data = packed({"0.bin": bytes(4 * MEBIBYTE)})
    for level in range(levels):
        data = archived([(f"{level}.{copy}.zip", data) for copy in range(8)])
    return data


def renamed(old: str, new: str) -> bytes:
    return archived([(new if name == old else name, data) for name, data in MEMBERS])


def all_sheets_one_part(mebibytes: int) -> bytes:
    """Return the workbook with eight of its sheets in the same part, which is large but packs like honest XML."""
    part = PARTS["xl/worksheets/sheet2.xml"].replace(
        b"</sheetData>", f"<x>{padding(mebibytes)}</x></sheetData>".encode()
    )
    relations = re.sub(rb"worksheets/sheet[2-9]", b"worksheets/sheet2", PARTS[RELATIONS])
    return archived({**PARTS, RELATIONS: relations, "xl/worksheets/sheet2.xml": part}.items())


def without(*names: str) -> bytes:
    assert set(names) <= PARTS.keys()
    return archived([(name, data) for name, data in MEMBERS if name not in names])


def upper_case() -> bytes:
    return archived([(name.upper(), data) for name, data in MEMBERS])


def _damage() -> Iterator[Kind]:
    yield Kind("empty.xlsx", lambda: b"", Refused("文件是空的"))
    yield Kind("one-byte.xlsx", lambda: b"P", Refused(NOT_A_WORKBOOK))
    yield Kind("magic-only.xlsx", lambda: b"PK\3\4", AS_DAMAGED)
    for percent in (1, 10, 30, 50, 70, 90, 97, 99):
        yield Kind(f"truncated-{percent}.xlsx", cut(percent / 100), AS_DAMAGED)
    yield Kind("truncated-by-one.xlsx", lambda: SOUND[:-1], AS_DAMAGED)
    yield Kind("zeros-in-place-of-the-end.xlsx", lambda: SOUND[:-5000] + bytes(5000), AS_DAMAGED)
    yield Kind("middle-lost.xlsx", lambda: SOUND[:20_000] + SOUND[21_000:], AS_DAMAGED)
    yield Kind("junk-before.xlsx", lambda: b"MZ" + bytes(100) + SOUND, Refused(NOT_A_WORKBOOK))


def _packing() -> Iterator[Kind]:
    yield Kind("junk-behind.xlsx", lambda: SOUND + bytes(1000), SAME)
    yield Kind("comment.xlsx", lambda: commented(5), SAME)
    yield Kind("longest-comment.xlsx", lambda: commented(0xFFFF), SAME)
    yield Kind("stored.xlsx", lambda: recompressed(ZIP_STORED), SAME)
    yield Kind("sizes-follow.xlsx", piped, SAME)
    yield Kind("zip64-local.xlsx", zip64_local, SAME)
    yield Kind("zip64-directory.xlsx", zip64_central, AS_UNSAFE)
    yield Kind("upper-case-names.xlsx", upper_case, SAME)


def _lies() -> Iterator[Kind]:
    yield Kind("bzip2.xlsx", lambda: one_sheet_packed_by(ZIP_BZIP2), AS_UNSAFE)
    yield Kind("lzma.xlsx", lambda: one_sheet_packed_by(ZIP_LZMA), AS_UNSAFE)
    yield Kind("unknown-method.xlsx", lambda: entry(10, b"\x63\0"), AS_UNSAFE)
    yield Kind("encrypted.xlsx", lambda: entry(8, b"\1\0"), Refused("密码"))
    yield Kind("wrong-crc.xlsx", lambda: entry(16, b"\1\2\3\4"), AS_DAMAGED)
    yield Kind("deflated-said-stored.xlsx", lambda: entry(10, b"\0\0"), AS_DAMAGED)
    yield Kind("size-0.xlsx", lambda: entry(24, bytes(4)), AS_DAMAGED)
    yield Kind("packed-size-0.xlsx", lambda: entry(20, bytes(4)), AS_DAMAGED)
    yield Kind("offset-of-another.xlsx", lambda: entry(42, bytes(4)), AS_DAMAGED)
    yield Kind("offset-beyond.xlsx", lambda: entry(42, b"\xf0\xff\xff\x7f"), AS_DAMAGED)
    yield Kind("directory-beyond.xlsx", lambda: end_record(16, b"\xf0\xff\xff\x7f"), AS_DAMAGED)
    yield Kind("directory-of-0.xlsx", lambda: end_record(8, bytes(4)), Refused(NOT_A_WORKBOOK))
    yield Kind("directory-of-65535.xlsx", lambda: end_record(8, b"\xff\xff\xff\xff"), AS_TOO_BIG)
    yield Kind(
        "directory-one-too-many.xlsx", lambda: end_record(8, struct.pack("<2H", *[len(PARTS) + 1] * 2)), AS_DAMAGED
    )
    yield Kind("name-no-utf8.xlsx", lambda: entry(CENTRAL, b"\xff", data=entry(8, b"\0\x08")), AS_DAMAGED)


def _members() -> Iterator[Kind]:
    yield Kind("name-twice.xlsx", lambda: archived([*MEMBERS, (BOOK, PARTS[BOOK])]), AS_UNSAFE)
    yield Kind("name-twice-by-case.xlsx", lambda: archived([*MEMBERS, (BOOK.upper(), b"")]), AS_UNSAFE)
    for label, name in (("absolute", "/a"), ("parent", "xl/../../a"), ("drive", "c:\\a"), ("backslash", "..\\a")):
        yield Kind(f"name-{label}.xlsx", lambda name=name: archived([*MEMBERS, (name, b"")]), AS_UNSAFE)
    yield Kind("folders.xlsx", lambda: archived([("xl/", b""), ("xl/worksheets/", b""), *MEMBERS]), SAME)
    yield Kind("many-members.xlsx", lambda: archived((f"{n}", b"") for n in range(MAX_MEMBERS + 1)), AS_TOO_BIG)
    yield Kind("2000-members.xlsx", lambda: archived([*MEMBERS, *((f"{n}", b"") for n in range(1900))]), SAME)


def _bombs() -> Iterator[Kind]:
    yield Kind("strings-bomb.xlsx", lambda: bomb(STRINGS, b"<si><t>A</t></si>", 300), AS_TOO_BIG)
    yield Kind("zeros-bomb.xlsx", lambda: bomb(BOOK, bytes(1), 190), AS_TOO_BIG)
    yield Kind("media-bomb.xlsx", lambda: bomb("xl/media/image1.png", bytes(1), 30), AS_TOO_BIG)
    yield Kind("lying-bomb.xlsx", lambda: lying_bomb(100), AS_DAMAGED)
    yield Kind("overlapping-bomb.xlsx", lambda: overlapping(1_900), AS_TOO_BIG)
    yield Kind("nested-bomb.xlsx", lambda: nested(3), Refused(NOT_A_WORKBOOK))
    yield Kind("many-sheets-one-large-part.xlsx", lambda: all_sheets_one_part(40), Refused("文件"))
    yield Kind("too-large.xlsx", lambda: SOUND + bytes(20 * MEBIBYTE), AS_TOO_BIG)


def _missing() -> Iterator[Kind]:
    yield Kind("no-types.xlsx", lambda: without(TYPES), Refused(NOT_A_WORKBOOK))
    yield Kind("no-relations.xlsx", lambda: without("_rels/.rels"), Refused(NOT_A_WORKBOOK))
    yield Kind("no-workbook-part.xlsx", lambda: without(BOOK), Refused(NOT_A_WORKBOOK))
    yield Kind("no-styles.xlsx", lambda: without("xl/styles.xml"), SAME)
    yield Kind(
        "only-what-is-read.xlsx", lambda: without("docProps/app.xml", "docProps/core.xml", "xl/theme/theme1.xml"), SAME
    )


KINDS = (*_damage(), *_packing(), *_lies(), *_members(), *_bombs(), *_missing())
