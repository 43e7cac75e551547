"""The fonts that a report asks for, and what stands in where they are not installed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xxgk.machine.machine import WINDOWS, Machine

# The fonts of the report's style (render/reference/word/fontTable.xml), each with its other names and with what
# looks most like it. The same font has a Chinese and an English name; a program may know either.
FONTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "方正小标宋简体": (
        ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
        ("小标宋", "方正小标宋", "华文中宋", "STZhongsong"),
    ),
    "仿宋_GB2312": (("FangSong_GB2312",), ("仿宋", "FangSong", "方正仿宋_GBK", "华文仿宋", "STFangsong")),
    "楷体_GB2312": (
        ("KaiTi_GB2312",),
        ("楷体", "KaiTi", "方正楷体_GBK", "华文楷体", "STKaiti", "霞鹜文楷", "LXGW WenKai"),
    ),
    "黑体": (("SimHei",), ("方正黑体_GBK", "思源黑体", "Noto Sans CJK SC", "Source Han Sans SC")),
    "宋体": (("SimSun", "NSimSun"), ("方正书宋_GBK", "思源宋体", "Noto Serif CJK SC", "Source Han Serif SC")),
}
FONT_KEYS = (
    r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts",
    r"HKCU\Software\Microsoft\Windows NT\CurrentVersion\Fonts",
)


def installed_fonts(machine: Machine) -> frozenset[str] | None:
    """Return the names of all installed fonts in lower case, None when they cannot be listed."""
    if machine.system == WINDOWS:
        entries = (name for key in FONT_KEYS for name in machine.registry.names(key))
        # Such as "SimSun & NSimSun (TrueType)".
        names = [part for entry in entries for part in entry.rpartition(" (")[0].split(" & ")]
    else:
        lines = machine.output(("fc-list", ":", "family")).splitlines()
        names = [part for line in lines for part in line.replace("\\", "").split(",")]
    return frozenset(name.strip().lower() for name in names) or None


def told_missing(installed: frozenset[str] | None) -> str:
    """Return the sentence on the report's fonts that are not among ``installed``; "" where none lacks or is known."""
    if installed is None:
        return ""
    used = {name: font_in_use(name, installed) for name in FONTS}
    missing = [f"{name}（用“{other}”代替）" if other else name for name, other in used.items() if other != name]
    if not missing:
        return ""
    return f"这台电脑没有报告要用的字体：{'、'.join(missing)}。请装上再打印、转成 PDF，或者到有这些字体的电脑上做。"


def font_in_use(wanted: str, installed: Iterable[str]) -> str:
    """Return ``wanted`` when it is installed, else the best stand-in that is, else ""."""
    present = set(installed)
    own, others = FONTS[wanted]
    if any(name.lower() in present for name in (wanted, *own)):
        return wanted
    return next((name for name in others if name.lower() in present), "")
