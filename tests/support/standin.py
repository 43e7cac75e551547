"""A stand-in for the program that the buttons start: it keeps what it was given and answers as it was told.

Run as ``standin.py excel job FOLDER``; told by ``Answers.tell``.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from xxgk.excel.actions import Action
from xxgk.excel.changelist import change_list, escape, put, read_job

FOLDER = "XXGK_STANDIN"  # environment variable: where the answer lies, and what was given is kept
ANSWER, RUNS, COPY = "answer.json", "runs.txt", "copy.xlsx"


class Answers:
    """What the stand-in is to answer, and what it was given, in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def tell(
        self,
        actions: Sequence[Action] = (),
        *,
        code: int = 0,
        out: str = "",
        err: str = "",
        cut: bool = False,
        seconds: float = 0.0,
    ) -> None:
        """Set the answer to the next runs; ``cut`` leaves out the last line of the list of changes."""
        lines = change_list(actions).splitlines(keepends=True)
        answer = {"changes": "".join(lines[:-1] if cut else lines), "code": code, "out": out, "err": err}
        (self.folder / ANSWER).write_text(json.dumps({**answer, "seconds": seconds}), encoding="utf-8")
        (self.folder / RUNS).write_text("", encoding="utf-8")

    def runs(self) -> list[dict[str, str]]:
        """Return the jobs that were given since then."""
        text = (self.folder / RUNS).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def copy(self) -> bytes:
        """Return the copy of the workbook that came with the last job."""
        return (self.folder / COPY).read_bytes()


def install(home: Path, answers: Answers) -> None:
    """Make the stand-in the program that ``xxgk setup`` wrote down for the user whose home is ``home``."""
    program = home / "我的 程序" / "xxgk"
    program.parent.mkdir(parents=True, exist_ok=True)
    python, source = sys.executable, Path(__file__).parents[1]
    program.write_text(
        f'#!/bin/sh\n{FOLDER}="{answers.folder}" PYTHONPATH="{source}" exec "{python}" -m support.standin "$@"\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    set_program(home, str(program))


def set_program(home: Path, program: str) -> None:
    """Write down ``program`` as ``xxgk setup`` does."""
    file = home / ".config" / "xxgk" / "python.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{program}\n", encoding="utf-8")


def _run(folder: Path) -> int:
    kept = Path(os.environ[FOLDER])
    job = read_job((folder / "job.txt").read_text(encoding="ascii"))
    shutil.copy(folder / "in.xlsx", kept / COPY)
    with (kept / RUNS).open("a", encoding="utf-8") as runs:
        runs.write(json.dumps(job) + "\n")
    answer = json.loads((kept / ANSWER).read_text(encoding="utf-8"))
    if answer["seconds"]:
        put(folder / "progress.txt", escape("第 1 步，共 2 步…") + "\n")
        time.sleep(answer["seconds"])
    if not answer["code"]:
        put(folder / "changes.txt", answer["changes"])
    sys.stdout.write(escape(answer["out"]))
    sys.stderr.write(escape(answer["err"]))
    return int(answer["code"])


if __name__ == "__main__":
    assert sys.argv[1:3] == ["excel", "job"]
    sys.exit(_run(Path(sys.argv[3])))
