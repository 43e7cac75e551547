"""Real workbooks of a few units in a folder, as they are handed in."""

from __future__ import annotations

from pathlib import Path

from xxgk.consolidate.model import Source

from support.gathered import faulty, report
from support.workbooks import filled

FILES = 6


def hand_in(folder: Path, files: int = FILES) -> tuple[Source, ...]:
    """Write workbooks of so many units into ``folder``, one of them with a wrong total, and one that is none."""
    made = [faulty(report(number)) if number == 3 else report(number) for number in range(files)]
    for number, one in enumerate(made):
        (folder / f"{number:02d}.xlsx").write_bytes(filled(one))
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    return tuple(Source(path, path.name) for path in sorted(folder.glob("*.xlsx")))
