"""What one run knows of its files and units, on disk: a nation's do not fit into the memory of one process.

The disk's part is a temporary SQLite database without a name, which only this process can open and which is gone with
it. So its records are pickled: nothing that others have written is ever read from it.
"""

from __future__ import annotations

import pickle
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Generic, TypeVar, overload

from xxgk.errors import FileProblem

R = TypeVar("R")

LONE = "surrogatepass"  # bytes of a file name that are no UTF-8
NO_ROOM = "存放临时文件的磁盘满了，或者不能写入，没有汇总；请清出空间（一个单位约要 10 KB），再试一次。"


class Store:
    """A place for shelves. It goes with the last of them."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._numbers = count(1)
        weakref.finalize(self, self._database.close)
        with told():
            # Nothing of it outlives the process, so nothing has ever to be taken back or made safe.
            self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")

    def table(self) -> tuple[sqlite3.Connection, str]:
        """Return the database and the name of a new table in it, with a place, a key and a record in each row."""
        name = f"shelf{next(self._numbers)}"
        with told():
            self._database.execute(f"CREATE TABLE {name} (place INTEGER PRIMARY KEY, key BLOB, record BLOB)")
            self._database.execute(f"CREATE INDEX {name}_key ON {name} (key)")
        return self._database, name


class Shelf(Sequence[R], Generic[R]):
    """Records of a store in the order of their places, each of which may have a key, not always one of its own.

    Whatever is taken from it is a new copy. Raise ``FileProblem`` when the disk is full.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._database, self._table = store.table()
        self._length = 0

    def put(self, record: R, key: str = "", place: int | None = None) -> None:
        """Put ``record`` behind all others, or at a ``place`` that is free or whose record it is to replace."""
        at = self._length if place is None else place
        with told():
            self._database.execute(
                f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?, ?)",
                (at, key.encode(errors=LONE), pickle.dumps(record, pickle.HIGHEST_PROTOCOL)),
            )
        self._length = max(self._length, at + 1)

    def keyed(self, key: str) -> Iterator[R]:
        """Yield the records with this key."""
        return self._records("WHERE key = ? ORDER BY place", key.encode(errors=LONE))

    def places(self, key: str) -> list[int]:
        """Return the places of the records with this key."""
        query = f"SELECT place FROM {self._table} WHERE key = ? ORDER BY place"
        with told():
            return [place for (place,) in self._database.execute(query, (key.encode(errors=LONE),))]

    def keys(self) -> Iterator[str]:
        """Yield the key of each record."""
        with told():
            for (key,) in self._database.execute(f"SELECT key FROM {self._table} ORDER BY place"):
                yield key.decode(errors=LONE)

    def by_key(self) -> Iterator[R]:
        """Yield the records in the order of their keys, as Python sorts them, those of one key by place."""
        return self._records("ORDER BY key, place")

    def clear(self) -> None:
        """Take everything off the shelf, so that its room on the disk can be used again."""
        with told():
            self._database.execute(f"DELETE FROM {self._table}")
        self._length = 0

    def has(self, key: str) -> bool:
        """Tell whether a record has this key."""
        return bool(self.places(key))

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> R: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[R]: ...

    def __getitem__(self, place: int | slice) -> R | Sequence[R]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        for record in self._records("WHERE place = ?", place + len(self) if place < 0 else place):
            return record
        raise IndexError(place)

    def __iter__(self) -> Iterator[R]:
        return self._records("ORDER BY place")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Shelf | tuple):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def _records(self, which: str, *values: bytes | int) -> Iterator[R]:
        with told():
            for (record,) in self._database.execute(f"SELECT record FROM {self._table} {which}", values):
                yield pickle.loads(record)


def shelved(records: Iterable[R], key: Callable[[R], str] = lambda _: "", store: Store | None = None) -> Shelf[R]:
    """Return a shelf with ``records``, in ``store`` or in one of its own."""
    shelf: Shelf[R] = Shelf(store or Store())
    for record in records:
        shelf.put(record, key(record))
    return shelf


@contextmanager
def told() -> Iterator[None]:
    """Say in words what keeps a temporary database from being used."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise FileProblem(NO_ROOM) from error
