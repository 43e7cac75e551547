"""Workbooks whose parts, sheets and names are not what they should be, or that carry more than they should."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.xlsx.package import DAMAGED
from xxgk.xlsx.references import quoted

from support.hostile_base import (
    BOOK,
    CELL,
    PART,
    PARTS,
    TYPES,
    Kind,
    Read,
    Refused,
    after_data,
    altered,
    archived,
    by_openpyxl,
    by_xlsxwriter,
    noise,
    padding,
)
from support.workbooks import LAYOUT

QUOTE = "'"
SHEET_4 = f'"/{PART}"'
RELATIONS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
APPLICATIONS = LAYOUT.slots["applications"]
NAMED = f'<definedName name="{APPLICATIONS.name}">'
AREA = f"{quoted(APPLICATIONS.sheet)}!$B$5:$K$32"


def relation(kind: str, target: str, mode: str = "") -> bytes:
    """Return the workbook with one more relation of the workbook part."""
    added = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return altered(RELATIONS, ("</Relationships>", added))


def with_part(name: str, data: bytes, kind: str) -> bytes:
    """Return the workbook with one more part, and the relation that leads to it."""
    added = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="/{name}"/></Relationships>'.encode()
    relations = PARTS[RELATIONS].replace(b"</Relationships>", added)
    return archived({**PARTS, RELATIONS: relations, name: data}.items())


def names(xml: str) -> bytes:
    return altered(BOOK, ("</definedNames>", f"{xml}</definedNames>"))


def renamed_area(text: str) -> bytes:
    """Return the workbook with the name of a table standing for ``text``."""
    return altered(BOOK, (f"{NAMED}{AREA}", f"{NAMED}{text}"))


def many_sheets(count: int) -> bytes:
    """Return the workbook with ``count`` more sheets, whose parts are missing."""
    sheets = "".join(f'<sheet name="n{n}" sheetId="{n + 100}" r:id="n{n}"/>' for n in range(count))
    return altered(BOOK, ("</sheets>", f"{sheets}</sheets>"))


def moved_book() -> bytes:
    """Return the workbook with its workbook part in another folder."""
    parts = dict(PARTS)
    parts["other/deep/book.xml"] = parts.pop(BOOK)
    relations = parts.pop(RELATIONS)
    for target in (b"styles", b"theme"):
        relations = relations.replace(b'Target="' + target, b'Target="/xl/' + target)
    parts["other/deep/_rels/book.xml.rels"] = relations
    for name in (TYPES, "_rels/.rels"):
        parts[name] = parts[name].replace(BOOK.encode(), b"other/deep/book.xml")
    return archived(parts.items())


def _sheets() -> Iterator[Kind]:
    damaged, same = Refused(DAMAGED), Read()
    lost = Read(("S103",), lost="applications.")
    yield Kind("by-openpyxl.xlsx", by_openpyxl, same)
    yield Kind("by-xlsxwriter.xlsx", by_xlsxwriter, Read(("S114",)))  # stores 0 in every formula
    yield Kind("workbook-elsewhere.xlsx", moved_book, same)
    yield Kind("sheet-part-missing.xlsx", lambda: archived((n, d) for n, d in PARTS.items() if n != PART),
               lost)  # fmt: skip
    yield Kind("no-book-relations.xlsx", lambda: archived((n, d) for n, d in PARTS.items() if n != RELATIONS),
               damaged)  # fmt: skip
    yield Kind(
        "no-sheets.xlsx",
        lambda: altered(BOOK, ("<sheets>", "<!--"), ("</sheets>", "-->")),
        Refused("不是 Excel 工作簿"),
    )
    yield Kind("10000-sheets.xlsx", lambda: many_sheets(10_000), same)
    yield Kind("sheet-name-twice.xlsx",
               lambda: altered(BOOK, ("</sheets>", f'<sheet name="{CELL.sheet}" sheetId="99" r:id="rId1"/></sheets>')),
               Refused("文件"))  # fmt: skip
    long_name = "长" * 100_000
    yield Kind("sheet-name-long.xlsx",
               lambda: altered(BOOK, ("</sheets>", f'<sheet name="{long_name}" sheetId="99" r:id="none"/></sheets>')),
               same)  # fmt: skip
    named = f'name="{CELL.sheet}"'
    for state in ("hidden", "veryHidden", "odd"):
        old = f'{named} sheetId="4" state="visible"'
        yield Kind(
            f"sheet-{state}.xlsx",
            lambda old=old, state=state: altered(BOOK, (old, old.replace("visible", state))),
            Read(("S111",)),
        )
    yield Kind("sheet-external.xlsx",
               lambda: altered(RELATIONS, (SHEET_4, '"http://localhost:9/s" TargetMode="External"')),
               lost)  # fmt: skip
    yield Kind("sheet-outside.xlsx", lambda: altered(RELATIONS, (SHEET_4, '"../../../etc/passwd"')),
               lost)  # fmt: skip
    yield Kind("relation-loop.xlsx", lambda: altered(RELATIONS, (SHEET_4, '"workbook.xml"')), damaged)
    yield Kind(
        "1904.xlsx",
        lambda: altered(BOOK, ("<workbookPr", '<workbookPr date1904="1"')),
        Read(("P104",), {"date": "2028-01-21"}),
    )


def _names() -> Iterator[Kind]:
    same, lost_name = Read(), Read(("S115",))
    plain = "<definedName name=\"n{0}\">'x'!$A$1</definedName>"
    yield Kind("100000-names.xlsx", lambda: names("".join(plain.format(n) for n in range(100_000))), same)
    yield Kind("names-of-print.xlsx",
               lambda: names('<definedName name="_xlnm.Print_Area" localSheetId="0">$A:$XFD</definedName>'),
               same)  # fmt: skip
    yield Kind("defined-name-twice.xlsx", lambda: names(f"{NAMED}{AREA}</definedName>"), same)
    yield Kind(
        "name-endless.xlsx", lambda: names(f'<definedName name="x">{noise(3_000_000)}</definedName>'), Refused("文件")
    )
    yield Kind("name-vast.xlsx", lambda: names(f'<definedName name="x">{padding(40)}</definedName>'),
               Refused("文件"))  # fmt: skip
    yield Kind("name-quotes.xlsx", lambda: names(f'<definedName name="x">{QUOTE * 1_000_000}</definedName>'), same)
    for label, text in (
        ("broken", "#REF!"),
        ("other-book", "[1]Sheet1!$A$1"),
        ("no-sheet", "'没有'!$B$5:$K$32"),
        ("formula", "OFFSET(A1,1,1)"),
        ("empty", ""),
        ("union", f"{AREA},{AREA}"),
    ):
        yield Kind(f"table-name-{label}.xlsx", lambda text=text: renamed_area(text), lost_name)
    for label, area in (("huge", "$A$1:$XFD$1048576"), ("absurd", "$A$1:$ZZZ$9999999"), ("cell", "$A$1")):
        text = f"{quoted(APPLICATIONS.sheet)}!{area}"
        yield Kind(
            f"table-name-{label}.xlsx",
            lambda text=text: renamed_area(text),
            lost_name,
        )


def _passengers() -> Iterator[Kind]:
    """Yield sound workbooks with something aboard that must be neither followed nor run."""
    same, said = Read(), Read(("S112",))
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    yield Kind("external-link.xlsx",
               lambda: with_part("xl/externalLinks/externalLink1.xml", link, "externalLink"), said)  # fmt: skip
    yield Kind(
        "external-relation.xlsx",
        lambda: relation("externalLink", "http://localhost:9/x", ' TargetMode="External"'),
        same,
    )
    yield Kind("macros.xlsx", lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf" * 500, "vbaProject"), said)
    yield Kind(
        "macro-sheet.xlsx",
        lambda: with_part("xl/macrosheets/sheet1.xml", b"<x/>", "xlMacrosheet"),
        said,
    )
    yield Kind(
        "embedded.xlsx",
        lambda: with_part("xl/embeddings/oleObject1.bin", b"\xd0\xcf" * 500, "oleObject"),
        said,
    )
    yield Kind(
        "links.xlsx", lambda: after_data('<hyperlinks><hyperlink ref="A1" location="x"/></hyperlinks>' * 1_000), same
    )
    yield Kind("signed.xlsx", lambda: archived([*PARTS.items(), ("_xmlsignatures/sig1.xml", b"<x/>")]), same)


KINDS = (*_sheets(), *_names(), *_passengers())
