"""``xxgk verify``: does a finished report still say what its workbook says."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from xxgk.checks import check
from xxgk.errors import UsageProblem
from xxgk.formats import load_form
from xxgk.output.terminal import colours_shown, terminal_width, write_utf8
from xxgk.output.verification import render_verification, render_verification_data
from xxgk.published.read import read_published
from xxgk.sources import read_report
from xxgk.suffixes import WORKBOOKS
from xxgk.verifying.verify import verify
from xxgk.xlsx.package import load_file

SOURCES = (*WORKBOOKS, ".json")


def run(arguments: Namespace) -> int:
    """Print what differs and return 0 where nothing does and all was read, else 1."""
    path, source = Path(arguments.report), Path(arguments.workbook)
    if path.suffix.lower() in SOURCES or source.suffix.lower() not in SOURCES:
        raise UsageProblem("请先写报告，再写工作簿，如：xxgk verify 报告.docx 年报.xlsx")
    report = read_report(source)
    form = load_form(report.form)
    found = read_published(path, arguments.which)
    verified = verify(report, form, check(report, form), found, load_file(path))
    if arguments.format == "json":
        write_utf8(render_verification_data(verified, str(path), str(source)))
    else:
        sys.stdout.write(render_verification(verified, str(path), str(source), terminal_width(), colours_shown()))
    return 0 if verified.equal else 1
