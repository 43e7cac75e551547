"""A process that writes is killed at random moments, or the system refuses: the file is the old or the new one, whole.

What kills leave behind nobody takes for a workbook, and the next write removes it.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from xxgk.errors import FileProblem
from xxgk.files import ABANDONED, BACKUPS, replace_file
from xxgk.jsonio import dump_json
from xxgk.records import replace
from xxgk.report import Report
from xxgk.workbook.reading.read import read_workbook

from support.reports import FORM, report_of, sound_values
from support.sizes import FULL
from support.workbooks import filled

FILLS, KILLS = (60, 140) if FULL else (4, 4)  # of a workbook, which is slow, and of a large file
CYCLES = 2  # how many writes the latest kill lets pass
SIZE = 4_000_000  # bytes of the large file, so that most kills land within a write
LEFT = re.compile(r"\..+\.[0-9a-f]{16}\.tmp")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and resource limits are POSIX")

# Each child writes once and tells how long that took; then it writes over and over.
LOOP = """
import itertools, sys, time

def loop(write, states):
    start = time.perf_counter()
    write(states[0])
    sys.stderr.write(f"{time.perf_counter() - start}\\n")
    sys.stderr.flush()
    for state in itertools.cycle(states[1:] + states[:1]):
        write(state)
"""
FILL = """
from xxgk.cli import main
workbook, *sources = sys.argv[1:]
loop(lambda source: main(["fill", workbook, "--from", source, "--overwrite"]), sources)
"""
REPLACE = """
from pathlib import Path
from xxgk.files import replace_file
path, size = Path(sys.argv[1]), int(sys.argv[2])
loop(lambda byte: replace_file(path, byte * size), [b"1", b"2"])
"""


def killed(code: str, arguments: Sequence[str], random: Random) -> None:
    """Run ``code`` and kill it at a random moment of its first few writes."""
    command = [sys.executable, "-c", LOOP + code, *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        cycle = float(child.stderr.readline())
        time.sleep(random.uniform(0, CYCLES * cycle))
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL, child.stderr.read()


def leftovers(folder: Path, *known: str) -> list[Path]:
    """Return what kills left in ``folder`` beside the files ``known``."""
    found = [path for path in folder.iterdir() if path.name not in known]
    assert all(LEFT.fullmatch(path.name) for path in found), found
    return found


def report(seed: int) -> Report:
    return replace(report_of(sound_values(Random(seed))), unit=f"{seed}号镇人民政府")


def assert_whole(workbook: Path, seeds: Sequence[int]) -> None:
    """Assert that ``workbook`` holds one of the reports, and nothing of another."""
    found = read_workbook(workbook)
    assert [seed for seed in seeds if (report(seed).unit, report(seed).figures) == (found.unit, found.figures)]


def test_a_killed_fill_leaves_the_old_or_the_new_workbook_whole(tmp_path: Path) -> None:
    path, sources = tmp_path / "年报.xlsx", [tmp_path / f"{seed}.json" for seed in (2, 3)]
    path.write_bytes(filled(report(1)))
    for seed, source in zip((2, 3), sources, strict=True):
        source.write_text(dump_json(report(seed), FORM), encoding="utf-8")
    random = Random(7)
    for _ in range(FILLS):
        killed(FILL, [str(path), *map(str, sources)], random)
        assert_whole(path, (2, 3))
    leftovers(tmp_path, path.name, BACKUPS, *(source.name for source in sources))
    copies = sorted((tmp_path / BACKUPS).glob("年报-*.xlsx"))
    assert len(copies) > FILLS
    for copy in copies:
        # A kill in the very moment in which the copy gets its name leaves an empty file, never half a one.
        if copy.stat().st_size:
            assert_whole(copy, (1, 2, 3))


def test_a_killed_write_of_a_large_file_leaves_the_old_or_the_new_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "大.bin"
    path.write_bytes(b"0")
    random, left = Random(8), 0
    for _ in range(KILLS):
        killed(REPLACE, [str(path), str(SIZE)], random)
        assert path.read_bytes() in (b"1" * SIZE, b"2" * SIZE)
        beside = leftovers(tmp_path, path.name)
        left += len(beside)
        for file in beside:
            long_ago = file.stat().st_mtime - 2 * ABANDONED
            os.utime(file, (long_ago, long_ago))
        replace_file(path, b"0")
        assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert left > KILLS // 10, "hardly any kill fell within a write: this test shows nothing"


LIMITED = """
import resource, sys
from xxgk.cli import main
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("limit", [0, 1000, 20_000])
def test_a_system_that_takes_no_more_bytes_leaves_the_old_workbook(tmp_path: Path, limit: int) -> None:
    """The system itself breaks off the write in the middle, as a full disk does."""
    path, source = tmp_path / "年报.xlsx", tmp_path / "2.json"
    path.write_bytes(filled(report(1)))
    source.write_text(dump_json(report(2), FORM), encoding="utf-8")
    before = path.read_bytes()
    assert len(before) > limit
    command = [sys.executable, "-c", LIMITED, str(limit), "fill", str(path), "--from", str(source), "--overwrite"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == FileProblem.exit_code
    assert "磁盘满了" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["2.json", BACKUPS, path.name]
