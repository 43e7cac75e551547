"""The Windows registry. A key is written as Windows shows it, such as ``HKCU\\Software\\Microsoft``."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import Any, Protocol

ROOTS = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE", "HKCR": "HKEY_CLASSES_ROOT"}

Value = str | int


class Registry(Protocol):
    """What is asked of a registry. What cannot be read is as if it were not there."""

    def subkeys(self, key: str) -> tuple[str, ...]:
        """Return the names of the keys right under ``key``."""

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names of the values of ``key``."""

    def value(self, key: str, name: str = "") -> Value | None:
        """Return a value of ``key``, by default the unnamed one; None when there is none of text or number."""

    def write(self, key: str, name: str, value: Value) -> None:
        """Set a value, making the key if need be. Raise ``OSError`` when that is forbidden."""

    def remove(self, key: str) -> None:
        """Remove ``key``, which has no subkeys. Raise ``OSError`` when that is forbidden."""


class NoRegistry:
    """The registry of a computer without Windows: empty."""

    def subkeys(self, key: str) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def names(self, key: str) -> tuple[str, ...]:
        """Return nothing."""
        return ()

    def value(self, key: str, name: str = "") -> Value | None:
        """Return None."""
        return None

    def write(self, key: str, name: str, value: Value) -> None:
        """Raise ``OSError``."""
        raise OSError(key)

    def remove(self, key: str) -> None:
        """Raise ``OSError``."""
        raise OSError(key)


class WindowsRegistry:
    """The registry of this computer. Also a 32-bit Python sees what 64-bit programs wrote."""

    def __init__(self) -> None:
        # By name: type checkers know winreg on Windows only.
        self._api: Any = import_module("winreg")

    def subkeys(self, key: str) -> tuple[str, ...]:
        """Return the names of the keys right under ``key``."""
        return self._all(key, self._api.EnumKey)

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names of the values of ``key``."""
        return tuple(name for name, *_ in self._all(key, self._api.EnumValue))

    def value(self, key: str, name: str = "") -> Value | None:
        """Return a value of ``key``, by default the unnamed one; None when there is none of text or number."""
        with suppress(OSError), self._open(key) as handle:
            found, _ = self._api.QueryValueEx(handle, name)
            return found if isinstance(found, str | int) else None
        return None

    def write(self, key: str, name: str, value: Value) -> None:
        """Set a value, making the key if need be. Raise ``OSError`` when that is forbidden."""
        root, path = self._split(key)
        kind = self._api.REG_DWORD if isinstance(value, int) else self._api.REG_SZ
        with self._api.CreateKeyEx(root, path, 0, self._api.KEY_WRITE) as handle:
            self._api.SetValueEx(handle, name, 0, kind, value)

    def remove(self, key: str) -> None:
        """Remove ``key``, which has no subkeys. Raise ``OSError`` when that is forbidden."""
        self._api.DeleteKey(*self._split(key))

    def _split(self, key: str) -> tuple[Any, str]:
        root, _, path = key.partition("\\")
        return getattr(self._api, ROOTS[root]), path

    def _open(self, key: str) -> Any:
        return self._api.OpenKey(*self._split(key), 0, self._api.KEY_READ | self._api.KEY_WOW64_64KEY)

    def _all(self, key: str, each: Any) -> tuple[Any, ...]:
        """Return what ``each`` gives for 0, 1, 2 and so on, until it raises ``OSError``."""
        found: list[Any] = []
        with suppress(OSError), self._open(key) as handle:
            while True:
                found.append(each(handle, len(found)))
        return tuple(found)
