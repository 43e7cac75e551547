"""Text files as they come from government sites and old programs: UTF-8, or the Chinese national encodings."""

from __future__ import annotations

import codecs

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a page says about its own encoding is often wrong; Chinese text in another one is hardly ever valid as UTF-8.
TRIED = ("utf-8", "gb18030")


def decode(data: bytes) -> str:
    """Return the text in ``data``; characters that neither encoding explains become U+FFFD."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in TRIED:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    # Damaged in one place or another: the encoding that makes less damage.
    return min((data.decode(encoding, "replace") for encoding in TRIED), key=lambda text: text.count("\ufffd"))
