"""Files in folders and zip files: found in one order, unpacked within bounds, names in whatever encoding."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from xxgk.consolidate.model import Source
from xxgk.consolidate.sources import find_sources
from xxgk.consolidate.take import take
from xxgk.consolidate.zips import entries, read_entry
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.jsonio import dump_json

from support.reports import FORM, example


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2024, 1, 30, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def test_entries_are_read_with_their_day(tmp_path: Path) -> None:
    files = {"乙/年报.json": b"2", "甲.json": b"1", "__MACOSX/甲.json": b"", ".x/y.json": b""}
    path = zipped(tmp_path / "a.zip", files)
    assert entries(path) == ("乙/年报.json", "甲.json")
    assert read_entry(path, "乙/年报.json") == (b"2", date(2024, 1, 30))


def as_windows_writes(name: str, content: bytes) -> bytes:
    """Return a zip file whose name is in GBK without a word about it."""
    raw = name.encode("gbk")
    plain = "n" * len(raw)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(plain, content)
    return buffer.getvalue().replace(plain.encode(), raw)


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(as_windows_writes("和平镇.json", b"1"))
    assert entries(path) == ("和平镇.json",)
    assert read_entry(path, "和平镇.json")[0] == b"1"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"大.json": bytes(30_000_000), "密.json": bytes(3_000_000)})
    for name in entries(path):
        with pytest.raises(UnreadableWorkbook, match="大得不正常"):
            read_entry(path, name)


def test_a_size_that_lies_is_damage(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", {"a.json": b"0123456789" * 100}).read_bytes())
    size = (1000).to_bytes(4, "little")
    at = data.rfind(size)
    data[at : at + 4] = (500).to_bytes(4, "little")
    path = tmp_path / "b.zip"
    path.write_bytes(data)
    with pytest.raises(UnreadableWorkbook, match="已损坏"):
        read_entry(path, "a.json")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all" * 100])
def test_what_is_no_zip_file_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "坏.zip").write_bytes(data)
    found = find_sources(tmp_path)
    assert found.files == ()
    assert "压缩包打不开" in found.problems[0]


def test_all_that_may_be_reports_is_found_in_order_and_the_rest_is_named(tmp_path: Path) -> None:
    (tmp_path / "乡镇").mkdir()
    (tmp_path / "备份").mkdir()
    aside = ("备份/c.xlsx", "~$a.xlsx", ".x.xlsx", "旧.xls", "p.rar", "读我.png", "名单.xlsx")
    for name in ("乡镇/b.xlsx", "a.docx", *aside):
        (tmp_path / name).write_bytes(b"")
    zipped(tmp_path / "z.zip", {"c.json": b"", "d.et": b"", "e.zip": b""})
    found = find_sources(tmp_path, [tmp_path / "名单.xlsx"])
    assert [source.shown for source in found.files] == ["a.docx", "z.zip › c.json", "乡镇/b.xlsx"]
    assert [problem.split(" ")[0] for problem in found.problems] == ["p.rar", "z.zip", "z.zip", "旧.xls"]


def test_who_works_in_another_folder_finds_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "报来").mkdir()
    (tmp_path / "报来" / "a.txt").write_text("没有表", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (source,) = find_sources(Path("报来")).files
    monkeypatch.chdir("/")
    assert "没有这个文件" not in take(source).error


def test_no_folder_is_a_wrong_word(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="没有"):
        find_sources(tmp_path / "没有")


def test_a_published_report_in_a_zip_file_is_read_like_one_on_disk(tmp_path: Path) -> None:
    text = dump_json(example(), FORM)
    (tmp_path / "和平镇.json").write_text(text, encoding="utf-8")
    zipped(tmp_path / "a.zip", {"和平镇.json": text.encode()})
    inside, outside = (take(source) for source in find_sources(tmp_path).files)
    assert inside.values == outside.values
    assert (inside.digest, inside.unit, inside.modified) == (outside.digest, "和平镇人民政府", date(2024, 1, 30))


def test_what_cannot_be_read_says_why_by_its_own_name(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"坏.xlsx": b"PK", "坏.json": b"{"})
    (tmp_path / "坏.txt").write_text("没有表", encoding="utf-8")
    errors = [take(source).error for source in find_sources(tmp_path).files]
    names = ["a.zip › 坏.json", "a.zip › 坏.xlsx", "坏.txt"]
    assert [error.split("：")[0] for error in errors] == [f"读不了 {name}" for name in names]
    assert not any("/" in error for error in errors)


def test_a_file_that_has_gone_is_an_error(tmp_path: Path) -> None:
    assert "没有这个文件" in take(Source(tmp_path / "x.xlsx", "x.xlsx")).error
