"""LibreOffice's settings file with one trusted folder more or less."""

from __future__ import annotations

from pathlib import PurePosixPath
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.errors import UnreadableWorkbook
from xxgk.machine.trust_libreoffice import (
    EMPTY,
    HIGH,
    OOR,
    SCRIPTING,
    libreoffice_macros,
    settings_file,
    with_folder,
    without_folder,
)

from support.machines import linux, windows

HEAD, TAIL = EMPTY.decode().split("</oor:items>")
PATHS = st.text(st.sampled_from("ab 年报&<>'\"%+=#"), min_size=1, max_size=8).map(lambda name: f"/家/x{name}y")
URLS = PATHS.map(lambda path: PurePosixPath(path).as_uri())
OTHERS = (
    f'<item oor:path="{SCRIPTING}"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>1</value></prop></item>',
    '<item oor:path="/org.openoffice.Office.Logging/Settings"><node oor:name="u" oor:op="replace"/></item>',
    '<item oor:path="/a"><prop oor:name="SecureURL" oor:type="a"><value>别人的\n两行 &lt;</value></prop></item>',
    '<item oor:path="/b"><prop oor:name="x"><value xsi:nil="true"/></prop></item>',
)


def item(value: str) -> str:
    return f'<item oor:path="{SCRIPTING}"><prop oor:name="SecureURL" oor:op="fuse">{value}</prop></item>'


def settings(*items: str) -> bytes:
    return "".join([HEAD, *(f"{line}\n" for line in items), "</oor:items>", TAIL]).encode()


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """Return a settings file and the folders that it trusts."""
    items = draw(st.lists(st.sampled_from(OTHERS), max_size=4))
    folders = draw(st.lists(URLS, unique=True, max_size=3))
    if folders:
        items.insert(draw(st.integers(0, len(items))), item(value_of(folders)))
    else:
        items += draw(st.sampled_from([[], [item("<value/>")], [item("<value></value>")]]))
    return settings(*items), folders


def value_of(folders: list[str]) -> str:
    return f"<value>{''.join(f'<it>{escape(folder)}</it>' for folder in folders)}</value>"


def trusted(xml: bytes) -> list[str]:
    """Return the trusted folders as ElementTree reads them."""
    path = f"item[@{{{OOR}}}path='{SCRIPTING}']/prop[@{{{OOR}}}name='SecureURL']/value/it"
    return [entry.text or "" for entry in ET.fromstring(xml).iterfind(path)]


@given(files(), URLS)
def test_a_folder_is_added_once_and_taken_back_and_all_else_stays(file: tuple[bytes, list[str]], url: str) -> None:
    xml, folders = file
    added = with_folder(xml, url)
    assert trusted(added) == (folders if url in folders else [*folders, url])
    assert libreoffice_macros(added).folders == tuple(trusted(added))
    assert with_folder(added, url) == added
    assert with_folder(added, f"{url}/") == added
    removed = without_folder(added, url)
    assert trusted(removed) == [folder for folder in folders if folder != url]
    assert others(removed) == others(xml)


def others(xml: bytes) -> list[bytes]:
    """Return the lines of ``xml`` that say nothing about trusted folders."""
    return [line for line in xml.splitlines() if SCRIPTING.encode() not in line or b"SecureURL" not in line]


def test_a_folder_without_settings_yet_makes_a_file_with_one() -> None:
    xml = with_folder(EMPTY, "file:///home/a")
    assert trusted(xml) == ["file:///home/a"]
    assert libreoffice_macros(xml).level == HIGH


def test_a_list_in_the_old_form_is_kept() -> None:
    xml = with_folder(settings(item("<value>file:///a file:///b</value>")), "file:///c")
    assert trusted(xml) == ["file:///a", "file:///b", "file:///c"]


def test_another_prefix_is_kept() -> None:
    xml = settings(OTHERS[0]).replace(b"oor:", b"q:").replace(b"xmlns:oor", b"xmlns:q")
    assert trusted(with_folder(xml, "file:///c")) == ["file:///c"]
    assert libreoffice_macros(xml).level == 1


@pytest.mark.parametrize("xml", [b"", b"<a/>", b"no xml", EMPTY[:-5], settings("<item>"), b"<!DOCTYPE a><a/>"])
def test_what_is_no_settings_file_is_refused(xml: bytes) -> None:
    with pytest.raises(UnreadableWorkbook):
        with_folder(xml, "file:///a")


def test_each_system_keeps_the_settings_elsewhere() -> None:
    end = "user/registrymodifications.xcu"
    assert str(settings_file(linux())) == f"/home/王芳/.config/libreoffice/4/{end}"
    for environment, folder in (
        ({"XDG_CONFIG_HOME": "/data/设置"}, "/data/设置"),
        ({"XDG_CONFIG_HOME": ""}, "/home/王芳/.config"),
    ):
        assert str(settings_file(linux(environment=environment))) == f"{folder}/libreoffice/4/{end}"
    windows_path = settings_file(windows()).as_posix()
    assert windows_path == f"C:/Users/王芳/AppData/Roaming/LibreOffice/4/{end}"
    mac = settings_file(linux(system="darwin", home="/Users/a"))
    assert str(mac) == f"/Users/a/Library/Application Support/LibreOffice/4/{end}"
