"""The sheet of a result that proves it: every figure of every unit right below, their sum, the adjustment, the total.

All of it is formulas: sum + adjustment = total, beside what stands in the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xxgk.consolidate.adjustments import AMOUNT, PLACE, label_of
from xxgk.consolidate.adjustments import SHEET as ADJUSTMENTS
from xxgk.consolidate.looks import COUNT, ITEM, SUM, TEXT, heading
from xxgk.consolidate.model import Member, Sum
from xxgk.consolidate.sheetplan import Item, Row, SheetPlan
from xxgk.consolidate.sums import parts_of
from xxgk.errors import UsageProblem
from xxgk.figures import PLACES
from xxgk.formats import Form, load_form
from xxgk.ledger.tables import sheet_of, text_of
from xxgk.records import Record
from xxgk.report import Number
from xxgk.workbook.layout import layout_of
from xxgk.workbook.reading.numbers import exact
from xxgk.xlsx.a1 import Cell, column_letter
from xxgk.xlsx.book import Book, open_book
from xxgk.xlsx.references import quoted

DATA = "下级数据"
DATA_NAME = "xxgk_members"
COLUMNS = ("数", "地址", "下级相加", "调整", "汇总", "本表的数", "核对")
WIDTHS = (66.0, 44.0, 11.0, 9.0, 11.0, 11.0, 11.0)
MEMBER_WIDTH = 12.0
ADDRESS, ADJUSTMENT, FIRST_MEMBER = 2, 4, 8  # columns
HEAD = 3  # the row of the headings
PARTIAL, EVEN, UNLIKE = "不完整", "平", "不同"
HINT = (
    "下级相加＋调整＝汇总，应当与本表的数相等。一个单位的格子空着，是它没有填，不当作 0，这一行不汇总。"
    "合计由各项相加，不在这里。"
)


class Part(Record):
    """What a unit gives to a number: None where it has no figure there."""

    unit: str
    value: Number | None


def figure_sheet(of: Sum, form: Form, data: bytes) -> SheetPlan:
    """Return the sheet for ``of``; ``data`` is the workbook that it goes into, with the figures already in it."""
    members = of.members
    rows = (*heading(DATA, HINT, (*COLUMNS, *map(_head, members))), *_rows(of, form, data))
    widths = (*WIDTHS, *(MEMBER_WIDTH for _ in members))
    return SheetPlan(DATA, DATA_NAME, widths, rows, head=HEAD, frozen=1)


def members_behind(data: bytes, address: str) -> tuple[tuple[Part, ...], Number] | None:
    """Return what each unit gives to the number at ``address`` in the result ``data``, and the adjustment.

    None when the workbook is no result. Totals are the sums of their parts. Raise ``UsageProblem`` when the sheet
    with the units does not hold the number.
    """
    book = open_book(data)
    if DATA_NAME not in book.names:
        return None
    from xxgk.workbook.reading.read import read_report

    form = load_form(read_report(data).form)
    return _behind(book, _leaves(form, address), address)


def _leaves(form: Form, address: str) -> tuple[str, ...]:
    """Return the addresses whose sum the number is."""
    total = form.totals.get(address)
    if total is None:
        return (address,)
    return tuple(leaf for part in total.parts for leaf in _leaves(form, part))


def _behind(book: Book, leaves: tuple[str, ...], address: str) -> tuple[tuple[Part, ...], Number]:
    area = book.names[DATA_NAME]
    rows = sheet_of(book, area.sheet).rows if area.sheet in book.sheets else {}
    lines = {text_of(row.get(ADDRESS)): row for row in rows.values()}
    heads = rows.get(area.row, {})
    if not all(leaf in lines for leaf in leaves) or not heads:
        raise UsageProblem(f"“{area.sheet}”一页里没有 {address} 的各行，可能改动过；请重新汇总一次。")
    parts = []
    for column in sorted(column for column in heads if column >= FIRST_MEMBER):
        values = [_number(lines[leaf].get(column)) for leaf in leaves]
        known = [value for value in values if value is not None]
        parts.append(Part(text_of(heads[column]), sum(known) if known else None))
    adjusted = sum(_number(lines[leaf].get(ADJUSTMENT)) or 0 for leaf in leaves)
    return tuple(parts), adjusted


def _number(value: str | float | None) -> Number | None:
    return None if value is None else exact(text_of(value))


def _head(member: Member) -> str:
    return member.unit.name + ("" if member.counted else "（没有）")


def _rows(of: Sum, form: Form, data: bytes) -> Iterator[Row]:
    cells = _cells(form, data)
    last = column_letter(FIRST_MEMBER + max(len(of.members), 1) - 1)
    first = column_letter(FIRST_MEMBER)
    adjustments = f"{quoted(ADJUSTMENTS)}!${column_letter(PLACE)}:${column_letter(PLACE)}"
    amounts = f"{quoted(ADJUSTMENTS)}!${column_letter(AMOUNT)}:${column_letter(AMOUNT)}"
    for row, address in enumerate(parts_of(form), HEAD + 1):
        asked = sum(member.counted and address not in member.absent for member in of.members)
        added = of.values.get(address)
        amount = sum(one.amount for one in of.adjustments if one.address == address)
        total = of.totals.get(address)
        place = cells[address]
        reference = f"{quoted(place.sheet)}!{place.ref}"
        counted = f"COUNT({first}{row}:{last}{row})={asked}"
        even = f"ROUND(E{row}-F{row},{PLACES})=0"
        difference = f'"差 "&F{row}-E{row}'
        sum_formula = f'IF({counted},SUM({first}{row}:{last}{row}),"{PARTIAL}")' if asked else ""
        both = f"AND(ISNUMBER(E{row}),ISNUMBER(F{row}))"
        neither = f"ISNUMBER(E{row})=ISNUMBER(F{row})"
        check = f'IF({both},IF({even},"{EVEN}",{difference}),IF({neither},"{EVEN}","{UNLIKE}"))'
        yield (
            Item(label_of(form, address), ITEM, jump=reference),
            Item(address, TEXT),
            Item(_shown(added, asked), SUM, sum_formula),
            Item(amount, SUM, f"SUMIF({adjustments},A{row},{amounts})"),
            Item(_shown(total, asked), SUM, f"IF(ISNUMBER(C{row}),C{row}+D{row},C{row})"),
            Item("" if total is None else total, SUM, f'IF({reference}="","",{reference})'),
            Item(EVEN, COUNT, check),
            *(Item(member.values.get(address), COUNT) for member in of.members),
        )


def _shown(value: Number | None, asked: int) -> Number | str:
    if value is not None:
        return value
    return PARTIAL if asked else ""


def _cells(form: Form, data: bytes) -> Mapping[str, Cell]:
    """Return where each figure stands in the workbook: its sheets and rows may have been moved."""
    from xxgk.workbook.reading.locate import locate

    places = locate(open_book(data))
    fields = {field.id: places.slots[field.id].cell for field in form.fields if field.id in places.slots}
    return {**layout_of(form).figures, **layout_of(form).fields, **places.figures, **fields}
