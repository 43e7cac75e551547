"""The same work on many items in several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.workers import START_METHOD, Lost, in_order, run_each

LONG = 30.0  # seconds, more than any test takes
# The runner's own threads take no part in what is forked.
pytestmark = pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    """No process may outlive its work."""
    yield
    assert multiprocessing.active_children() == []


def double(number: int) -> int:
    return 2 * number


def troubled(task: str) -> str:
    """Do as told: a way to go wrong, or plain work."""
    if task == "hang":
        time.sleep(LONG)
    if task == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "gone":
        os._exit(0)
    if task == "fault":
        raise RuntimeError("boom")
    if task == "large":
        return "x" * 10_000_000
    return task.upper()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_item_comes_once_with_its_own_result(jobs: int) -> None:
    done = list(run_each(double, range(20), jobs, LONG))
    assert sorted(done) == [(index, 2 * index) for index in range(20)]


def test_no_items_start_no_process() -> None:
    assert list(run_each(double, [], 2, LONG)) == []


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("trouble", ["killed", "gone", "fault"])
def test_an_item_that_ends_its_process_costs_only_itself(jobs: int, trouble: str) -> None:
    items = ["a", trouble, "b", trouble, trouble, "c"]
    done = dict(run_each(troubled, items, jobs, LONG))
    lost = Lost(late=False)
    assert [done[index] for index in range(6)] == ["A", lost, "B", lost, lost, "C"]


@pytest.mark.parametrize("method", sorted({START_METHOD, "spawn"}))
def test_every_way_to_start_a_process_will_do(method: str) -> None:
    done = dict(run_each(troubled, ["a", "killed", "b"], 2, LONG, method))
    assert [done[index] for index in range(3)] == ["A", Lost(late=False), "B"]


def test_an_item_that_hangs_is_given_up() -> None:
    started = time.monotonic()
    done = dict(run_each(troubled, ["hang", "a", "hang", "b"], 2, 1.0))
    assert [done[index] for index in range(4)] == [Lost(late=True), "A", Lost(late=True), "B"]
    assert time.monotonic() - started < LONG


def test_a_slow_reader_makes_nothing_late() -> None:
    pairs = run_each(troubled, ["a", "b", "c", "d"], 2, 0.3)
    found = []
    for pair in pairs:
        found.append(pair)
        time.sleep(0.5)
    assert sorted(found) == [(0, "A"), (1, "B"), (2, "C"), (3, "D")]


def test_a_large_result_passes() -> None:
    ((_, result),) = run_each(troubled, ["large"], 1, LONG)
    assert len(result) == 10_000_000  # type: ignore[arg-type]


def test_whoever_stops_reading_stops_the_work() -> None:
    started = time.monotonic()
    with closing(run_each(troubled, ["a", "hang", "hang", "hang"], 2, LONG)) as pairs:
        assert next(pairs) == (0, "A")
    assert multiprocessing.active_children() == []
    assert time.monotonic() - started < LONG / 2


@given(st.permutations(range(8)))
def test_in_order_sorts_by_index_and_waits_for_nothing_else(order: list[int]) -> None:
    given_so_far: set[int] = set()

    def pairs() -> Iterator[tuple[int, str]]:
        for index in order:
            given_so_far.add(index)
            yield index, str(index)

    for expected, value in enumerate(in_order(pairs())):
        assert value == str(expected)
        # It came as soon as all before it were there.
        assert set(range(expected + 1)) <= given_so_far
        assert expected in (order[len(given_so_far) - 1], *range(max(given_so_far) + 1))
