"""What files gave on earlier runs, in a small SQLite file beside the result: an unchanged file is not read again."""

from __future__ import annotations

import functools
import hashlib
import sqlite3
import zlib
from array import array
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import overload

from xxgk import __version__
from xxgk.consolidate.cache_text import taken_of, text_of
from xxgk.consolidate.cluster import Team
from xxgk.consolidate.model import Source, Taken
from xxgk.consolidate.take import content, lost, take
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.output.packed import packed, unpacked
from xxgk.resources import PACKAGE
from xxgk.workers import Lost

RULES = (".py", ".toml", ".json")  # what the outcome of a file depends on
PAUSE = 1.0  # seconds between two writings to the disk
BUSY = 5.0  # seconds to wait for another run that has the cache open

OTHER_RULES = (
    "集群的计算机上装的 xxgk 与本机的不一样，结果会不同，没有汇总：请在每台计算机上装同一个版本（本机是 {version}），"
    "重新启动 dask worker，再试一次。"
)


class Cache:
    """What files gave, by their contents, kind and the rules. One that cannot be used is as good as an empty one."""

    def __init__(self, database: sqlite3.Connection | None) -> None:
        self._database = database
        self._written = monotonic()

    def find(self, key: str) -> str | None:
        """Return what is kept under ``key``, None where nothing is."""
        row = None
        with self._spared():
            if self._database is not None:
                row = self._database.execute("SELECT text FROM taken WHERE key = ?", (key,)).fetchone()
        try:
            return unpacked(row[0]) if row else None
        except (zlib.error, ValueError):  # a bad spot on a disk
            return None

    def keep(self, key: str, data: bytes) -> None:
        """Keep a packed text under ``key``."""
        with self._spared():
            if self._database is not None:
                self._database.execute("INSERT OR REPLACE INTO taken VALUES (?, ?)", (key, data))
                if monotonic() - self._written >= PAUSE:
                    self._database.commit()
                    self._written = monotonic()

    @property
    def empty(self) -> bool:
        """Whether nothing is kept, so that there is no point in looking."""
        with self._spared():
            if self._database is not None:
                return self._database.execute("SELECT 1 FROM taken LIMIT 1").fetchone() is None
        return True

    def close(self) -> None:
        """Write everything to the disk."""
        with self._spared():
            if self._database is not None:
                self._database.commit()
                self._database.close()

    @contextmanager
    def _spared(self) -> Iterator[None]:
        """Go on without a cache that is damaged, full or locked: it saves time, nothing depends on it."""
        try:
            yield
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                if self._database is not None:
                    self._database.close()
            self._database = None


def cache_path(result: Path) -> Path:
    """Return where the cache for ``result`` stands: a hidden file, which no search for reports enters."""
    return result.with_name(f".{result.name}.缓存.sqlite")


@contextmanager
def opened(path: Path) -> Iterator[Cache]:
    """Yield the cache at ``path``, a new one where there is none or none that can be used; kept also on Ctrl-C."""
    cache = Cache(_database(path))
    try:
        yield cache
    finally:
        cache.close()


def take_all(sources: Sequence[Source], team: Team, cache: Cache) -> Generator[tuple[int, Taken], None, None]:
    """Yield the index of each source with what it gives, as they get done: the known ones first, the rest by ``team``.

    What is read is kept in ``cache`` at once. Of ``sources`` never more than one is asked for, of ``team`` as many as
    it has processes. Closing the generator ends the work.
    """
    unknown = array("L")
    empty = cache.empty
    for index, source in enumerate(sources):
        known = None if empty else _known(source, cache)
        if known is None:
            unknown.append(index)
        else:
            yield index, known
    for place, result in team(partial(_read, rules_version()), Chosen(sources, unknown)):
        index = unknown[place]
        if isinstance(result, Lost):
            yield index, lost(sources[index], result.late)
            continue
        taken, text = result
        # Why a file cannot be read may lie outside of it: it is tried again each time.
        if not taken.error:
            cache.keep(_key(taken.source, taken.digest), text)
        yield index, taken


class Chosen(Sequence[Source]):
    """Those of ``sources`` at ``places``, each looked up when it is asked for."""

    def __init__(self, sources: Sequence[Source], places: Sequence[int]) -> None:
        self._sources, self._places = sources, places

    @overload
    def __getitem__(self, index: int) -> Source: ...

    @overload
    def __getitem__(self, index: slice) -> Chosen: ...

    def __getitem__(self, index: int | slice) -> Source | Chosen:
        if isinstance(index, slice):
            return Chosen(self._sources, self._places[index])
        return self._sources[self._places[index]]

    def __len__(self) -> int:
        return len(self._places)


@functools.cache
def rules_version() -> str:
    """Return what changes with anything in the program that could make another result of the same file."""
    found = hashlib.sha256(__version__.encode())
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix in RULES):
        found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _known(source: Source, cache: Cache) -> Taken | None:
    try:
        data, modified = content(source)
        text = cache.find(_key(source, hashlib.sha256(data).hexdigest()))
        return taken_of(text, source, modified) if text is not None else None
    except (UnreadableWorkbook, ValueError, OSError):
        return None


def _read(version: str, source: Source) -> tuple[Taken, bytes]:
    """Return what ``source`` gives, and the same as a packed text, in whatever process this is."""
    if version != rules_version():
        raise UsageProblem(OTHER_RULES.format(version=__version__))
    taken = take(source)
    return taken, packed(text_of(taken))


def _key(source: Source, digest: str) -> str:
    # The same bytes under another suffix are read by another reader.
    return f"{rules_version()} {Path(source.entry or source.path.name).suffix.lower()} {digest}"


def _database(path: Path) -> sqlite3.Connection | None:
    """Return the database at ``path``, empty of what other rules gave; None where none can be had."""
    for _ in range(2):
        try:
            database = sqlite3.connect(path, timeout=BUSY)
            # Nothing is lost with it: after a power cut it may be damaged, and is then made anew.
            database.execute("PRAGMA synchronous = OFF")
            database.execute("CREATE TABLE IF NOT EXISTS taken (key TEXT PRIMARY KEY, text BLOB) WITHOUT ROWID")
            database.execute("DELETE FROM taken WHERE key NOT LIKE ?", (f"{rules_version()} %",))
            database.commit()
            return database
        except sqlite3.OperationalError:  # locked, or a folder that takes no file
            return None
        except sqlite3.DatabaseError:
            with suppress(OSError):
                database.close()
                path.unlink()
    return None
