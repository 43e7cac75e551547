"""Text kept packed until all of it is known: that of a thousand files takes a tenth of the room."""

from __future__ import annotations

import zlib

FAST = 1  # of the levels of zlib
LONE = "surrogatepass"  # bytes of a file name that are no UTF-8 must come out as they went in


def packed(text: str) -> bytes:
    """Return ``text`` packed."""
    return zlib.compress(text.encode(errors=LONE), FAST)


def unpacked(data: bytes) -> str:
    """Return the text that ``packed`` made ``data`` of."""
    return zlib.decompress(data).decode(errors=LONE)
