"""``xxgk check``: findings of one or more workbooks."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from xxgk.checks import check
from xxgk.errors import UnreadableWorkbook
from xxgk.formats import load_form
from xxgk.output.result import FileResult, exit_code
from xxgk.output.terminal import colours_shown, terminal_width, write_utf8
from xxgk.records import replace
from xxgk.report import Report
from xxgk.sources import read_report
from xxgk.xlsx.package import LOCK_PREFIX


def run(arguments: Namespace) -> int:
    """Print the findings and return 0, 1 or 3; over many files the highest."""
    previous = read_report(Path(arguments.previous)) if arguments.previous else None
    results = [check_file(path, previous) for path in files_named(arguments.files)]
    if arguments.format == "json":
        from xxgk.output.json import render_json

        # Programs read this: UTF-8 whatever the console speaks.
        write_utf8(render_json(results))
    else:
        from xxgk.output.text import render_text

        sys.stdout.write(render_text(results, terminal_width(), colours_shown()))
    return max(exit_code(result, arguments.fail_on) for result in results)


def files_named(names: Sequence[str]) -> list[Path]:
    """Return the files; a name with ``*`` that the shell left as it is stands for all that match, lock files aside."""
    found: list[Path] = []
    for name in names:
        path = Path(name)
        matches = sorted(path.parent.glob(path.name)) if "*" in path.name and not path.exists() else []
        found += matches or [path]
    wanted = [path for path in found if not path.name.startswith(LOCK_PREFIX)]
    return wanted or found


def check_file(path: Path, previous: Report | None = None) -> FileResult:
    """Return the findings of ``path``; a file that cannot be read is a result too.

    ``previous`` stands in for the workbook's own 上年数据.
    """
    try:
        report = read_report(path)
    except UnreadableWorkbook as error:
        return FileResult(str(path), error=str(error))
    if previous is not None:
        report = replace(report, previous=previous)
    return FileResult(str(path), check(report, load_form(report.form)))
