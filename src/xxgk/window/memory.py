"""What the window remembers for this user: the last workbooks, and what 填充 can be taken back."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from xxgk.errors import FileProblem
from xxgk.files import make_folder, replace_file
from xxgk.records import Record
from xxgk.settings import settings_folder

RECENT = 8  # workbooks


class Fill(Record):
    """A 填充: the workbook, the backup made before it, and the digest of the workbook as 填充 left it."""

    file: str
    backup: str
    digest: str


class Memory(Record):
    """The last workbooks, newest first, and the last 填充 of each that can be taken back."""

    recent: tuple[str, ...] = ()
    fills: tuple[Fill, ...] = ()

    def opened(self, path: Path) -> Memory:
        """Return the memory after ``path`` was opened."""
        recent = (str(path), *(other for other in self.recent if other != str(path)))[:RECENT]
        return Memory(recent, tuple(fill for fill in self.fills if fill.file in recent))

    def fill_of(self, path: Path) -> Fill | None:
        """Return the last 填充 of ``path``, None where there is none to take back."""
        return next((fill for fill in self.fills if fill.file == str(path)), None)

    def with_fill(self, path: Path, fill: Fill | None) -> Memory:
        """Return the memory with this as the last 填充 of ``path``."""
        others = tuple(other for other in self.fills if other.file != str(path))
        return Memory(self.recent, others if fill is None else (fill, *others))


def memory_file() -> Path:
    """Return where this user's memory is kept."""
    return settings_folder() / "window.json"


def load_memory(file: Path) -> Memory:
    """Return what was remembered; what cannot be read is forgotten."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        fills = tuple(Fill(str(fill["file"]), str(fill["backup"]), str(fill["digest"])) for fill in data["fills"])
        return Memory(tuple(str(path) for path in data["recent"]), fills)
    except (OSError, ValueError, LookupError, TypeError):
        return Memory()


def save_memory(file: Path, memory: Memory) -> None:
    """Remember for the next time; where nothing can be written it is done without."""
    fills = [{"file": fill.file, "backup": fill.backup, "digest": fill.digest} for fill in memory.fills]
    text = json.dumps({"recent": memory.recent, "fills": fills}, ensure_ascii=False, indent=1)
    with suppress(FileProblem, UnicodeEncodeError):
        make_folder(file.parent)
        replace_file(file, text.encode())
