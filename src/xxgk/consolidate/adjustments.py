"""What the office adds to a sum or takes from it, with the reason: typed into a sheet of the result, or a CSV file."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from xxgk.checks.quoting import quote
from xxgk.consolidate.model import Adjustment
from xxgk.consolidate.sums import parts_of
from xxgk.errors import UsageProblem
from xxgk.formats import Form
from xxgk.ledger.tables import Sheet, read_tables, sheet_of, text_of
from xxgk.records import Record
from xxgk.report import Number, Report
from xxgk.texts import bare
from xxgk.tracing import find_address
from xxgk.workbook.reading.numbers import read_change
from xxgk.xlsx.book import Book

SHEET = "汇总调整"
NAME = "xxgk_adjustments"  # the defined name of the list in a result
HEADINGS = ("位置", "调整数", "理由", "情况")
PLACE, AMOUNT, REASON = 1, 2, 3  # columns


class Line(Record):
    """A line of the list as typed. ``problem`` says why it is not an adjustment; then ``adjustment`` is None."""

    place: str
    amount: str
    reason: str
    adjustment: Adjustment | None = None
    problem: str = ""


def lines_in(book: Book, unit: str, form: Form) -> tuple[Line, ...]:
    """Return what is typed in the list of the result ``book``, whose unit has the id ``unit``; nothing without one."""
    area = book.names.get(NAME)
    if area is None or area.sheet not in book.sheets:
        return ()
    return tuple(_lines(sheet_of(book, area.sheet), area.row, unit, form))


def read_adjustments(path: Path, form: Form) -> tuple[Line, ...]:
    """Return the lines of a file of the office's own, for the unit at the top. Raise as ``read_tables`` does."""
    for sheet in read_tables(path, SHEET).sheets:
        for number, row in sheet.rows.items():
            if {bare(text_of(value)) for value in row.values()} >= set(HEADINGS[:REASON]):
                return tuple(_lines(sheet, number, "", form))
    raise UsageProblem(f"{path.name} 里没有找到调整：要有“{'”“'.join(HEADINGS[:REASON])}”三列。")


@functools.cache
def label_of(form: Form, address: str) -> str:
    """Return how an address is written in the list: table and labels, unlike those of any other."""
    table = form.table_of(address)
    return " › ".join(((table.name,) if table else ()) + form.labels_of(address))


def _lines(sheet: Sheet, head: int, unit: str, form: Form) -> Iterator[Line]:
    headings = {bare(text_of(value)): column for column, value in sheet.rows.get(head, {}).items()}
    columns = [headings.get(heading, number) for number, heading in enumerate(HEADINGS[:REASON], 1)]
    labels = {bare(label_of(form, address)): address for address in parts_of(form)}
    for number, row in sheet.rows.items():
        place, amount, reason = (text_of(row.get(column)).strip() for column in columns)
        if number > head and (place or amount or reason):
            yield _line(place, amount, reason, unit, form, labels)


def _line(place: str, amount: str, reason: str, unit: str, form: Form, labels: Mapping[str, str]) -> Line:
    address = labels.get(bare(place)) or _address(place, form)
    number = _number(amount)
    if address is None:
        problem = f"位置{quote(place)}认不出，请从列表中选一项。" if place else "没有写位置。"
    elif address in form.totals:
        problem = "这是合计，自动相加，请调整它的各项。"
    elif number is None:
        problem = f"调整数{quote(amount)}不是数字，减少的写负数。" if amount else "没有写调整数。"
    elif not reason:
        problem = "没有写理由。"
    else:
        return Line(label_of(form, address), amount, reason, Adjustment(unit, address, number, reason))
    return Line(place, amount, reason, problem=problem)


def _address(place: str, form: Form) -> str | None:
    try:
        return find_address(Report(form.id), place)
    except UsageProblem:
        return None


def _number(amount: str) -> Number | None:
    figure = read_change(amount)
    return figure.value if figure is not None else None


def problems_of(lines: Sequence[Line]) -> Iterator[str]:
    """Yield a sentence for each line that is no adjustment."""
    for number, line in enumerate(lines, 1):
        if line.problem:
            yield f"{SHEET}第 {number} 条没有用上：{line.problem}"
