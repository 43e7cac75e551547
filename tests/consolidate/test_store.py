"""Shelves keep what is put on them, in any order, on the disk and not in memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.consolidate.gather import Wanted, gather
from xxgk.consolidate.model import Roster, Source, Taken, Unit
from xxgk.consolidate.store import Shelf, Store, shelved
from xxgk.consolidate.tidy import tidy_lines
from xxgk.errors import FileProblem
from xxgk.records import replace

from support.counties import taken, town_report

# Keys are names of files among others: also bytes that are no UTF-8, and signs beyond the first plane.
KEYS = st.text(st.characters(exclude_categories=()) | st.sampled_from("\udc80\udcff\U0001f600é中"), max_size=4)
PAIRS = st.lists(st.tuples(KEYS, st.integers()), max_size=12)


@given(PAIRS)
def test_a_shelf_gives_back_what_was_put_on_it(pairs: list[tuple[str, int]]) -> None:
    shelf = shelved(pairs, lambda pair: pair[0])
    assert list(shelf) == pairs
    assert len(shelf) == len(pairs)
    assert [shelf[place] for place in range(len(pairs))] == pairs
    assert list(shelf.by_key()) == sorted(pairs, key=lambda pair: pair[0])
    assert list(shelf.keys()) == [key for key, _ in pairs]
    for key, _ in pairs:
        assert list(shelf.keyed(key)) == [pair for pair in pairs if pair[0] == key]
        assert [shelf[place] for place in shelf.places(key)] == list(shelf.keyed(key))
    assert not shelf.has("没有的")
    assert shelf == tuple(pairs)
    with pytest.raises(IndexError):
        shelf[len(pairs)]


def test_a_record_is_replaced_in_its_place_and_a_shelf_cleared() -> None:
    shelf = shelved(["甲", "乙", "丙"], str)
    shelf.put("丁", "丁", place=1)
    assert list(shelf) == ["甲", "丁", "丙"]
    assert not shelf.has("乙")
    shelf.clear()
    assert list(shelf) == []
    shelf.put("戊")
    assert shelf[-1] == "戊"


def test_places_may_be_filled_in_any_order() -> None:
    shelf: Shelf[str] = Shelf(Store())
    for place in (2, 0, 1):
        shelf.put(str(place), place=place)
    assert list(shelf) == ["0", "1", "2"]


def test_a_full_disk_is_told_in_words() -> None:
    shelf: Shelf[bytes] = Shelf(Store())
    database, _ = shelf.store.table()
    database.execute("PRAGMA max_page_count = 20")
    with pytest.raises(FileProblem, match="磁盘满了"):
        shelf.put(bytes(1 << 20))


# ------------------------------------------------------------------ a run

TOWNS = 10  # of each county


def units(counties: int) -> Iterator[Unit]:
    yield Unit("清江市人民政府", "1", "city")
    for number in range(counties):
        county = Unit(f"第{number}县人民政府", f"1{number:03d}", "county", "1")
        yield county
        for town in range(TOWNS):
            yield Unit(f"第{number}县第{town}镇人民政府", f"{county.code}{town:03d}", "township", county.code)


def files(counties: int) -> Iterator[Taken]:
    one = taken(town_report("石桥镇"), modified=date(2024, 1, 20))
    for unit in units(counties):
        if unit.level == "township":
            yield replace(one, source=Source(Path(f"{unit.code}.xlsx"), f"{unit.code}.xlsx"), unit=unit.name)


def most_memory(counties: int) -> int:
    """Return the most bytes that adding up so many counties' towns takes, and writing their table."""
    tracemalloc.start()
    try:
        gathered = gather(files(counties), Wanted(Roster(shelved(units(counties)))))
        assert sum(1 for _ in tidy_lines(gathered)) > counties * TOWNS
        assert not gathered.top.findings
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_units() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:  # threads that other tests left here take memory too
        _, few, many = alone.map(most_memory, (2, 5, 25))  # the first makes what is made but once
    assert (many - few) / (20 * TOWNS) < 700  # bytes a unit; the names and figures alone of one are more than that
