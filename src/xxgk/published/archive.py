"""Web pages saved in a single file (MHTML, RFC 2557), as browsers and Word save them."""

from __future__ import annotations

from xxgk.errors import UnreadableWorkbook
from xxgk.published.blocks import Block
from xxgk.published.html import read_blocks as read_page

NO_PAGE = "这个网页文件里没有网页；请用浏览器打开，另存为 .html"
HTML = "text/html"


def read_blocks(data: bytes) -> tuple[Block, ...]:
    """Return the blocks of the first page in ``data``. Raise ``UnreadableWorkbook`` when there is none."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        page = part.get_payload(decode=True) if part.get_content_type() == HTML else None
        if isinstance(page, bytes) and page:
            return read_page(page)
    raise UnreadableWorkbook(NO_PAGE)
