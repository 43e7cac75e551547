"""Measure what docs/performance.md says of reading a text as an editor does, and print it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from xxgk.checks.contents import check_contents
from xxgk.checks.last_year import check_last_year
from xxgk.checks.outline import check_outline
from xxgk.checks.subject import subject_of
from xxgk.checks.wording import check_wording
from xxgk.records import replace
from xxgk.report import Paragraph, Report

from timing import compare

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.narratives import sound_texts
from support.reports import FORM

LENGTH = 3_000
CHECKS = (check_contents, check_wording, check_outline, check_last_year)


def long_texts() -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Return two texts of ``LENGTH`` characters that have no paragraph in common."""
    made: list[list[Paragraph]] = [[]]
    for paragraph in (p for report in sound_texts() for part in report.narrative.values() for p in part):
        if sum(len(one.text) for one in made[-1]) >= LENGTH:
            made.append([])
        made[-1].append(paragraph)
    return tuple(made[0]), tuple(made[1])


def checking(report: Report) -> Callable[[], None]:
    """Return a function that applies every rule of wording to ``report``."""
    subject = subject_of(report, FORM)

    def run() -> None:
        for one in CHECKS:
            list(one(subject))

    return run


def main() -> None:
    """Print the time without and with last year's text."""
    now, before = long_texts()
    base = sound_texts()[0]
    alone = replace(base, narrative={"overview": now})
    last = replace(base, year=(base.year or 0) - 1, narrative={"overview": before})
    time = compare("", checking(alone), checking(replace(alone, previous=last)), 41, "")
    print(f"{LENGTH} characters: {time.ours * 1e3:.1f} ms, with last year's text {time.other * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
