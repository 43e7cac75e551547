"""Parts that are no honest XML: bombs, entities, encodings, depths; and XML that only looks unusual."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xxgk.xlsx.package import MEBIBYTE
from xxgk.xlsx.xmlstream import STRICT, TRANSITIONAL

from support.hostile_base import (
    ADDRESS,
    AS_DAMAGED,
    AS_TOO_BIG,
    AS_UNSAFE,
    BOOK,
    CELL,
    PART,
    PARTS,
    SAME,
    SHEET,
    STRINGS,
    Kind,
    Read,
    Refused,
    after_data,
    altered,
    archived,
    by_xlsxwriter,
    noise,
    padding,
    with_cell,
    with_sheet_xml,
)
from support.packages import packed, parts_of

HEAD = SHEET[: SHEET.index("<worksheet")]
ROOT = f'<worksheet xmlns="{TRANSITIONAL}"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument"
STRINGS_RELATION = (
    f'<Relationship Type="{OFFICE}/relationships/sharedStrings" Target="sharedStrings.xml" Id="rIdS"/></Relationships>'
)


def doctype(subset: str, use: str = "") -> bytes:
    """Return the workbook with a DOCTYPE in a sheet, and a cell that uses its entity."""
    xml = SHEET.replace("<worksheet", f"<!DOCTYPE worksheet {subset}><worksheet", 1)
    row = f'<row r="90"><c r="A90" t="str"><v>{use}</v></c></row>'
    return with_sheet_xml(xml.replace("</sheetData>", f"{row}</sheetData>").encode())


def laughs() -> str:
    """Return the definitions of a billion laughs."""
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    return f"[{''.join(lines)}]"


def encoded(encoding: str, declared: str) -> bytes:
    """Return the workbook with a sheet in ``encoding`` that says it is in ``declared``."""
    return with_sheet_xml(SHEET.replace("UTF-8", declared, 1).encode(encoding))


def all_encoded(encoding: str) -> bytes:
    """Return the workbook with every XML part in ``encoding`` and saying so."""
    return packed({name: data.decode().replace("UTF-8", encoding, 1).encode(encoding) for name, data in PARTS.items()})


def deep(levels: int) -> bytes:
    return after_data("<a>" * levels + "</a>" * levels)


def with_attributes(shape: str, count: int) -> str:
    return f"<a {' '.join(shape.format(number) for number in range(count))}/>"


def prefixed() -> bytes:
    """Return the workbook with all elements of sheets and workbook under a prefix."""
    parts = dict(PARTS)
    for name, data in PARTS.items():
        if name == BOOK or name.startswith("xl/worksheets/sheet"):
            xml = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", data.decode())
            parts[name] = xml.replace(f'xmlns="{TRANSITIONAL}"', f'xmlns:x="{TRANSITIONAL}"', 1).encode()
    return archived(parts.items())


def strict() -> bytes:
    """Return the workbook as a strict one: other namespaces and types of relations."""
    changed = {}
    for name, data in PARTS.items():
        xml = data.decode().replace(TRANSITIONAL, STRICT)
        changed[name] = xml.replace(f"{OFFICE}/relationships", f"{STRICT_OFFICE}/relationships").encode()
    return archived(changed.items())


def commented_everywhere() -> bytes:
    """Return the workbook with comments, instructions and CDATA wherever XML allows them in a sheet."""
    xml = re.sub(r"<v>([0-9]+)</v>", r"<v><!-- 7 --><![CDATA[\1]]><?y 8?></v>", SHEET)
    xml = re.sub(r"<t>([^<&]+)</t>", r"<t><![CDATA[\1]]></t>", xml)
    return with_sheet_xml(xml.replace("<row ", f"<!-- <c r='{CELL.ref}'><v>9</v></c> --><?x y?><row ").encode())


def with_strings(xml: str | bytes) -> bytes:
    """Return the workbook with a table of shared strings that nothing uses."""
    data = xml.encode() if isinstance(xml, str) else xml
    relations = "xl/_rels/workbook.xml.rels"
    return packed(
        {
            **PARTS,
            relations: PARTS[relations].replace(b"</Relationships>", STRINGS_RELATION.encode()),
            STRINGS: data,
        }
    )


def runs(count: int) -> str:
    """Return the runs of a rich text."""
    return "".join(f"<r><t>{number}</t></r>" for number in range(count))


def strings_part(content: str) -> bytes:
    return with_strings(f'{HEAD}<sst xmlns="{TRANSITIONAL}">{content}</sst>')


def indexed(index: str) -> bytes:
    """Return the workbook as XlsxWriter writes it, with one label's index of a shared string spoilt."""
    parts = parts_of(by_xlsxwriter())
    label = f'<c r="B{CELL.row}" t="s"><v>'
    return altered(PART, (label, f'{label}{index}</v></c><c r="A1"><v>'), parts=parts)


