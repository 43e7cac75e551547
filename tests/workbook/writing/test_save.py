"""A changed workbook takes the place of the old one only while that is what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.errors import FileProblem
from xxgk.workbook.writing.save import save_over


def test_the_old_state_is_kept_and_the_new_one_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"old")
    kept = save_over(path, b"old", b"new")
    assert (kept.read_bytes(), path.read_bytes()) == (b"old", b"new")


def test_what_another_program_has_written_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"saved by Excel just now")
    with pytest.raises(FileProblem, match="别的程序"):
        save_over(path, b"old", b"new")
    assert path.read_bytes() == b"saved by Excel just now"
