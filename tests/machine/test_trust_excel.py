"""Excel's trusted locations, in a registry in memory."""

from __future__ import annotations

from pathlib import PureWindowsPath

from hypothesis import given
from hypothesis import strategies as st

from xxgk.machine.trust_excel import (
    ALL_RUN,
    ASKS,
    OFFICE,
    POLICIES,
    excel_macros,
    excel_versions,
    trust_in_excel,
    untrust_in_excel,
)

from support.machines import FakeRegistry

SECURITY = rf"{OFFICE}\16.0\Excel\Security"
PLACES = rf"{SECURITY}\Trusted Locations"
FOLDER = PureWindowsPath(r"D:\年报 2024")
NAMES = st.from_regex(r"[a-d一-丁]{1,2}", fullmatch=True)


def test_only_versions_that_the_user_has_used_count_newest_first() -> None:
    keys = [rf"{OFFICE}\{version}\Excel\Options" for version in ("9.0", "16.0", "15.0")]
    registry = FakeRegistry(
        {key: {"a": 1} for key in [*keys, rf"{OFFICE}\14.0\Word\Options", rf"{OFFICE}\Common\Excel\x"]}
    )
    assert excel_versions(registry) == ("16.0", "15.0", "9.0")


def test_a_trusted_folder_ends_in_a_backslash_and_includes_those_below() -> None:
    registry = FakeRegistry({rf"{PLACES}\Location0": {"Path": r"C:\Office\XLSTART", "Description": "Excel"}})
    trust_in_excel(registry, "16.0", FOLDER)
    key = rf"{PLACES}\Location1"
    assert registry.keys[key] == {"Path": "D:\\年报 2024\\", "AllowSubfolders": 1, "Description": "xxgk"}
    assert excel_macros(registry, "16.0").folders == ("D:\\年报 2024\\",)


@given(st.lists(NAMES, max_size=6), NAMES)
def test_trusting_twice_is_once_and_taking_it_back_leaves_what_was(others: list[str], name: str) -> None:
    registry = FakeRegistry(
        {rf"{PLACES}\Location{n}": {"Path": rf"D:\别的\{other}", "Description": "x"} for n, other in enumerate(others)}
    )
    before = {key: dict(values) for key, values in registry.keys.items()}
    folder = PureWindowsPath(rf"D:\{name}")
    trust_in_excel(registry, "16.0", folder)
    once = {key: dict(values) for key, values in registry.keys.items()}
    trust_in_excel(registry, "16.0", PureWindowsPath(str(folder).upper()))
    assert registry.keys == once
    assert len(once) == len(before) + 1
    untrust_in_excel(registry, "16.0", folder)
    assert registry.keys == before


def test_a_location_that_somebody_else_made_is_neither_doubled_nor_removed() -> None:
    registry = FakeRegistry({rf"{PLACES}\Location7": {"Path": r"d:\年报 2024", "Description": "信息中心"}})
    trust_in_excel(registry, "16.0", FOLDER)
    untrust_in_excel(registry, "16.0", FOLDER)
    assert list(registry.keys) == [rf"{PLACES}\Location7"]


def test_a_policy_counts_more_than_the_users_setting() -> None:
    registry = FakeRegistry({SECURITY: {"VBAWarnings": ALL_RUN}})
    assert excel_macros(registry, "16.0").level == ALL_RUN
    registry.write(rf"{POLICIES}\16.0\Excel\Security", "VBAWarnings", 4)
    registry.write(rf"{POLICIES}\16.0\Excel\Security\Trusted Locations", "AllLocationsDisabled", 1)
    macros = excel_macros(registry, "16.0")
    assert (macros.level, macros.locked) == (4, True)


def test_without_a_setting_excel_asks() -> None:
    assert excel_macros(FakeRegistry(), "16.0").level == ASKS
