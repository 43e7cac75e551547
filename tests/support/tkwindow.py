"""Our window on a screen of its own, used by keyboard and mouse.

What it shows is asked of its Tk by ``send``, which Tk answers only on a screen that asks for a cookie.
"""

from __future__ import annotations

import contextlib
import secrets
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from support.display import SECONDS, display, wait_for, xdotool
from support.display import missing as display_missing

NAME = "xxgk"  # of our program in Tk
PAUSE = 0.2  # seconds that a key or a click takes to arrive
COOKIE = b"MIT-MAGIC-COOKIE-1"
FAMILY_WILD = 0xFFFF  # Xauth.h: whatever the screen's address
# Asks another Tk, and keeps what it says from being changed on the way.
ASK = """
import sys, tkinter
root = tkinter.Tk()
root.withdraw()
for line in sys.stdin:
    try:
        answer = root.tk.call("send", sys.argv[1], bytes.fromhex(line).decode())
    except tkinter.TclError as error:
        answer = f"!{error}"
    print(str(answer).encode().hex(), flush=True)
"""
# All widgets of the window, each with its class, whether it is shown, its middle on the screen, and its text.
WIDGETS = """
proc xxgk_all {w} {
    set text ""
    catch {set text [$w cget -text]}
    set x [expr {[winfo rootx $w] + [winfo width $w] / 2}]
    set y [expr {[winfo rooty $w] + [winfo height $w] / 2}]
    set found [list $w [winfo class $w] [winfo viewable $w] $x $y $text]
    foreach child [winfo children $w] {lappend found {*}[xxgk_all $child]}
    return $found
}
xxgk_all .
"""


def missing() -> str:
    """Return why our window cannot be shown and used here, or "" when it can."""
    try:
        import tkinter  # noqa: F401
    except ImportError:
        return "this Python has no tkinter"
    return display_missing()


class TkWindow:
    """Our running program, its window in front."""

    def __init__(self, process: subprocess.Popen[bytes], environment: dict[str, str]) -> None:
        self.process, self._environment = process, environment
        self._asker = subprocess.Popen(
            [sys.executable, "-c", ASK, NAME],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        wait_for(lambda: process.poll() is not None or self.ask("winfo viewable .") == "1")
        assert process.poll() is None, "the window did not open"
        wait_for(lambda: self.ask("focus"))

    def ask(self, script: str) -> str:
        """Return what our window's Tk answers to a Tcl script; a complaint begins with "!"."""
        assert self._asker.stdin
        assert self._asker.stdout
        self._asker.stdin.write(script.encode().hex() + "\n")
        self._asker.stdin.flush()
        return bytes.fromhex(self._asker.stdout.readline()).decode()

    def strings(self, script: str) -> list[str]:
        """Return a list that a Tcl script gives."""
        import tkinter

        return [str(word) for word in tkinter.Tcl().splitlist(self.ask(script))]

    def key(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self._xdotool("key", key)

    def click(self, text: str) -> None:
        """Click with the mouse on the widget whose text begins so."""
        place = wait_for(lambda: [(x, y) for _, _, x, y, shown in self.widgets() if shown.startswith(text)])
        self._xdotool("mousemove", *map(str, place[-1]))
        self._xdotool("click", "1")

    def widgets(self) -> list[tuple[str, str, int, int, str]]:
        """Return path, class, middle and text of each widget that is shown."""
        words = self.strings(WIDGETS)
        rows = [words[start : start + 6] for start in range(0, len(words), 6)]
        return [(path, kind, int(x), int(y), text) for path, kind, shown, x, y, text in rows if shown == "1"]

    def texts(self) -> str:
        """Return all that labels and buttons show."""
        return "\n".join(text for *_, text in self.widgets() if text).replace("\u00a0", " ")

    def the(self, kind: str) -> str:
        """Return the path of the only widget of this class."""
        (path,) = wait_for(lambda: [path for path, own, *_ in self.widgets() if own == kind])
        return path

    def rows(self) -> list[tuple[str, ...]]:
        """Return the texts of the rows of the list."""
        tree = self.the("Treeview")
        items = self.strings(f"{tree} children {{}}")
        return [tuple(self.strings(f"{tree} item {item} -values")) for item in items]

    def end(self) -> None:
        """Stop what still runs."""
        assert self._asker.stdin
        assert self._asker.stdout
        self.process.kill()
        self.process.wait(SECONDS)
        self._asker.stdin.close()
        self._asker.wait(SECONDS)
        self._asker.stdout.close()

    def _xdotool(self, *arguments: str) -> None:
        xdotool(self._environment, *arguments)
        time.sleep(PAUSE)


@contextlib.contextmanager
def tk_window(folder: Path, *words: str, dpi: int = 96, size: tuple[int, int] = (1366, 768)) -> Iterator[TkWindow]:
    """Start ``xxgk`` with these words, as a double click does, on a screen of its own; end both afterwards.

    ``folder`` takes what the program remembers.
    """
    cookie = folder / "cookie"
    cookie.write_bytes(_cookie())
    nowhere = subprocess.DEVNULL
    options = ("-dpi", str(dpi), "-auth", str(cookie), "-noreset")
    settings = {"XAUTHORITY": str(cookie), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    with display(*size, *options, **settings) as environment:
        process = subprocess.Popen(_command(words), env=environment, stdin=nowhere, stdout=nowhere, stderr=nowhere)
        shown = None
        try:
            shown = TkWindow(process, environment)
            yield shown
        except AssertionError as error:
            if shown is not None:
                error.add_note(shown.texts())
            raise
        finally:
            if shown is None:
                process.kill()
                process.wait(SECONDS)
            else:
                shown.end()


def _command(words: Sequence[str]) -> list[str]:
    # Its own first word is what Tk calls it by, and what the console script has.
    return [sys.executable, "-c", f"import sys; sys.argv[0] = {NAME!r}; from xxgk.cli import start; start()", *words]


def _cookie() -> bytes:
    parts = (b"", b"", COOKIE, secrets.token_bytes(16))
    return struct.pack(">H", FAMILY_WILD) + b"".join(struct.pack(">H", len(part)) + part for part in parts)
