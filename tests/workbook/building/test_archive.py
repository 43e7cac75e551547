"""The same workbook gives the same bytes, whatever the clock says and whichever XML library is installed."""

from __future__ import annotations

import io
from xml.etree import ElementTree
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from xxgk.workbook.building.archive import CONTENT_TYPES, EPOCH, one_way, pack

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


@st.composite
def elements(draw: st.DrawFn, depth: int = 2) -> ElementTree.Element:
    element = ElementTree.Element(draw(st.sampled_from("abc")), draw(st.dictionaries(st.sampled_from("kmn"), TEXTS)))
    element.text = draw(TEXTS)
    if depth:
        for child in draw(st.lists(elements(depth=depth - 1), max_size=3)):
            child.tail = draw(TEXTS)
            element.append(child)
    return element


@given(elements())
def test_one_way_keeps_what_xml_says(element: ElementTree.Element) -> None:
    for short in (True, False):
        written = ElementTree.tostring(element, "utf-8", short_empty_elements=short)
        assert ElementTree.canonicalize(one_way(written)) == ElementTree.canonicalize(written)


@given(elements())
def test_one_way_is_one_way(element: ElementTree.Element) -> None:
    short, long = (ElementTree.tostring(element, "utf-8", short_empty_elements=short) for short in (True, False))
    assert one_way(short) == one_way(long) == one_way(one_way(long))


def test_one_way_keeps_prefixes_and_quotes() -> None:
    xml = "<x:a xmlns:x='urn:x' x:k='&quot;1&quot; &lt; 2'><x:b></x:b> &amp; 中</x:a>".encode()
    body = one_way(xml).partition(b"\n")[2].decode()
    assert body == '<x:a xmlns:x="urn:x" x:k="&quot;1&quot; &lt; 2"><x:b/> &amp; 中</x:a>'


def test_one_way_declares_prefixes_at_the_root_unless_they_change_their_meaning() -> None:
    early = b"<a xmlns:y='urn:y' xmlns:x='urn:x'><x:b/><y:c/></a>"
    late = b"<a><x:b xmlns:x='urn:x'/><y:c xmlns:y='urn:y'/></a>"
    assert one_way(early) == one_way(late)
    two = b"<a><x:b xmlns:x='urn:1'/><x:b xmlns:x='urn:2'/></a>"
    assert ElementTree.canonicalize(one_way(two)) == ElementTree.canonicalize(two)


def test_pack_keeps_order_and_has_no_clock() -> None:
    parts = {CONTENT_TYPES: b"<Types/>", "b.xml": b"<b/>", "a.bin": bytes(5)}
    with ZipFile(io.BytesIO(pack(parts))) as archive:
        assert [entry.filename for entry in archive.infolist()] == list(parts)
        assert {entry.date_time for entry in archive.infolist()} == {EPOCH}
        assert {name: archive.read(name) for name in archive.namelist()} == parts
    assert pack(parts) == pack(parts)
