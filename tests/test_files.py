"""Files are replaced whole or not at all, and never over what somebody has open."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from xxgk import files
from xxgk.errors import FileProblem
from xxgk.files import BACKUPS, backup, file_stem, publish, publish_together, replace_file

POSIX = os.name == "posix"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    for data in (b"first", b"second"):
        replace_file(path, data)
        assert path.read_bytes() == data
        assert names(tmp_path) == ["年报.xlsx"]


@pytest.mark.skipif(not POSIX, reason="permissions of this kind are POSIX")
def test_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(not POSIX, reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "真.xlsx", tmp_path / "链.xlsx"
    target.write_bytes(b"old")
    link.symlink_to(target)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("lock", ["~$年报.xlsx", ".~lock.年报.xlsx#", ".~年报.xlsx"])
def test_a_file_open_elsewhere_is_left_alone(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"old")
    (tmp_path / lock).touch()
    with pytest.raises(FileProblem, match="正在被"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == sorted(["年报.xlsx", lock])


@pytest.mark.parametrize("lock", ["~$报告 终稿.docx", "~$告 终稿.docx", "~$ 终稿.docx"])
def test_a_report_open_in_word_is_left_alone(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "报告 终稿.docx"
    (tmp_path / lock).touch()
    with pytest.raises(FileProblem, match="正在被"):
        replace_file(path, b"new")


def test_the_lock_of_a_workbook_is_not_the_lock_of_one_with_a_longer_name(tmp_path: Path) -> None:
    (tmp_path / "~$年报.xlsx").touch()
    replace_file(tmp_path / "某镇年报.xlsx", b"new")


@pytest.mark.parametrize("mode", [0o444, 0o400])
def test_a_read_only_file_is_left_alone(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"old")
    path.chmod(mode)
    for write in (replace_file, publish):
        with pytest.raises(FileProblem, match="这个文件是只读的"):
            write(path, b"new")
        assert path.read_bytes() == b"old"


def test_of_several_files_none_is_written_where_one_cannot_be(tmp_path: Path) -> None:
    first, second = tmp_path / "报告.docx", tmp_path / "报告.html"
    first.write_bytes(b"old")
    second.write_bytes(b"old")
    second.chmod(0o444)
    files = [(first, (b"new",)), (second, (b"n", b"ew"))]
    with pytest.raises(FileProblem, match=r"报告\.html 这个文件是只读的"):
        publish_together(files)
    assert (first.read_bytes(), second.read_bytes()) == (b"old", b"old")
    assert set(tmp_path.iterdir()) == {first, second}
    second.chmod(0o644)
    assert all(kept and kept.read_bytes() == b"old" for kept in publish_together(files))
    assert (first.read_bytes(), second.read_bytes()) == (b"new", b"new")
    assert publish_together(files) == (None, None)


def windows(number: int) -> OSError:
    """Return an error as Windows reports it: these all come as "not found"."""
    error = FileNotFoundError(errno.ENOENT, "")
    error.winerror = number  # type: ignore[attr-defined, unused-ignore]
    return error


FAILURES = [
    (PermissionError(errno.EACCES, ""), "只读"),
    (OSError(errno.EROFS, ""), "只读"),
    (OSError(errno.ENOSPC, ""), "磁盘满了"),
    (OSError(errno.EDQUOT, ""), "磁盘满了"),
    (OSError(errno.ENAMETOOLONG, ""), "太长"),
    (windows(206), "太长"),
    (OSError(errno.EIO, ""), "连不上"),
    (OSError(errno.ESTALE, ""), "连不上"),
    (OSError(errno.ENOTCONN, ""), "连不上"),
    (OSError(errno.EHOSTDOWN, ""), "连不上"),
    (TimeoutError(errno.ETIMEDOUT, ""), "连不上"),
    (windows(53), "连不上"),
    (windows(59), "连不上"),
    (windows(64), "连不上"),
    (windows(67), "连不上"),
    (OSError(errno.EINVAL, ""), "没有存成"),
]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(("error", "words"), FAILURES)
def test_a_failure_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: OSError, words: str
) -> None:
    def fail(*_: Any) -> None:
        raise error

    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        if step == "fsync":
            patch.setattr(files.os, "fsync", fail)
        else:
            patch.setattr(Path, "replace", fail)
        with pytest.raises(FileProblem, match=words) as caught:
            replace_file(path, b"new")
    assert str(caught.value).endswith("。")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["年报.xlsx"]


def test_the_file_and_then_its_folder_are_written_through_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"old")
    seen = []

    def record(descriptor: int) -> None:
        seen.append(("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file", path.read_bytes()))

    monkeypatch.setattr(files.os, "fsync", record)
    replace_file(path, b"new")
    assert seen == [("file", b"old"), *([("folder", b"new")] if POSIX else [])]


def test_what_a_killed_write_left_is_removed_by_a_later_one(tmp_path: Path) -> None:
    path = tmp_path / f"{'长' * 50}.xlsx"
    mine = f".{path.name[: files.BESIDE_NAME]}.0123456789abcdef.tmp"
    others = [f"{mine[:-20]}0123.tmp", ".年报.xlsx.0123456789abcdef.tmp", mine[1:]]
    for name in (mine, *others):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    recent = mine.replace("0123", "4567")
    (tmp_path / recent).touch()
    replace_file(path, b"new")
    assert names(tmp_path) == sorted([path.name, recent, *others])


def test_a_path_that_is_too_long_for_windows_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ("a" * 120) / ("b" * 120) / "年报.xlsx"
    path.parent.mkdir(parents=True)

    def fail(*_: Any, **__: Any) -> None:
        raise FileNotFoundError(errno.ENOENT, "")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(FileProblem, match="太长"):
        replace_file(path, b"new")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="文件夹"):
        replace_file(tmp_path / "没有" / "年报.xlsx", b"new")
    assert names(tmp_path) == []


def test_a_folder_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "年报.xlsx").mkdir()
    with pytest.raises(FileProblem):
        replace_file(tmp_path / "年报.xlsx", b"new")
    assert names(tmp_path) == ["年报.xlsx"]


@pytest.mark.skipif(not POSIX, reason="SIGKILL is POSIX")
@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_kill_never_leaves_half_a_file(tmp_path: Path, step: str) -> None:
    """The process dies by SIGKILL in the middle of each step; the file is the old one, whole."""
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"old" * 1000)
    code = f"""
        import os, signal, sys
        from pathlib import Path
        from xxgk import files

        def die(*arguments):
            os.kill(os.getpid(), signal.SIGKILL)

        if {step!r} == "write":
            class Half:
                def __init__(self, file): self.file = file
                def __enter__(self): return self
                def __exit__(self, *_): self.file.close()
                def __getattr__(self, name): return getattr(self.file, name)
                def write(self, data):
                    self.file.write(data[: len(data) // 2]); self.file.flush(); die()
            opened = Path.open
            Path.open = lambda path, mode: Half(opened(path, mode))
        elif {step!r} == "fsync":
            files.os.fsync = die
        else:
            Path.replace = die
        files.replace_file(Path(sys.argv[1]), b"new" * 1000)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(path)], check=False)
    assert done.returncode < 0
    assert path.read_bytes() == b"old" * 1000


