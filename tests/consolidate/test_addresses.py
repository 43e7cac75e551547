"""Files at addresses (``file://``, ``memory://``): the same as in a folder, byte for byte; faults are said."""

from __future__ import annotations

import io
import os
import pickle
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from xxgk.cli import main
from xxgk.consolidate import remote
from xxgk.consolidate.model import Source
from xxgk.consolidate.places import Url, place_of
from xxgk.consolidate.sources import find_sources
from xxgk.consolidate.take import take
from xxgk.consolidate.unitsheet import UNITS
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.records import replace
from xxgk.xlsx.package import MAX_FILE

from support.counties import TOWNS, town_report
from support.workbooks import filled

MADE = "disclosure.licences.decisions"
ROSTER = """单位名称,单位级别,上级单位,收到日期
清江县人民政府,县级政府（汇总）,,
石桥镇人民政府,乡镇街道,清江县人民政府,2024-01-20
河口镇人民政府,乡镇街道,清江县人民政府,
"""
NAME = st.text(
    st.characters(codec="utf-8", exclude_characters="/:\\\0\r\n", exclude_categories=["Cs", "Cc"]), min_size=1
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with what units handed in: a workbook, one in a zip file, what is none, what is left out."""
    monkeypatch.chdir(tmp_path)
    files = tmp_path / "交来"
    for name in ("乡 镇#1/石桥 100%.xlsx", "备份/石桥.xlsx", ".隐藏/a.xlsx", "~$a.xlsx", "旧.xls"):
        (files / name).parent.mkdir(parents=True, exist_ok=True)
        (files / name).write_bytes(filled(town_report(TOWNS[0], {MADE: 3})))
    with zipfile.ZipFile(files / "a.zip", "w") as archive:
        archive.writestr("河口.xlsx", filled(town_report(TOWNS[1], {MADE: 4})))
    (files / "坏.zip").write_bytes(b"PK")
    (files / "坏.xlsx").write_bytes(b"PK")
    for path in (path for path in files.rglob("*") if path.is_file()):
        os.utime(path, (datetime(2024, 1, 22, 9).timestamp(),) * 2)
    (tmp_path / "名单.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    """Return the file system in memory, empty before and after."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield files
    files.store.clear()


def at(source: Source, folder: Path) -> Source:
    assert isinstance(source.path, Path)
    return replace(source, path=Url(f"file://{folder.as_posix()}/{source.path.relative_to(folder).as_posix()}"))


def test_what_is_found_and_what_it_gives_is_that_of_the_folder(office: Path) -> None:
    folder = office / "交来"
    here, there = find_sources(folder), find_sources(place_of(f"file://{folder.as_posix()}"))
    assert there.files == tuple(at(source, folder) for source in here.files)
    assert there.problems == here.problems
    assert [replace(take(source), source=here.files[0]) for source in there.files] == [
        replace(take(source), source=here.files[0]) for source in here.files
    ]


def test_a_run_over_addresses_gives_the_same_bytes_but_for_the_links(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(folder: str, name: str) -> str:
        words = [folder, "-o", f"{name}.xlsx", "--roster", "名单.csv", "--table", f"{name}.csv", "--page"]
        assert main(["consolidate", *words, "--jobs", "1"]) == 1
        out, err = capsys.readouterr()
        return (out + err).replace(name, "")

    url = (office / "交来").as_posix()
    assert said("交来", "甲") == said(f"file://{url}", "乙")
    assert Path("甲.csv").read_bytes() == Path("乙.csv").read_bytes()
    links = [
        [cell.hyperlink.target for row in load_workbook(f"{name}.xlsx")[UNITS] for cell in row if cell.hyperlink]
        for name in "甲乙"
    ]
    assert links[1] == [f"file://{url}/{link.removeprefix('交来/')}" for link in links[0]]
    assert f'href="file://{url}/乡%20镇%231/石桥%20100%25.xlsx"' in Path("乙.html").read_text(encoding="utf-8")


def test_results_in_the_folder_itself_are_no_reports(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "consolidate",
        f"file://{office.as_posix()}",
        "-o",
        "汇总.xlsx",
        "--roster",
        "名单.csv",
        "--jobs",
        "1",
        "--returns",
    ]
    assert main(words) == 1
    first = capsys.readouterr().out
    assert main(words) == 1
    assert capsys.readouterr().out == first


def test_a_list_of_units_comes_from_an_address(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "new", "--from", f"file://{office.as_posix()}/交来", "-o", "新.xlsx"]) == 0
    assert "写进去 2 个单位" in capsys.readouterr().out


def test_files_in_memory_and_in_a_zip_file_in_memory(memory: MemoryFileSystem) -> None:
    data = filled(town_report(TOWNS[0], {MADE: 3}))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("河口镇.xlsx", data)
    memory.pipe({"/报/b.xlsx": data, "/报/z.zip": inner.getvalue(), "/报/乙/a.xlsx": data})
    found = find_sources(Url("memory://报"))
    assert [source.shown for source in found.files] == ["b.xlsx", "z.zip › 河口镇.xlsx", "乙/a.xlsx"]
    assert {take(source).digest for source in found.files} == {take(found.files[0]).digest}
    assert find_sources(Url("memory://报/b.xlsx")).files == (Source(Url("memory://报/b.xlsx"), "b.xlsx"),)
    chained = find_sources(Url("zip://::memory://报/z.zip")).files
    assert chained == (Source(Url("zip://河口镇.xlsx::memory://报/z.zip"), "河口镇.xlsx"),)
    assert take(chained[0]).values == take(found.files[0]).values
    assert take(chained[0]).modified is None  # what does not tell its day


def test_the_day_is_that_of_the_file(memory: MemoryFileSystem) -> None:
    memory.pipe("/a.json", b"{}")
    assert remote.read(Url("memory://a.json")) == (b"{}", date.today())


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nichts://a/b", "不认识 nichts:// 这种地址"),
        ("file:///没有", "没有这个文件或者文件夹"),
        ("memory://没有", "没有这个文件或者文件夹"),
        ("zip://::file:///没有.zip", "没有这个文件或者文件夹"),
    ],
)
def test_what_cannot_be_reached_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, said: str
) -> None:
    assert main(["consolidate", address, "-o", str(tmp_path / "汇总.xlsx")]) == 3
    error = capsys.readouterr().err
    assert error.startswith(f"读不了 {address}：{said}")
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