def strings_all(text: str) -> bytes:
    """Return the workbook with one long shared string standing in every cell of a sheet that has text."""
    parts = parts_of(by_xlsxwriter())
    index = parts[STRINGS].count(b"<si>")
    parts[STRINGS] = parts[STRINGS].replace(b"</sst>", f"<si><t>{text}</t></si></sst>".encode())
    parts[PART] = re.sub(rb't="s"><v>[0-9]+', b't="s"><v>%d' % index, parts[PART])
    return archived(parts.items())


def _attacks() -> Iterator[Kind]:
    yield Kind("billion-laughs.xlsx", lambda: doctype(laughs(), "&a9;"), AS_UNSAFE)
    yield Kind("quadratic-bomb.xlsx", lambda: doctype(f'[<!ENTITY a "{"x" * 50_000}">]', "&a;" * 50_000), AS_UNSAFE)
    yield Kind("external-entity.xlsx", lambda: doctype('[<!ENTITY a SYSTEM "file:///etc/passwd">]', "&a;"), AS_UNSAFE)
    yield Kind("external-dtd.xlsx", lambda: doctype('SYSTEM "http://localhost:9/x.dtd"'), AS_UNSAFE)
    yield Kind("parameter-entity.xlsx", lambda: doctype('[<!ENTITY % a SYSTEM "http://localhost:9/x">%a;]'), AS_UNSAFE)
    yield Kind("empty-doctype.xlsx", lambda: doctype(""), AS_UNSAFE)
    yield Kind("doctype-in-the-workbook.xlsx", lambda: altered(BOOK, ("<workbook", "<!DOCTYPE a><workbook")), AS_UNSAFE)
    relations = "xl/_rels/workbook.xml.rels"
    yield Kind("doctype-in-relations.xlsx",
               lambda: altered(relations, ("<Relationships", "<!DOCTYPE a><Relationships")), AS_UNSAFE)  # fmt: skip
    yield Kind("unknown-entity.xlsx", lambda: with_cell('<c r="@"><v>&nbsp;</v></c>'),
               Read(("V106",), {ADDRESS: "?&nbsp;"}))  # fmt: skip
    include = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    yield Kind("xinclude.xlsx", lambda: after_data(include), SAME)


def _encodings() -> Iterator[Kind]:
    yield Kind("utf-16.xlsx", lambda: encoded("utf-16", "UTF-16"), SAME)
    yield Kind("utf-16-all.xlsx", lambda: all_encoded("UTF-16"), SAME)
    yield Kind("utf-16-undeclared.xlsx", lambda: encoded("utf-16", "UTF-8"), AS_DAMAGED)
    yield Kind("utf-8-bom.xlsx", lambda: encoded("utf-8-sig", "UTF-8"), SAME)
    yield Kind("gbk-declared.xlsx", lambda: encoded("gb18030", "GBK"), AS_DAMAGED)
    yield Kind("gbk-said-utf-8.xlsx", lambda: encoded("gb18030", "UTF-8"), AS_DAMAGED)
    yield Kind("utf-8-said-utf-16.xlsx", lambda: encoded("utf-8", "UTF-16"), AS_DAMAGED)
    yield Kind("utf-7.xlsx", lambda: encoded("utf-7", "UTF-7"), AS_DAMAGED)
    yield Kind("unknown-encoding.xlsx", lambda: encoded("utf-8", "x-none"), AS_DAMAGED)
    yield Kind(
        "nul-bytes.xlsx", lambda: with_sheet_xml(SHEET.replace("</sheetData>", "\0</sheetData>").encode()), AS_DAMAGED
    )
    yield Kind("control-characters.xlsx", lambda: with_cell('<c r="@" t="str"><v>1\x01</v></c>'), AS_DAMAGED)
    yield Kind("surrogate-reference.xlsx", lambda: with_cell('<c r="@" t="str"><v>&#xD800;</v></c>'), AS_DAMAGED)


