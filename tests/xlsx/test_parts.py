"""Parts added, changed and taken away, with their types and relations."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from xxgk.errors import UnreadableWorkbook
from xxgk.xlsx.package import open_package
from xxgk.xlsx.parts import NO_RELATIONS, Parts
from xxgk.xlsx.repack import repack

from support.packages import packed, parts_of

TYPES = b'<Types xmlns="t"><Default Extension="xml" ContentType="a"/></Types>'
PLAIN = {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>", "xl/图.xml": b"<a/>"}


def opened(parts: dict[str, bytes]) -> Parts:
    return Parts(open_package(packed(parts)))


def test_a_package_gets_further_members() -> None:
    package = open_package(packed(PLAIN))
    data = repack(package, {"XL/workbook.xml": b"<b/>"}, ("xl/图.xml",), {"新.xml": b"<c/>"})
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
    assert parts_of(data) == {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<b/>", "新.xml": b"<c/>"}
    with pytest.raises(KeyError):
        repack(package, {}, (), {"XL/Workbook.xml": b""})


def test_what_is_added_and_taken_away_leaves_no_trace() -> None:
    parts = opened(PLAIN)
    parts.add("xl/a/one.xml", "one", b"<one/>")
    parts.add("xl/two.xml", "two", b"<two/>")
    assert parts.relate("xl/workbook.xml", "kind", "xl/a/one.xml") == "rId1"
    assert parts.relate("xl/workbook.xml", "kind", "xl/two.xml") == "rId2"
    parts.relate("xl/a/one.xml", "deep", "xl/two.xml")
    assert parts.related("xl/workbook.xml", "kind") == "xl/a/one.xml"
    again = Parts(open_package(parts.packed()))
    assert again.read("xl/a/one.xml") == b"<one/>"
    again.unrelate("xl/workbook.xml", "xl/two.xml")
    assert "xl/two.xml" in again  # the other part still leads to it
    again.unrelate("xl/workbook.xml", "xl/a/one.xml")
    assert parts_of(again.packed()) == PLAIN


def test_relations_are_read_as_other_programs_write_them() -> None:
    relations = (
        b'<x:Relationships xmlns:x="r"><x:Relationship Id="rId1" Type="a/comments" Target="..\\comments1.xml"/>'
        b'<x:Relationship Id="rId2" Type="a/hyperlink" Target="http://b/" TargetMode="External"/></x:Relationships>'
    )
    parts = opened({**PLAIN, "xl/worksheets/_rels/sheet1.xml.rels": relations, "xl/comments1.xml": b"<c/>"})
    assert [(r.id, r.kind, r.target) for r in parts.relations("xl/worksheets/sheet1.xml")] == [
        ("rId1", "comments", "xl/comments1.xml")
    ]
    assert parts.relate("xl/worksheets/sheet1.xml", "kind", "xl/workbook.xml") == "rId3"
    parts.unrelate("xl/worksheets/sheet1.xml", "xl/comments1.xml")
    assert "xl/comments1.xml" not in parts
    assert b"http://b/" in parts.read("xl/worksheets/_rels/sheet1.xml.rels")


def test_a_part_written_as_it_is_counts_as_untouched() -> None:
    parts = opened(PLAIN)
    parts.write("xl/workbook.xml", PLAIN["xl/workbook.xml"])
    assert not parts.changed
    parts.write("xl/workbook.xml", b"<other/>")
    assert parts.changed
    assert parts.free_name("xl/sheet{}.xml") == "xl/sheet1.xml"
    with pytest.raises(UnreadableWorkbook):
        parts.read("xl/none.xml")


def test_a_package_without_a_list_of_types_is_refused() -> None:
    with pytest.raises(UnreadableWorkbook):
        opened({**PLAIN, "[Content_Types].xml": NO_RELATIONS}).add("xl/a.xml", "a", b"")
