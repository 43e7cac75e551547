"""Cells of a workbook replaced in its bytes; everything else stays as the last program wrote it.

Styles, validations, conditional formats, names, comments, macros and whatever else a library would
drop or rewrite survive, since nobody reads them.
"""

from __future__ import annotations

from collections.abc import Mapping

from xxgk.xlsx.book import Book, open_book, relations_part
from xxgk.xlsx.package import CONTENT_TYPES
from xxgk.xlsx.repack import repack
from xxgk.xlsx.sheetpatch import CellChange, patch_sheet
from xxgk.xlsx.spans import Edit, find_spans, splice, with_attribute

CALC_CHAIN = "calcChain.xml"
# What stands before <calcPr> in a workbook part, last first.
BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")
RECALCULATE = "fullCalcOnLoad"


Changes = Mapping[str, Mapping[tuple[int, int], CellChange]]


def patch(data: bytes, changes: Changes) -> bytes:
    """Return the workbook ``data`` with ``changes`` made: sheet name → (row, column) → new content.

    Styles of the cells stay; the program that opens the file next recalculates it. Raise
    ``UnreadableWorkbook`` for a damaged file, ``KeyError`` for a sheet that it does not have.
    """
    return patch_book(open_book(data), changes)


def patch_book(book: Book, changes: Changes) -> bytes:
    """Do as ``patch`` does, with a workbook that is open already."""
    replaced: dict[str, bytes] = {}
    formula_lost = False
    for sheet, cells in changes.items():
        part = book.sheets[sheet]
        patched = patch_sheet(book.package.read(part), cells)
        replaced[part] = patched.xml
        formula_lost = formula_lost or patched.formula_lost
    replaced[book.part] = _recalculating(book.package.read(book.part))
    if not formula_lost:
        return repack(book.package, replaced)
    # Excel calls a file damaged whose calculation chain names a cell without a formula; it makes a new one.
    chain = f"{book.part.rpartition('/')[0]}/{CALC_CHAIN}"
    for part in (CONTENT_TYPES, relations_part(book.part)):
        replaced[part] = _without_calc_chain(book.package.read(part))
    return repack(book.package, replaced, (chain,))


def _recalculating(xml: bytes) -> bytes:
    """Return the workbook part with the order to calculate all formulas when it is opened."""
    spans = find_spans(xml, ("calcPr", *BEFORE_CALCULATION))
    existing = next((span for span in spans if span.name == "calcPr"), None)
    if existing is not None:
        return splice(xml, [with_attribute(xml, existing, RECALCULATE, "1")])
    before = next(span for name in BEFORE_CALCULATION for span in spans if span.name == name)
    new = f'<{before.prefix}calcPr {RECALCULATE}="1"/>'
    return splice(xml, [(before.end, before.end, new.encode())])


def _without_calc_chain(xml: bytes) -> bytes:
    """Return a content types or relations part without its entry for the calculation chain."""
    edits: list[Edit] = []
    for span in find_spans(xml, ("Override", "Relationship")):
        target = span.attributes.get("PartName", span.attributes.get("Target", ""))
        if target.rpartition("/")[2].lower() == CALC_CHAIN.lower():
            edits.append((span.start, span.end, b""))
    return splice(xml, edits)