def _broken() -> Iterator[Kind]:
    yield Kind("cut-off-part.xlsx", lambda: with_sheet_xml(SHEET[: len(SHEET) // 2].encode()), AS_DAMAGED)
    yield Kind("empty-part.xlsx", lambda: with_sheet_xml(b""), AS_DAMAGED)
    yield Kind("two-roots.xlsx", lambda: with_sheet_xml((SHEET + SHEET[len(HEAD) :]).encode()), AS_DAMAGED)
    yield Kind("binary-part.xlsx", lambda: with_sheet_xml(bytes(range(256)) * 50), AS_DAMAGED)
    yield Kind("crossed-tags.xlsx", lambda: after_data("<a><b></a></b>"), SAME)


def _large() -> Iterator[Kind]:
    yield Kind("deep.xlsx", lambda: deep(100_000), SAME)
    yield Kind("deep-in-a-cell.xlsx",
               lambda: with_cell(f'<c r="@"><v>{"<a>" * 100_000}{"</a>" * 100_000}</v></c>'),
               Read(("V101",), {ADDRESS: None}))  # fmt: skip
    yield Kind("huge-attribute.xlsx", lambda: after_data(f'<a b="{noise(3_000_000)}"/>'), AS_TOO_BIG)
    yield Kind("many-attributes.xlsx", lambda: after_data(with_attributes("b{0}='x'", 100_000)), SAME)
    yield Kind("many-prefixes.xlsx",
               lambda: after_data(with_attributes("xmlns:p{0}='urn:{0}'", 50_000)), AS_TOO_BIG)  # fmt: skip
    yield Kind("huge-tag.xlsx", lambda: after_data(f"<a{noise(3_000_000)}/>"), AS_TOO_BIG)
    yield Kind("many-tags.xlsx", lambda: after_data("".join(f"<a{n}/>" for n in range(100_000))), SAME)
    yield Kind("many-tags-in-data.xlsx",
               lambda: altered(PART, ("</sheetData>", "".join(f"<a{n}/>" for n in range(100_000)) + "</sheetData>")),
               SAME)  # fmt: skip
    yield Kind(
        "unclosed-token.xlsx",
        lambda: with_sheet_xml(f"{SHEET[:500]}<!--{padding(40)}".encode()),
        Refused("文件"),
    )
    yield Kind("large-token.xlsx", lambda: after_data(f"<!--{padding(40)}-->"), Refused("文件"))
    yield Kind("large-text.xlsx", lambda: with_cell(f'<c r="@"><v>{padding(40)}</v></c>'), Refused("文件"))


def _unusual() -> Iterator[Kind]:
    yield Kind("comments-everywhere.xlsx", commented_everywhere, SAME)
    yield Kind("prefixed.xlsx", prefixed, SAME)
    yield Kind("strict.xlsx", strict, SAME)
    yield Kind("wrong-namespace.xlsx", lambda: altered(PART, (TRANSITIONAL, "urn:other")), AS_DAMAGED)
    yield Kind("no-namespace.xlsx", lambda: altered(PART, (f' xmlns="{TRANSITIONAL}"', "")), AS_DAMAGED)
    yield Kind("no-sheet-data.xlsx", lambda: with_sheet_xml(f"{HEAD}{ROOT}/>".encode()), AS_DAMAGED)


def _strings() -> Iterator[Kind]:
    yield Kind("unused-strings.xlsx", lambda: strings_part("<si><t>a</t></si>" * 1_000), SAME)
    yield Kind("two-million-strings.xlsx",
               lambda: strings_part("".join(map("<si><t>{}</t></si>".format, range(2_050_000)))),
               AS_TOO_BIG)  # fmt: skip
    yield Kind("one-huge-string.xlsx", lambda: strings_part(f"<si><t>{noise(3_000_000)}</t></si>"), AS_TOO_BIG)
    yield Kind("one-string-of-runs.xlsx", lambda: strings_part(f"<si>{runs(150_000)}</si>"), SAME)
    yield Kind("noise-in-strings.xlsx", lambda: strings_part("<x/>" * 30 * (MEBIBYTE // 4)), Refused("文件"))
    yield Kind("one-cell-of-runs.xlsx",
               lambda: with_cell(f'<c r="@" t="inlineStr"><is>{runs(150_000)}</is></c>'), AS_TOO_BIG)  # fmt: skip
    yield Kind("one-string-in-every-cell.xlsx", lambda: strings_all(noise(3_000_000)), AS_TOO_BIG)
    yield Kind("strings-missing.xlsx", without_strings, AS_DAMAGED)
    for label, index in (
        ("beyond", "999999"),
        ("huge", "9" * 400),
        ("vast", "9" * 5_000),
        ("negative", "-1"),
        ("word", "x"),
        ("none", ""),
        ("decimal", "1.0"),
        ("superscript", "²"),
        ("arabic", "٣"),
    ):
        yield Kind(f"string-index-{label}.xlsx", lambda index=index: indexed(index), AS_DAMAGED)


def without_strings() -> bytes:
    parts = parts_of(by_xlsxwriter())
    del parts[STRINGS]
    return archived(parts.items())


KINDS = (*_attacks(), *_encodings(), *_broken(), *_large(), *_unusual(), *_strings())
