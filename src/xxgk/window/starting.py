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


def start() -> int:
    """Open the window, with the workbook that was dropped on the program; ``xxgkw`` starts here.

    On Windows it has no console: what cannot be done is told in a message box.
    """
    from pathlib import Path

    from xxgk.errors import XxgkError
    from xxgk.window.main import open_window

    words = sys.argv[1:]
    try:
        open_window(Path(words[0]) if words else None)
    except XxgkError as error:
        _tell(str(error))
        return error.exit_code
    return 0


def _tell(text: str) -> None:
    if sys.stderr is None:
        import ctypes

        getattr(ctypes, "windll").user32.MessageBoxW(None, text, "年报", 0)  # noqa: B009 - type checkers know it on Windows only
    else:
        sys.stderr.write(f"{text}\n")
