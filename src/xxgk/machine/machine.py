"""This computer as the probes see it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from xxgk.machine.registry import NoRegistry, Registry, WindowsRegistry
from xxgk.records import Record

WINDOWS = "win32"
MAC = "darwin"
PROGRAM_SECONDS = 20


class Machine(Record):
    """A computer, its user, and the program that runs on it.

    ``system`` is as ``sys.platform`` names it. ``program`` is the full path of the Python, or of our own program
    where it is ``frozen`` (then no Python is needed). ``ansi`` is the encoding in which old Windows programs, and
    so the macros, read text; "" elsewhere. ``console`` is the encoding of standard output.

    ``read`` returns the bytes of a file, None when it cannot be read. ``which`` finds a program by its name and
    returns its path, links followed. ``output`` runs a program and returns what it says, "" when it fails.
    ``module`` returns the version of a Python package (or "" when it does not tell), None when it cannot be
    imported. ``writable`` tells whether a new file can be made in a folder. ``short`` returns the old 8.3 form of
    a Windows path, or the path itself.
    """

    system: str
    release: str
    environment: Mapping[str, str]
    home: str
    program: str
    frozen: bool
    python: str
    ansi: str
    console: str
    registry: Registry
    read: Callable[[str], bytes | None]
    is_file: Callable[[str], bool]
    which: Callable[[str], str | None]
    output: Callable[[Sequence[str]], str]
    module: Callable[[str], str | None]
    writable: Callable[[str], bool]
    short: Callable[[str], str]


def this_machine() -> Machine:
    """Return the computer that we run on."""
    import platform

    windows = sys.platform == WINDOWS
    return Machine(
        system=sys.platform,
        release=f"{platform.system()} {platform.release()} {platform.machine()}",
        environment=os.environ,
        home=str(Path.home()),
        program=sys.executable,
        frozen=getattr(sys, "frozen", False),
        python=platform.python_version(),
        ansi="mbcs" if windows else "",
        console=sys.stdout.encoding or "",
        registry=WindowsRegistry() if windows else NoRegistry(),
        read=_read,
        is_file=os.path.isfile,
        which=_which,
        output=_output,
        module=_module,
        writable=_writable,
        short=_short if windows else str,
    )


def path_of(machine: Machine, first: str, *more: str) -> PurePath:
    """Return a path as that computer writes it."""
    return (PureWindowsPath if machine.system == WINDOWS else PurePosixPath)(first, *more)


def settings_folder(machine: Machine) -> PurePath:
    """Return the folder in which programs keep what this user has set."""
    if machine.system == WINDOWS:
        return path_of(machine, machine.environment.get("APPDATA") or f"{machine.home}\\AppData\\Roaming")
    return path_of(machine, machine.environment.get("XDG_CONFIG_HOME") or f"{machine.home}/.config")


def _read(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None


def _which(name: str) -> str | None:
    import shutil

    found = shutil.which(name)
    return found and os.path.realpath(found)


def _output(command: Sequence[str]) -> str:
    import subprocess

    try:
        done = subprocess.run(command, capture_output=True, timeout=PROGRAM_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _module(name: str) -> str | None:
    from importlib import metadata, util

    try:
        if util.find_spec(name) is None:
            return None
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
    except (ImportError, ValueError):
        return None


def _writable(folder: str) -> bool:
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _short(path: str) -> str:
    """Return the 8.3 form of ``path``; where the disk keeps none, Windows answers with the path as it is."""
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - type checkers know it on Windows only
    size = kernel.GetShortPathNameW(path, None, 0)
    text = ctypes.create_unicode_buffer(size or 1)
    return text.value if size and kernel.GetShortPathNameW(path, text, size) else path
