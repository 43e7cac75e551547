"""Findings as one self-contained HTML page, the 问题清单: to read, to print on A4 and to send back to a unit."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from xxgk.checks.finding import ERROR, SEVERITY_WORDS, Finding, Value
from xxgk.checks.quoting import quote
from xxgk.output.packed import packed, unpacked
from xxgk.output.result import FileResult, count_severities, counted
from xxgk.output.text import CLEAN, MANY, NO_SHEET
from xxgk.records import Record

FOLDER = Path(__file__).parent / "templates"
VALUE_LIMIT = 40  # characters of a text that are shown
PIECES = 100  # of the template engine's, handed on at once
LONE = "[\ud800-\udfff]+"


class Row(Record):
    """One line of the list. The same fault in many cells is one line; ``cells`` are then all of them."""

    number: int
    finding: Finding
    cells: tuple[str, ...] = ()


class SheetList(Record):
    """The rows about one sheet."""

    name: str
    rows: tuple[Row, ...]


class FileLine(Record):
    """What is said of one file in one line; ``counts`` are by severity, gravest first. ``listed``: it has findings."""

    name: str
    conclusion: str
    counts: Mapping[str, int]
    listed: bool


def render_html(results: Iterable[FileResult]) -> Iterator[str]:
    """Yield the list of findings in pieces, the first when all results are there.

    Several files have a summary in front, and then only those with findings follow.
    """
    files: list[FileLine] = []
    sections: list[bytes] = []
    # Its macro is called, as rendering a template leaves a cycle of garbage with all the text.
    template = environment().get_template("findings_file.html.j2")
    section = vars(template.make_module({"words": SEVERITY_WORDS, "must_be_mended": ERROR}))["section"]
    for number, result in enumerate(results, 1):
        file = file_line(result)
        files.append(file)
        if file.listed or number == 1:
            sections.append(packed(section(file, number, sheets_of(result))))
    if len(files) > 1 and not files[0].listed:
        del sections[0]
    page = environment().get_template("findings.html.j2").stream(
        files=files,
        totals={severity: sum(file.counts[severity] for file in files) for severity in SEVERITY_WORDS},
        sections=(Markup(unpacked(section)) for section in sections),
        words=SEVERITY_WORDS,
    )  # fmt: skip
    page.enable_buffering(PIECES)
    # A byte of a file name that is no UTF-8 has no character, and no page can show it.
    return (re.sub(LONE, "\N{REPLACEMENT CHARACTER}", piece) for piece in page)


def file_line(result: FileResult) -> FileLine:
    """Return what is said of a file in one line."""
    conclusion = result.error or counted(result.findings) or CLEAN
    return FileLine(result.file, conclusion, count_severities([result]), bool(result.findings))


def sheets_of(result: FileResult) -> list[SheetList]:
    """Return the rows of the list by sheet; the same fault in many cells is one row."""
    numbers = count(1)
    grouped = groupby(result.findings, lambda finding: finding.sheet)
    return [SheetList(sheet or NO_SHEET, tuple(_rows(found, numbers))) for sheet, found in grouped]


def _rows(findings: Iterable[Finding], numbers: Iterator[int]) -> Iterator[Row]:
    """Yield the rows of a sheet; a fault found in many cells stands where the first of them would."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        same = (finding.code, finding.severity, finding.message, finding.value, finding.expected, finding.difference)
        groups.setdefault(same, []).append(finding)
    for group in groups.values():
        if len(group) < MANY:
            yield from (Row(next(numbers), finding) for finding in group)
        else:
            yield Row(next(numbers), group[0], tuple(finding.cell for finding in group))


def _shown(value: Value) -> str:
    """Return a value as it is printed: a text in quotation marks, so that its spaces can be seen."""
    if value is None:
        return ""
    if isinstance(value, str):
        return quote(value, VALUE_LIMIT)
    return str(value) if isinstance(value, int) else f"{value:f}"


@functools.cache
def environment() -> Environment:
    """Return what the pages of this folder are made with; ``shown`` prints a value."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["shown"] = _shown
    return made
