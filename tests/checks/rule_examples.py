"""The examples of docs/rules: read from the pages as they stand, and applied to a complete report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xxgk.checks import explain
from xxgk.figures import known_values
from xxgk.formats import Form
from xxgk.jsonio import dump_json, load_json
from xxgk.narrative.words import OFFICE_FILE, Words, parse_words
from xxgk.records import replace
from xxgk.report import Explanation, Figure, Paragraph, Remark, Report, Waiver
from xxgk.workbook.layout import TEMPLATE_VERSION, layout_of
from xxgk.workbook.reading.numbers import read_number

from support.reports import FORM, report_of, zero_report

PAGES = Path(__file__).parents[2] / "docs" / "rules"
LINE = re.compile(r"\| .*`([^`]+)` \| (.*) \|")
REPEATED = re.compile(r"(.+)（重复 ([0-9]+) 遍）")
PARAGRAPH = re.compile(r"narrative\.(\w+)\[([0-9]+)\]")
PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

Cell = tuple[str, str]


def page_examples(code: str) -> tuple[list[Cell], list[Cell]]:
    """Return the cells of the wrong and of the right example on the page of ``code``."""
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    wrong, right = text.partition("## 错误示例")[2].split("## 正确示例")
    return list(_cells(wrong)), list(_cells(right))


def _cells(text: str) -> Iterator[Cell]:
    for line in text.splitlines():
        found = LINE.fullmatch(line)
        if found:
            path, value = found[1], found[2].replace("\\|", "|")
            repeated = REPEATED.fullmatch(value)
            if repeated:
                value = repeated[1] * int(repeated[2])
            yield path, "" if value == explain.EMPTY else value


def words_with(cells: Sequence[Cell]) -> Words | None:
    """Return the word lists of an office whose own file has the lines among ``cells``, None where there are none."""
    lines = [value for path, value in cells if path == explain.WORDS]
    return parse_words("\n".join(lines), OFFICE_FILE) if lines else None


def report_with(cells: Sequence[Cell], form: Form = FORM) -> Report:
    """Return a complete report of zeros in which ``cells`` stand as a reader would find them."""
    report = zero_report(form)
    for path, value in cells:
        report = _applied(report, path, value)
    return report


def _applied(report: Report, path: str, value: str) -> Report:
    head, _, rest = path.partition(".")
    if f"{head}." in _READERS:
        return _READERS[f"{head}."](report, rest, value)
    if path == explain.TEMPLATE_VERSION:
        return _remarked(report, "S104", value, TEMPLATE_VERSION)
    if path == explain.FOREIGN:
        return _remarked(report, "S112", value)
    if path == explain.ZERO_YEARS:
        return _years_of_zeros(report, int(value))
    if path == "level":
        return _with_level(report, value)
    if path == "date":
        return replace(report, date=date.fromisoformat(value) if value else None)
    if path == "year":
        return replace(report, year=int(value))
    if path == "previous_year":
        return replace(report, previous=replace(report.previous or Report(FORM.id), year=int(value)))
    if path in ("unit", "title", "signature"):
        return replace(report, **{path: value})
    if path == explain.WORDS:
        return report  # see words_with
    if path in {field.id for field in FORM.fields}:
        return replace(report, fields=_with_figure(report.fields, path, value))
    if value.startswith("="):
        return _remarked(report, "S105", value, address=path)
    return replace(report, figures=_with_figure(report.figures, path, value))


def _with_figure(figures: Any, address: str, value: str) -> dict[str, Figure]:
    changed = {key: figure for key, figure in figures.items() if key != address}
    # A plain number is typed as a number; everything else is a text, which the reader must understand.
    text = read_number(value)
    if PLAIN_NUMBER.fullmatch(value) and text:
        changed[address] = Figure(text.value)
    elif text:
        changed[address] = text
    return changed


def _remarked(report: Report, code: str, seen: str, expected: str = "", address: str = "") -> Report:
    """Return ``report`` with the remark of a reader that finds ``seen`` where ``expected`` should stand."""
    if seen == expected:
        return report
    return replace(report, remarks=(*report.remarks, Remark(code, seen, expected, address)))


def _with_level(report: Report, label: str) -> Report:
    level = next((level.id for level in FORM.levels if level.label == label), None)
    if level is None:
        return _remarked(replace(report, level="unknown"), "S107", label, address="level")
    return replace(report, level=level)


def _narrative(report: Report, rest: str, value: str) -> Report:
    path = f"narrative.{rest}"
    if path.endswith(explain.PARAGRAPH_KIND):
        headings = {kind.label: kind.heading for kind in FORM.paragraph_kinds}
        if value not in headings:
            return _remarked(report, "S106", value, address=path)
        return _with_paragraph(report, path.removesuffix(explain.PARAGRAPH_KIND), headings[value])
    return _with_paragraph(report, path, 0, value)


def _with_paragraph(report: Report, path: str, heading: int, text: str | None = None) -> Report:
    """Return ``report`` with ``text`` (None: the one that is there) as its last paragraph, a heading or none."""
    found = PARAGRAPH.fullmatch(path)
    assert found, path
    part, index = found[1], int(found[2])
    own = report.narrative.get(part, ())
    paragraphs = [*own[:index], Paragraph(own[index].text if text is None else text, heading)]
    assert len(paragraphs) == index + 1, f"{path}: paragraphs before it are missing"
    return replace(report, narrative={**report.narrative, part: tuple(paragraphs)})


def _previous(report: Report, address: str, value: str) -> Report:
    last = report.previous or replace(report_of({}), narrative={})
    if address.startswith("narrative."):
        return replace(report, previous=_with_paragraph(replace(last, year=2022), address, 0, value))
    return replace(report, previous=replace(last, year=2022, figures=_with_figure(last.figures, address, value)))


def _years_of_zeros(report: Report, years: int) -> Report:
    assert report.year is not None
    last = None
    for year in range(report.year - years + 1, report.year):
        last = replace(report, year=year, previous=last)
    return replace(report, previous=last)


def _row_label(address: str) -> str:
    return FORM.labels_of(address)[-2]


def _sum(report: Report, address: str) -> str:
    return str(known_values(FORM, report.figures)[address])


def _with_note(report: Report, address: str, note: str) -> Report:
    figure = report.figures[address]
    return replace(report, figures={**report.figures, address: replace(figure, note=note)})


def _json(report: Report, path: str, value: str) -> Report:
    data = json.loads(dump_json(report, FORM))
    target = data
    *folders, last = path.replace("tables.applications.", "tables applications ").replace(".", " ").split()
    for folder in folders:
        target = target[folder]
    target[last] = int(value)
    read, problems = load_json(json.dumps(data))
    return replace(read, remarks=tuple(Remark("S109", seen=problem) for problem in problems))


_READERS: dict[str, Any] = {
    "narrative.": _narrative,
    "previous.": _previous,
    explain.NOTE: _with_note,
    explain.JSON: _json,
    explain.ROW_LABEL: lambda report, address, seen: _remarked(report, "S101", seen, _row_label(address), address),
    explain.ROW: lambda report, address, seen: _remarked(report, "S103", seen, _row_label(address), address),
    explain.NAME: lambda report, key, seen: _remarked(report, "S102", seen, layout_of(FORM).slots[key].name),
    explain.STORED: lambda report, address, seen: _remarked(report, "S114", seen, _sum(report, address), address),
    explain.HIDDEN: lambda report, key, seen: _remarked(report, "S111", seen),
    explain.COPY: lambda report, key, seen: _remarked(report, "S113", seen),
    explain.UNNAMED: lambda report, key, seen: _remarked(report, "S115", seen, layout_of(FORM).slots[key].name),
    explain.MERGED: lambda report, address, seen: _remarked(report, "S116", seen, address=address),
    explain.PUBLISHED: lambda report, address, seen: _remarked(report, "S117", seen, address=address),
    explain.OUTSIDE: lambda report, table, seen: _remarked(report, "S110", seen),
    explain.EXPLANATION: lambda report, address, reason: replace(
        report, explanations=(*report.explanations, Explanation(address, reason))
    ),
    explain.WAIVER: lambda report, code, reason: replace(report, waivers=(*report.waivers, Waiver(code, reason))),
}
