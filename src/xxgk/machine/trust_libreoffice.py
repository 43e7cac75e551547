"""LibreOffice's macro settings for this user, in ``registrymodifications.xcu``.

LibreOffice writes one ``item`` for each setting. Only the value of one setting is changed here, every other byte of
the file stays. (Security/Scripting in officecfg/registry/schema/org/openoffice/Office/Common.xcs of its source.)
"""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from pathlib import PurePath
from urllib.parse import unquote

from xxgk.errors import UnreadableWorkbook
from xxgk.machine.machine import MAC, Machine, path_of, settings_folder
from xxgk.records import Record
from xxgk.xlsx.elements import within
from xxgk.xlsx.spans import Span, escape, find_spans, splice

OOR = "http://openoffice.org/2001/registry"
SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
FOLDERS, LEVEL = "SecureURL", "MacroSecurityLevel"
# The values of MacroSecurityLevel; without one LibreOffice takes HIGH, at which only trusted folders' macros run.
LOW, MEDIUM, HIGH = 0, 1, 2
EMPTY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<oor:items xmlns:oor="{OOR}" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n</oor:items>\n'
).encode()


class LibreOfficeMacros(Record):
    """How LibreOffice treats macros: its security level and the trusted folders, as file URLs."""

    level: int
    folders: tuple[str, ...]


def profile_folder(machine: Machine) -> PurePath:
    """Return the folder of this user's LibreOffice profile."""
    if machine.system == MAC:
        return path_of(machine, machine.home, "Library", "Application Support", "LibreOffice", "4")
    name = "libreoffice" if machine.system == "linux" else "LibreOffice"
    return settings_folder(machine) / name / "4"


def settings_file(machine: Machine) -> PurePath:
    """Return where LibreOffice keeps this user's settings."""
    return profile_folder(machine) / "user" / "registrymodifications.xcu"


def lock_file(machine: Machine) -> PurePath:
    """Return the file that exists while LibreOffice runs; what is written meanwhile it would write over at its end."""
    return profile_folder(machine) / ".lock"


def libreoffice_macros(xml: bytes) -> LibreOfficeMacros:
    """Return how LibreOffice treats macros by its settings ``xml``. Raise ``UnreadableWorkbook`` when they are none."""
    level = _texts(xml, _value(xml, LEVEL))
    return LibreOfficeMacros(
        int(level[0]) if level and level[0].isdecimal() else HIGH, _texts(xml, _value(xml, FOLDERS))
    )


def with_folder(xml: bytes, url: str) -> bytes:
    """Return the settings with one more trusted folder. Raise ``UnreadableWorkbook`` when ``xml`` is no settings."""
    folders = libreoffice_macros(xml).folders
    return xml if any(_same(url, folder) for folder in folders) else _with_folders(xml, (*folders, url))


def without_folder(xml: bytes, url: str) -> bytes:
    """Return the settings without that trusted folder. Raise ``UnreadableWorkbook`` when ``xml`` is no settings."""
    folders = libreoffice_macros(xml).folders
    kept = tuple(folder for folder in folders if not _same(url, folder))
    return xml if kept == folders else _with_folders(xml, kept)


def _with_folders(xml: bytes, folders: Sequence[str]) -> bytes:
    value = f"<value>{''.join(f'<it>{escape(folder)}</it>' for folder in folders)}</value>"
    old = _value(xml, FOLDERS)
    if old is not None:
        return splice(xml, [(old.start, old.end, value.encode())])
    root = find_spans(xml, {"items"})[0]
    # The prefix must be the one that the file gives to the namespace.
    item = (
        f'<item {root.prefix}path="{SCRIPTING}"><prop {root.prefix}name="{FOLDERS}" {root.prefix}op="fuse">'
        f"{value}</prop></item>\n"
    )
    return splice(xml, [(root.inner_end, root.inner_end, item.encode())])


def _value(xml: bytes, setting: str) -> Span | None:
    """Return the value element of one of the settings of scripting, None when it is not set."""
    spans = find_spans(xml, {"items", "item", "prop", "value"})
    if not spans or spans[0].name != "items" or spans[0].empty or not spans[0].prefix:
        raise UnreadableWorkbook("no settings of LibreOffice")
    found = None
    for item in spans:
        if item.name == "item" and item.attributes.get(f"{OOR} path") == SCRIPTING:
            inside = within(spans, item)
            for prop in inside:
                if prop.name == "prop" and prop.attributes.get(f"{OOR} name") == setting:
                    # A later one counts more.
                    found = next((span for span in within(inside, prop) if span.name == "value"), found)
    return found


def _texts(xml: bytes, value: Span | None) -> tuple[str, ...]:
    """Return the entries of a value: of a list each ``it``, else the text itself."""
    if value is None:
        return ()
    inner = xml[value.inner_start : value.inner_end]
    entries = find_spans(b"<value>%b</value>" % inner, {"it"})
    if entries:
        shift = len(b"<value>")
        pieces = [inner[span.inner_start - shift : span.inner_end - shift] for span in entries]
    else:
        pieces = inner.split()
    return tuple(unescape(piece.decode()).strip() for piece in pieces)


def _same(url: str, other: str) -> bool:
    return unquote(url).rstrip("/") == unquote(other).rstrip("/")
