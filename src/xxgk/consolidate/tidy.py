"""The gathered figures as one tidy table for other programs: unit, year, form, address, value.

A unit has as many rows as figures that are known, of this year and of the year before. Only reports that count are in
it, so that the sum over all rows of a year and an address is the sum of the consolidation. What is not known has no
row. Equal figures give equal bytes.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xxgk.consolidate.model import Gathered, Standing, Unit, Values
from xxgk.errors import UsageProblem
from xxgk.files import publish_pieces
from xxgk.records import Record
from xxgk.report import Number

COLUMNS = ("unit", "code", "year", "form", "address", "value")
BOM = "\ufeff"  # without it, Excel takes a CSV file for GBK
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet program takes for the beginning of a formula
LINES = 1_000  # of a CSV file, written at once
ROW_GROUP = 10_000  # lines of Parquet, which keeps those of a group together
PIECE = 1 << 20  # bytes
PRECISION, SCALE = 38, 18  # of Parquet's decimal numbers: more than a cell can hold on both sides of the point

MISSING = "要写 Parquet 文件，先安装 pyarrow：pip install 'xxgk[parquet]'；或者改用 .csv、.sqlite。"


class Line(Record):
    """A row: ``unit`` is its name, ``code`` "" where the list of units gives none."""

    unit: str
    code: str
    year: int
    form: str
    address: str
    value: Number


def tidy_lines(gathered: Gathered) -> Iterator[Line]:
    """Yield the rows: by unit in the roster's order, this year's before last year's, by address."""
    for one in gathered.handed:
        unit, taken = one.unit, one.taken
        if one.standing is not Standing.COUNTED or unit is None:
            continue
        yield from _lines(unit, gathered.year, gathered.form, taken.values)
        if taken.last_year is not None:
            yield from _lines(unit, taken.last_year, taken.last_form, taken.last)


def write_tidy(path: Path, gathered: Gathered) -> Path | None:
    """Write the table to ``path`` in the format that its suffix names: .csv, .sqlite or .parquet.

    A file that says something else is kept in 备份, whose path is returned. Raise ``UsageProblem`` for another suffix,
    and for .parquet where pyarrow is missing.
    """
    write = writer_for(path)
    return publish_pieces(path, write(tidy_lines(gathered)))


def writer_for(path: Path) -> Callable[[Iterable[Line]], Iterator[bytes]]:
    """Return what turns rows into the pieces of such a file; raise as ``write_tidy`` does, before any work is done."""
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageProblem(f"数据表请存成 {'、'.join(WRITERS)} 文件，不是 {path.name}。")
    if write is parquet_pieces:
        _parquet()
    return write


def csv_pieces(lines: Iterable[Line]) -> Iterator[bytes]:
    """Yield the rows as CSV. A text that a spreadsheet program would take for a formula gets ' in front."""
    left = iter(lines)
    yield _csv_text([COLUMNS], first=BOM)
    while part := list(islice(left, LINES)):
        yield _csv_text([tuple(map(_unarmed, _cells(line))) for line in part])


def sqlite_pieces(lines: Iterable[Line]) -> Iterator[bytes]:
    """Yield the rows as an SQLite database with the table ``figures``; whole numbers are INTEGER, others REAL."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "figures.sqlite")
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(
                "CREATE TABLE figures (unit TEXT NOT NULL, code TEXT NOT NULL, year INTEGER NOT NULL, "
                "form TEXT NOT NULL, address TEXT NOT NULL, value NUMERIC NOT NULL)"
            )
            rows = ((*_cells(line)[:-1], _sqlite_number(line.value)) for line in lines)
            database.executemany("INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?)", rows)
        yield from _file_pieces(path)


def parquet_pieces(lines: Iterable[Line]) -> Iterator[bytes]:
    """Yield the rows as Parquet; values are decimal numbers, exact."""
    pyarrow, parquet = _parquet()
    text = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    types = (text, text, pyarrow.int16(), text, text, pyarrow.decimal128(PRECISION, SCALE))
    schema = pyarrow.schema(
        [pyarrow.field(name, kind, nullable=False) for name, kind in zip(COLUMNS, types, strict=True)]
    )
    left = iter(lines)
    with TemporaryDirectory() as folder:
        path = Path(folder, "figures.parquet")
        with parquet.ParquetWriter(path, schema) as writer:
            while part := list(islice(left, ROW_GROUP)):
                columns = zip(*map(_cells, part), strict=True)
                arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, types, strict=True)]
                writer.write_table(pyarrow.table(arrays, schema=schema))
        yield from _file_pieces(path)


WRITERS: Mapping[str, Callable[[Iterable[Line]], Iterator[bytes]]] = {
    ".csv": csv_pieces,
    ".sqlite": sqlite_pieces,
    ".parquet": parquet_pieces,
}


def _lines(unit: Unit, year: int, form: str, values: Values) -> Iterator[Line]:
    return (Line(unit.name, unit.code, year, form, address, values[address]) for address in sorted(values))


def _cells(line: Line) -> tuple[str | Number, ...]:
    return (line.unit, line.code, line.year, line.form, line.address, line.value)


def _csv_text(rows: Iterable[Iterable[object]], first: str = "") -> bytes:
    out = io.StringIO(first)
    out.seek(0, io.SEEK_END)
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(errors="replace")


def _unarmed(value: str | Number) -> str | Number:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else _plain(value)


def _plain(value: str | Number) -> str | Number:
    """Return a number without an exponent."""
    return value if isinstance(value, str | int) else f"{value:f}"


def _sqlite_number(value: Number) -> int | float:
    return value if isinstance(value, int) else float(value)


def _file_pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _parquet() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageProblem(MISSING) from error
    return pyarrow, pyarrow.parquet
