"""Findings as one self-contained HTML page, the 问题清单: to read, to print on A4 and to send back to a unit."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from xxgk.checks.finding import ERROR, SEVERITY_WORDS, Finding, Value
from xxgk.checks.quoting import quote
from xxgk.output.result import FileResult, count_severities, counted
from xxgk.output.text import CLEAN, MANY, NO_SHEET
from xxgk.records import Record

FOLDER = Path(__file__).parent / "templates"
VALUE_LIMIT = 40  # characters of a text that are shown


class Row(Record):
    """One line of the list. The same fault in many cells is one line; ``cells`` are then all of them."""

    number: int
    finding: Finding
    cells: tuple[str, ...] = ()


class SheetList(Record):
    """The rows about one sheet."""

    name: str
    rows: tuple[Row, ...]


class FileList(Record):
    """What is said of one file; ``conclusion`` is one line, ``counts`` are by severity, gravest first."""

    name: str
    conclusion: str
    counts: Mapping[str, int]
    sheets: tuple[SheetList, ...]


def render_html(results: Sequence[FileResult]) -> str:
    """Return the list of findings. Several files have a summary in front, and then only those with findings follow."""
    files = tuple(map(_file_list, results))
    return _environment().get_template("findings.html.j2").render(
        files=files,
        totals=count_severities(results),
        words=SEVERITY_WORDS,
        must_be_mended=ERROR,
    )  # fmt: skip


def _file_list(result: FileResult) -> FileList:
    counts = count_severities([result])
    conclusion = result.error or counted(result.findings) or CLEAN
    numbers = count(1)
    sheets = (
        SheetList(sheet or NO_SHEET, tuple(_rows(found, numbers)))
        for sheet, found in groupby(result.findings, lambda finding: finding.sheet)
    )
    return FileList(result.file, conclusion, counts, tuple(sheets))


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
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["shown"] = _shown
    return environment
