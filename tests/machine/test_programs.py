"""Spreadsheet programs found by what their installers leave."""

from __future__ import annotations

from xxgk.machine.machine import MAC
from xxgk.machine.programs import MAC_PROGRAMS, Program, find_excel, find_libreoffice, find_word, find_wps

from support.machines import EXCEL, SOFFICE, FakeRegistry, linux, windows

APP = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
WPS = r"C:\Users\王芳\AppData\Local\Kingsoft\WPS Office\12.1.0\office6\et.exe"


def test_excel_by_its_application_path() -> None:
    registry = FakeRegistry(
        {rf"{APP}\excel.exe": {"": EXCEL}, r"HKCR\Excel.Application\CurVer": {"": "Excel.Application.16"}}
    )
    assert find_excel(windows(registry, {EXCEL: b""})) == Program(EXCEL, "16")


def test_excel_by_its_com_name() -> None:
    registry = FakeRegistry(
        {
            r"HKCR\Excel.Application\CLSID": {"": "{0002}"},
            r"HKCR\CLSID\{0002}\LocalServer32": {"": f'"{EXCEL}" /automation'},
        }
    )
    assert find_excel(windows(registry, {EXCEL: b""})) == Program(EXCEL, "")


def test_wps_under_excels_name_is_wps_and_not_excel() -> None:
    registry = FakeRegistry(
        {
            r"HKCR\Excel.Application\CLSID": {"": "{4517}"},
            r"HKCR\Ket.Application\CLSID": {"": "{4517}"},
            r"HKCR\CLSID\{4517}\LocalServer32": {"": f"{WPS} /automation"},
        }
    )
    machine = windows(registry, {WPS: b""})
    assert find_excel(machine) is None
    assert find_wps(machine) == Program(WPS, "")


def test_what_an_uninstalled_program_left_behind_is_not_a_program() -> None:
    registry = FakeRegistry({rf"{APP}\excel.exe": {"": EXCEL}, rf"{APP}\et.exe": {"": WPS}})
    assert find_excel(windows(registry)) is None
    assert find_wps(windows(registry)) is None


def test_libreoffice_on_windows_tells_its_version_without_being_started() -> None:
    folder = r"C:\Program Files\LibreOffice\program"
    registry = FakeRegistry({r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath": {"": folder}})
    files = {
        f"{folder}\\soffice.exe": b"",
        f"{folder}\\bootstrap.ini": b"[Bootstrap]\r\nProductKey=LibreOffice 24.8\r\n",
    }
    assert find_libreoffice(windows(registry, files)) == Program(f"{folder}\\soffice.exe", "24.8")
    assert find_libreoffice(windows()) is None


def test_word_on_windows_is_never_wps() -> None:
    word = r"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"
    registry = FakeRegistry({rf"{APP}\winword.exe": {"": word}})
    assert find_word(windows(registry, {word: b""})) == Program(word, "")
    assert find_word(windows(registry)) is None
    assert find_word(windows(FakeRegistry({rf"{APP}\winword.exe": {"": WPS}}), {WPS: b""})) is None
    assert find_word(linux()) is None


def test_linux_programs_by_name_or_place() -> None:
    files = {SOFFICE: b"", f"{SOFFICE.rpartition('/')[0]}/bootstraprc": b"[Bootstrap]\nProductKey=LibreOffice 7.4\n"}
    machine = linux(files, which={"soffice": SOFFICE}.get)
    assert find_libreoffice(machine) == Program(SOFFICE, "7.4")
    assert find_wps(machine) is None
    assert find_excel(machine) is None
    et = "/opt/kingsoft/wps-office/office6/et"
    assert find_wps(linux({et: b""})) == Program(et, "")


def test_mac_programs_by_place() -> None:
    machine = linux(dict.fromkeys(MAC_PROGRAMS.values(), b""), system=MAC)
    assert [find(machine) for find in (find_excel, find_wps, find_libreoffice)] == [
        Program(MAC_PROGRAMS[name], "") for name in ("excel", "wps", "libreoffice")
    ]
