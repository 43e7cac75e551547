"""A folder from which xxgk is installed without internet: all wheels, and a script for each kind of system."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from email.parser import HeaderParser
from pathlib import Path

from xxgk.packing.tools import our_wheel, pip, put_readme, put_text
from xxgk.records import Record

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
WHEELS = "wheels"
# What the scripts install besides: PDF files made and read. The empty one stands for what is always needed.
EXTRAS = ("", "pdf", "import")


class Target(Record):
    """A kind of system: the platforms whose wheels run there, and what its Python answers to dependency markers."""

    platforms: tuple[str, ...]
    markers: Mapping[str, str]


def _linux(machine: str) -> Target:
    # glibc 2.17 and 2.28: what wheels are made for, and what UOS 20 and Kylin V10 have.
    platforms = (f"manylinux2014_{machine}", f"manylinux_2_28_{machine}")
    markers = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": machine}
    return Target(platforms, markers)


TARGETS: Mapping[str, Target] = {
    "windows": Target(
        ("win_amd64",),
        {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
    ),
    "linux-x86_64": _linux("x86_64"),
    "linux-aarch64": _linux("aarch64"),
}


def fill_wheelhouse(made: Path, source: Path, systems: Sequence[str], pythons: Sequence[str] = PYTHONS) -> None:
    """Make the folder ``made`` with all that ``systems`` (of TARGETS) need. Raise ``XxgkError`` when pip fails.

    ``source`` is xxgk's checkout or wheel.
    """
    wheels = made / WHEELS
    wheels.mkdir(parents=True)
    ours = our_wheel(source, wheels)
    for system in systems:
        for python in pythons:
            _download(ours, wheels, TARGETS[system], python)
    # Windows' command interpreter reads a script in the Chinese code page.
    put_text("install.bat", made / "install.bat", "gbk", "\r\n")
    put_text("install.sh", made / "install.sh", "utf-8", "\n")
    put_readme("wheels.txt", made)


def requirements(wheel: Path, target: Target, python: str, extras: Sequence[str] = ("",)) -> dict[str, str]:
    """Return what ``extras`` of ``wheel`` need on ``target`` with that Python: each package with its requirement."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    environment = {**target.markers, "python_version": python, "python_full_version": f"{python}.0"}
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        headers = HeaderParser().parsestr(archive.read(name).decode())
    needed: dict[str, str] = {}
    for line in headers.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({**environment, "extra": extra}) for extra in extras):
            needed[canonicalize_name(requirement.name)] = f"{requirement.name}{requirement.specifier}"
    return needed


def _download(ours: Path, wheels: Path, target: Target, python: str) -> None:
    """Download what ``ours`` needs, then what that needs, and so on.

    Pip alone cannot: it decides by the markers of the system that it runs on, and would leave out xlwings on Linux.
    """
    options = [f"--platform={platform}" for platform in target.platforms]
    options += [f"--python-version={python}", "--implementation=cp", "--only-binary=:all:", "--no-deps"]
    known: set[str] = set()
    pending = requirements(ours, target, python, EXTRAS)
    while pending:
        level = wheels / "level"
        pip("download", *options, f"--dest={level}", *pending.values())
        known |= set(pending)
        pending = {}
        for wheel in level.iterdir():
            pending |= requirements(wheel, target, python)
            wheel.replace(wheels / wheel.name)
        level.rmdir()
        pending = {name: requirement for name, requirement in pending.items() if name not in known}
