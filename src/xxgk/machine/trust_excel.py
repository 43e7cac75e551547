"""Excel's macro settings for this user, in the registry.

Microsoft, "Trusted Locations for Office files" and the policies "VBA Macro Notification Settings" and "Disable all
trusted locations": https://learn.microsoft.com/deployoffice/security/trusted-locations
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath, PureWindowsPath

from xxgk.machine.registry import Registry
from xxgk.records import Record

OFFICE = r"HKCU\Software\Microsoft\Office"
POLICIES = r"HKCU\Software\Policies\Microsoft\Office"
MADE_BY = "xxgk"
# The values of VBAWarnings; without one Excel asks.
ALL_RUN, ASKS = 1, 2
# Excel's setup makes locations for its own folders; nobody keeps workbooks there.
OWN_FOLDERS = ("xlstart", "startup", "templates", "library", "addins")


class ExcelMacros(Record):
    """How Excel treats macros: its notification level and the folders that somebody let it trust.

    ``locked`` when a policy of the organisation makes it ignore them.
    """

    level: int
    folders: tuple[str, ...]
    locked: bool


def excel_versions(registry: Registry) -> tuple[str, ...]:
    """Return the versions of Excel that this user has started, such as "16.0", newest first."""
    versions = [name for name in registry.subkeys(OFFICE) if re.fullmatch(r"\d+\.\d", name)]
    used = [version for version in versions if registry.subkeys(rf"{OFFICE}\{version}\Excel")]
    return tuple(sorted(used, key=float, reverse=True))


def excel_macros(registry: Registry, version: str) -> ExcelMacros:
    """Return how that version of Excel treats macros."""
    own, policy = (rf"{root}\{version}\Excel\Security" for root in (OFFICE, POLICIES))
    levels = (registry.value(key, "VBAWarnings") for key in (policy, own))
    level = next((level for level in levels if isinstance(level, int)), ASKS)
    paths = (registry.value(key, "Path") for key in _locations(registry, version))
    folders = (path for path in paths if isinstance(path, str) and _name(path) not in OWN_FOLDERS)
    locked = registry.value(rf"{policy}\Trusted Locations", "AllLocationsDisabled")
    return ExcelMacros(level, tuple(folders), locked == 1)


def trust_in_excel(registry: Registry, version: str, folder: PurePath) -> None:
    """Let Excel trust ``folder`` and what is below it, once. Raise ``OSError`` when that is forbidden."""
    taken = list(_locations(registry, version))
    if any(_is_place(registry, key, folder) for key in taken):
        return
    names = {_name(key) for key in taken}
    number = next(n for n in range(len(taken) + 1) if f"location{n}" not in names)
    key = rf"{_all_locations(version)}\Location{number}"
    registry.write(key, "Path", f"{folder}\\")
    registry.write(key, "AllowSubfolders", 1)
    registry.write(key, "Description", MADE_BY)


def untrust_in_excel(registry: Registry, version: str, folder: PurePath) -> None:
    """Take back what ``trust_in_excel`` did; a location that somebody else made stays."""
    for key in list(_locations(registry, version)):
        if _is_place(registry, key, folder) and registry.value(key, "Description") == MADE_BY:
            registry.remove(key)


def _all_locations(version: str) -> str:
    return rf"{OFFICE}\{version}\Excel\Security\Trusted Locations"


def _locations(registry: Registry, version: str) -> Iterator[str]:
    root = _all_locations(version)
    return (rf"{root}\{name}" for name in registry.subkeys(root))


def _is_place(registry: Registry, key: str, folder: PurePath) -> bool:
    path = registry.value(key, "Path")
    return isinstance(path, str) and PureWindowsPath(path) == PureWindowsPath(folder)


def _name(path: str) -> str:
    return PureWindowsPath(path).name.lower()
