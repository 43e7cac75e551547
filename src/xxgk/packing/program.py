"""The program with its own Python in it, for computers where none is or may be installed."""

from __future__ import annotations

import os
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.packing.tools import our_wheel, pip, put_readme, run

NAME = "xxgk"
# What goes in where it is installed: each of the extras by one of its modules.
EXTRAS = {"typst": "生成 PDF 和图片", "playa": "读取、核对 PDF"}


def left_out() -> tuple[str, ...]:
    """Return what the program will not be able to do, since this computer lacks the libraries."""
    from importlib.util import find_spec

    return tuple(use for name, use in EXTRAS.items() if find_spec(name) is None)


def fill_program(made: Path, source: Path, temporary: Path) -> None:
    """Make the folder ``made`` with the program for this kind of system. Raise ``XxgkError`` when PyInstaller fails.

    ``source`` is xxgk's checkout or wheel. What goes in is what its wheel holds, whatever else is installed here.
    """
    from importlib.util import find_spec

    if find_spec("PyInstaller") is None:
        raise UsageProblem('缺少 PyInstaller，请先运行：pip install "xxgk[pack,pdf,import]"。')
    site = temporary / "site"
    wheel = our_wheel(source, temporary)
    pip("install", "--no-deps", "--no-index", f"--target={site}", str(wheel))
    options = ("--log-level=WARN", f"--distpath={temporary / 'dist'}", f"--workpath={temporary / 'build'}")
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH")))),
        "PYINSTALLER_CONFIG_DIR": str(temporary / "cache"),
    }
    run("PyInstaller", (*options, str(site / "xxgk" / "packing" / "xxgk.spec")), environment)
    (temporary / "dist" / NAME).rename(made)
    put_readme("program.txt", made)
