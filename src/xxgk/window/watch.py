"""The workbook watched from aside: was it saved again, is it open in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from xxgk.errors import FileProblem
from xxgk.files import refuse_open
from xxgk.records import Record

PAUSE = 1.0  # seconds between two looks

Stamp = tuple[int, int]  # time of the last change in nanoseconds, size in bytes


class Glance(Record):
    """What a look at the file shows: its stamp, None when it cannot be reached, and whether it is open elsewhere."""

    stamp: Stamp | None = None
    in_use: bool = False


def glance(path: Path) -> Glance:
    """Look at the file, without opening it."""
    try:
        refuse_open(path)
        in_use = False
    except FileProblem:
        in_use = True
    return Glance(stamp_of(path), in_use)


def stamp_of(path: Path) -> Stamp | None:
    """Return what changes when the file is saved; None when it cannot be reached."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


class Watch:
    """A thread that looks at one file again and again: a network folder may take seconds to answer."""

    def __init__(self, tell: Callable[[Path, Glance], None], pause: float = PAUSE) -> None:
        self._tell, self._pause = tell, pause
        self._path: Path | None = None
        self._over = False
        self._wake = Event()
        self._thread = Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def look_at(self, path: Path) -> None:
        """Watch this file from now on, beginning at once."""
        self._path = path
        self._wake.set()

    def end(self) -> None:
        """Stop; a look that does not come back is not waited for."""
        self._over = True
        self._wake.set()
        self._thread.join(self._pause)

    def _run(self) -> None:
        while not self._over:
            path = self._path
            if path is not None:
                self._tell(path, glance(path))
            self._wake.wait(self._pause)
            self._wake.clear()
