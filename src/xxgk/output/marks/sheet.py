"""The list of findings as a sheet of the workbook."""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from xxgk.checks.finding import Finding, Value
from xxgk.output.marks.looks import CENTRED, HEADING, LINES, LINK, RULE, TEXT, TITLE, WORD_LOOKS
from xxgk.output.marks.table import COLUMNS, PLACE, SEVERITY, SHEET, Column, Row, rows_of, summary
from xxgk.workbook.measure import height_of, line_count
from xxgk.xlsx.a1 import column_letter
from xxgk.xlsx.conditional import formats
from xxgk.xlsx.references import quoted
from xxgk.xlsx.spans import ILLEGAL, escape
from xxgk.xlsx.xmlstream import TRANSITIONAL

SIZE = 11.0  # points
TOP = 4  # the first row of findings; above it title, summary, headings
HEADINGS = TOP - 1
LAST = column_letter(len(COLUMNS))
MERGED = tuple(f"A{row}:{LAST}{row}" for row in range(1, HEADINGS))
TITLE_HEIGHT, HEADING_HEIGHT = 26, 22  # points
TAB = "FFC00000"
PAGE = "&C第 &P 页，共 &N 页"


def area(findings: Sequence[Finding]) -> str:
    """Return the cells of the list, headings included, as a defined name has them."""
    return f"$A${HEADINGS}:${LAST}${HEADINGS + len(findings)}"


def sheet_xml(findings: Sequence[Finding], sheets: Collection[str], first_look: int, first_format: int) -> bytes:
    """Return the worksheet part that lists ``findings``. ``sheets`` are those that a finding may point into.

    ``first_look`` and ``first_format`` are the numbers that our conditional looks and cell formats begin with.
    """
    rows = rows_of(findings)
    words = summary(findings)
    tall = heights(words, rows)
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in MERGED)
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{TRANSITIONAL}"><sheetPr><tabColor rgb="{TAB}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{LAST}{HEADINGS + len(rows)}"/>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="{HEADINGS}" topLeftCell="A{TOP}" '
        f'activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A{TOP}" sqref="A{TOP}"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{_columns()}</cols><sheetData>{_head(words, tall, first_format)}"
        f"{''.join(_row(number, row, tall, first_format) for number, row in enumerate(rows, TOP))}</sheetData>"
        f'<mergeCells count="{len(MERGED)}">{merged}</mergeCells>'
        f"{formats(RULE, [(areas, first_look + look) for areas, look in looks(rows, sheets)], 1)}{_links(rows, sheets)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{escape(PAGE)}</oddFooter></headerFooter></worksheet>"
    )
    return xml.encode()


def heights(words: str, rows: Sequence[Row]) -> dict[int, float]:
    """Return how high each row of the sheet is, in points; ``words`` stand under the title."""
    found = {1: TITLE_HEIGHT, 2: _height([(words, sum(column.width for column in COLUMNS))]), HEADINGS: HEADING_HEIGHT}
    for number, row in enumerate(rows, TOP):
        shown = zip(COLUMNS, row.values, strict=True)
        found[number] = _height([(str(value), column.width) for column, value in shown if value is not None])
    return found


def is_centred(column: Column, value: Value) -> bool:
    """Tell whether a value of the list stands in the middle of its column; texts begin on the left."""
    return column.centred or not isinstance(value, str)


def looks(rows: Sequence[Row], sheets: Collection[str]) -> list[tuple[str, int]]:
    """Return areas of the sheet and their look, as its number in ``LOOKS``; of two on one cell the first counts."""
    word, place, end = column_letter(SEVERITY + 1), column_letter(PLACE + 1), HEADINGS + len(rows)
    found = [("A1", TITLE), (f"A{HEADINGS}:{LAST}{HEADINGS}", HEADING)]
    for severity, look in WORD_LOOKS.items():
        found.append((" ".join(f"{word}{TOP + n}" for n, row in enumerate(rows) if row.severity == severity), look))
    found.append((" ".join(f"{place}{TOP + n}" for n, row in enumerate(rows) if _points(row, sheets)), LINK))
    found.append((f"A{TOP}:{LAST}{end}", LINES))
    return [(areas, look) for areas, look in found if areas]


def _columns() -> str:
    return "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1"/>'
        for number, column in enumerate(COLUMNS, 1)
    )


def _head(words: str, tall: Mapping[int, float], first_format: int) -> str:
    text, centred = first_format + TEXT, first_format + CENTRED
    headings = "".join(_cell(HEADINGS, n, column.heading, centred) for n, column in enumerate(COLUMNS, 1))
    return (
        f'<row r="1" ht="{tall[1]}" customHeight="1">{_cell(1, 1, SHEET, text)}</row>'
        f'<row r="2" ht="{tall[2]}" customHeight="1">{_cell(2, 1, words, text)}</row>'
        f'<row r="{HEADINGS}" ht="{tall[HEADINGS]}" customHeight="1">{headings}</row>'
    )


def _row(number: int, row: Row, tall: Mapping[int, float], first_format: int) -> str:
    cells = "".join(
        _cell(number, n, value, first_format + (CENTRED if is_centred(column, value) else TEXT))
        for n, (column, value) in enumerate(zip(COLUMNS, row.values, strict=True), 1)
    )
    return f'<row r="{number}" ht="{tall[number]}" customHeight="1">{cells}</row>'


def _height(texts: Sequence[tuple[str, float]]) -> float:
    return height_of(max(line_count(text, width, SIZE) for text, width in texts), SIZE)


def _cell(row: int, column: int, value: Value, look: int) -> str:
    head = f'<c r="{column_letter(column)}{row}" s="{look}"'
    if value is None or value == "":
        return f"{head}/>"
    if isinstance(value, str):
        return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"{head}><v>{f'{value:f}' if isinstance(value, Decimal) else value}</v></c>"


def _links(rows: Sequence[Row], sheets: Collection[str]) -> str:
    place = column_letter(PLACE + 1)
    links = "".join(
        f'<hyperlink ref="{place}{TOP + n}" location={_attribute(f"{quoted(row.sheet)}!{row.cell}")}/>'
        for n, row in enumerate(rows)
        if _points(row, sheets)
    )
    return f"<hyperlinks>{links}</hyperlinks>" if links else ""


def _points(row: Row, sheets: Collection[str]) -> bool:
    return bool(row.cell) and row.sheet in sheets


def _attribute(text: str) -> str:
    return f'"{html.escape(ILLEGAL.sub("", text))}"'
