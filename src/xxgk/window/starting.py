"""How the program was started: by somebody who types commands, or by a double click, which has no words."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from xxgk.suffixes import WORKBOOKS

COMMAND = "window"


def with_window(words: Sequence[str]) -> list[str]:
    """Return the command's words: those given, or those that open the window where it was started for that.

    A workbook alone, as when it is dropped on the program, opens in the window. Without any words the window opens
    unless the program runs in a terminal: who types there wants the commands, and a script must not wait for a window.
    """
    if len(words) == 1 and words[0].lower().endswith(WORKBOOKS):
        return [COMMAND, *words]
    if not words and has_desktop() and not in_terminal():
        return [COMMAND]
    return list(words)


def has_desktop() -> bool:
    """Tell whether a window can be shown. On Linux Tk knows X only, which Wayland desktops offer too."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY"))


def in_terminal() -> bool:
    """Tell whether somebody started the program from a command line."""
    if sys.platform == "win32":
        import ctypes

        # A double click gives the program a console of its own; in a command window the shell uses it too.
        processes = (ctypes.c_uint * 2)()
        return int(ctypes.windll.kernel32.GetConsoleProcessList(processes, len(processes))) > 1
    return any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
