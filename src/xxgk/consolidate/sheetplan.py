"""A sheet of the result: what stands in it, and the looks of the workbook's own named styles."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from xxgk.records import Record, field
from xxgk.report import Number
from xxgk.workbook.measure import height_of, line_count
from xxgk.workbook.reading.dates import serial
from xxgk.xlsx.a1 import column_letter
from xxgk.xlsx.parts import RELATION_TYPES
from xxgk.xlsx.spans import ILLEGAL, escape
from xxgk.xlsx.xmlstream import TRANSITIONAL

SIZE = 10.0  # points, of texts that wrap
LOWEST = 18.0  # points
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PAGE = "&C第 &P 页，共 &N 页"
SHOW_ERROR = 'showErrorMessage="1" errorTitle="请从列表中选择" error="请点格子右边的小箭头，从列表中选一项。"'


class Item(Record):
    """What stands in a cell: a value, and the formula that gives it, if one does. ``look`` is a named style.

    ``link`` leads to a file, relative to the workbook; ``jump`` to a cell of it.
    """

    value: Number | str | date | None
    look: str
    formula: str = ""
    link: str = ""
    jump: str = ""


Row = Sequence[Item]


class SheetPlan(Record):
    """A sheet: ``name`` is the defined name of its list, which is below the first ``head`` rows; ``title`` its own.

    Rows above the headings, the ``head``-th row, run across all columns. ``choices`` maps a column to the formula of
    its drop-down list; these reach ``spare`` rows below the list, which are styled like its last row. ``frozen``
    columns stay in view.
    """

    title: str
    name: str
    widths: Sequence[float]
    rows: Sequence[Row]
    head: int
    frozen: int = 1
    filtered: bool = True
    choices: Mapping[int, str] = field(default_factory=dict)

    @property
    def area(self) -> str:
        """The cells of the list with its headings, as a defined name has them."""
        return f"$A${self.head}:${column_letter(len(self.widths))}${max(self.head, len(self.rows))}"


def sheet_xml(plan: SheetPlan, styles: Mapping[str, int]) -> bytes:
    """Return the worksheet part; ``styles`` are the numbers of the cell formats by name of the style."""
    last, top = column_letter(len(plan.widths)), plan.head + 1
    corner = f"{column_letter(plan.frozen + 1)}{top}"
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(plan.widths, 1)
    )
    rows = "".join(_row(number, row, plan, styles) for number, row in enumerate(plan.rows, 1))
    merged = "".join(f'<mergeCell ref="A{row}:{last}{row}"/>' for row in range(1, plan.head))
    filtered = f'<autoFilter ref="{plan.area.replace("$", "")}"/>' if plan.filtered else ""
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{TRANSITIONAL}" xmlns:r="{RELATION_TYPES}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{len(plan.rows)}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane xSplit="{plan.frozen}" ySplit="{plan.head}" topLeftCell="{corner}" activePane="bottomRight" '
        f'state="frozen"/><selection pane="bottomRight" activeCell="{corner}" sqref="{corner}"/></sheetView>'
        f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
        f'{filtered}<mergeCells count="{plan.head - 1}">{merged}</mergeCells>{_choices(plan)}{_links(plan)}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{escape(PAGE)}</oddFooter></headerFooter></worksheet>"
    )
    return xml.encode()


def relations_xml(plan: SheetPlan) -> bytes:
    """Return the part with the files that the sheet links to, b"" where it links to none."""
    entries = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION_TYPES}/hyperlink" Target="{html.escape(link)}" '
        f'TargetMode="External"/>'
        for n, link in enumerate(_targets(plan), 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'.encode() if entries else b""


def _row(number: int, row: Row, plan: SheetPlan, styles: Mapping[str, int]) -> str:
    cells = "".join(_cell(f"{column_letter(n)}{number}", item, styles) for n, item in enumerate(row, 1))
    return f'<row r="{number}" ht="{_height(number, row, plan)}" customHeight="1">{cells}</row>'


def _height(number: int, row: Row, plan: SheetPlan) -> float:
    if number < plan.head:
        widths: Sequence[float] = [sum(plan.widths[:8])]
    else:
        widths = plan.widths
    shown = [(item.value, width) for item, width in zip(row, widths, strict=False) if isinstance(item.value, str)]
    return max([LOWEST * (2 if number == 1 else 1), *(height_of(line_count(t, w - 2, SIZE), SIZE) for t, w in shown)])


def _cell(at: str, item: Item, styles: Mapping[str, int]) -> str:
    value, head = item.value, f'<c r="{at}" s="{styles.get(item.look, 0)}"'
    formula = f"<f>{escape(item.formula)}</f>" if item.formula else ""
    if value is None and not formula:
        return f"{head}/>"
    if isinstance(value, str):
        if formula:
            return f'{head} t="str">{formula}<v>{escape(value)}</v></c>'
        return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, date):
        value = serial(value, date1904=False)
    shown = "" if value is None else f"<v>{f'{value:f}' if isinstance(value, Decimal) else value}</v>"
    return f"{head}>{formula}{shown}</c>"


def _choices(plan: SheetPlan) -> str:
    rules = "".join(
        f'<dataValidation type="list" allowBlank="1" {SHOW_ERROR} sqref="{_below(plan, column)}">'
        f"<formula1>{escape(formula)}</formula1></dataValidation>"
        for column, formula in plan.choices.items()
    )
    return f'<dataValidations count="{len(plan.choices)}">{rules}</dataValidations>' if rules else ""


def _below(plan: SheetPlan, column: int) -> str:
    letter = column_letter(column)
    return f"{letter}{plan.head + 1}:{letter}{max(plan.head + 1, len(plan.rows))}"


def _links(plan: SheetPlan) -> str:
    targets = {link: f"rId{n}" for n, link in enumerate(_targets(plan), 1)}
    links = []
    for number, row in enumerate(plan.rows, 1):
        for n, item in enumerate(row, 1):
            at = f"{column_letter(n)}{number}"
            if item.link:
                links.append(f'<hyperlink ref="{at}" r:id="{targets[item.link]}"/>')
            elif item.jump:
                links.append(f'<hyperlink ref="{at}" location="{html.escape(ILLEGAL.sub("", item.jump))}"/>')
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""


def _targets(plan: SheetPlan) -> list[str]:
    """Return what the sheet links to, each once."""
    return list(dict.fromkeys(item.link for row in plan.rows for item in row if item.link))
