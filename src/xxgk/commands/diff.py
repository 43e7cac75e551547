"""``xxgk diff``: two reports side by side."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from xxgk.comparing.compare import compare_reports
from xxgk.errors import UsageProblem
from xxgk.formats import load_form
from xxgk.output.comparison import render_comparison, render_comparison_page
from xxgk.output.terminal import as_utf8, colours_shown, terminal_width, write_utf8
from xxgk.sources import read_report

HTML = (".html", ".htm")


def run(arguments: Namespace) -> int:
    """Print the differences, or write them as a page; return 0 whether there are any or not."""
    target = Path(arguments.output) if arguments.output else None
    if target is not None and (arguments.format != "html" or target.suffix.lower() not in HTML):
        raise UsageProblem("-o 后面请写 .html 文件，并写上 --format html。")
    old, new = (read_report(Path(name)) for name in (arguments.old, arguments.new))
    found = compare_reports(old, load_form(old.form), new, load_form(new.form))
    if arguments.format != "html":
        sys.stdout.write(render_comparison(found, terminal_width(), colours_shown()))
    elif target is None:
        write_utf8(render_comparison_page(found))
    else:
        from xxgk.files import publish

        kept = publish(target, as_utf8(render_comparison_page(found)))
        print(f"对照结果已写入：{target}" + (f"（原来的在 {kept}）" if kept else ""))
    return 0
