"""A sheet of the result: what stands in it, and the looks of the workbook's own named styles."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO

from xxgk.consolidate.store import Shelf, Store
from xxgk.records import Record, field
from xxgk.report import Number
from xxgk.workbook.measure import height_of, line_count
from xxgk.workbook.reading.dates import serial
from xxgk.xlsx.a1 import column_letter
from xxgk.xlsx.parts import RELATION_TYPES
from xxgk.xlsx.repack import Deflated, deflated
from xxgk.xlsx.spans import ILLEGAL, escape
from xxgk.xlsx.xmlstream import TRANSITIONAL

SIZE = 10.0  # points, of texts that wrap
LOWEST = 18.0  # points
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{RELATIONS}">'.encode()
)
RELATIONS_END = b"</Relationships>"
IN_MEMORY = 1 << 20  # bytes of a part of a sheet
PIECE = 1 << 16
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

    ``rows`` are asked for but once. Those above the headings, the ``head``-th row, run across all columns. ``choices``
    maps a column to the formula of its drop-down list. ``frozen`` columns stay in view.
    """

    title: str
    name: str
    widths: Sequence[float]
    rows: Iterable[Row]
    head: int
    frozen: int = 1
    filtered: bool = True
    choices: Mapping[int, str] = field(default_factory=dict)


class SheetParts(Record):
    """A sheet as it lies in a workbook, and what it links to, None where that is nothing.

    ``area`` has the cells of its list with the headings, as a defined name has them.
    """

    xml: Deflated
    relations: Deflated | None
    area: str


def sheet_parts(plan: SheetPlan, styles: Mapping[str, int]) -> SheetParts:
    """Return the parts of the sheet; ``styles`` are the numbers of the cell formats by name of the style.

    A sheet may have a line for each unit of a nation: what comes behind its rows is laid aside, and no more than a
    part of it is in memory.
    """
    with (
        SpooledTemporaryFile(IN_MEMORY) as rows,
        SpooledTemporaryFile(IN_MEMORY) as links,
        SpooledTemporaryFile(IN_MEMORY) as relations,
    ):
        targets: Shelf[str] = Shelf(Store())
        count = 0
        for count, row in enumerate(plan.rows, 1):
            rows.write(_row(count, row, plan, styles).encode())
            for column, item in enumerate(row, 1):
                at = f"{column_letter(column)}{count}"
                if item.link:
                    number = next(iter(targets.places(item.link)), len(targets))
                    if number == len(targets):
                        targets.put("", item.link)
                        relations.write(_relation(number + 1, item.link).encode())
                    links.write(f'<hyperlink ref="{at}" r:id="rId{number + 1}"/>'.encode())
                elif item.jump:
                    place = html.escape(ILLEGAL.sub("", item.jump))
                    links.write(f'<hyperlink ref="{at}" location="{place}"/>'.encode())
        last = max(plan.head, count)
        area = f"$A${plan.head}:${column_letter(len(plan.widths))}${last}"
        xml = deflated(_sheet(plan, count, area.replace("$", ""), rows, links))
        related = deflated(chain((RELATIONS_HEAD,), _pieces(relations), (RELATIONS_END,))) if len(targets) else None
        return SheetParts(xml, related, area)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what was laid aside in ``file``."""
    file.seek(0)
    return iter(partial(file.read, PIECE), b"")


def _sheet(plan: SheetPlan, count: int, area: str, rows: IO[bytes], links: IO[bytes]) -> Iterator[bytes]:
    """Yield the worksheet part in pieces."""
    last, top = column_letter(len(plan.widths)), plan.head + 1
    corner = f"{column_letter(plan.frozen + 1)}{top}"
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(plan.widths, 1)
    )
    merged = "".join(f'<mergeCell ref="A{row}:{last}{row}"/>' for row in range(1, plan.head))
    filtered = f'<autoFilter ref="{area}"/>' if plan.filtered else ""
    yield (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{TRANSITIONAL}" xmlns:r="{RELATION_TYPES}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{count}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane xSplit="{plan.frozen}" ySplit="{plan.head}" topLeftCell="{corner}" activePane="bottomRight" '
        f'state="frozen"/><selection pane="bottomRight" activeCell="{corner}" sqref="{corner}"/></sheetView>'
        f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    ).encode()
    yield from _pieces(rows)
    linked = links.tell() > 0
    yield (
        f'</sheetData>{filtered}<mergeCells count="{plan.head - 1}">{merged}</mergeCells>'
        f"{_choices(plan, max(top, count))}{'<hyperlinks>' if linked else ''}"
    ).encode()
    yield from _pieces(links)
    yield (
        f"{'</hyperlinks>' if linked else ''}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{escape(PAGE)}</oddFooter></headerFooter></worksheet>"
    ).encode()


def _relation(number: int, link: str) -> str:
    kind = f"{RELATION_TYPES}/hyperlink"
    return f'<Relationship Id="rId{number}" Type="{kind}" Target="{html.escape(link)}" TargetMode="External"/>'


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


def _choices(plan: SheetPlan, last: int) -> str:
    rules = "".join(
        f'<dataValidation type="list" allowBlank="1" {SHOW_ERROR} '
        f'sqref="{column_letter(column)}{plan.head + 1}:{column_letter(column)}{last}">'
        f"<formula1>{escape(formula)}</formula1></dataValidation>"
        for column, formula in plan.choices.items()
    )
    return f'<dataValidations count="{len(plan.choices)}">{rules}</dataValidations>' if rules else ""
