"""Files of other kinds under a workbook's name."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
from docx import Document

from support.hostile_base import Kind, Refused, archived

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
NO_WORKBOOK = Refused("不是 Excel 工作簿")
HTML = "<html><meta charset=utf-8><table><tr><td>一、本年新收</td><td>3</td></tr></table></html>"


@cache
def word_document() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


@cache
def blank_workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def typed(kind: str, *names: str) -> bytes:
    """Return a zip file such as OpenDocument has them: the kind first, then parts."""
    return archived(
        [("mimetype", f"application/vnd.oasis.opendocument.{kind}".encode()), *((n, b"<a/>") for n in names)]
    )


def _kinds() -> Iterator[Kind]:
    ole = Refused("密码")
    yield Kind("password.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(5_000), ole)
    yield Kind("old.xls", lambda: OLE + "Workbook".encode("utf-16-le") + bytes(5_000), ole)
    yield Kind("wps.et", lambda: OLE + "ETExtData".encode("utf-16-le") + bytes(5_000), ole)
    yield Kind("old-renamed.xlsx", lambda: OLE, ole)
    yield Kind("biff.xlsx", lambda: bytes.fromhex("0908100000060500") + bytes(500), NO_WORKBOOK)
    yield Kind("html.xlsx", HTML.encode, NO_WORKBOOK)
    yield Kind("html.xls", HTML.encode, NO_WORKBOOK)
    yield Kind("csv.xlsx", lambda: "单位,件数\n和平镇,0\n".encode("gb18030"), NO_WORKBOOK)
    yield Kind("text-that-starts-like-a-zip.xlsx", lambda: b"PK is short for park", NO_WORKBOOK)
    yield Kind("json.xlsx", lambda: b"{}", NO_WORKBOOK)
    yield Kind("pdf.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3", NO_WORKBOOK)
    yield Kind("rar.xlsx", lambda: b"Rar!\x1a\7\0" + bytes(500), NO_WORKBOOK)
    yield Kind("gzip.xlsx", lambda: b"\x1f\x8b\x08" + bytes(500), NO_WORKBOOK)
    yield Kind("xml.xlsx", lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:x"/>', NO_WORKBOOK)
    yield Kind("zeros.xlsx", lambda: bytes(30_000), NO_WORKBOOK)
    yield Kind("word.xlsx", word_document, Refused("Word"))
    yield Kind(
        "slides.xlsx",
        lambda: archived([("[Content_Types].xml", b"<a/>"), ("ppt/presentation.xml", b"<a/>")]),
        Refused("演示文稿"),
    )
    yield Kind(
        "opendocument.xlsx", lambda: typed("spreadsheet", "content.xml", "META-INF/manifest.xml"), Refused(".ods")
    )
    yield Kind(
        "binary-workbook.xlsx",
        lambda: archived([("[Content_Types].xml", b"<a/>"), ("xl/workbook.bin", b"\0")]),
        Refused(".xlsb"),
    )
    yield Kind("zip.xlsx", lambda: archived([("a.txt", b"a"), ("b.csv", b"1,2")]), NO_WORKBOOK)
    yield Kind("empty-zip.xlsx", lambda: archived([]), NO_WORKBOOK)
    yield Kind("blank-workbook.xlsx", blank_workbook, Refused("不是年报的填报工作簿"))
    yield Kind("broken.json", lambda: b'{"unit": ', Refused("JSON"))
    yield Kind("empty.json", lambda: b"", Refused("JSON"))
    yield Kind("deep.json", lambda: b"[" * 1_000_000, Refused("JSON"))
    yield Kind("deep-object.json", lambda: b'{"a":' * 1_000_000, Refused("JSON"))
    yield Kind("gbk.json", lambda: '{"unit": "和平镇"}'.encode("gb18030"), Refused("UTF-8"))
    yield Kind("huge-number.json", lambda: b'{"year": ' + b"9" * 100_000 + b"}", Refused("JSON"))
    yield Kind("list.json", lambda: b"[1, 2]", Refused("JSON"))


def make_no_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Make things in ``folder`` that are no files, and yield each path with what the refusal says."""
    directory, pipe, loop, gone = (folder / f"{name}.xlsx" for name in ("folder", "pipe", "loop", "gone"))
    directory.mkdir()
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    (folder / "dangling.xlsx").symlink_to(gone)
    yield directory, "文件夹"
    yield pipe, "不是普通的文件"
    yield loop, "打不开"
    yield gone, "没有这个文件"
    yield folder / "dangling.xlsx", "没有这个文件"
    yield Path("/dev/zero"), "不是普通的文件"
    yield folder / ("长" * 200 + ".xlsx"), "打不开"
    yield folder / "a.xlsx" / "b.xlsx", "没有这个文件"


KINDS = tuple(_kinds())
