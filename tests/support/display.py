"""A screen of its own (Xvfb) with a window manager (Openbox), used with mouse and keys (xdotool).

A window manager is there as on any desktop: without one, a window that has shown a message box does not get the
next click.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

XVFB, XDOTOOL, MANAGER = (shutil.which(name) for name in ("Xvfb", "xdotool", "openbox"))
SECONDS = 30
T = TypeVar("T")


def missing() -> str:
    """Return why there can be no screen here, or "" when there can."""
    return "" if XVFB and XDOTOOL and MANAGER else "Xvfb, xdotool or openbox is not installed"


@contextlib.contextmanager
def display(width: int, height: int, *options: str, **settings: str) -> Iterator[dict[str, str]]:
    """Give the environment, with ``settings``, of programs on a new screen; ``options`` are Xvfb's own."""
    assert XVFB
    assert MANAGER
    nowhere = subprocess.DEVNULL
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [XVFB, "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", *options],
        pass_fds=[writing],
        stdout=nowhere,
        stderr=nowhere,
    )
    os.close(writing)
    with os.fdopen(reading) as number:
        environment = {**os.environ, **settings, "DISPLAY": f":{number.readline().strip()}"}
    manager = subprocess.Popen([MANAGER], env=environment, stdout=nowhere, stderr=nowhere)
    try:
        yield environment
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(SECONDS)


def xdotool(environment: dict[str, str], *arguments: str) -> None:
    """Move the mouse, press a button or a key."""
    assert XDOTOOL
    subprocess.run([XDOTOOL, *arguments], check=True, env=environment)


def wait_for(what: Callable[[], T], seconds: float = SECONDS) -> T:
    """Return what ``what`` gives as soon as that is something."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return found