FAULTS = [(PermissionError(), "没有权限"), (ConnectionResetError(), "连不上"), (KeyError("Bucket"), "连不上")]


@pytest.mark.parametrize(("fault", "said"), FAULTS, ids=lambda one: type(one).__name__)
def test_a_fault_on_the_way_is_a_sentence_for_all_files_or_for_one(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise fault

    memory.pipe("/报/a.xlsx", b"PK")
    with monkeypatch.context() as broken:
        broken.setattr(MemoryFileSystem, "ls", fail)
        with pytest.raises(UnreadableWorkbook, match=f"读不了 memory://报：{said}"):
            find_sources(Url("memory://报"))
    (source,) = find_sources(Url("memory://报")).files
    monkeypatch.setattr(MemoryFileSystem, "_open", fail)
    assert take(source).error.startswith(f"读不了 a.xlsx：{said}")


def test_a_network_that_goes_while_a_zip_file_is_read_is_no_damage(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    memory.pipe("/报/a.zip", b"PK")
    monkeypatch.setattr(MemoryFileSystem, "_open", lambda *_, **__: Broken(bytes(100)))
    assert find_sources(Url("memory://报")).problems == (f"读不了 a.zip：{remote.OUT_OF_REACH}。",)


def test_a_file_that_does_not_tell_where_it_has_gone_to_is_read(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent(io.BytesIO):  # as paramiko's are
        def seek(self, offset: int, whence: int = 0, /) -> int:
            super().seek(offset, whence)
            return None  # type: ignore[return-value]

    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("河口镇.xlsx", b"PK")
    memory.pipe("/报/a.zip", b"PK")
    monkeypatch.setattr(MemoryFileSystem, "_open", lambda *_, **__: Silent(inner.getvalue()))
    assert [source.entry for source in find_sources(Url("memory://报")).files] == ["河口镇.xlsx"]


def test_what_is_too_large_is_not_read(memory: MemoryFileSystem) -> None:
    memory.pipe("/a.xlsx", bytes(MAX_FILE + 1))
    assert "大得不正常" in take(Source(Url("memory://a.xlsx"), "a.xlsx")).error


def test_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "paramiko", None)
        without.delitem(sys.modules, "fsspec.implementations.sftp", raising=False)
        with pytest.raises(UsageProblem, match="pip install paramiko"):
            find_sources(Url("sftp://某某:geheim@10.0.0.1/2024"))
    monkeypatch.setitem(sys.modules, "fsspec", None)
    for use in (find_sources, lambda url: take(Source(url, "a.xlsx"))):
        with pytest.raises(UsageProblem, match=r"xxgk\[remote\]") as raised:
            use(Url("sftp://某某:geheim@10.0.0.1/2024/a.xlsx"))
        assert "geheim" not in str(raised.value)


def test_a_path_needs_no_fsspec(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    assert [take(source).error for source in find_sources(office / "交来").files][:2] == ["", ""]


@pytest.mark.parametrize(
    "typed", ["交来", "C:\\交来", "C:/交来", "C://交来", "\\\\服务器\\交来", "//服务器/交来", "a:b"]
)
def test_a_path_is_no_address(typed: str) -> None:
    assert place_of(typed) == Path(typed)


@pytest.mark.parametrize(
    ("address", "shown", "link", "name"),
    [
        ("sftp://某:密@10.0.0.1/甲 .xlsx", "sftp://某@10.0.0.1/甲 .xlsx", "sftp://某@10.0.0.1/甲%20.xlsx", "甲 .xlsx"),
        ("https://a.cn/%E7%94%B2.xlsx", "https://a.cn/%E7%94%B2.xlsx", "https://a.cn/%E7%94%B2.xlsx", "甲.xlsx"),
        ("http://10.0.0.1", "http://10.0.0.1", "http://10.0.0.1", ""),
        ("s3://bucket/2024/a#1.zip", "s3://bucket/2024/a#1.zip", "s3://bucket/2024/a%231.zip", "a#1.zip"),
        ("file:///d/100%.xlsx", "file:///d/100%.xlsx", "file:///d/100%25.xlsx", "100%.xlsx"),
    ],
)  # fmt: skip
def test_an_address_is_shown_and_linked_without_its_password(address: str, shown: str, link: str, name: str) -> None:
    url = place_of(address)
    assert isinstance(url, Url)
    assert (str(url), url.link, url.name) == (shown, link, name)


def test_a_drive_in_an_address_is_one() -> None:
    assert Url("file:///C:/甲/a.xlsx").path == Path("C:/甲/a.xlsx")
    assert Url("file:///甲/a.xlsx").path == Path("/甲/a.xlsx")
    assert Url("s3://甲/a.xlsx").path is None


@given(st.lists(NAME, min_size=1, max_size=3))
def test_any_file_below_an_address_has_its_name_and_survives_the_way_to_a_worker(parts: list[str]) -> None:
    for root in ("memory://报", "https://a.cn/", "zip://::memory://a.zip"):
        url = Url(root).below("/".join(parts))
        assert url.name == parts[-1]
        assert pickle.loads(pickle.dumps(url)) == url
