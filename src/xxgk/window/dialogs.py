"""Questions and sentences in a window of their own, in Chinese on every system."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tkinter import filedialog, ttk

from xxgk.suffixes import WORKBOOKS
from xxgk.window.looks import INK, PAPER, Looks
from xxgk.window.state import displayed, flowing

TITLE = "年报"
WRAP = 460  # pixels at 96 dots per inch
LINES_SHOWN = 12
OK = "知道了"


def tell(root: tk.Tk, looks: Looks, text: str) -> None:
    """Show a sentence until it is put away by Enter, Esc or a click."""
    _modal(root, looks, text, (), (OK,))


def agreed(root: tk.Tk, looks: Looks, text: str, lines: Sequence[str], caption: str) -> bool:
    """Ask, with details one a line; Enter and ``caption`` mean yes, Esc and closing the window no."""
    return _modal(root, looks, text, lines, (caption, f"不{caption}")) == caption


def ask_workbook(root: tk.Tk, folder: Path | None) -> Path | None:
    """Let the user choose a workbook."""
    name = filedialog.askopenfilename(
        parent=root,
        title="选择年报工作簿",
        initialdir=str(folder or Path.home()),
        filetypes=[("年报工作簿", WORKBOOKS), ("所有文件", "*")],
    )
    return Path(name) if name else None


def ask_style(root: tk.Tk, folder: Path) -> Path | None:
    """Let the user choose a reference docx."""
    name = filedialog.askopenfilename(
        parent=root, title="选择样式文件", initialdir=str(folder), filetypes=[("Word 文档", "*.docx")]
    )
    return Path(name) if name else None


def speak_chinese(root: tk.Tk) -> None:
    """Let Tk's own dialogs, such as the choice of a file on Linux, speak Chinese, and show no hidden files."""
    with suppress(tk.TclError):
        root.tk.eval("::msgcat::mclocale zh_cn; namespace eval ::tk {::msgcat::mcload [file join $::tk_library msgs]}")
    if root.tk.call("tk", "windowingsystem") == "x11":
        with suppress(tk.TclError):
            # These variables exist only once Tk has loaded its dialog, which asking for a nonsense option does.
            root.tk.call("tk_getOpenFile", "-none")
        root.tk.eval("set ::tk::dialog::file::showHiddenVar 0; set ::tk::dialog::file::showHiddenBtn 1")


def _modal(root: tk.Tk, looks: Looks, text: str, lines: Sequence[str], captions: Sequence[str]) -> str:
    """Return the caption of the button that was pressed, the last one when the window was closed."""
    window = tk.Toplevel(root)
    window.withdraw()
    window.title(TITLE)
    window.transient(root)
    answer = [captions[-1]]

    def close(caption: str) -> None:
        answer[0] = caption
        window.destroy()

    frame = ttk.Frame(window, padding=looks.px(16))
    frame.pack(fill="both", expand=True)
    # From below: where there is little room, the details give way, not the buttons.
    buttons = ttk.Frame(frame)
    buttons.pack(side="bottom", fill="x", pady=(looks.px(14), 0))
    for caption in reversed(captions):
        button = ttk.Button(buttons, text=caption, command=lambda caption=caption: close(caption))  # type: ignore[misc]
        button.bind("<Return>", lambda _, caption=caption: close(caption))  # type: ignore[misc]
        button.pack(side="right", padx=(looks.px(8), 0))
    ttk.Label(frame, text=flowing(text), wraplength=looks.px(WRAP)).pack(anchor="w")
    if lines:
        _details(frame, looks, lines)
    window.bind("<Escape>", lambda _: close(captions[-1]))
    window.protocol("WM_DELETE_WINDOW", lambda: close(captions[-1]))
    _centre(root, window)
    button.focus_set()
    window.grab_set()
    root.wait_window(window)
    # The window that had the keyboard is gone; not every desktop gives it back to ours.
    (root.focus_lastfor() or root).focus_force()
    return answer[0]


def _details(frame: ttk.Frame, looks: Looks, lines: Sequence[str]) -> None:
    inner = ttk.Frame(frame)
    inner.pack(fill="both", expand=True, pady=(looks.px(10), 0))
    height = min(max(len(lines), 3), LINES_SHOWN)
    text = tk.Text(
        inner, font=looks.font, width=60, height=height, wrap="char", background=PAPER, foreground=INK, takefocus=1
    )
    bar = ttk.Scrollbar(inner, command=text.yview)
    text.configure(yscrollcommand=bar.set)
    bar.pack(side="right", fill="y")
    text.pack(side="left", fill="both", expand=True)
    text.insert("1.0", "\n".join(map(displayed, lines)))
    text.configure(state="disabled")


def _centre(root: tk.Tk, window: tk.Toplevel) -> None:
    window.update_idletasks()
    width = min(window.winfo_reqwidth(), root.winfo_screenwidth())
    height = min(window.winfo_reqheight(), root.winfo_screenheight())
    left = root.winfo_rootx() + (root.winfo_width() - width) // 2
    top = root.winfo_rooty() + (root.winfo_height() - height) // 3
    window.geometry(f"{width}x{height}+{max(left, 0)}+{max(top, 0)}")
    window.deiconify()
    window.wait_visibility()
