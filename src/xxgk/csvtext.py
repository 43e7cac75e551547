"""The text of a CSV file, as Excel, WPS and other systems write it: UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

from xxgk.errors import UnreadableWorkbook

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")  # how Excel's “Unicode text” begins
ENCODINGS = ("utf-8-sig", "gb18030")  # the stricter one first


def decode_csv(data: bytes) -> str:
    """Return the text in ``data``. Raise ``UnreadableWorkbook``, with the reason only, for other encodings."""
    for encoding in ("utf-16",) if data.startswith(UTF16_MARKS) else ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableWorkbook("文字不是 UTF-8 或 GB18030 编码；请用 Excel 或 WPS 打开，另存为 .xlsx")
