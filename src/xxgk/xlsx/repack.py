"""A package written again: changed members anew, all others as they lie, without unpacking them."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from xxgk.records import Record, replace
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


class Deflated(Record):
    """The contents of a member as they will lie in the package, with the checksum and the size of what they hold."""

    packed: bytes | bytearray
    crc: int
    size: int

    @property
    def data(self) -> bytes:
        """What they hold."""
        return zlib.decompress(self.packed, -zlib.MAX_WBITS)


Contents = bytes | Deflated


def deflated(pieces: Iterable[bytes]) -> Deflated:
    """Return what ``pieces`` hold together, of which no more than one at a time need be in memory."""
    deflater = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = bytearray()
    crc = size = 0
    for piece in pieces:
        packed += deflater.compress(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    packed += deflater.flush()
    return Deflated(packed, crc, size)


def repack(
    package: Package,
    replaced: Mapping[str, Contents],
    dropped: Collection[str] = (),
    added: Mapping[str, Contents] = MappingProxyType({}),
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
    body: list[bytes | bytearray | memoryview] = []
    directory = bytearray()
    offset = 0
    for entry, packed in entries:
        raw = entry.raw_name
        fixed = (entry.flags, entry.method, entry.time, entry.date, entry.crc, entry.packed, entry.size, len(raw))
        head = LOCAL.pack(LOCAL_MAGIC, VERSION, 0, *fixed, 0) + raw
        body += (head, packed)
        directory += CENTRAL.pack(CENTRAL_MAGIC, VERSION, 0, VERSION, 0, *fixed, 0, 0, 0, 0, 0, offset) + raw
        offset += len(head) + len(packed)
    end = END.pack(END_MAGIC, 0, 0, len(entries), len(entries), len(directory), offset, 0)
    return b"".join((*body, directory, end))


def _packed(package: Package, member: Member, data: Contents | None) -> tuple[Member, bytes | bytearray | memoryview]:
    """Return the entry of a member and its packed bytes; ``data`` None leaves them as they are."""
    member = replace(member, flags=member.flags & ~SIZES_FOLLOW)
    if data is None:
        return member, package.packed(member)
    new = data if isinstance(data, Deflated) else deflated((data,))
    packed = new.packed
    return replace(
        member, method=DEFLATED, time=0, date=FIXED_DATE, crc=new.crc, packed=len(packed), size=new.size
    ), packed
