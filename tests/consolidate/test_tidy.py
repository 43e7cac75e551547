"""The tidy table: every figure of every report that counts, once, the same in all three formats and on every run."""

from __future__ import annotations

import csv
import io
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.consolidate.gather import Wanted, gather
from xxgk.consolidate.model import Gathered, Roster, Standing
from xxgk.consolidate.tidy import COLUMNS, FORMULA, Line, csv_pieces, sqlite_pieces, tidy_lines, write_tidy
from xxgk.errors import UsageProblem
from xxgk.records import replace

from support.gathered import COUNTY, YEAR, county, report, taken, unit
from support.workbooks import NUMBERS

SUFFIXES = (".csv", ".sqlite", ".parquet")


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    return county(12)


def read(path: Path) -> list[tuple[str, ...]]:
    """Return the rows of a table of any format as text, numbers in their shortest form."""
    if path.suffix == ".csv":
        return [tuple(row) for row in csv.reader(io.StringIO(path.read_text("utf-8-sig")))][1:]
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as database:
            rows = database.execute("SELECT * FROM figures").fetchall()
    else:
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(path)
        rows = list(zip(*(table[name].to_pylist() for name in COLUMNS), strict=True))
    return [(*map(str, row[:-1]), f"{Decimal(str(row[-1])).normalize():f}") for row in rows]


def test_the_sum_of_the_rows_is_the_sum_of_the_consolidation(gathered: Gathered) -> None:
    sums: Counter[tuple[int, str]] = Counter()
    for line in tidy_lines(gathered):
        sums[line.year, line.address] += line.value  # type: ignore[assignment]
    assert gathered.top.values
    for address, value in gathered.top.values.items():
        assert sums[YEAR, address] == value
    for address, value in gathered.top.last.items():
        assert sums[YEAR - 1, address] == value


def test_only_what_counts_is_in_it(gathered: Gathered) -> None:
    counted = {one.unit.name for one in gathered.handed if one.standing is Standing.COUNTED and one.unit}
    assert {line.unit for line in tidy_lines(gathered)} == counted
    assert unit(11).name not in counted  # its file is of the year before


def test_all_formats_say_the_same(gathered: Gathered, tmp_path: Path) -> None:
    tables = []
    for suffix in SUFFIXES:
        assert write_tidy(tmp_path / f"数{suffix}", gathered) is None
        tables.append(read(tmp_path / f"数{suffix}"))
    assert tables[0] == tables[1] == tables[2]
    assert len(tables[0]) == sum(1 for _ in tidy_lines(gathered)) > 1000


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_order_of_files_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    files = [taken(report(number), f"{number}.xlsx") for number in range(5)]
    wanted = Wanted(Roster((COUNTY, *(unit(number) for number in range(5)))), YEAR)
    seen = set()
    for seed in range(3):
        Random(seed).shuffle(files)
        path = tmp_path / f"{seed}{suffix}"
        write_tidy(path, gather(files, wanted))
        seen.add(path.read_bytes())
    assert len(seen) == 1


@given(st.text("=+-@\t\r\n'\",;aé中", max_size=6), st.text("=+-@\t0", max_size=3), NUMBERS)
def test_no_text_in_csv_is_a_formula(name: str, code: str, value: int | Decimal) -> None:
    text = b"".join(csv_pieces([Line(name, code, YEAR, "2021", "applications.new.total", value)])).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(text, newline=""))
    for seen, meant in zip(row[:2], (name, code), strict=True):
        assert not seen.startswith(FORMULA)
        assert seen.removeprefix("'") == meant or seen == meant
    assert Decimal(row[-1]) == value  # a number below 0 stays one


@given(st.lists(NUMBERS, max_size=5))
def test_sqlite_keeps_numbers(values: list[int | Decimal]) -> None:
    data = b"".join(sqlite_pieces(Line("甲", "", YEAR, "2021", "a.b.c", value) for value in values))
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        found = [row[0] for row in database.execute("SELECT value FROM figures")]
    assert found == [value if isinstance(value, int) else float(value) for value in values]


def test_a_table_of_an_earlier_run_is_kept_where_it_said_something_else(gathered: Gathered, tmp_path: Path) -> None:
    path = tmp_path / "数.csv"
    write_tidy(path, gathered)
    assert write_tidy(path, gathered) is None
    kept = write_tidy(path, replace(gathered, handed=()))
    assert kept is not None
    assert kept.parent.name == "备份"


def test_another_format_is_refused(gathered: Gathered, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"\.csv、\.sqlite、\.parquet"):
        write_tidy(tmp_path / "数.xls", gathered)


def test_what_to_install_for_parquet_is_said(
    gathered: Gathered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageProblem, match=r"xxgk\[parquet\]"):
        write_tidy(tmp_path / "数.parquet", gathered)
    assert not (tmp_path / "数.parquet").exists()
