"""A sheet added to a workbook behind all others, and taken away wherever it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.book import RELATION_ID
from xxgk.xlsx.cells import whole
from xxgk.xlsx.elements import WORKBOOK, children, inside, place_of, prefixed
from xxgk.xlsx.package import DAMAGED
from xxgk.xlsx.parts import RELATION_TYPES, Parts
from xxgk.xlsx.repack import Contents
from xxgk.xlsx.spans import Edit, Span, escape, find_spans, splice, with_attribute

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
HIDDEN = ("hidden", "veryHidden")
CALC_CHAIN = "calcChain"
LOCAL = "localSheetId"  # in a defined name: the place of the sheet that it belongs to


def sheet_names(xml: bytes) -> list[str]:
    """Return the names of all sheets, charts among them, that the workbook part ``xml`` lists."""
    return [span.attributes.get("name", "") for span in _sheets(xml)]


def visible_sheets(xml: bytes) -> list[str]:
    """Return the names of those sheets of the workbook part ``xml`` that are not hidden."""
    return [span.attributes.get("name", "") for span in _sheets(xml) if _visible(span)]


def add_sheet(parts: Parts, workbook: str, name: str, xml: Contents) -> int:
    """Add a sheet behind all others and return its place, counted from 0. ``workbook`` is the workbook part."""
    part = parts.free_name(workbook.rpartition("/")[0] + "/worksheets/sheet{}.xml")
    parts.add(part, SHEET_TYPE, xml)
    relation = parts.relate(workbook, "worksheet", part)
    book = parts.read(workbook)
    parent = next((span for span in children(book, WORKBOOK) if span.name == "sheets"), None)
    if parent is None:
        raise UnreadableWorkbook(DAMAGED)
    sheets = _sheets(book)
    ids = [int(text) for sheet in sheets if whole(text := sheet.attributes.get("sheetId", ""))]
    new = f'<sheet xmlns:r="{RELATION_TYPES}" name="{name}" sheetId="{max(ids, default=0) + 1}" r:id="{relation}"/>'
    parts.write(workbook, splice(book, [inside(book, parent, prefixed(new, parent.prefix))]))
    return len(sheets)


def add_names(xml: bytes, names: Sequence[tuple[str, str]]) -> bytes:
    """Return the workbook part with defined names: each the attributes of one, and what it stands for."""
    new = "".join(f"<definedName {attributes}>{escape(text)}</definedName>" for attributes, text in names)
    parent = next((span for span in children(xml, WORKBOOK) if span.name == "definedNames"), None)
    if parent is not None:
        return splice(xml, [inside(xml, parent, prefixed(new, parent.prefix))])
    at, prefix = place_of(xml, WORKBOOK, "definedNames")
    return splice(xml, [(at, at, prefixed(f"<definedNames>{new}</definedNames>", prefix))])


def remove_sheet(parts: Parts, workbook: str, name: str) -> None:
    """Take away the sheet ``name``, what only it leads to, and the names that are its own."""
    xml = parts.read(workbook)
    sheets = _sheets(xml)
    index = next(number for number, sheet in enumerate(sheets) if sheet.attributes.get("name") == name)
    own = sheets[index]
    relation = next(own.attributes[key] for key in RELATION_ID if key in own.attributes)
    target = next(found.target for found in parts.relations(workbook) if found.id == relation)
    chain = parts.related(workbook, CALC_CHAIN)
    # A sheet can be far larger than all others: it is not looked into without need.
    in_chain = bool(chain) and bool(find_spans(parts.read(target), ("f",)))
    xml = splice(xml, [(own.start, own.end, b""), *_later_names(xml, index), *_views(xml, sheets, index)])
    parts.write(workbook, xml)
    parts.unrelate(workbook, target)
    if in_chain:
        # Excel calls a file damaged whose calculation chain names a sheet that is gone; it makes a new one.
        parts.unrelate(workbook, chain)


def cut_names(xml: bytes, name: str) -> bytes:
    """Return the workbook part without the defined names ``name``, of the book or of a sheet, in whatever case."""
    every = find_spans(xml, ("definedName",))
    cut = [span for span in every if span.attributes.get("name", "").lower() == name.lower()]
    if cut and len(cut) == len(every):
        cut = [span for span in children(xml, WORKBOOK) if span.name == "definedNames"]
    return splice(xml, [(span.start, span.end, b"") for span in cut])


def _sheets(xml: bytes) -> list[Span]:
    parent = next((span for span in children(xml, WORKBOOK) if span.name == "sheets"), None)
    if parent is None:
        return []
    return [span for span in find_spans(xml, ("sheet",)) if parent.start < span.start < parent.end]


def _visible(sheet: Span) -> bool:
    return sheet.attributes.get("state") not in HIDDEN


def _later_names(xml: bytes, index: int) -> Iterator[Edit]:
    """Cut the names of sheet ``index``, and let those of later sheets follow these down."""
    for span in find_spans(xml, ("definedName",)):
        own = span.attributes.get(LOCAL, "")
        if own == str(index):
            yield span.start, span.end, b""
        elif whole(own) and int(own) > index:
            yield with_attribute(xml, span, LOCAL, str(int(own) - 1))


def _views(xml: bytes, sheets: Sequence[Span], index: int) -> Iterator[Edit]:
    """Let each window show the sheet that it showed before, or else the first that is to be seen."""
    first = next((number for number, sheet in enumerate(sheets) if number != index and _visible(sheet)), 0)
    for view in find_spans(xml, ("workbookView",)):
        for attribute in ("firstSheet", "activeTab"):
            shown = view.attributes.get(attribute, "")
            if whole(shown) and int(shown) >= index:
                kept = first if int(shown) == index else int(shown)
                yield with_attribute(xml, view, attribute, str(kept - (kept > index)))
