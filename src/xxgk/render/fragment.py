"""``Document`` → a piece of HTML for the editor of a site's content management.

Editors keep plain elements and throw away styles, scripts, ids and whole pages; so there are none. The title is left
out: such an editor has a field of its own for it, and the site would show it twice.
"""

from __future__ import annotations

from xxgk.render.document import DRAFT_MARK, Document
from xxgk.render.html_table import row_groups
from xxgk.render.templating import template


def to_fragment(document: Document) -> str:
    """Return ``document`` as headings, paragraphs and tables, to be pasted into a page."""
    return template("fragment.html.j2").render(document=document, draft_mark=DRAFT_MARK, row_groups=row_groups)
