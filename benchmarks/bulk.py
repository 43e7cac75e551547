"""Measure what docs/performance.md promises of a folder of workbooks and print it as a Markdown table.

Each run is a whole process on the same files: ``xxgk check FOLDER --jobs 2`` on all of them, openpyxl on
two processes on a part of them, since it takes long. Only the time for one file is compared.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from xxgk.formats import load_form
from xxgk.records import replace
from xxgk.report import Report
from xxgk.resources import resource
from xxgk.sources import read_report
from xxgk.workbook.template import new_workbook

FORM = load_form("2021")
FILES, PART, ROUNDS, PROCESSES = 1_000, 60, 3, 2
OPENPYXL = """
import sys, openpyxl
from concurrent.futures import ProcessPoolExecutor

def read(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None)

if __name__ == "__main__":
    with ProcessPoolExecutor(int(sys.argv[1])) as pool:
        list(pool.map(read, sys.argv[2:]))
"""


def varied(example: Report, random: Random) -> Report:
    """Return the example with numbers of another unit."""
    figures = {address: replace(figure, value=random.randint(0, 40)) for address, figure in example.figures.items()}
    return replace(example, unit=f"第{random.randint(1, 9999)}镇人民政府", figures={**figures})


def timed(command: list[str]) -> tuple[float, int]:
    """Return the seconds of a whole process, and the largest memory in KiB of it or one of its children."""
    start = time.perf_counter()
    done = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, usage.ru_maxrss


def main() -> None:
    """Print the table."""
    random = Random(1)
    example = read_report(resource("examples", "heping-2023.json"))
    with tempfile.TemporaryDirectory() as name:
        paths = []
        for number in range(FILES):
            path = Path(name) / f"{number:04d}.xlsx"
            path.write_bytes(new_workbook(FORM, varied(example, random)).data)
            paths.append(str(path))
        ours = [sys.executable, "-m", "xxgk", "check", name, "--jobs", str(PROCESSES)]
        theirs = [sys.executable, "-c", OPENPYXL, str(PROCESSES), *paths[:PART]]
        rounds = [(timed(ours), timed(theirs)) for _ in range(ROUNDS)]
        single = [timed([*ours[:-1], "1"])[0] for _ in range(ROUNDS)]
    our_time = statistics.median(one[0] for one, _ in rounds) / FILES
    their_time = statistics.median(other[0] for _, other in rounds) / PART
    memory = max(one[1] for one, _ in rounds) / 1024
    speed_up = statistics.median(single) / (our_time * FILES)
    print("| what | result | aim |\n|---|---|---|")
    print(f"| openpyxl reading / `xxgk check`, a file, {PROCESSES} processes | {their_time / our_time:.1f}× | ≥ 30× |")
    print(f"| {FILES:,} files, {PROCESSES} processes | {our_time * FILES:.1f} s | — |")
    print(f"| 1 process / {PROCESSES} processes | {speed_up:.2f}× | — |")
    print(f"| memory of the largest process | {memory:.0f} MiB | ≤ 40 MB |")


if __name__ == "__main__":
    main()
