"""What the doctor answers on computers of every kind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from xxgk.machine.answers import GOOD, MISSING, NEUTRAL, Answer
from xxgk.machine.fonts import FONT_KEYS, FONTS
from xxgk.machine.machine import Machine
from xxgk.machine.probes import EXTRAS, examine
from xxgk.machine.starter import starter_file, starter_line
from xxgk.machine.trust_excel import OFFICE, POLICIES, trust_in_excel
from xxgk.machine.trust_libreoffice import EMPTY, SCRIPTING, settings_file, with_folder

from support.machines import EXCEL, SOFFICE, FakeRegistry, linux, windows

SECURITY = rf"{OFFICE}\16.0\Excel\Security"
EXCEL_KEYS = {
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe": {"": EXCEL},
    rf"{OFFICE}\16.0\Excel\Options": {"a": 1},
}


def answers(machine: Machine, missing: Sequence[str] = ()) -> dict[str, Answer]:
    return {answer.id: answer for answer in examine(machine, missing, "0.1.0")}


def office_machine(**changes: object) -> Machine:
    """A Windows computer where all is well."""
    registry = FakeRegistry(EXCEL_KEYS)
    for name in FONTS:
        registry.write(FONT_KEYS[0], f"{name} (TrueType)", "a.ttf")
    plain = windows(registry)
    files = {EXCEL: b"", plain.program: b"", str(starter_file(plain)): starter_line(plain)}
    return windows(registry, files, **changes)


def linux_machine(xcu: bytes | None) -> Machine:
    """A Linux computer with LibreOffice and these settings of it."""
    files = {SOFFICE: b""}
    if xcu is not None:
        files[str(settings_file(linux()))] = xcu
    return linux(files, which={"soffice": SOFFICE}.get)


def test_a_windows_computer_where_all_is_well_needs_nothing() -> None:
    found = answers(office_machine())
    assert {answer.state for answer in found.values()} == {GOOD, NEUTRAL}
    assert [answer.id for answer in found.values() if answer.state == NEUTRAL] == ["wps", "libreoffice"]
    assert not any(answer.advice for answer in found.values())


def test_a_bare_computer_is_told_everything_it_lacks() -> None:
    bare = linux(
        module=lambda name: None, writable=lambda folder: False, console="ascii", output=lambda command: "DejaVu Sans\n"
    )
    found = answers(bare, ("年报模板-2021.xlsx",))
    missing = {id_ for id_, answer in found.items() if answer.state == MISSING}
    extras = {f"extra:{name}" for name in EXTRAS}
    assert missing == set(found) - {"python"} - extras
    assert all('pip install "xxgk[' in found[id_].found for id_ in extras)
    assert all(bool(answer.advice) == (answer.state == MISSING) for answer in found.values())
    assert "年报模板-2021.xlsx" in found["installation"].found
    needed = {id_ for id_, answer in found.items() if answer.needed}
    assert needed == {"installation", "openpyxl", "jinja2", "home"}


def test_excel_is_asked_about_only_where_it_can_be() -> None:
    assert "excel" not in answers(linux())
    assert {"excel", "xlwings"} <= set(answers(windows()))


def test_without_any_spreadsheet_program_each_is_missing_with_one_advice() -> None:
    found = answers(windows())
    assert {found[id_].state for id_ in ("excel", "wps", "libreoffice")} == {MISSING}
    assert len({found[id_].advice for id_ in ("excel", "wps", "libreoffice")}) == 1


def test_buttons_that_start_a_program_that_is_gone() -> None:
    machine = linux({str(starter_file(linux())): "/opt/旧/xxgk\n".encode()})
    answer = answers(machine)["buttons"]
    assert answer.state == MISSING
    assert "/opt/旧/xxgk" in answer.found


def test_buttons_that_start_another_program_are_pointed_out() -> None:
    machine = linux({str(starter_file(linux())): b"/opt/xxgk\n", "/opt/xxgk": b""})
    answer = answers(machine)["buttons"]
    assert answer.state == GOOD
    assert "不是现在运行的这个程序" in answer.found


def test_a_frozen_program_brings_its_python() -> None:
    assert "程序自带" in answers(linux(frozen=True))["python"].found


@pytest.mark.parametrize(
    ("level", "locked", "trusted", "state", "found"),
    [
        (None, False, False, GOOD, "启用内容"),
        (2, True, False, GOOD, "启用内容"),
        (1, False, False, GOOD, "不安全"),
        (3, False, False, MISSING, "禁用"),
        (4, False, False, MISSING, "禁用"),
        (4, False, True, GOOD, "D:\\年报"),
        (4, True, True, MISSING, "禁用"),
    ],
)
def test_excels_macro_settings(level: int | None, locked: bool, trusted: bool, state: str, found: str) -> None:
    machine = office_machine()
    # Excel's own location is there on every computer and says nothing.
    machine.registry.write(rf"{SECURITY}\Trusted Locations\Location0", "Path", r"C:\Office\XLSTART" + "\\")
    if level is not None:
        machine.registry.write(SECURITY, "VBAWarnings", level)
    if locked:
        policy = rf"{POLICIES}\16.0\Excel\Security\Trusted Locations"
        machine.registry.write(policy, "AllLocationsDisabled", 1)
    if trusted:
        trust_in_excel(machine.registry, "16.0", type(starter_file(machine))(r"D:\年报"))
    answer = answers(machine)["excel-macros"]
    assert (answer.state, found in answer.found) == (state, True), answer
    assert ("组策略" in answer.advice) == (locked and state == MISSING)


def test_an_excel_that_was_never_opened_tells_nothing() -> None:
    registry = FakeRegistry({key: values for key, values in EXCEL_KEYS.items() if "App Paths" in key})
    assert answers(windows(registry, {EXCEL: b""}))["excel-macros"].state == NEUTRAL


def level(value: int) -> bytes:
    item = f'<item oor:path="{SCRIPTING}"><prop oor:name="MacroSecurityLevel"><value>{value}</value></prop></item>'
    return EMPTY.replace(b"</oor:items>", f"{item}</oor:items>".encode())


@pytest.mark.parametrize(
    ("xcu", "state", "found"),
    [
        (None, MISSING, "没有信任"),
        (EMPTY, MISSING, "没有信任"),
        (level(3), MISSING, "没有信任"),
        (level(1), GOOD, "启用宏"),
        (level(0), GOOD, "不安全"),
        (with_folder(level(3), "file:///home/%E5%B9%B4%E6%8A%A5"), GOOD, "/home/年报"),
        (b"broken", NEUTRAL, "看不懂"),
    ],
)
def test_libreoffices_macro_settings(xcu: bytes | None, state: str, found: str) -> None:
    answer = answers(linux_machine(xcu))["libreoffice-macros"]
    assert (answer.state, found in answer.found) == (state, True), answer


def test_fonts_are_there_or_have_a_stand_in_or_are_missing() -> None:
    found = answers(linux(output=lambda command: "SimHei\nKaiTi\n"))
    states = {name: found[f"font:{name}"].state for name in FONTS}
    assert states == {
        "方正小标宋简体": MISSING,
        "仿宋_GB2312": MISSING,
        "楷体_GB2312": NEUTRAL,
        "黑体": GOOD,
        "宋体": MISSING,
    }
    assert answers(linux())["fonts"].state == NEUTRAL
