"""A LibreOffice that dies takes no other test with it, and one test only if that kills it each time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.sizes import full_only

pytestmark = [pytest.mark.office, full_only]

TESTS = Path(__file__).parents[1]
DYING = """
import os, signal
import pytest

pytestmark = pytest.mark.office
seen = []

@pytest.fixture(scope="module")
def desktop(office):
    return office.desktop

def kill(office):
    os.killpg(office.process.pid, signal.SIGKILL)
    office.desktop.getFrames()

def test_once(office, desktop):
    seen.append(office)
    if len(seen) == 1:
        kill(office)
    assert desktop.getFrames().Count == 0

def test_quietly(office):
    os.killpg(office.process.pid, signal.SIGKILL)
    office.process.wait()

def test_always(office):
    kill(office)

def test_wrong(office, desktop):
    seen.append(office)
    assert desktop.getFrames().Count == 1

def test_at_the_end(office, desktop):
    assert desktop.getFrames().Count == 0
    assert len(seen) == 3
"""


def test_a_test_is_run_again_once_after_a_crash_and_only_then(tmp_path: Path) -> None:
    (tmp_path / "test_dying.py").write_text(DYING, encoding="utf-8")
    options = ["-p", "conftest", "-p", "no:cacheprovider", "-W", "ignore", "-W", "always:LibreOffice died", "-rA"]
    said = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])},
        capture_output=True,
        text=True,
        encoding="utf-8",
    ).stdout
    results = re.findall(r"^(PASSED|FAILED|ERROR) test_dying.py::(\w+)", said, re.MULTILINE)
    assert {name: result for result, name in results} == {
        "test_once": "PASSED",
        "test_quietly": "PASSED",
        "test_always": "FAILED",
        "test_wrong": "FAILED",
        "test_at_the_end": "PASSED",
    }
    told = re.findall(r"LibreOffice died during test_dying.py::(\w+)", said)
    assert told == ["test_once", "test_quietly", "test_always"]
