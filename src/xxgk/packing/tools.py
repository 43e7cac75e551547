"""Other programs run while packing: pip and PyInstaller, each as this Python's own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from xxgk.errors import UsageProblem, XxgkError

QUIET = ("--quiet", "--disable-pip-version-check")


def pip(*arguments: str) -> None:
    """Run pip. Raise ``XxgkError`` when it fails; its own words have been shown by then."""
    run("pip", (arguments[0], *QUIET, *arguments[1:]))


def run(module: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """Run ``module`` of this Python with ``environment`` added to ours. Raise ``XxgkError`` when it fails."""
    if getattr(sys, "frozen", False):
        raise UsageProblem("免安装的程序不能再做安装文件夹，请在装了 Python 的电脑上做。")
    command = [sys.executable, "-m", module, *arguments]
    if subprocess.run(command, env={**os.environ, **(environment or {})}, check=False).returncode:
        raise XxgkError(f"没有做成：{module} 出错了，原因见上面它自己的说明。")


def our_wheel(source: Path, folder: Path) -> Path:
    """Put xxgk's wheel into ``folder`` and return it; ``source`` is the checkout, or a wheel already made."""
    if not (source / "pyproject.toml").is_file() and source.suffix != ".whl":
        raise UsageProblem(f"{source} 不是 xxgk 的源程序文件夹，请用 --source 指明。")
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(source))
    wheels = list(folder.glob("xxgk-*.whl"))
    if not wheels:
        raise UsageProblem(f"{source} 不是 xxgk 的源程序文件夹，请用 --source 指明。")
    return wheels[0]


def put_readme(name: str, folder: Path) -> None:
    """Write our text ``name`` into ``folder`` as 说明.txt, in UTF-8 with the mark that old Windows editors need."""
    put_text(name, folder / "说明.txt", "utf-8-sig", "\r\n")


def put_text(name: str, target: Path, encoding: str, line_end: str) -> None:
    """Write our text ``name`` to ``target`` in the form in which another system reads it."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    target.write_bytes(text.replace("\n", line_end).encode(encoding))


def make(folder: Path, fill: Callable[[Path, Path], None]) -> None:
    """Let ``fill`` make the new ``folder``, given where to make it and a folder for what is needed on the way.

    The folder appears whole or not at all. Raise ``UsageProblem`` when there is one of that name.
    """
    if folder.exists():
        raise UsageProblem(f"已经有 {folder} 了，没有覆盖。请换一个名字，或者先删掉它。")
    with tempfile.TemporaryDirectory(prefix=".xxgk-", dir=folder.absolute().parent) as name:
        work = Path(name)
        made, temporary = work / folder.name, work / "temporary"
        temporary.mkdir()
        fill(made, temporary)
        made.rename(folder)
