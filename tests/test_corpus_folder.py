"""Every file of a folder, opened one by one: read, or refused with a sentence; no traceback, no hang.

``XXGK_CORPUS=folder pytest tests/test_corpus_folder.py -s`` tries a folder of your own and prints a table of what
became of its files. Without the variable a few bad files of ours stand in, so that the test itself is tested.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="bounds on memory need a Unix system")

from support.hostile import KINDS
from support.hostile_base import SOUND
from support.hostile_worker import Outcome, examined

FOLDER = os.environ.get("XXGK_CORPUS", "")
OURS = ("html.xlsx", "word.xlsx", "password.xlsx", "truncated-50.xlsx", "billion-laughs.xlsx", "by-xlsxwriter.xlsx")


SABOTAGE = """
import os
import time
from xxgk import sources

whole = sources.read_report

def read_report(path):
    if path.stem == "hang":
        time.sleep(99)
    if path.stem == "death":
        os.abort()
    if path.stem == "crash":
        1 / 0
    return whole(path)

sources.read_report = read_report
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if FOLDER:
        return Path(FOLDER)
    below = tmp_path / "下级" / "文件夹"
    below.mkdir(parents=True)
    for name in OURS:
        (below / name).write_bytes(KINDS[name].make())
    (tmp_path / "sound.xlsx").write_bytes(SOUND)
    return tmp_path


def test_every_file_of_a_folder(folder: Path) -> None:
    outcomes = list(examined(files_below(folder)))
    print_table(outcomes)
    assert outcomes, f"{folder} holds no file"
    assert [f"{outcome.path}\n{outcome.crash}" for outcome in outcomes if outcome.crash] == []
    refused = [outcome.refused for outcome in outcomes if outcome.refused]
    assert [sentence for sentence in refused if "\n" in sentence or not sentence.endswith("。")] == []


def test_a_crash_and_a_hang_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were every outcome taken for a refusal, the test above could not fail."""
    (tmp_path / "sitecustomize.py").write_text(SABOTAGE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    crash, hang, death = examined([Path("crash.xlsx"), Path("hang.xlsx"), Path("death.xlsx")], 0.5)
    assert "ZeroDivisionError" in crash.crash
    assert hang.crash == "hung"
    assert death.crash.startswith("died")


def files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() or path.is_symlink():
            yield path


def print_table(outcomes: list[Outcome]) -> None:
    """Print how many files were read, and for each reason how many were refused."""
    reasons = Counter(o.refused.partition("：")[2] or ("崩溃" if o.crash else "已读") for o in outcomes)
    lines = [f"{count:6}  {reason}" for reason, count in reasons.most_common()]
    slowest = max(outcomes, key=lambda outcome: outcome.seconds, default=None)
    if slowest:
        lines.append(f"{len(outcomes):6}  总数；最慢 {slowest.seconds:.2f} 秒：{slowest.path}")
    print("\n" + "\n".join(lines))  # noqa: T201