def test_backups_never_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    copies = []
    for data in (b"1", b"2", b"3"):
        path.write_bytes(data)
        copies.append(backup(path))
    assert len(set(copies)) == 3
    assert [copy.read_bytes() for copy in copies] == [b"1", b"2", b"3"]
    assert all(copy.parent == tmp_path / BACKUPS and copy.name.startswith("年报-20") for copy in copies)
    assert all(copy.suffix == ".xlsx" for copy in copies)
    assert path.read_bytes() == b"3"


def test_a_backup_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="没有备份"):
        backup(tmp_path / "没有.xlsx")
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"old")
    (tmp_path / BACKUPS).touch()
    with pytest.raises(FileProblem):
        backup(path)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_backup_that_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "")

    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        if step == "fsync":
            patch.setattr(files.os, "fsync", fail)
        else:
            patch.setattr(Path, "replace", fail)
        with pytest.raises(FileProblem, match=f"磁盘满了.*{path.name}.*没有动") as told:
            backup(path)
    assert BACKUPS not in str(told.value)
    assert names(tmp_path / BACKUPS) == []


def test_a_finished_file_that_somebody_edited_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    assert publish(path, b"first") is None
    assert publish(path, b"first") is None
    kept = publish(path, b"second")
    assert kept is not None
    assert (kept.read_bytes(), path.read_bytes()) == (b"first", b"second")


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("2023年和平镇年报", "2023年和平镇年报"),
        ("甲/乙:丙\n丁", "甲 乙 丙 丁"),
        ("a" * 200, "a" * 80),
        ("结尾. ", "结尾"),
        ("///", ""),
    ],
)
def test_a_title_becomes_a_file_name(title: str, stem: str) -> None:
    assert file_stem(title) == stem
