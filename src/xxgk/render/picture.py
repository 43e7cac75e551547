"""``Document`` → one long picture of the year at a glance (一图读懂), as SVG for sites and as PNG for 微信."""

from __future__ import annotations

from typing import Any

from xxgk.errors import UsageProblem
from xxgk.render.document import DRAFT_MARK, Document
from xxgk.render.typst_run import compiled, installed_faces

TEMPLATE = "picture.typ"
WIDTH = 1080  # pixels of the PNG: as wide as a picture in 微信 is shown
POINTS = 540  # of the page in the template
NOTHING = "表三、表四还没有填完，画不出一图读懂；填好以后再试，或者在 --to 后面去掉 picture。"


def to_svg(document: Document) -> bytes:
    """Return the picture as SVG, letters as outlines. Raise ``UsageProblem`` where typst or the figures are missing."""
    return compiled(TEMPLATE, _data(document), "svg")


def to_png(document: Document) -> bytes:
    """Return the picture as PNG, ``WIDTH`` pixels wide. Raise ``UsageProblem`` as above."""
    return compiled(TEMPLATE, _data(document), "png", ppi=WIDTH / POINTS * 72)


def _data(document: Document) -> dict[str, Any]:
    summary = document.summary
    if summary is None or not summary.topics:
        raise UsageProblem(NOTHING)
    return {
        "font": installed_faces()["黑体"].used,
        "width": POINTS,
        "title": document.title_parts,
        "draft": DRAFT_MARK if document.draft else "",
        "name": summary.title,
        "source": summary.source,
        "signature": document.metadata.unit,
        "topics": [
            {
                "title": topic.title,
                "number": topic.number,
                "sentence": topic.sentence,
                "groups": [
                    {
                        "title": group.title,
                        "bars": [
                            {"label": bar.label, "number": bar.number, "length": bar.length, "before": bar.before}
                            for bar in group.bars
                        ],
                    }
                    for group in topic.groups
                ],
            }
            for topic in summary.topics
        ],
    }
