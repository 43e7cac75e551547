"""Findings as text for a terminal: by file, by sheet, aligned, with a summary as the last line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from xxgk.checks.finding import SEVERITIES, SEVERITY_WORDS, Finding
from xxgk.output.lines import INDENT, LEAST_WIDTH, SEVERITY_COLOURS, Line, block, heading, joined, printable
from xxgk.output.result import FileResult, count_severities
from xxgk.output.width import display_width, pad
from xxgk.records import replace

CLEAN = "没有发现问题"
NO_SHEET = "整个文件"
MANY = 5  # so many cells with the same fault are listed together
CELLS_SHOWN = 5


def render_text(results: Sequence[FileResult], width: int, colour: bool) -> str:
    """Return all findings wrapped to ``width`` columns, ending in a newline.

    The same fault in many cells of a sheet stands once, with its cells. ``colour`` adds ANSI codes.
    """
    width = max(width, LEAST_WIDTH)
    files = "\n".join(render_file(result, width, colour) for result in results)
    return files + joined(_summary(results, width), colour)


def render_file(result: FileResult, width: int, colour: bool) -> str:
    """Return the findings of one file, as ``render_text`` does."""
    return joined(_file_lines(result, max(width, LEAST_WIDTH)), colour)


def _file_lines(result: FileResult, width: int) -> Iterator[Line]:
    yield from heading(result.file, width)
    if result.error:
        yield from block(result.error, width, INDENT)
    elif not result.findings:
        yield Line(INDENT + CLEAN)
    for sheet, group in groupby(result.findings, lambda finding: finding.sheet):
        yield Line("")
        yield from heading(f"【{printable(sheet) or NO_SHEET}】", width)
        merged = _merge_same(list(group))
        column = max(display_width(cell) for _, cell in merged)
        for finding, cell in merged:
            yield from _finding_lines(finding, pad(cell, column), width)


def _merge_same(findings: Sequence[Finding]) -> list[tuple[Finding, str]]:
    """Return the findings with their cells; one that stands in many cells comes once, with the first of them."""
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.severity, finding.message, finding.hint), []).append(finding)
    merged: list[tuple[Finding, str]] = []
    for same in groups.values():
        if len(same) < MANY:
            merged += ((finding, finding.cell) for finding in same)
        else:
            cells = "、".join(finding.cell for finding in same[:CELLS_SHOWN])
            message = f"{cells} 等共 {len(same)} 格：{same[0].message}"
            merged.append((replace(same[0], labels=(), message=message), same[0].cell))
    return merged


def _finding_lines(finding: Finding, cell: str, width: int) -> Iterator[Line]:
    word = SEVERITY_WORDS[finding.severity]
    coloured = f"{INDENT}{word} {finding.code}"
    head, labels = f"{coloured} {cell}" if cell else coloured, printable(" › ".join(finding.labels))
    one_line = f"{head}  {labels}"
    fits = display_width(one_line) <= width
    yield Line((one_line if fits else head).rstrip(), SEVERITY_COLOURS[finding.severity], len(coloured))
    if not fits:
        yield from block(labels, width, INDENT * 3)
    yield from block(finding.message, width, INDENT * 3)
    if finding.hint:
        yield from block(f"→ {finding.hint}", width, INDENT * 3)


def _summary(results: Sequence[FileResult], width: int) -> Iterator[Line]:
    """Yield the last lines; a single file without findings has said all already."""
    findings = [finding for result in results for finding in result.findings]
    if not findings and len(results) == 1:
        return
    yield Line("")
    if findings:
        gravest = min(findings, key=lambda finding: SEVERITIES.index(finding.severity))
        yield from block(f"为什么、怎么改：xxgk explain {gravest.code}", width)
    yield from block("，".join(_counts(results, bool(findings))), width)


def _counts(results: Sequence[FileResult], found: bool) -> Iterator[str]:
    unreadable = sum(bool(result.error) for result in results)
    if len(results) > 1:
        yield f"共 {len(results)} 个文件"
    if unreadable:
        yield f"读不了 {unreadable} 个"
    if found:
        yield from (f"{SEVERITY_WORDS[severity]} {count} 处" for severity, count in count_severities(results).items())
    elif unreadable < len(results):
        yield f"其余{CLEAN}" if unreadable else CLEAN
