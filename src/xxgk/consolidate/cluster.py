"""The processes that do one kind of work on many items: some on this computer, or a cluster's on many.

All of them take and give the same, so that what comes out does not depend on where the work was done.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence, Set
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager, suppress
from functools import partial
from threading import Thread
from typing import Any, Protocol, TypeVar

from xxgk import __version__
from xxgk.checking import TIME_LIMIT
from xxgk.errors import UsageProblem, XxgkError
from xxgk.workers import START_METHOD, Lost, run_each

T = TypeVar("T")
R = TypeVar("R")

BATCH = 16  # items at once to a cluster, where handing over costs about as much as reading a file
AHEAD = 2  # batches for each of its processes: one that it is at, one that waits
PATIENCE = 30  # seconds for the connection, and for the first process to be there

MISSING = (
    "要在多台计算机上汇总（--cluster），先安装 distributed：pip install 'xxgk[cluster]'。"
    "只在本机汇总不需要，去掉 --cluster 即可。"
)
LACKING = (
    "集群里有 {number} 个进程没有装 xxgk，或者装的版本与本机的不一样（本机是 {version}），没有汇总："
    "请在每台计算机上装同一个版本，重新启动 dask worker，再试一次。"
)
OTHER_DASK = (
    "{address} 上的 dask 与本机的版本不合：请在每台计算机上重新安装（pip install -U 'xxgk[cluster]'），"
    "重新启动 dask scheduler 和 dask worker，再试一次。"
)
GONE = (
    "集群断了，或者那里的计算机都不工作了，没有写汇总："
    "请检查 dask scheduler 和 dask worker，再运行一次，接着读没有读的。"
)


class Team(Protocol):
    """Yields the index of each item with ``function(item)``, as they get done; ``Lost`` where an item cost a process.

    ``function`` and what goes in and out of it must be picklable. Closing the generator ends the work.
    """

    def __call__(self, function: Callable[[T], R], items: Sequence[T]) -> Generator[tuple[int, R | Lost], None, None]:
        """Start the work."""


def local(jobs: int, seconds: float = TIME_LIMIT, start_method: str = START_METHOD) -> Team:
    """Return a team of ``jobs`` processes on this computer, which spend at most ``seconds`` on one item."""

    def work(function: Callable[[T], R], items: Sequence[T]) -> Generator[tuple[int, R | Lost], None, None]:
        return run_each(function, items, jobs, seconds, start_method)

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
    with _quiet():
        try:
            asyncio.run(_reach(address))
            client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageProblem(f"连不上 {address}：请核对地址，并确认那里的 dask scheduler 正在运行。") from error
        except Exception as error:  # an old scheduler fails as it happens to
            raise UsageProblem(OTHER_DASK.format(address=address)) from error
        try:
            with suppress(TimeoutError):
                client.wait_for_workers(1, timeout=PATIENCE)
            processes = sum(client.nthreads().values())
            if not processes:
                raise UsageProblem(f"{address} 上没有可以工作的进程：请先在各台计算机上运行 dask worker {address}。")
            _refuse_others(client)
            yield partial(over, client.get_executor(), processes, partial(_anyone_at_work, client))
        finally:
            client.close()


def over(
    executor: Executor,
    processes: int,
    at_work: Callable[[], bool],
    function: Callable[[T], R],
    items: Sequence[T],
    seconds: float = TIME_LIMIT,
) -> Generator[tuple[int, R | Lost], None, None]:
    """Do the work of a ``Team`` on ``executor``, which has so many ``processes``; at most ``seconds`` go to an item.

    What a dying process takes with it is done again at the end, one by one with nothing beside it, so that only the
    item which costs processes is lost. An ``XxgkError`` of ``function`` ends all work, and one is raised when nothing
    gets done any more: when ``at_work`` says that nobody is left, or a batch is overdue.
    """
    left = deque(_batches(len(items), BATCH))
    running: dict[Future[Any], Sequence[int]] = {}
    doubtful: list[int] = []

    def submit(batch: Sequence[int]) -> None:
        try:
            future = executor.submit(_each, function, [items[index] for index in batch], seconds)
        except Exception as error:  # each kind of executor has its own for having ended
            running.clear()
            raise XxgkError(GONE) from error
        running[future] = batch

    try:
        while left or running or doubtful:
            while left and len(running) < processes * AHEAD:
                submit(left.popleft())
            alone = not running
            if alone:
                submit([doubtful.pop(0)])
            for future in _done(running, seconds, at_work):
                batch = running.pop(future)
                results = _results(future)
                if results is not None:
                    yield from zip(batch, results, strict=True)
                elif alone:
                    yield batch[0], Lost(late=False)
                else:
                    doubtful += batch
    finally:
        for future in running:
            future.cancel()


async def _reach(address: str) -> None:
    """Raise ``OSError`` or ``ValueError`` when nobody answers. (A ``Client`` that finds nobody waits again at exit.)"""
    from distributed.comm import connect

    # ``connect`` itself waits for ever where somebody listens who does not answer.
    comm = await asyncio.wait_for(connect(address, timeout=PATIENCE), PATIENCE)
    await comm.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep off the terminal what Dask says, in English and for programmers: what matters to staff is said by us."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _refuse_others(client: Any) -> None:
    """Raise ``UsageProblem`` when there are processes without this version of ours, which our work would end."""
    name = __name__.partition(".")[0]
    found = client.get_versions(packages=[name])["workers"].values()
    others = sum(one["packages"].get(name) != __version__ for one in found)
    if others:
        raise UsageProblem(LACKING.format(number=others, version=__version__))


def _anyone_at_work(client: Any) -> bool:
    try:
        return bool(client.nthreads())
    except Exception:  # the scheduler has gone, which shows in many ways
        return False


def _done(running: dict[Future[Any], Sequence[int]], seconds: float, at_work: Callable[[], bool]) -> Set[Future[Any]]:
    """Return what has got done, as soon as something has."""
    for _ in range(BATCH + 1):  # so many times ``seconds`` a batch may take
        done = wait(running, seconds, FIRST_COMPLETED).done
        if done:
            return done
        if not at_work():
            break
    running.clear()  # nobody is there to be told that it is not wanted any more
    raise XxgkError(GONE)


def _batches(count: int, size: int) -> Iterator[Sequence[int]]:
    return (range(start, min(start + size, count)) for start in range(0, count, size))


def _each(function: Callable[[T], R], items: Sequence[T], seconds: float) -> list[R | Lost]:
    """Return what comes of each item, in whatever process this is."""
    return [_within(seconds, function, item) for item in items]


def _within(seconds: float, function: Callable[[T], R], item: T) -> R | Lost:
    """Return what comes of ``item``. A thread that hangs cannot be ended: it is left, and the process goes on."""
    outcome: Future[R] = Future()

    def work() -> None:
        try:
            outcome.set_result(function(item))
        except BaseException as error:
            outcome.set_exception(error)

    Thread(target=work, daemon=True).start()
    return outcome.result() if wait([outcome], seconds).done else Lost(late=True)


def _results(future: Future[list[R | Lost]]) -> list[R | Lost] | None:
    """Return what a batch gave, None where its process died."""
    try:
        return future.result()
    except XxgkError:
        raise
    except Exception:  # each kind of executor has its own for that
        return None
