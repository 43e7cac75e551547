"""An unchanged file is not read again; whatever befalls the cache, the result is the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from xxgk.consolidate import cache
from xxgk.consolidate.cache import cache_path, opened, rules_version, take_all
from xxgk.consolidate.cluster import local
from xxgk.consolidate.model import Source, Taken
from xxgk.consolidate.take import take
from xxgk.files import replace_file

from support.handed_in import hand_in


class Counting:
    """A team of one process, ours, that remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[Source] = []

    def __call__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Generator[tuple[int, Any], None, None]:
        for index, item in enumerate(items):
            self.given.append(item)
            yield index, function(item)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[Source, ...]:
    return hand_in(tmp_path_factory.mktemp("报来"))


def run(sources: Sequence[Source], path: Path) -> tuple[list[Taken], list[Source]]:
    """Return what all sources give, in their order, and those that were read for it."""
    team = Counting()
    with opened(path) as opened_cache:
        found = dict(take_all(sources, team, opened_cache))
    return [found[index] for index in range(len(sources))], team.given


def test_a_second_run_reads_only_what_could_not_be_read(sources: tuple[Source, ...], tmp_path: Path) -> None:
    plain = [take(source) for source in sources]
    path = cache_path(tmp_path / "汇总.xlsx")
    first, read = run(sources, path)
    assert (first, read) == (plain, list(sources))
    second, read = run(sources, path)
    assert second == plain
    assert [source.shown for source in read] == ["坏.xlsx"]


def test_a_changed_file_is_read_again(sources: tuple[Source, ...], tmp_path: Path) -> None:
    changing = tmp_path / "甲.xlsx"
    changing.write_bytes(sources[0].path.read_bytes())
    mine = (Source(changing, "甲.xlsx"), *sources[1:3])
    path = cache_path(tmp_path / "汇总.xlsx")
    run(mine, path)
    replace_file(changing, sources[4].path.read_bytes())
    found, read = run(mine, path)
    assert read == [mine[0]]
    assert found[0].values == take(sources[4]).values


def test_a_renamed_file_is_known_by_its_contents(sources: tuple[Source, ...], tmp_path: Path) -> None:
    path = cache_path(tmp_path / "汇总.xlsx")
    run(sources[:3], path)
    other = Source(sources[0].path, "另一个名字.xlsx")
    found, read = run([other], path)
    assert read == []
    assert found[0].source == other


def test_other_rules_read_everything_anew(
    sources: tuple[Source, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = cache_path(tmp_path / "汇总.xlsx")
    run(sources[:3], path)
    monkeypatch.setattr(cache, "rules_version", lambda: "f" * len(rules_version()))
    assert run(sources[:3], path)[1] == list(sources[:3])
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM taken").fetchone() == (3,)
    database.close()


def test_what_was_done_before_an_interruption_is_kept(sources: tuple[Source, ...], tmp_path: Path) -> None:
    path = cache_path(tmp_path / "汇总.xlsx")

    def interrupted() -> None:
        with opened(path) as opened_cache:
            for done, _ in enumerate(take_all(sources, local(2), opened_cache), 1):
                if done == 4:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    found, read = run(sources, path)
    assert found == [take(source) for source in sources]
    assert len(read) <= len(sources) - 3  # one of the four may be the one that cannot be read


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0" + b"\xff" * 200, b"no database at all" * 50])
def test_a_damaged_cache_is_made_anew(sources: tuple[Source, ...], tmp_path: Path, damage: bytes) -> None:
    path = cache_path(tmp_path / "汇总.xlsx")
    path.write_bytes(damage)
    assert run(sources[:3], path)[0] == [take(source) for source in sources[:3]]
    assert run(sources[:3], path)[1] == []


def test_what_is_damaged_in_a_cache_is_read_again(sources: tuple[Source, ...], tmp_path: Path) -> None:
    path = cache_path(tmp_path / "汇总.xlsx")
    run(sources[:3], path)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE taken SET text = x'00'")
    database.close()
    assert run(sources[:3], path)[0] == [take(source) for source in sources[:3]]


def test_a_cache_that_another_run_has_open_is_done_without(
    sources: tuple[Source, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "BUSY", 0.01)
    path = cache_path(tmp_path / "汇总.xlsx")
    run(sources[:3], path)
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert run(sources[:3], path)[0] == [take(source) for source in sources[:3]]
    finally:
        other.close()


def test_a_folder_that_takes_no_file_is_done_without(sources: tuple[Source, ...], tmp_path: Path) -> None:
    path = tmp_path / "没有" / "缓存.sqlite"
    assert run(sources[:3], path)[0] == [take(source) for source in sources[:3]]
