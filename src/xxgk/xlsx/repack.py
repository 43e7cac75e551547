"""A package written again: changed members anew, all others as they lie, without unpacking them."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from types import MappingProxyType

from xxgk.records import replace
from xxgk.xlsx.package import (
    CENTRAL,
    CENTRAL_MAGIC,
    DEFLATED,
    END,
    END_MAGIC,
    LOCAL,
    LOCAL_MAGIC,
    SIZES_FOLLOW,
    UTF8,
    Member,
    Package,
)

VERSION = 20  # of the zip format: what deflate needs
FIXED_DATE = 0x0021  # 1980-01-01, the earliest that a zip file can say, so that equal contents give equal files


def repack(
    package: Package,
    replaced: Mapping[str, bytes],
    dropped: Collection[str] = (),
    added: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Return the bytes of ``package`` with members ``replaced`` and ``dropped``, and those ``added`` at its end.

    Raise ``KeyError`` for a member to be replaced that there is not, or to be added that stays.
    """
    new = {name.lower(): data for name, data in replaced.items()}
    if not new.keys() <= package.members.keys():
        raise KeyError(min(new.keys() - package.members.keys()))
    out = {name.lower() for name in dropped}
    entries = [_packed(package, member, new.get(key)) for key, member in package.members.items() if key not in out]
    for name, data in added.items():
        if name.lower() in package.members.keys() - out:
            raise KeyError(name)
        entries.append(_packed(package, Member(name, UTF8, DEFLATED, 0, 0, 0, 0, 0, 0), data))
    body = bytearray()
    directory = bytearray()
    for entry, packed in entries:
        offset = len(body)
        raw = entry.raw_name
        fixed = (entry.flags, entry.method, entry.time, entry.date, entry.crc, entry.packed, entry.size, len(raw))
        body += LOCAL.pack(LOCAL_MAGIC, VERSION, 0, *fixed, 0) + raw
        body += packed
        directory += CENTRAL.pack(CENTRAL_MAGIC, VERSION, 0, VERSION, 0, *fixed, 0, 0, 0, 0, 0, offset) + raw
    end = END.pack(END_MAGIC, 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return bytes(body + directory + end)


def _packed(package: Package, member: Member, data: bytes | None) -> tuple[Member, bytes | memoryview]:
    """Return the entry of a member and its packed bytes; ``data`` None leaves them as they are."""
    member = replace(member, flags=member.flags & ~SIZES_FOLLOW)
    if data is None:
        return member, package.packed(member)
    deflater = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(data) + deflater.flush()
    crc, size = zlib.crc32(data), len(data)
    return replace(member, method=DEFLATED, time=0, date=FIXED_DATE, crc=crc, packed=len(packed), size=size), packed
