"""A LibreOffice window on a screen of its own, used with the mouse."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from support.display import display, wait_for, xdotool
from support.display import missing as display_missing
from support.office import SOFFICE, START_SECONDS, connect
from support.office import missing as office_missing

WIDTH, HEIGHT = 1600, 900
# Macros run without asking, and no first-start window comes up.
SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "0"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Setup/Office", "LastCompatibilityCheckID", "x"),
)
DEPTH, CHILDREN = 16, 120  # how far the tree of what is shown is looked through
# com.sun.star.accessibility.AccessibleRole
MESSAGES = (1, 12, 37)  # ALERT, DIALOG, OPTION_PANE
PUSH_BUTTON = 44


def missing() -> str:
    """Return why no window can be shown here, or "" when one can."""
    return display_missing() or office_missing()


class Window:
    """The window of one open workbook. Names are those that are shown, such as a button's caption."""

    def __init__(self, environment: dict[str, str], document: Any, desktop: Any) -> None:
        self._environment, self.document, self.desktop = environment, document, desktop
        self.frame = document.CurrentController.Frame.ContainerWindow
        self.frame.setPosSize(0, 0, WIDTH - 10, HEIGHT - 10, 15)
        time.sleep(1)
        # Found now: once another sheet was shown LibreOffice no longer tells of the buttons, though they are there.
        self._buttons = dict(_buttons(self.frame))

    def click(self, name: str) -> None:
        """Click with the mouse on the button with this name."""
        self._click(self._buttons[name])

    def message(self) -> str:
        """Return all that a message box shows, "" when there is none."""
        box = self._box()
        return "\n".join(_names(box)) if box else ""

    def agree(self) -> None:
        """Click on the first button of the message box: OK or yes."""
        _, place = next(_buttons(self._box()))
        self._click(place)

    def _box(self) -> Any:
        toolkit = self.frame.getToolkit()
        windows = (toolkit.getTopWindow(number) for number in range(toolkit.getTopWindowCount()))
        return next((one for one in windows if one.getAccessibleContext().getAccessibleRole() in MESSAGES), None)

    def _click(self, at: tuple[int, int]) -> None:
        xdotool(self._environment, "mousemove", *map(str, at))
        time.sleep(0.3)
        xdotool(self._environment, "click", "1")


@contextlib.contextmanager
def window(path: Path) -> Iterator[Window]:
    """Open the workbook ``path`` in a window of its own LibreOffice, and close both afterwards."""
    assert SOFFICE
    profile = Path(tempfile.mkdtemp(prefix="xxgk-window-"))
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    pipe = "xxgk" + uuid.uuid4().hex[:12]
    with display(WIDTH, HEIGHT, "-nolisten", "tcp", SAL_USE_VCLPLUGIN="gen") as environment:
        office = subprocess.Popen(
            [SOFFICE, "--norestore", "--nologo", f"-env:UserInstallation={profile.as_uri()}",
             f"--accept=pipe,name={pipe};urp;", str(path)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            desktop = connect(pipe, office)
            document = wait_for(lambda: _shown(desktop), START_SECONDS)
            time.sleep(2)  # until the window has settled
            yield Window(environment, document, desktop)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(office.pid, signal.SIGKILL)
            office.wait(10)
            shutil.rmtree(profile, ignore_errors=True)


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def _shown(desktop: Any) -> Any:
    components = desktop.Components.createEnumeration()
    while components.hasMoreElements():
        component = components.nextElement()
        if component.supportsService("com.sun.star.sheet.SpreadsheetDocument") and component.CurrentController:
            return component
    return None


def _buttons(shown: Any, depth: int = 0) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the name and the middle, on the screen, of each button inside ``shown``."""
    context = shown.getAccessibleContext()
    if context.getAccessibleRole() == PUSH_BUTTON:
        corner, size = context.getLocationOnScreen(), context.getSize()
        yield context.getAccessibleName(), (corner.X + size.Width // 2, corner.Y + size.Height // 2)
    for child in _children(context) if depth < DEPTH else ():
        yield from _buttons(child, depth + 1)


def _names(shown: Any, depth: int = 0) -> Iterator[str]:
    context = shown.getAccessibleContext()
    yield context.getAccessibleName()
    for child in _children(context) if depth < DEPTH else ():
        yield from _names(child, depth + 1)


def _children(context: Any) -> Iterator[Any]:
    for number in range(min(context.getAccessibleChildCount(), CHILDREN)):
        with contextlib.suppress(Exception):  # what is going away just now
            yield context.getAccessibleChild(number)
