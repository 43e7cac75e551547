"""A workbook of the user's put back after a change, its former state kept."""

from __future__ import annotations

from pathlib import Path

from xxgk.errors import FileProblem
from xxgk.files import backup, replace_file


def save_over(path: Path, before: bytes, after: bytes) -> Path:
    """Put ``after`` in the place of the workbook ``path``, which held ``before``; return the backup made first.

    Raise ``FileProblem``, leaving the file, when another program has changed it meanwhile or it cannot be written.
    """
    kept = backup(path)
    if kept.read_bytes() != before:
        raise FileProblem(f"{path} 刚刚被别的程序改过，没有写入。请关闭打开它的程序，再试一次。")
    replace_file(path, after)
    return kept
