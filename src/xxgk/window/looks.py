"""Sizes, fonts and colours of the window, on screens of every density."""

from __future__ import annotations

import sys
import tkinter as tk
from contextlib import suppress
from tkinter import font as tkfont
from tkinter import ttk

from xxgk.checks.finding import ERROR, INFO, WARNING
from xxgk.records import Record

PLAIN_DPI, LEAST_DPI, MOST_DPI = 96, 96, 384
POINTS = 10.5  # 五号, in which Chinese programs write
EM_PROBE = 100  # points
EM = "国"  # as wide as it is high
# Fonts made for screens, the first that is there is taken; without one of them the system's own choice.
FONTS = (
    *("Microsoft YaHei UI", "Microsoft YaHei", "微软雅黑", "PingFang SC"),
    *("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "思源黑体", "思源黑体 CN", "方正黑体_GBK"),
    *("WenQuanYi Micro Hei", "文泉驿微米黑", "WenQuanYi Zen Hei", "文泉驿正黑", "SimHei", "黑体"),
)
NAMED_FONTS = ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont", "TkCaptionFont", "TkTooltipFont")
# All have the contrast with the background that WCAG AA asks for; the words say the same.
COLOURS = {ERROR: "#b3261e", WARNING: "#7a4f00", INFO: "#1f4e79"}
NOTICE, NOTICE_TEXT = "#fff4ce", "#5c4300"
PAPER, INK, FACE, LINE, CHOSEN = "#ffffff", "#1c1c1c", "#f3f3f3", "#c4c4c4", "#cfe3f7"


class Looks(Record):
    """``scale`` is 1.0 on a screen of 96 dots per inch; ``font`` and ``bold`` are kept alive here."""

    scale: float
    font: tkfont.Font
    bold: tkfont.Font

    def px(self, pixels: float) -> int:
        """Return a length given for a screen of 96 dots per inch."""
        return round(pixels * self.scale)


def see_real_pixels() -> None:
    """Tell Windows, before the first window, that we scale ourselves: it would stretch the picture."""
    if sys.platform == "win32":
        import ctypes

        try:
            ctypes.windll.shcore.SetProcessDpiAwareness(1)
        except (AttributeError, OSError):  # Windows 7
            with suppress(AttributeError, OSError):
                ctypes.windll.user32.SetProcessDPIAware()


def prepare(root: tk.Tk, dpi: float) -> Looks:
    """Set scaling, fonts and colours of all widgets to come."""
    root.tk.call("tk", "scaling", dpi / 72)
    installed = {name.lower() for name in tkfont.families(root)}
    default = str(tkfont.nametofont("TkDefaultFont", root).actual("family"))
    family = next((name for name in FONTS if name.lower() in installed), default)
    size = _size(root, family, dpi)
    for name in NAMED_FONTS:
        tkfont.nametofont(name, root).configure(family=family, size=size)
    font = tkfont.Font(root, family=family, size=size)
    looks = Looks(dpi / PLAIN_DPI, font, tkfont.Font(root, family=family, size=size, weight="bold"))
    _style(root, looks)
    return looks


def screen_dpi() -> float:
    """Return how many dots per inch the desktop works with.

    On Linux that is the resource ``Xft.dpi``: what the X server says of the screen is 96, or plainly wrong. Tk shows
    resources of its own application only, so a hidden one is called Xft for a moment.
    """
    probe = tk.Tk(className="Xft")
    probe.withdraw()
    told = str(probe.tk.call("option", "get", ".", "dpi", "Dpi"))
    seen = probe.winfo_fpixels("1i")
    probe.destroy()
    try:
        dpi = float(told or seen)
    except ValueError:
        dpi = seen
    return min(max(dpi, LEAST_DPI), MOST_DPI)


def _size(root: tk.Tk, family: str, dpi: float) -> int:
    """Return the size with which letters come out right: X and Tk each have ideas of their own about the density."""
    em = tkfont.Font(root, family=family, size=EM_PROBE).measure(EM)
    return round(EM_PROBE * POINTS * dpi / 72 / em) if em else round(POINTS)


def _style(root: tk.Tk, looks: Looks) -> None:
    style = ttk.Style(root)
    row = looks.font.metrics("linespace") + looks.px(8)
    if root.tk.call("tk", "windowingsystem") == "x11":
        # What Tk takes for beautiful on X is from 1990; the other systems have their own looks.
        style.theme_use("clam")
        root.configure(background=FACE)
        style.configure(".", background=FACE, foreground=INK, bordercolor=LINE, lightcolor=FACE, darkcolor=FACE)
        style.configure("TButton", background=PAPER, padding=(looks.px(8), looks.px(4)), width=0)
        style.map("TButton", background=[("disabled", FACE), ("active", CHOSEN)])
        style.configure("TMenubutton", background=PAPER, padding=(looks.px(8), looks.px(4)), arrowsize=looks.px(5))
        style.configure("Vertical.TScrollbar", arrowsize=looks.px(14))
        style.configure("Horizontal.TScrollbar", arrowsize=looks.px(14))
        style.configure("Treeview", background=PAPER, fieldbackground=PAPER, foreground=INK)
        style.configure("TRadiobutton", indicatorsize=looks.px(12), padding=looks.px(2))
    style.configure("Treeview", rowheight=row)
    style.configure("Notice.TLabel", background=NOTICE, foreground=NOTICE_TEXT, padding=looks.px(6))
    style.configure("Path.TLabel", font=looks.bold)
