"""Whoever does the work, on this computer or a cluster, the same comes out; what costs a process costs only itself."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk import __version__
from xxgk.consolidate import cache, cluster
from xxgk.consolidate.cache import opened, take_all
from xxgk.consolidate.cluster import Team, connected, local, over
from xxgk.consolidate.model import Source, Taken
from xxgk.consolidate.places import Url
from xxgk.consolidate.take import take
from xxgk.errors import UsageProblem, XxgkError
from xxgk.records import replace
from xxgk.workers import Lost

from support.handed_in import hand_in
from support.sizes import full_only

POISON = -1


def staffed() -> bool:
    return True


def doubled(number: int) -> int:
    if number == POISON:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


class Rebuilding(Executor):
    """A pool of processes that is replaced when one of it dies, as a cluster starts a new one."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(1)

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        try:
            return self._pool.submit(function, *arguments, **named)
        except RuntimeError:
            self._pool = ProcessPoolExecutor(1)
            return self._pool.submit(function, *arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@given(st.lists(st.integers(0, 1000), max_size=100), st.integers(1, 4))
def test_every_item_is_done_once(items: list[int], processes: int) -> None:
    with ThreadPoolExecutor(2) as executor:
        done = list(over(executor, processes, staffed, doubled, items))
    assert sorted(done) == [(index, number * 2) for index, number in enumerate(items)]


def test_what_kills_its_process_is_lost_and_nothing_else() -> None:
    items = [*range(20), POISON, *range(20, 40)]
    with Rebuilding() as executor:
        done = dict(over(executor, 1, staffed, doubled, items))
    assert done == {index: Lost(late=False) if n == POISON else n * 2 for index, n in enumerate(items)}


def test_what_takes_too_long_is_late_and_nothing_beside_it() -> None:
    hanging = threading.Event()

    def wait_or_double(number: int) -> int:
        if number == POISON:
            hanging.wait(20)
        return number * 2

    with ThreadPoolExecutor(2) as executor:
        done = dict(over(executor, 2, staffed, wait_or_double, [1, POISON, 2, 3], seconds=0.2))
        hanging.set()
    assert done == {0: 2, 1: Lost(late=True), 2: 4, 3: 6}


@pytest.mark.parametrize("left", [True, False])
def test_where_nothing_gets_done_any_more_all_ends_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, left: bool
) -> None:
    class Silent(Executor):
        def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
            return Future()

    monkeypatch.setattr(cluster, "BATCH", 3)
    done = []
    with pytest.raises(XxgkError, match="集群断了"):
        done += over(Silent(), 2, lambda: left, doubled, range(100), seconds=0.01)
    assert done == []


def test_an_executor_that_has_ended_is_said() -> None:
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(XxgkError, match="集群断了"):
        list(over(executor, 1, staffed, doubled, [1]))


def test_a_fault_in_use_ends_all() -> None:
    def refuse(_: int) -> int:
        raise UsageProblem("不行")

    with ThreadPoolExecutor(1) as executor, pytest.raises(UsageProblem):
        list(over(executor, 1, staffed, refuse, [1, 2, 3]))


def test_closing_ends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "BATCH", 1)
    begun: list[int] = []

    def note(number: int) -> int:
        begun.append(number)
        time.sleep(0.01)
        return number

    with ThreadPoolExecutor(1) as executor:
        work = over(executor, 1, staffed, note, range(1000))
        next(work)
        work.close()
    assert len(begun) < 10


def test_a_computer_with_other_rules_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = hand_in(tmp_path, 1)
    ours = cache.rules_version()
    read = partial(cache._read, "0" * len(ours))
    with ThreadPoolExecutor(1) as executor, pytest.raises(UsageProblem, match="同一个版本"):
        list(over(executor, 1, staffed, read, sources))


# ------------------------------------------------------------------ Dask


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Source, ...]:
    """Return a hundred files, most of them the same under other names."""
    sources = hand_in(tmp_path_factory.mktemp("报来"))
    return tuple(Source(source.path, f"{n}/{source.shown}") for n in range(8) for source in sources)


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    """Return a cluster of two processes of this computer."""
    from distributed import LocalCluster

    with LocalCluster(2, threads_per_worker=1, dashboard_address=None) as running:
        yield running


def _as(taken: Taken, source: Source) -> Taken:
    error = taken.error.replace(taken.source.shown, source.shown)
    return replace(taken, source=source, error=error)


def outcome(sources: Sequence[Source], team: Team, path: Path) -> list[Taken]:
    with opened(path) as kept:
        found = dict(take_all(sources, team, kept))
    return [found[index] for index in range(len(sources))]


def test_processes_of_this_computer_give_the_same(many: tuple[Source, ...], tmp_path: Path) -> None:
    few = many[:: len(many) // 12]
    assert outcome(few, local(2), tmp_path / "本机") == [take(source) for source in few]


@full_only  # a cluster takes seconds to start
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_reads_files_at_addresses(many: tuple[Source, ...], dask: Any, tmp_path: Path) -> None:
    few = many[:12]
    urls = [replace(source, path=Url(f"file://{Path(str(source.path)).as_posix()}")) for source in few]
    with connected(dask.scheduler_address) as team:
        found = outcome(urls, team, tmp_path / "集群")
    assert found == [_as(take(source), url) for source, url in zip(few, urls, strict=True)]


@full_only
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_goes_in_mid_run_is_said_and_what_was_read_is_kept(
    many: tuple[Source, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(cluster, "BATCH", 1)
    with (
        LocalCluster(1, threads_per_worker=1, dashboard_address=None) as running,
        connected(running.scheduler_address) as team,
        opened(tmp_path / "中断") as kept,
    ):
        work = take_all(many, partial(team, seconds=2), kept)
        found = dict([next(work)])
        running.scale(0)
        with pytest.raises(XxgkError, match="集群断了"):
            found.update(work)
        assert len(found) < len(many)


@full_only
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_also_when_one_of_its_processes_is_killed(
    many: tuple[Source, ...], dask: Any, tmp_path: Path
) -> None:
    once = {source.path: take(source) for source in many}
    expected = [_as(once[source.path], source) for source in many]
    assert outcome(many, local(2), tmp_path / "本机") == expected
    with connected(dask.scheduler_address) as team:
        assert outcome(many, team, tmp_path / "集群") == expected
        with opened(tmp_path / "中断") as kept:
            work = take_all(many, team, kept)
            found = dict([next(work)])
            victim = next(iter(dask.workers.values())).process.pid
            os.kill(victim, signal.SIGKILL)
            found.update(work)
        assert [found[index] for index in range(len(many))] == expected


def test_no_cluster_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        for address in ("tcp://127.0.0.1:9", f"tcp://127.0.0.1:{silent.getsockname()[1]}", "nichts://a:1", ""):
            with pytest.raises(UsageProblem, match=f"连不上 {address}："), connected(address):
                pass


def test_a_process_without_our_program_or_with_another_version_is_said() -> None:
    def client(*versions: str | None) -> Any:
        workers = {str(n): {"packages": {"xxgk": version}} for n, version in enumerate(versions)}
        return SimpleNamespace(get_versions=lambda packages: {"workers": workers})

    cluster._refuse_others(client(__version__, __version__))
    with pytest.raises(UsageProblem, match="2 个进程没有装"):
        cluster._refuse_others(client(__version__, None, "0"))


def test_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageProblem, match=r"xxgk\[cluster\]"), connected("tcp://127.0.0.1:9"):
        pass
