"""Files that are no workbook, or no safe one, are refused with a sentence that says why."""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.errors import UnreadableWorkbook
from xxgk.workbook.reading.read import read_report
from xxgk.xlsx.book import NO_WORKBOOK
from xxgk.xlsx.package import (
    CONTENT_TYPES,
    DAMAGED,
    MAX_FILE,
    MAX_MEMBERS,
    MEBIBYTE,
    TOO_BIG,
    UNSAFE,
    load_file,
    open_package,
)

from support.packages import packed, parts_of
from support.reports import example
from support.workbooks import TEMPLATE, filled


def stored(*names: str) -> bytes:
    return packed(dict.fromkeys(names, b"<a/>"))


def declared(data: bytes, offset: int, value: int) -> bytes:
    """Return ``data`` with a 32-bit field of the workbook part's directory entry changed."""
    at = data.rindex(b"xl/workbook.xml") - 46 + offset
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


def truncated() -> bytes:
    return TEMPLATE[: len(TEMPLATE) // 2]


def flipped() -> bytes:
    """Return the template with one byte of the workbook part's packed data changed."""
    with ZipFile(io.BytesIO(TEMPLATE)) as archive:
        entry = archive.getinfo("xl/workbook.xml")
    at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    return TEMPLATE[:at] + bytes([TEMPLATE[at] ^ 0x55]) + TEMPLATE[at + 1 :]


def bomb() -> bytes:
    return packed({**parts_of(TEMPLATE), "xl/sharedStrings.xml": bytes(30 * MEBIBYTE)})


def with_doctype() -> bytes:
    parts = parts_of(TEMPLATE)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<workbook", b'<!DOCTYPE a [<!ENTITY x "y">]><workbook', 1
    )
    return packed(parts)


def without(name: str) -> bytes:
    parts = parts_of(TEMPLATE)
    del parts[name]
    return packed(parts)


def encrypted() -> bytes:
    data = bytearray(TEMPLATE)
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def other_workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


REFUSED = {
    "empty": (b"", "文件是空的"),
    "password or .xls": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "密码"),
    "html": (b"<html><table></table></html>", "不是 Excel 工作簿"),
    "csv": ("单位,件数\n和平镇,0\n".encode("gb18030"), "不是 Excel 工作簿"),
    "truncated": (truncated(), DAMAGED),
    "a changed byte": (flipped(), DAMAGED),
    "directory beyond the end": (declared(TEMPLATE, 42, 2**31), DAMAGED),
    "empty zip": (packed({}), NO_WORKBOOK),
    "some zip": (stored("a.txt"), NO_WORKBOOK),
    "types only": (stored(CONTENT_TYPES), NO_WORKBOOK),
    "docx": (stored(CONTENT_TYPES, "word/document.xml"), "Word"),
    "pptx": (stored(CONTENT_TYPES, "ppt/presentation.xml"), "演示文稿"),
    "ods": (stored("mimetype", "content.xml"), ".ods"),
    "xlsb": (stored(CONTENT_TYPES, "xl/workbook.bin"), ".xlsb"),
    "too many members": (stored(*(f"{n}" for n in range(MAX_MEMBERS + 1))), TOO_BIG),
    "too large": (b"PK\3\4" + bytes(MAX_FILE), TOO_BIG),
    "bomb": (bomb(), TOO_BIG),
    "more than declared": (declared(TEMPLATE, 24, 5), DAMAGED),
    "parent folder": (stored(CONTENT_TYPES, "xl/../../a"), UNSAFE),
    "absolute": (stored(CONTENT_TYPES, "/a"), UNSAFE),
    "drive": (stored(CONTENT_TYPES, "c:/a"), UNSAFE),
    "names that differ in case": (stored("a", "A"), UNSAFE),
    "encrypted member": (encrypted(), "密码"),
    "doctype": (with_doctype(), UNSAFE),
    "no workbook part": (without("xl/workbook.xml"), NO_WORKBOOK),
    "no relations": (without("_rels/.rels"), NO_WORKBOOK),
    "someone else's workbook": (other_workbook(), "不是年报的填报工作簿"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_the_reason(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(UnreadableWorkbook) as caught:
        read_report(data)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "没有.xlsx", "没有这个文件"), (tmp_path, "文件夹"), (Path("a\0b"), "打不开")):
        with pytest.raises(UnreadableWorkbook, match=reason):
            load_file(path)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "no", str(path))

    path = tmp_path / "年报.xlsx"
    path.write_bytes(TEMPLATE)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableWorkbook, match="没有权限"):
        load_file(path)


def test_a_huge_file_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(UnreadableWorkbook, match=TOO_BIG):
        load_file(path)


@given(st.binary(max_size=70_000), st.sampled_from((ZIP_STORED, ZIP_DEFLATED)), st.booleans())
def test_members_come_out_as_they_went_in(content: bytes, method: int, streamed: bool) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return not streamed  # what is not seekable gets its sizes after the data

    out = Pipe()
    with ZipFile(out, "w") as archive:
        entry = ZipInfo("目录/文件.bin")
        entry.compress_type = method
        archive.writestr(entry, content)
    package = open_package(out.getvalue())
    assert package.read("目录/文件.BIN") == content


ORIGINAL = filled(example())
PARTS = parts_of(ORIGINAL)


def damaged(data: st.DataObject, original: bytes) -> bytes:
    """Return ``original`` with some bytes changed, or cut short."""
    changed = bytearray(original)
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(original) - 1))] = data.draw(st.integers(0, 255))
    return bytes(changed[: data.draw(st.sampled_from((None, -1, len(original) // 2)))])


@given(st.data())
def test_no_damage_to_the_file_gets_past_the_reader(data: st.DataObject) -> None:
    """Random changes either do no harm or are refused; nothing else is raised."""
    with suppress(UnreadableWorkbook):
        read_report(damaged(data, ORIGINAL))


@given(st.data())
def test_no_damage_to_a_part_gets_past_the_reader(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in PARTS if name.startswith(("xl/w", "_rels", "xl/_rels"))]))
    with suppress(UnreadableWorkbook):
        read_report(packed({**PARTS, name: damaged(data, PARTS[name])}))
