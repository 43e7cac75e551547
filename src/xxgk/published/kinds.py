"""The readers by what a file is, told by its first bytes: suffixes of downloaded files are often wrong."""

from __future__ import annotations

import re
from pathlib import Path

from xxgk.errors import UnreadableWorkbook
from xxgk.published.blocks import Block
from xxgk.xlsx.package import LOCAL_MAGIC, OLE_MAGIC

MARKDOWN = (".md", ".markdown")
PDF_MAGIC = b"%PDF-"
HEAD = 4096  # bytes that are looked at
MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|table|div|p|meta)\b", re.IGNORECASE)
ARCHIVE = re.compile(rb"(?:From|MIME-Version|Content-Type|Subject|Snapshot-Content-Location):", re.IGNORECASE)
RICH_TEXT = rb"{\rtf"
OLD_WORD = "这是旧的 .doc 或者 .rtf 格式，或者带有打开密码；请用 Word 或 WPS 打开，去掉密码，另存为 .docx"
PICTURE = "这是图片，里面没有文字；请用文字版的报告，或者照着它填写工作簿"
BINARY = "这不是能读的报告；能读的有 .docx、.html、.mht、.pdf（有文字的）、.txt、.md"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def read_file(data: bytes, path: Path) -> tuple[Block, ...]:
    """Return the blocks of the published file in ``data``. Raise ``UnreadableWorkbook`` with the reason when none."""
    head = data[:HEAD]
    if data.startswith(LOCAL_MAGIC):
        from xxgk.published.docx import read_blocks as read_docx

        return read_docx(data)
    if PDF_MAGIC in head[:1024]:
        from xxgk.published.pdf import read_blocks as read_pdf

        return read_pdf(data)
    if data.startswith(OLE_MAGIC):
        raise UnreadableWorkbook(OLD_WORD)
    if data.startswith(PICTURES):
        raise UnreadableWorkbook(PICTURE)
    if path.suffix.lower() in MARKDOWN:
        from xxgk.published.text import read_markdown

        return read_markdown(data)
    if ARCHIVE.match(head):
        from xxgk.published.archive import read_blocks as read_archive

        return read_archive(data)
    if data.startswith(RICH_TEXT):
        raise UnreadableWorkbook(OLD_WORD)
    if MARKUP.search(head.replace(b"\0", b"")):
        from xxgk.published.html import read_blocks as read_html

        return read_html(data)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableWorkbook(BINARY)
    from xxgk.published.text import read_blocks as read_text

    return read_text(data)
