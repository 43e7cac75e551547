"""Where skips are forbidden, every way to skip fails, and only the corpus may be absent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
SKIPPING = """
import pytest

@pytest.mark.skipif(True, reason="by mark")
def test_mark(): ...

def test_inside():
    pytest.skip("inside")

@pytest.fixture
def absent():
    pytest.skip("in a fixture")

def test_fixture(absent): ...

@pytest.mark.corpus
def test_corpus(): ...
"""
WHOLE_FILE = 'import pytest\npytest.importorskip("no_such_module")\n'


def test_every_skip_fails_but_that_of_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "test_skipping.py").write_text(SKIPPING, encoding="utf-8")
    (tmp_path / "test_whole_file.py").write_text(WHOLE_FILE, encoding="utf-8")
    options = ["-p", "conftest", "-p", "no:cacheprovider", "-W", "ignore", "--continue-on-collection-errors"]
    said = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]),
            "XXGK_NO_SKIPS": "1",
            "XXGK_SHARED": str(tmp_path / "nowhere"),
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
    ).stdout
    # What skips before it is called is an error, not a failure: by mark, in a fixture, the whole file.
    assert "1 failed, 1 skipped, 3 errors" in said.splitlines()[-1]
    assert said.count("skips are forbidden here") >= 4
