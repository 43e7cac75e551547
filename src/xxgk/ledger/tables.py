"""The file of a ledger, .xlsx or .csv, as sheets of cells; what the cells mean is not known here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from xxgk.csvtext import decode_csv
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.records import Record
from xxgk.suffixes import OTHER_WORKBOOKS, WORKBOOKS
from xxgk.workbook.layout import META
from xxgk.xlsx.a1 import column_number, parse_reference
from xxgk.xlsx.book import Book, open_book
from xxgk.xlsx.cells import TEXT_KINDS, SheetCells
from xxgk.xlsx.merges import Rectangle
from xxgk.xlsx.package import load_file

CSV = ".csv"
SUFFIXES = (*WORKBOOKS, CSV)
SEPARATORS = ",\t;"
MAX_ROWS, MAX_COLUMNS = 100_000, 500

Value = str | float  # a text, or a number as the file stores it: also a date is one
Row = Mapping[int, Value]


class Sheet(Record):
    """The cells of a sheet that are not blank, by row and column from 1. ``merged`` are top, left, bottom, right."""

    name: str
    rows: Mapping[int, Row]
    merged: tuple[Rectangle, ...] = ()


class TableFile(Record):
    """The sheets that are shown, the names of those that are hidden, and whether days count from 1904."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
    date1904: bool = False


def read_tables(path: Path, what: str = "台账") -> TableFile:
    """Return what stands in the file, which messages call ``what``.

    Raise ``UnreadableWorkbook`` or ``UsageProblem`` with the sentence why not.
    """
    suffix = path.suffix.lower()
    if suffix in OTHER_WORKBOOKS:
        raise UsageProblem(f"{what} {path.name} 是 {suffix} 格式，请用 Excel 或 WPS 打开，另存为 .xlsx 再试。")
    if suffix not in SUFFIXES:
        raise UsageProblem(f"{what}应是 .xlsx 或 .csv 文件，不是 {path.name}。")
    with _named(path, what):
        data = load_file(path)
        return _csv_file(data, path.stem) if suffix == CSV else _workbook(data, what)


def read_rows(path: Path, what: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a .csv file by number, of which one at a time is in memory. Raise as ``read_tables`` does."""
    with _named(path, what):
        yield from _csv_rows(_not_empty(load_file(path)))


@contextmanager
def _named(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了{what} {path}：{error}。") from error


def text_of(value: Value | None) -> str:
    """Return what staff see in a cell: a whole number without a point."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value or ""


# ------------------------------------------------------------------ .csv


def _csv_file(data: bytes, name: str) -> TableFile:
    return TableFile((Sheet(name, dict(_csv_rows(_not_empty(data)))),))


def _not_empty(data: bytes) -> bytes:
    if not data.strip():
        raise UnreadableWorkbook("文件是空的，里面没有内容")
    return data


def _csv_rows(data: bytes) -> Iterator[tuple[int, Row]]:
    """Yield the number of each row that is not blank, with its cells."""
    text = decode_csv(data)
    first = text[: text.find("\n") + 1] or text
    separator = max(SEPARATORS, key=first.count)
    # Read from bytes, of which no more is decoded than is asked for.
    lines = io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="")
    del text
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=separator), 1):
            row = {column: cell for column, cell in enumerate(cells[:MAX_COLUMNS], 1) if cell.strip()}
            if row:
                yield number, row
            if number > MAX_ROWS:
                raise UnreadableWorkbook(f"超过 {MAX_ROWS} 行")
    except csv.Error as error:
        raise UnreadableWorkbook("内容不是用逗号分隔的表格") from error


# ------------------------------------------------------------------ .xlsx


def _workbook(data: bytes, what: str) -> TableFile:
    book = open_book(data)
    if META in book.sheets:
        raise UnreadableWorkbook(f"这是填年报的工作簿，不是{what}，请核对文件名")
    shown = [name for name in book.sheets if name not in book.hidden]
    return TableFile(tuple(sheet_of(book, name) for name in shown), tuple(book.hidden), book.date1904)


def sheet_of(book: Book, name: str) -> Sheet:
    """Return the cells of the sheet ``name`` of an open workbook."""
    cells = book.cells(name)
    rows: dict[int, dict[int, Value]] = {}
    columns: dict[str, int] = {}
    for at in cells.stored:
        letters = at.rstrip("0123456789")
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters)
        value = _value(cells, at)
        if column <= MAX_COLUMNS and value != "":
            row = int(at[len(letters) :])
            known = rows.get(row)
            if known is None:
                rows[row] = {column: value}
            else:
                known[column] = value
    return Sheet(name, dict(sorted(rows.items())), tuple(_rectangle(area) for area in cells.merged))


def _value(cells: SheetCells, at: str) -> Value:
    kind, text, _, _ = cells.stored[at]
    if kind in TEXT_KINDS:
        found = cells.text(at)
        return found if found.strip() else ""
    if kind == "n":
        try:
            return float(text)
        except ValueError:
            return text.strip()
    content = cells.at(at)
    return content.text if content else ""


def _rectangle(area: str) -> Rectangle:
    first, _, last = area.partition(":")
    return (*parse_reference(first), *parse_reference(last))
