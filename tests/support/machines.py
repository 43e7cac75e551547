"""Computers that are not there: described, with a registry in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xxgk.machine.machine import WINDOWS, Machine
from xxgk.machine.registry import Value
from xxgk.records import replace

EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
SOFFICE = "/usr/lib/libreoffice/program/soffice"


class FakeRegistry:
    """A registry in memory; like the real one it does not tell upper from lower case."""

    def __init__(self, keys: Mapping[str, Mapping[str, Value]] | None = None) -> None:
        self.keys: dict[str, dict[str, Value]] = {key: dict(values) for key, values in (keys or {}).items()}

    def subkeys(self, key: str) -> tuple[str, ...]:
        start = f"{key}\\".lower()
        below = (path[len(start) :].partition("\\")[0] for path in self.keys if path.lower().startswith(start))
        return tuple(dict.fromkeys(below))

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(self._values(key))

    def value(self, key: str, name: str = "") -> Value | None:
        return next((value for own, value in self._values(key).items() if own.lower() == name.lower()), None)

    def write(self, key: str, name: str, value: Value) -> None:
        self.keys.setdefault(key, {})[name] = value

    def remove(self, key: str) -> None:
        del self.keys[key]

    def _values(self, key: str) -> dict[str, Value]:
        return next((values for path, values in self.keys.items() if path.lower() == key.lower()), {})


def _machine(**changes: Any) -> Machine:
    plain = Machine(
        system="linux",
        release="Linux 5.10 aarch64",
        environment={},
        home="/home/王芳",
        program="/usr/bin/python3",
        frozen=False,
        python="3.11.7",
        ansi="",
        console="utf-8",
        registry=FakeRegistry(),
        read=lambda path: None,
        is_file=lambda path: False,
        which=lambda name: None,
        output=lambda command: "",
        module=lambda name: "1.0",
        writable=lambda folder: True,
        short=lambda path: path,
    )
    return replace(plain, **changes)


def linux(files: Mapping[str, bytes] | None = None, **changes: Any) -> Machine:
    """Return a Linux computer with ``files``."""
    held = files or {}
    return _machine(read=held.get, is_file=held.__contains__, **changes)


def windows(registry: FakeRegistry | None = None, files: Mapping[str, bytes] | None = None, **changes: Any) -> Machine:
    """Return a Chinese Windows computer with ``registry`` and ``files``."""
    held = files or {}
    own = {
        "system": WINDOWS,
        "release": "Windows 11 AMD64",
        "environment": {"APPDATA": r"C:\Users\王芳\AppData\Roaming"},
        "home": r"C:\Users\王芳",
        "program": r"C:\Users\王芳\AppData\Local\Programs\Python\Python312\python.exe",
        "python": "3.12.4",
        "ansi": "gbk",
        "console": "gbk",
        "registry": registry or FakeRegistry(),
    }
    return _machine(read=held.get, is_file=held.__contains__, **{**own, **changes})
