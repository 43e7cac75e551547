"""Office programs, found without starting one."""

from __future__ import annotations

import re

from xxgk.machine.machine import MAC, WINDOWS, Machine, path_of
from xxgk.records import Record

APP_PATHS = (
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths",
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths",
)
LIBREOFFICE_KEYS = (r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath", r"HKCU\Software\LibreOffice\UNO\InstallPath")
MAC_PROGRAMS = {
    "excel": "/Applications/Microsoft Excel.app/Contents/MacOS/Microsoft Excel",
    "wps": "/Applications/wpsoffice.app/Contents/MacOS/wpsoffice",
    "libreoffice": "/Applications/LibreOffice.app/Contents/MacOS/soffice",
}
WPS_ON_LINUX = (
    "/opt/kingsoft/wps-office/office6/et",
    "/opt/apps/cn.wps.wps-office/files/kingsoft/wps-office/office6/et",
)
# Beside soffice, with a line such as "ProductKey=LibreOffice 7.4".
BOOTSTRAP = ("bootstraprc", "bootstrap.ini", "../Resources/bootstraprc")


class Program(Record):
    """A program on this computer; ``version`` is "" when it does not tell."""

    path: str
    version: str


def find_excel(machine: Machine) -> Program | None:
    """Return Microsoft Excel, never WPS, which can be set to answer to Excel's name."""
    if machine.system == MAC:
        return _first(machine, MAC_PROGRAMS["excel"])
    version = str(machine.registry.value(r"HKCR\Excel.Application\CurVer") or "").rpartition(".")[2]
    for path in (_app_path(machine, "excel.exe"), _server(machine, "Excel.Application")):
        if path and path_of(machine, path).name.lower() == "excel.exe" and machine.is_file(path):
            return Program(path, version)
    return None


def find_word(machine: Machine) -> Program | None:
    """Return Microsoft Word on Windows, never WPS, which can be set to answer to Word's name."""
    if machine.system != WINDOWS:
        return None
    for path in (_app_path(machine, "winword.exe"), _server(machine, "Word.Application")):
        if path and path_of(machine, path).name.lower() == "winword.exe" and machine.is_file(path):
            return Program(path, "")
    return None


def find_wps(machine: Machine) -> Program | None:
    """Return WPS 表格."""
    if machine.system == MAC:
        return _first(machine, MAC_PROGRAMS["wps"])
    if machine.system != WINDOWS:
        return _first(machine, machine.which("et"), *WPS_ON_LINUX)
    programs = (_app_path(machine, name) for name in ("et.exe", "wps.exe", "ksolaunch.exe"))
    return _first(machine, *programs, _server(machine, "Ket.Application"))


def find_libreoffice(machine: Machine) -> Program | None:
    """Return LibreOffice."""
    if machine.system == WINDOWS:
        folders = [machine.registry.value(key) for key in LIBREOFFICE_KEYS]
        found = _first(machine, *(f"{folder}\\soffice.exe" for folder in folders if folder))
    elif machine.system == MAC:
        found = _first(machine, MAC_PROGRAMS["libreoffice"])
    else:
        found = _first(machine, machine.which("soffice"), machine.which("libreoffice"))
    return found and Program(found.path, _libreoffice_version(machine, found.path))


def _libreoffice_version(machine: Machine, soffice: str) -> str:
    """Return the version that LibreOffice's own settings name; asking soffice itself would take a second."""
    folder = path_of(machine, soffice).parent
    for name in BOOTSTRAP:
        text = (machine.read(str(folder / name)) or b"").decode("utf-8", "replace")
        if named := re.search(r"^ProductKey=\D*([\d.]+)", text, re.MULTILINE):
            return named[1]
    return ""


def _app_path(machine: Machine, name: str) -> str:
    values = (machine.registry.value(rf"{key}\{name}") for key in APP_PATHS)
    return next((str(value).strip('"') for value in values if value), "")


def _server(machine: Machine, prog_id: str) -> str:
    """Return the program that answers to a COM name, without its arguments."""
    class_id = machine.registry.value(rf"HKCR\{prog_id}\CLSID")
    command = str(machine.registry.value(rf"HKCR\CLSID\{class_id}\LocalServer32") or "") if class_id else ""
    found = re.match(r'"([^"]+)"|(.+?\.exe)\b', command, re.IGNORECASE)
    return (found[1] or found[2]) if found else ""


def _first(machine: Machine, *paths: str | None) -> Program | None:
    return next((Program(path, "") for path in paths if path and machine.is_file(path)), None)
