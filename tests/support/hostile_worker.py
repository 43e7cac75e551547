"""Files opened one after the other, each in a process of its own with bounds on time and memory.

``examined`` is for tests; the module run as a program is the process that forks once for each file.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from xxgk.checks import check
from xxgk.errors import UnreadableWorkbook
from xxgk.formats import load_form, newest_form
from xxgk.output.json import render_json
from xxgk.output.result import FileResult
from xxgk.output.text import render_text
from xxgk.records import Record
from xxgk.report import Figure, Report
from xxgk.sources import read_report
from xxgk.workbook.template import template_path

TESTS = Path(__file__).parents[1]
MAX_ADDRESSES = 1 << 30  # bytes of address space
SECONDS = 20  # for one file, many times what any may take
WIDTH = 80


class Outcome(Record):
    """What came of a file: ``refused`` is the sentence, or facts and codes are what was read; else ``crash`` tells.

    ``seconds`` is processor time, which other programs do not lengthen; ``growth`` is by how many bytes the
    memory grew at its highest.
    """

    path: str
    refused: str
    facts: dict[str, str]
    codes: list[str]
    crash: str
    seconds: float
    growth: int


def examined(paths: Iterable[Path], seconds: float = SECONDS) -> Iterator[Outcome]:
    """Yield what comes of reading and checking each file; after ``seconds`` it is taken to hang."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *filter(None, sys.path)])}
    with subprocess.Popen(
        [sys.executable, str(Path(__file__)), str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin
        assert process.stdout
        for path in paths:
            process.stdin.write(json.dumps(str(path)).encode() + b"\n")
            process.stdin.flush()
            yield Outcome(str(path), **json.loads(process.stdout.readline()))
        process.stdin.close()


def facts_of(report: Report) -> dict[str, str]:
    """Return everything that a report says, by address, as text; where it stood does not count."""
    facts = {name: str(getattr(report, name)) for name in ("form", "unit", "short_name", "year", "level", "title")}
    facts |= {"signature": report.signature, "date": str(report.date)}
    facts |= {address: _said(figure) for address, figure in {**report.figures, **report.fields}.items()}
    facts |= {f"table_notes.{table}": note for table, note in report.table_notes.items()}
    for part, paragraphs in report.narrative.items():
        facts |= {f"narrative.{part}.{i}": f"{p.heading} {p.text}" for i, p in enumerate(paragraphs)}
    facts |= {f"explanations.{reason.address}": reason.reason for reason in report.explanations}
    facts |= {f"waivers.{i}": f"{waiver.code} {waiver.reason}" for i, waiver in enumerate(report.waivers)}
    if report.previous is not None:
        facts |= {f"previous.{name}": fact for name, fact in facts_of(report.previous).items()}
    return facts


def _said(figure: Figure) -> str:
    value = f"?{figure.seen}" if figure.value is None else str(figure.value)
    return f"{value} {figure.note}".rstrip()


def read_and_check(path: Path) -> tuple[dict[str, str], list[str]]:
    """Return the facts in ``path`` and the codes of its findings, which must also be fit to print."""
    report = read_report(path)
    findings = check(report, load_form(report.form))
    result = FileResult(str(path), findings)
    "".join(render_json([result])).encode()
    render_text([result], WIDTH, False).encode()
    return facts_of(report), [finding.code for finding in findings]


def _attempt(path: Path) -> dict[str, Any]:
    before = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    said: dict[str, Any] = {"refused": "", "facts": {}, "codes": [], "crash": ""}
    start = time.process_time()
    try:
        said["facts"], said["codes"] = read_and_check(path)
    except UnreadableWorkbook as error:
        said["refused"] = str(error)
    except BaseException:
        said["crash"] = traceback.format_exc()
    said["seconds"] = time.process_time() - start
    said["growth"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    return said


def _attempt_apart(path: Path, seconds: float) -> dict[str, Any]:
    """Return what came of ``path`` in a forked process; one that hangs or dies has crashed."""
    end, start = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESSES, MAX_ADDRESSES))
        with os.fdopen(start, "w") as out:
            json.dump(_attempt(path), out)
            out.flush()
            os._exit(0)
    os.close(start)
    text = b""
    deadline = time.monotonic() + seconds
    while select.select([end], [], [], max(0, deadline - time.monotonic()))[0]:
        piece = os.read(end, 1 << 16)
        if not piece:
            break
        text += piece
    else:
        os.kill(child, signal.SIGKILL)
    os.close(end)
    _, status = os.waitpid(child, 0)
    if status == 0 and text:
        said: dict[str, Any] = json.loads(text)
        return said
    died = "hung" if time.monotonic() >= deadline else f"died with status {status}"
    return {"refused": "", "facts": {}, "codes": [], "crash": died, "seconds": seconds, "growth": 0}


def _serve(seconds: float) -> None:
    read_and_check(template_path(newest_form()))  # so that no process after this one has to load anything
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_attempt_apart(Path(json.loads(line)), seconds)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(float(sys.argv[1]))
