"""What a click must not load: big libraries that happen to be installed, and xlwings' commercial part."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from xxgk.excel.caller import calling_book
try:
    calling_book("a=b.xlsx", "1")
except Exception as error:
    print(type(error).__name__)
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("numpy", "pandas") or "xlwings.pro" in name))
import numpy
print(numpy.here)
"""


def test_libraries_that_nobody_needs_are_left_alone(tmp_path: Path) -> None:
    for name in ("numpy", "pandas"):
        (tmp_path / f"{name}.py").write_text("here = True\n", encoding="utf-8")
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{SCRIPT}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    # Without Excel there is no app; xlwings says so.
    assert done.stdout.splitlines() == ["XlwingsError", "[]", "True"]
