"""Which folder may be one whose workbooks run their macros unasked."""

from __future__ import annotations

from pathlib import PurePath

from xxgk.errors import UsageProblem
from xxgk.machine.machine import WINDOWS, Machine, path_of

ADVICE = "请在本机磁盘上新建一个专门放年报的文件夹，再运行一次。"
# What comes by mail or from the web lands there; its macros must not run unasked.
INCOMING = ("downloads", "下载", "desktop", "桌面", "tmp", "temp")


def refuse_unsafe(machine: Machine, folder: PurePath) -> None:
    """Raise ``UsageProblem`` when ``folder`` (a full path) is too wide, or a place where strange files arrive."""
    home = path_of(machine, machine.home)
    if folder in (home, *home.parents) or folder.parent == folder:
        raise UsageProblem(f"{folder} 范围太大：里面所有文件的宏都会直接运行，不安全。{ADVICE}")
    if folder.name.lower() in INCOMING:
        raise UsageProblem(f"{folder} 里常有外来的文件，让它们的宏直接运行不安全。{ADVICE}")
    if machine.system == WINDOWS and folder.drive.startswith("\\\\"):
        raise UsageProblem(f"{folder} 是网络文件夹，Excel 不把它当作受信任位置。{ADVICE}")
