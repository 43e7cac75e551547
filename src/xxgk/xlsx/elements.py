"""Where new elements go in a part: each kind of part has them in one order, and Excel insists on it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.package import DAMAGED
from xxgk.xlsx.spans import Edit, Span, find_spans

# The children of each root in the order of ECMA-376-1 (CT_Worksheet, CT_Workbook, CT_Stylesheet).
WORKSHEET = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
WORKBOOK = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr",
    "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
STYLES = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
    "colors", "extLst",
)  # fmt: skip
# Excel wraps a child that older programs do not know; what is inside is no child of the root.
WRAPPER = "AlternateContent"


def outermost(xml: bytes, names: Collection[str]) -> list[Span]:
    """Return the elements of ``xml`` with these local names that are in no other of them."""
    found: list[Span] = []
    for span in find_spans(xml, names):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def children(xml: bytes, order: Sequence[str]) -> list[Span]:
    """Return the children of the root of ``xml`` that ``order`` names."""
    return [span for span in outermost(xml, (*order, WRAPPER)) if span.name != WRAPPER]


def within(spans: Sequence[Span], outer: Span) -> Sequence[Span]:
    """Return those of ``spans``, which are in the order of their starts, that are inside ``outer``."""
    first = bisect_right(spans, outer.start, key=_start)
    return spans[first : bisect_left(spans, outer.end, lo=first, key=_start)]


def place_of(xml: bytes, order: Sequence[str], name: str) -> tuple[int, str]:
    """Return where a new child ``name`` of the root goes, behind those of its name, and the prefix of its kind.

    Raise ``UnreadableWorkbook`` when the root has none of the children that stand before it.
    """
    before = order[: order.index(name) + 1]
    earlier = [span for span in children(xml, order) if span.name in before]
    if not earlier:
        raise UnreadableWorkbook(DAMAGED)
    return max(span.end for span in earlier), earlier[-1].prefix


def inside(xml: bytes, parent: Span, new: bytes) -> Edit:
    """Return the edit that puts ``new`` at the end of ``parent``, which may be a single tag."""
    if not parent.empty:
        return parent.inner_end, parent.inner_end, new
    slash = xml.rindex(b"/", parent.start, parent.end)
    return slash, parent.end, b">" + new + f"</{parent.prefix}{parent.name}>".encode()


def prefixed(xml: str, prefix: str) -> bytes:
    """Return a fragment, written without prefixes, with ``prefix`` (such as ``x:``) on its tags."""
    return re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", xml).encode()


def _start(span: Span) -> int:
    return span.start
