"""Two built files compared part by part."""

from __future__ import annotations

import io
from zipfile import ZIP_STORED, ZipFile

from xxgk.workbook.building.archive import pack
from xxgk.workbook.compare import differences

PARTS = {"a.xml": b"<a/>", "folder/b.xml": b"<b/>"}


def test_the_same_parts_packed_otherwise_do_not_differ() -> None:
    other = io.BytesIO()
    with ZipFile(other, "w", ZIP_STORED) as archive:
        for name, data in reversed(PARTS.items()):
            archive.writestr(name, data)
    assert differences(pack(PARTS), other.getvalue()) == ()


def test_changed_missing_and_extra_parts_are_named() -> None:
    committed = pack({"a.xml": b"<a>1</a>", "c.xml": b"<c/>"})
    assert differences(pack(PARTS), committed) == ("a.xml", "c.xml", "folder/b.xml")


def test_no_zip_file_differs_in_every_part() -> None:
    assert differences(pack(PARTS), b"not a workbook") == ("a.xml", "folder/b.xml")
