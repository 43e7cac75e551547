"""The real registry's functions, over a winreg in memory (there is no Windows here)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from xxgk.machine.registry import NoRegistry, WindowsRegistry

from support.machines import FakeRegistry

KEY = r"HKCU\Software\Microsoft\Office\16.0\Excel"


class FakeWinreg(SimpleNamespace):
    """winreg's functions as its documentation describes them: errors are ``OSError``, numbers are REG_DWORD."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, HKEY_CLASSES_ROOT = "HKCU", "HKLM", "HKCR"
    REG_SZ, REG_DWORD, REG_BINARY = 1, 4, 3
    KEY_READ, KEY_WRITE, KEY_WOW64_64KEY = 0x20019, 0x20006, 0x100

    def __init__(self, store: FakeRegistry) -> None:
        self.store = store
        self.kinds: dict[str, int] = {}

    @contextmanager
    def OpenKey(self, root: str, path: str, reserved: int, access: int) -> Iterator[str]:  # noqa: N802
        key = f"{root}\\{path}"
        if not self.store.names(key) and not self.store.subkeys(key):
            raise FileNotFoundError(key)
        yield key

    @contextmanager
    def CreateKeyEx(self, root: str, path: str, reserved: int, access: int) -> Iterator[str]:  # noqa: N802
        assert access == self.KEY_WRITE
        yield f"{root}\\{path}"

    def EnumKey(self, key: str, index: int) -> str:  # noqa: N802
        return self._nth(self.store.subkeys(key), index)

    def EnumValue(self, key: str, index: int) -> tuple[str, object, int]:  # noqa: N802
        name = self._nth(self.store.names(key), index)
        return name, self.store.value(key, name), self.REG_SZ

    def QueryValueEx(self, key: str, name: str) -> tuple[object, int]:  # noqa: N802
        value = self.store.value(key, name)
        if value is None:
            raise FileNotFoundError(name)
        return value, self.REG_SZ

    def SetValueEx(self, key: str, name: str, reserved: int, kind: int, value: str | int) -> None:  # noqa: N802
        self.kinds[name] = kind
        self.store.write(key, name, value)

    def DeleteKey(self, root: str, path: str) -> None:  # noqa: N802
        self.store.remove(f"{root}\\{path}")

    @staticmethod
    def _nth(names: tuple[str, ...], index: int) -> str:
        if index >= len(names):
            raise OSError(259, "no more data")
        return names[index]


@pytest.fixture
def winreg(monkeypatch: pytest.MonkeyPatch) -> FakeWinreg:
    fake = FakeWinreg(FakeRegistry({rf"{KEY}\Security": {"VBAWarnings": 2, "": "x"}, rf"{KEY}\Options": {"A": "b"}}))
    monkeypatch.setitem(sys.modules, "winreg", fake)
    return fake


def test_keys_and_values_are_listed_and_read(winreg: FakeWinreg) -> None:
    registry = WindowsRegistry()
    assert registry.subkeys(KEY) == ("Security", "Options")
    assert registry.names(rf"{KEY}\Security") == ("VBAWarnings", "")
    assert registry.value(rf"{KEY}\Security", "vbawarnings") == 2
    assert registry.value(rf"{KEY}\Security") == "x"


def test_what_is_not_there_is_nothing(winreg: FakeWinreg) -> None:
    registry = WindowsRegistry()
    assert registry.subkeys(r"HKLM\No") == registry.names(r"HKLM\No") == ()
    assert registry.value(r"HKLM\No") is None
    assert registry.value(KEY, "No") is None


def test_text_and_numbers_are_written_as_what_they_are_and_removed(winreg: FakeWinreg) -> None:
    registry = WindowsRegistry()
    registry.write(rf"{KEY}\New", "Path", "D:\\年报\\")
    registry.write(rf"{KEY}\New", "AllowSubfolders", 1)
    assert winreg.kinds == {"Path": winreg.REG_SZ, "AllowSubfolders": winreg.REG_DWORD}
    assert registry.value(rf"{KEY}\New", "Path") == "D:\\年报\\"
    registry.remove(rf"{KEY}\New")
    assert "New" not in registry.subkeys(KEY)


def test_other_systems_have_an_empty_registry_that_cannot_be_written() -> None:
    registry = NoRegistry()
    assert registry.subkeys(KEY) == registry.names(KEY) == ()
    assert registry.value(KEY) is None
    with pytest.raises(OSError, match="Excel"):
        registry.write(KEY, "a", 1)
    with pytest.raises(OSError, match="Excel"):
        registry.remove(KEY)
