"""Two built files, part by part; how they are compressed does not count."""

from __future__ import annotations

import io
from zipfile import BadZipFile, ZipFile


def differences(built: bytes, committed: bytes) -> tuple[str, ...]:
    """Return the names of the parts that differ or that only one of the two files has, sorted.

    A file that is no zip file at all has no parts, so every part of the other differs.
    """
    left, right = _parts(built), _parts(committed)
    return tuple(sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name)))


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile:
        return {}
