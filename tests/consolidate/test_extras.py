"""What ``xxgk consolidate`` writes besides: the same however the work was done, and never taken for a report."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.consolidate import cache, cluster
from xxgk.consolidate.cluster import Team, over
from xxgk.consolidate.tidy import WRITERS
from xxgk.errors import UsageProblem

from support.handed_in import hand_in

NAME = "青山县人民政府"


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files of a few units, two of them in a folder below."""
    folder = tmp_path_factory.mktemp("报来")
    hand_in(folder)
    (folder / "后交").mkdir()
    for name in ("00.xlsx", "01.xlsx"):
        (folder / name).rename(folder / "后交" / name)
    return folder


def tables(folder: Path, into: Path, *more: str) -> dict[str, bytes]:
    """Return the bytes of the tidy table in every format, by suffix."""
    files = {suffix: into / f"数{suffix}" for suffix in WRITERS}
    words = [word for path in files.values() for word in ("--table", str(path))]
    code = main(["consolidate", str(folder), "-o", str(into / "汇总.xlsx"), "--unit", NAME, *words, *more])
    assert code == 1  # a file that cannot be read
    return {suffix: path.read_bytes() for suffix, path in files.items()}


@contextmanager
def threads(_: str) -> Iterator[Team]:
    """Stand in for a cluster."""
    with ThreadPoolExecutor(2) as executor:
        yield partial(over, executor, 2, lambda: True)


def test_however_the_work_is_done_the_table_is_the_same(
    handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "connected", threads)
    seen = []
    ways = {"一": ("--jobs", "1"), "三": ("--jobs", "3"), "集群": ("--cluster", "tcp://127.0.0.1:8786")}
    for name, words in ways.items():
        (tmp_path / name).mkdir()
        seen.append(tables(handed_in, tmp_path / name, *words))
    seen.append(tables(handed_in, tmp_path / "一"))  # from the cache
    assert all(one == seen[0] for one in seen)
    assert all(seen[0].values())


def test_an_interrupted_run_goes_on_to_the_same_table(
    handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, broken = tmp_path / "一次", tmp_path / "两次"
    whole.mkdir()
    broken.mkdir()
    expected = tables(handed_in, whole)
    keep = cache.Cache.keep

    def keep_three(self: cache.Cache, key: str, data: bytes) -> None:
        keep(self, key, data)
        kept.append(key)
        if len(kept) == 3:
            raise KeyboardInterrupt

    kept: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(cache.Cache, "keep", keep_three)
        command = ["consolidate", str(handed_in), "-o", str(broken / "汇总.xlsx"), "--unit", NAME]
        assert main(command) == 130
    assert "接着读" in capsys.readouterr().err
    assert not (broken / "汇总.xlsx").exists()
    del kept[:]
    monkeypatch.setattr(cache.Cache, "keep", lambda self, key, data: kept.append(key))
    assert tables(handed_in, broken) == expected
    assert len(kept) == 3  # of six that can be read


def test_what_is_written_into_the_folder_is_no_report(
    handed_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "报来"
    shutil.copytree(handed_in, folder)
    first = tables(folder, folder, "--page", "--returns")
    assert {"汇总.html", "退改单"} <= {path.name for path in folder.iterdir()}
    said = capsys.readouterr()
    assert tables(folder, folder, "--page", "--returns") == first
    assert tables(folder, folder) == first
    assert "退改单 " in said.out
    assert "坏.xlsx" in said.out + said.err


@pytest.mark.parametrize("words", [("--table", "数.xls"), ("--page", "网页.xlsx")])
def test_what_cannot_be_written_is_said_before_anything_is_read(
    handed_in: Path, tmp_path: Path, words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "汇总.xlsx"
    code = main(["consolidate", str(handed_in), "-o", str(target), "--unit", NAME, words[0], str(tmp_path / words[1])])
    assert code == UsageProblem.exit_code
    assert words[1] in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
