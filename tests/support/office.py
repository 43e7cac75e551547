"""LibreOffice for tests: a private soffice, driven through its Python bridge, or absent with a reason."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# Debian keeps the bridge outside any virtual environment; only its two modules are taken from there.
BRIDGE = Path("/usr/lib/python3/dist-packages")
# One look on every machine, whichever of the official fonts it has.
FONTS = Path(__file__).with_name("fonts.conf")
START_SECONDS = 60
_started: list[Office] = []


def missing() -> str:
    """Return why LibreOffice cannot be used here, or "" when it can."""
    if SOFFICE is None:
        return "LibreOffice (soffice) is not installed"
    try:
        _uno()
    except (ImportError, OSError) as error:
        return f"LibreOffice's Python bridge does not load here: {error}"
    return ""


def _uno() -> Any:
    if "uno" not in sys.modules and importlib.util.find_spec("uno") is None:
        for name in ("uno", "unohelper"):
            spec = importlib.util.spec_from_file_location(name, BRIDGE / f"{name}.py")
            if spec is None or spec.loader is None:
                raise ImportError(f"no {name}.py in {BRIDGE}")
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            try:
                spec.loader.exec_module(module)
            except BaseException:
                del sys.modules[name]
                raise
    return importlib.import_module("uno")


class OfficeDied(Exception):
    """LibreOffice ended during a test."""


class Office:
    """A running soffice with a profile of its own, of a user whose home is ``home``."""

    def __init__(self) -> None:
        self._ended = self._died = False
        self.profile = tempfile.mkdtemp(prefix="xxgk-office-")
        self.home = Path(self.profile) / "家"
        self.home.mkdir()
        pipe = "xxgk" + uuid.uuid4().hex[:12]
        assert SOFFICE
        self.process = subprocess.Popen(
            [
                SOFFICE,
                "--headless",
                "--invisible",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nofirststartwizard",
                "--nolockcheck",
                f"-env:UserInstallation=file://{self.profile}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "FONTCONFIG_FILE": str(FONTS), "HOME": str(self.home)},
        )
        try:
            self.desktop = connect(pipe, self.process)
        except Exception:
            self.close()
            raise
        _started.append(self)

    def has_died(self) -> bool:
        """Tell whether it ended before it was closed."""
        if not self._ended:
            try:
                self.desktop.getImplementationName()
            except Exception:  # of UNO's own: there is nobody at the other end
                self._died = True
        return self._died

    def open(self, path: Path) -> Any:
        """Return the opened document."""
        document = self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties(Hidden=True))
        assert document is not None, f"LibreOffice could not open {path}"
        return document

    def save_as(self, document: Any, path: Path, filter_name: str) -> None:
        """Store ``document`` under another name, such as with filter ``Calc MS Excel 2007 XML``."""
        document.storeToURL(path.as_uri(), properties(FilterName=filter_name))

    def close(self) -> None:
        """Stop soffice and remove its profile."""
        if self in _started:
            self.has_died()
        self._ended = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        shutil.rmtree(self.profile, ignore_errors=True)


def deaths() -> int:
    """Return how many offices of this process have ended before they were closed."""
    return sum(office.has_died() for office in _started)


def connect(pipe: str, process: subprocess.Popen[bytes]) -> Any:
    """Return the desktop of the soffice ``process`` that listens, or soon will, at ``pipe``."""
    local = _uno().getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)


def properties(**values: Any) -> tuple[Any, ...]:
    """Return UNO property values."""
    _uno()
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def typed(kind: str, value: object) -> Any:
    """Return ``value`` as UNO's type ``kind``, for properties that take no other."""
    return _uno().Any(kind, value)


@contextlib.contextmanager
def running_office() -> Iterator[Office]:
    """Yield a running office and stop it afterwards."""
    office = Office()
    try:
        yield office
    finally:
        office.close()


def convert(path: Path, target: str, folder: Path) -> Path:
    """Convert ``path`` with a soffice of its own and return the new file."""
    assert SOFFICE
    with tempfile.TemporaryDirectory(prefix="xxgk-profile-") as profile:
        subprocess.run(
            [
                SOFFICE,
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                target,
                "--outdir",
                str(folder),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    made = folder / f"{path.stem}.{target.partition(':')[0]}"
    assert made.exists(), f"soffice made no {made.name}"
    return made
