"""``Document`` → one self-contained HTML page: no script, no other file; readable on a phone, on paper and aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.records import Record
from xxgk.render.document import DRAFT_MARK, Block, Document, Heading, Signature, TableBlock
from xxgk.render.html_table import HtmlTable, html_table
from xxgk.render.site import COLUMN
from xxgk.render.stamp import stamp_properties
from xxgk.render.templating import template


class Part(Record):
    """What stands under one of the form's headings; before the first, ``heading`` is empty."""

    heading: str
    blocks: tuple[Block | HtmlTable, ...]


def to_html(document: Document) -> str:
    """Return ``document`` as an HTML page."""
    signature = next((block for block in document.blocks if isinstance(block, Signature)), None)
    return template("page.html.j2").render(
        document=document,
        draft_mark=DRAFT_MARK,
        metas=metas(document),
        parts=tuple(_parts(document.blocks)),
        signature=signature,
        # In JSON, too, this is the same sign, and no text can end the element.
        embedded=document.data.replace("<", "\\u003c"),
    )


def metas(document: Document) -> dict[str, str]:
    """Return what a page says of itself by name: what 《政府网站发展指引》 asks for, and the stamp."""
    meta, site = document.metadata, document.metadata.site
    names = {
        "SiteName": site.name,
        "SiteDomain": site.domain,
        "SiteIDCode": site.code,
        "ColumnName": COLUMN,
        "ArticleTitle": document.title,
        "PubDate": meta.date.isoformat() if meta.date else "",
        "ContentSource": meta.unit,
        "author": meta.unit,
        "description": meta.form,
    }
    return names | (stamp_properties(document.stamp) if document.stamp else {})


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    heading, found, tables = "", list[Block | HtmlTable](), 0
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield Part(heading, tuple(found))
            heading, found = block.text, []
        elif isinstance(block, TableBlock):
            tables += 1
            found.append(html_table(block, tables))
        elif not isinstance(block, Signature):
            found.append(block)
    yield Part(heading, tuple(found))
