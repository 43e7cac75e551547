"""The processes that do one kind of work on many items: some on this computer, or a cluster's on many.

All of them take and give the same, so that what comes out does not depend on where the work was done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, Protocol, TypeVar

from xxgk.checking import TIME_LIMIT
from xxgk.errors import UsageProblem, XxgkError
from xxgk.workers import Lost, run_each

T = TypeVar("T")
R = TypeVar("R")

BATCH = 16  # items at once to a cluster, where handing over costs about as much as reading a file
AHEAD = 2  # batches for each of its processes: one that it is at, one that waits
PATIENCE = 30  # seconds for the connection, and for the first process to be there

MISSING = (
    "要在多台计算机上汇总（--cluster），先安装 distributed：pip install 'xxgk[cluster]'。"
    "只在本机汇总不需要，去掉 --cluster 即可。"
)


class Team(Protocol):
    """Yields the index of each item with ``function(item)``, as they get done; ``Lost`` where an item cost a process.

    ``function`` and what goes in and out of it must be picklable. Closing the generator ends the work.
    """

    def __call__(self, function: Callable[[T], R], items: Sequence[T]) -> Generator[tuple[int, R | Lost], None, None]:
        """Start the work."""


def local(jobs: int, seconds: float = TIME_LIMIT) -> Team:
    """Return a team of ``jobs`` processes on this computer, which spend at most ``seconds`` on one item."""

    def work(function: Callable[[T], R], items: Sequence[T]) -> Generator[tuple[int, R | Lost], None, None]:
        return run_each(function, items, jobs, seconds)

    return work


@contextmanager
def connected(address: str) -> Iterator[Team]:
    """Yield the team of the Dask cluster whose scheduler is at ``address`` (``tcp://…``).

    Its computers must have the same xxgk, and reach the files under the same paths. Raise ``UsageProblem`` when there
    is no such cluster, or nobody works there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageProblem(MISSING) from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageProblem(f"连不上 {address}：请核对地址，并确认那里的 dask scheduler 正在运行。") from error
    try:
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=PATIENCE)
        processes = sum(client.nthreads().values())
        if not processes:
            raise UsageProblem(f"{address} 上没有可以工作的进程：请先在各台计算机上运行 dask worker {address}。")
        yield partial(over, client.get_executor(), processes)
    finally:
        client.close()


def over(
    executor: Executor, processes: int, function: Callable[[T], R], items: Sequence[T], seconds: float = TIME_LIMIT
) -> Generator[tuple[int, R | Lost], None, None]:
    """Do the work of a ``Team`` on ``executor``, which has so many ``processes``.

    What a dying process takes with it is done again at the end, one by one with nothing beside it, so that only the
    item which costs processes is lost. Items are late when nothing at all got done for ``seconds``. An ``XxgkError``
    of ``function`` ends all work.
    """
    left = deque(_batches(len(items), BATCH))
    running: dict[Future[Any], Sequence[int]] = {}
    doubtful: list[int] = []

    def submit(batch: Sequence[int]) -> None:
        running[executor.submit(_each, function, [items[index] for index in batch])] = batch

    try:
        while left or running or doubtful:
            while left and len(running) < processes * AHEAD:
                submit(left.popleft())
            alone = not running
            if alone:
                submit([doubtful.pop(0)])
            done = wait(running, seconds, FIRST_COMPLETED).done
            if not done:
                yield from ((index, Lost(late=True)) for batch in running.values() for index in batch)
                _cancel(running)
            for future in done:
                batch = running.pop(future)
                results = _results(future)
                if results is not None:
                    yield from zip(batch, results, strict=True)
                elif alone:
                    yield batch[0], Lost(late=False)
                else:
                    doubtful += batch
    finally:
        _cancel(running)


def _batches(count: int, size: int) -> Iterator[Sequence[int]]:
    return (range(start, min(start + size, count)) for start in range(0, count, size))


def _each(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return [function(item) for item in items]


def _results(future: Future[list[R]]) -> list[R] | None:
    """Return what a batch gave, None where its process died."""
    try:
        return future.result()
    except XxgkError:
        raise
    except Exception:  # each kind of executor has its own for that
        return None


def _cancel(running: dict[Future[Any], Sequence[int]]) -> None:
    for future in running:
        future.cancel()
    running.clear()
