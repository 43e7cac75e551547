"""Cells such as no form expects: absurd places, odd values, formulas of all kinds; and floods of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xxgk.xlsx.book import open_book
from xxgk.xlsx.package import DAMAGED, TOO_BIG

from support.hostile_base import (
    ADDRESS,
    CELL,
    PART,
    PARTS,
    SHEET,
    SOUND,
    VALUES,
    Kind,
    Read,
    Refused,
    after_data,
    altered,
    archived,
    noise,
    with_cell,
    with_data,
    with_rows,
    with_sheet_xml,
)
from support.workbooks import LAYOUT

SOUND_VALUE = str(VALUES[ADDRESS])
UNREAD = ("V106",)
LONG = "长" * 33_000


def number(text: str) -> bytes:
    return with_cell(f'<c r="@"><v>{text}</v></c>')


def text(value: str) -> bytes:
    return with_cell(f'<c r="@" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>')


def without_references() -> bytes:
    """Return the workbook with a sheet whose cells and rows do not say where they are, blank ones filled in."""
    rows = {}
    for row, cells in re.findall(r'(?s)<row r="([0-9]+)"[^<>]*?(?:/>|>(.*?)</row>)', SHEET):
        written = re.findall(r'(?s)(<c r="([A-Z]+)[0-9]+"[^<>]*?(?:/>|>.*?</c>))', cells)
        found = {column_of(at): cell for cell, at in written}
        rows[int(row)] = "".join(found.get(n, "<c/>") for n in range(1, max(found, default=0) + 1))
    lines = "".join(f"<row>{rows.get(n, '')}</row>" for n in range(1, max(rows) + 1))
    bare = re.sub(r'<c r="[A-Z]+[0-9]+"', "<c", lines)
    return with_data(bare)


def column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def flood(cell: str, rows: int, columns: int) -> bytes:
    """Return the workbook with a block of equal cells far below the table; ``@`` stands for the reference."""
    letters = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(columns)]
    line = "".join(cell.replace("@", f"{column}@") for column in letters)
    row = f'<row r="@">{line}</row>'
    return with_rows("".join(row.replace("@", str(1_000 + number)) for number in range(rows)))


def shuffled_rows() -> bytes:
    """Return the workbook with the rows of a sheet in reverse order."""
    rows = re.findall(r"(?s)<row [^<>]*?(?:/>|>.*?</row>)", SHEET)
    return with_data("".join(reversed(rows)))


def _odd_places() -> Iterator[Kind]:
    same, damaged = Read(), Refused(DAMAGED)
    for label, at in (
        ("last", "XFD1048576"), ("beyond", "XFE1048577"), ("absurd", "ZZZZ99999999"),
        ("no-row", "A"), ("no-column", "9"), ("lower-case", "zz95"), ("dollars", "$A$95"), ("blank", " "),
        ("other-script", "甲95"), ("range", "A95:B96"), ("minus", "A-1"), ("vast", "A" + "9" * 10_000),
        ("letters", "A" * 10_000 + "1"), ("arabic", "A٩٥"),
    ):  # fmt: skip
        yield Kind(
            f"cell-at-{label}.xlsx", lambda at=at: with_rows(f'<row r="95"><c r="{at}"><v>7</v></c></row>'), same
        )
    yield Kind(
        "cell-in-lower-case.xlsx",
        lambda: altered(PART, (f'<c r="{CELL.ref}"', f'<c r="{CELL.ref.lower()}"')),
        Read(("V101",), {ADDRESS: None}),
    )
    outside = Read(("S110",))
    yield Kind("cell-at-row-0.xlsx", lambda: with_rows('<row r="95"><c r="A0"><v>7</v></c></row>'), outside)
    for label, row, counted in (("word", "x", damaged), ("negative", "-5", same), ("vast", "9" * 5_000, damaged),
                                ("0", "0", outside), ("decimal", "1.5", damaged), ("empty", "", damaged)):  # fmt: skip
        referred = f'<row r="{row}"><c r="A95"><v>7</v></c></row>'
        yield Kind(f"row-{label}.xlsx", lambda referred=referred: with_rows(referred), outside)
        bare = f'<row r="{row}"><c><v>7</v></c></row>'
        yield Kind(f"row-{label}-no-reference.xlsx", lambda bare=bare: with_rows(bare), counted)
    yield Kind("no-references.xlsx", without_references, same)
    yield Kind("rows-reversed.xlsx", shuffled_rows, same)
    yield Kind("cell-without-reference.xlsx", lambda: with_rows('<row r="95"><c><v>7</v></c></row>'), outside)
    for label, area in (
        ("absurd", "A1:XFD1048576"),
        ("nonsense", "x"),
        ("tiny", "A1"),
        ("beyond", "ZZZZ9:A99999999999"),
    ):
        changed = re.sub('<dimension ref="[^"]*"', f'<dimension ref="{area}"', SHEET)
        yield Kind(f"dimension-{label}.xlsx", lambda changed=changed: with_sheet_xml(changed.encode()), same)


def _values() -> Iterator[Kind]:
    balance = ("A101", "S114")  # the stored totals no longer agree either
    for label, value in (
        ("1e400", "1e400"), ("nan", "NaN"), ("inf", "INF"), ("30-digits", "1" * 30), ("word", "abc"),
        ("arabic", "٣"), ("full-width", "１２"), ("spaces", "1 2"), ("5000-digits", "9" * 5_000),
    ):  # fmt: skip
        yield Kind(f"number-{label}.xlsx", lambda value=value: number(value), Read(UNREAD, {ADDRESS: f"?{value}"}))
    yield Kind("number-minus-0.xlsx", lambda: number("-0"), Read(balance, {ADDRESS: "0"}))
    yield Kind("number-tiny.xlsx", lambda: number("1e-320"), Read(balance, {ADDRESS: "9.99988867182683E-321"}))
    yield Kind("number-fraction.xlsx", lambda: number("1.5"), Read((*balance, "V102"), {ADDRESS: "1.5"}))
    yield Kind("number-negative.xlsx", lambda: number("-3"), Read((*balance, "V102"), {ADDRESS: "-3"}))
    noisy = f"{int(SOUND_VALUE) - 1}.99999999999999999"
    yield Kind("number-17-digits.xlsx", lambda: number(noisy), Read())
    yield Kind("number-exponent.xlsx", lambda: number(f"{SOUND_VALUE}E+0"), Read())
    for error in ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", ""):
        name = re.sub(r"\W", "", error) or "blank"
        seen = Read(UNREAD, {ADDRESS: f"?{error}"})
        yield Kind(f"error-{name}.xlsx", lambda error=error: with_cell(f'<c r="@" t="e"><v>{error}</v></c>'), seen)
    yield Kind("boolean.xlsx", lambda: with_cell('<c r="@" t="b"><v>1</v></c>'), Read(UNREAD, {ADDRESS: "?TRUE"}))
    yield Kind(
        "boolean-odd.xlsx", lambda: with_cell('<c r="@" t="b"><v>maybe</v></c>'), Read(UNREAD, {ADDRESS: "?TRUE"})
    )
    yield Kind("unknown-type.xlsx", lambda: with_cell('<c r="@" t="zz"><v>7</v></c>'), Read(balance, {ADDRESS: "7"}))
    yield Kind(
        "iso-date.xlsx",
        lambda: with_cell('<c r="@" t="d"><v>2024-01-23</v></c>'),
        Read(UNREAD, {ADDRESS: "?2024-01-23"}),
    )
    yield Kind("text-digits.xlsx", lambda: text(SOUND_VALUE), Read(("V104",)))
    yield Kind("text-arabic.xlsx", lambda: text("٣"), Read(UNREAD, {ADDRESS: "?٣"}))
    yield Kind("text-formula.xlsx", lambda: text("=1+1"), Read(UNREAD, {ADDRESS: "?=1+1"}))
    yield Kind("text-control.xlsx", lambda: text("_x0000_"), Read(("V101",), {ADDRESS: None}))
    yield Kind("text-surrogate.xlsx", lambda: text("_xD800_"), Read(UNREAD, {ADDRESS: "?_xD800_"}))
    yield Kind("text-surrogates.xlsx", lambda: text("_xD83D__xDE00_"), Read(UNREAD, {ADDRESS: "?_xD83D__xDE00_"}))
    yield Kind("text-noncharacter.xlsx", lambda: text("_xFFFF_"), Read(UNREAD, {ADDRESS: "?\uffff"}))
    yield Kind("text-long.xlsx", lambda: text(LONG), Read(UNREAD, {ADDRESS: f"?{LONG}"}))
    yield Kind("text-spaces.xlsx", lambda: text("　 \u200b"), Read(("V101",), {ADDRESS: None}))
    yield Kind("text-digits-5000.xlsx", lambda: text("9" * 5_000), Read(UNREAD, {ADDRESS: f"?{'9' * 5_000}"}))
    runs = "".join(f"<r><rPr><b/></rPr><t>{digit}</t></r>" for digit in SOUND_VALUE)
    rich = f'<c r="@" t="inlineStr"><is>{runs}<rPh sb="0" eb="1"><t>9</t></rPh></is></c>'
    yield Kind("rich-text.xlsx", lambda: with_cell(rich), Read(("V104",)))
    yield Kind("twice.xlsx", lambda: with_cell(f'<c r="@"><v>1</v></c><c r="@"><v>{SOUND_VALUE}</v></c>'), Read())
    yield Kind("two-values.xlsx", lambda: with_cell(f'<c r="@"><v>1</v><v>{SOUND_VALUE}</v></c>'), Read())


def _formulas() -> Iterator[Kind]:
    said = Read(("S105",))
    cached = f"<v>{SOUND_VALUE}</v>"
    for label, formula in (
        ("plain", "<f>1+1</f>"), ("external", "<f>[1]Sheet1!A1</f>"), ("dde", "<f>cmd|'/c calc'!A1</f>"),
        ("shared", '<f t="shared" ref="E8:E9" si="0">1+1</f>'), ("shared-user", '<f t="shared" si="77"/>'),
        ("array", '<f t="array" ref="E8:XFD1048576">1+1</f>'),
        ("table", '<f t="dataTable" ref="E8" dt2D="1" r1="A1"/>'),
        ("web", '<f>WEBSERVICE("http://localhost:9")</f>'),
        ("long", f"<f>{'1+' * 100_000}1</f>"), ("deep", f"<f>{'(' * 100_000}1{')' * 100_000}</f>"),
    ):  # fmt: skip
        yield Kind(f"formula-{label}.xlsx", lambda formula=formula: with_cell(f'<c r="@">{formula}{cached}</c>'), said)
    without = Read(("S105", "V101"), {ADDRESS: None})
    yield Kind("formula-no-value.xlsx", lambda: with_cell('<c r="@"><f>1+1</f></c>'), without)
    yield Kind("formula-empty-text.xlsx", lambda: with_cell('<c r="@" t="str"><f>A1</f><v></v></c>'), without)
    yield Kind(
        "formula-text.xlsx", lambda: with_cell(f'<c r="@" t="str"><f>A1</f>{cached}</c>'), Read(("S105", "V104"))
    )
    yield Kind(
        "formula-error.xlsx",
        lambda: with_cell('<c r="@" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        Read(("V106",), {ADDRESS: "?#DIV/0!"}),
    )


def _texts() -> Iterator[Kind]:
    """Yield long texts where people write: a rule that looks at each must not take for ever."""
    twice, long, blank, place, lacking = "W101", "W105", "P101", "W106", "P108"
    shapes = (
        ("甲" * 33_000, (twice, long)), ("一是" * 16_000, (twice, long)), ("甲乙丙丁戊己庚辛" * 4_000, (twice, long)),
        ("（" * 33_000, (long, "W132")), ("，" * 33_000, (long, "W131", "W134")),
        ("9" * 33_000, (long,)), ("1." * 16_000, (long,)), ("1、" * 16_000, (long, "W131")),
        ("（一）" * 11_000, (long,)), ("{" * 33_000, (long, place)),
        (" " * 33_000, (blank,)), ("\n" * 33_000, (blank,)),
    )  # fmt: skip
    for number, (prose, codes) in enumerate(shapes):
        lost = {"narrative.overview.0": None if blank in codes else f"0 {prose}"}
        found = codes if blank in codes else (*codes, lacking)
        yield Kind(f"long-paragraph-{number}.xlsx", lambda prose=prose: paragraph(prose), Read(found, lost))
    yield Kind("vast-paragraph.xlsx", lambda: paragraph(noise(3_000_000)), Refused("文件"))


def paragraph(text: str) -> bytes:
    """Return the workbook with this paragraph as the only one of a part."""
    slot = LAYOUT.slots["overview"]
    part = open_book(SOUND).sheets[slot.sheet]
    at = f'<c r="C{slot.row}"'
    cell = f'{at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    xml = re.sub(rf"(?s){at}[^<>]*?(?:/>|>.*?</c>)", lambda _: cell, PARTS[part].decode())
    return archived({**PARTS, part: xml.encode()}.items())


def _floods() -> Iterator[Kind]:
    same, too_big = Read(), Refused(TOO_BIG)
    styled = '<row r="{0}" spans="1:9" s="1" customFormat="1"><c r="A{0}" s="1"/><c r="B{0}" s="1"/></row>'
    yield Kind("bloat.xlsx", lambda: with_rows("".join(styled.format(n) for n in range(1_000, 201_000))), same)
    yield Kind("bloat-rows.xlsx", lambda: with_rows("".join(f'<row r="{n}"/>' for n in range(1_000, 201_000))), same)
    yield Kind("two-million-cells.xlsx", lambda: flood('<c r="@"><v>1</v></c>', 4_100, 500), too_big)
    yield Kind("half-a-million-odd-cells.xlsx", lambda: flood('<c x="" r="@"><v>1</v></c>', 1_000, 500), too_big)
    yield Kind("two-million-bare-cells.xlsx", lambda: with_data("<row><c><v>1</v></c></row>" * 2_100_000), too_big)
    yield Kind(
        "same-cell-again.xlsx",
        lambda: with_rows('<row r="95">' + '<c x="" r="A95"><v>1</v></c>' * 1_000_000 + "</row>"),
        Refused("文件"),
    )
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1_000, 101_000))
    for label, merged in (("sheet", '<mergeCell ref="A1:XFD1048576"/>'), ("million", '<mergeCell ref="A100:ALL1099"/>'),
                          ("many", merges), ("nonsense", '<mergeCell ref="x"/><mergeCell/>')):  # fmt: skip
        expected = Refused("文件") if label in ("sheet", "million") else same
        sheet = re.sub("<mergeCells.*?</mergeCells>", "", SHEET)
        xml = sheet.replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")
        yield Kind(f"merge-{label}.xlsx", lambda xml=xml: with_sheet_xml(xml.encode()), expected)
    rule = '<cfRule type="expression" priority="1"><formula>1</formula></cfRule>'
    format_all = f'<conditionalFormatting sqref="A1:XFD1048576">{rule}</conditionalFormatting>'
    yield Kind("many-formats.xlsx", lambda: after_data(format_all * 20_000), same)


KINDS = (*_odd_places(), *_values(), *_formulas(), *_texts(), *_floods())
