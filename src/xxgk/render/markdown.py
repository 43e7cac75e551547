"""``Document`` → Markdown (CommonMark).

Tables are HTML inside the Markdown, which CommonMark allows and GitHub, GitLab, Gitee, VS Code, Typora and
Obsidian show: a pipe table has one header row and no merges, so the nested labels of 表三 would have to be
repeated in every row and the headings of 表四 strung together. A row of the table is one line, so that the
text can still be read, and compared, as it stands.
"""

from __future__ import annotations

import re

from xxgk.render.document import DRAFT_MARK, Document
from xxgk.render.stamp import stamp_properties
from xxgk.render.templating import template

# What means something anywhere in a line. A _ inside a word does not, and web addresses have many.
_SPECIAL = re.compile(r"[\\`*\[\]<>~$|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<!\S)#")
# What makes a line a list or a rule.
_BEGINNING = re.compile(r"^(?:(?=-|\+\s|\+$)|\d{1,9}(?=[.)](?:\s|$)))")


def to_markdown(document: Document) -> str:
    """Return ``document`` as Markdown; headings, paragraphs and numbers show as they were typed."""
    stamp = stamp_properties(document.stamp) if document.stamp else {}
    return template("report.md.j2").render(document=document, draft_mark=DRAFT_MARK, typed=typed, stamp=stamp)


def typed(line: str) -> str:
    """Return ``line``, which begins a paragraph or heading, so that a viewer shows exactly that."""
    return _BEGINNING.sub(r"\g<0>\\", _SPECIAL.sub(r"\\\g<0>", line))
