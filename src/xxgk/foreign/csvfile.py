"""A CSV file as the cells of a sheet: UTF-8, UTF-16 or GB18030; comma, semicolon or tab."""

from __future__ import annotations

import csv
import io

from xxgk.csvtext import decode_csv
from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.cells import SheetCells, escaped, reference

DELIMITERS = (",", ";", "\t")
MAX_ROWS, MAX_COLUMNS = 2_000, 200


def csv_cells(data: bytes) -> SheetCells:
    """Return the cells of a CSV file, all of them texts.

    Raise ``UnreadableWorkbook``, with the reason only, when it is none.
    """
    text = decode_csv(data)
    if "\0" in text:
        raise UnreadableWorkbook("这不是 CSV 文本文件")
    rows = max((_rows(text, delimiter) for delimiter in DELIMITERS), key=lambda found: sum(map(len, found)))
    if len(rows) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in rows):
        raise UnreadableWorkbook(f"表格太大：最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列")
    return SheetCells(
        {
            reference(y, x): ("str", escaped(cell), None, None)
            for y, row in enumerate(rows, 1)
            for x, cell in enumerate(row, 1)
            if cell.strip()
        },
        (),
    )


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:  # a field beyond what csv takes
        return []
