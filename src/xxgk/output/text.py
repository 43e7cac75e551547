"""Findings as text for a terminal: by file, by sheet, aligned, with a summary as the last line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from xxgk.checks.finding import ERROR, INFO, SEVERITIES, SEVERITY_WORDS, WARNING, Finding
from xxgk.output.result import FileResult, count_severities
from xxgk.output.width import display_width, pad, wrap
from xxgk.records import Record, replace

CLEAN = "没有发现问题"
NO_SHEET = "整个文件"
LEAST_WIDTH = 20
MANY = 5  # so many cells with the same fault are listed together
CELLS_SHOWN = 5
_COLOURS = {ERROR: "\x1b[31m", WARNING: "\x1b[33m", INFO: "\x1b[36m"}
_BOLD, _RESET = "\x1b[1m", "\x1b[0m"
_INDENT = "  "


class _Line(Record):
    """A line and the ANSI code that it begins with; only its first ``coloured`` characters are meant."""

    text: str
    code: str = ""
    coloured: int = 0


def render_text(results: Sequence[FileResult], width: int, colour: bool) -> str:
    """Return all findings wrapped to ``width`` columns, ending in a newline.

    The same fault in many cells of a sheet stands once, with its cells. ``colour`` adds ANSI codes.
    """
    width = max(width, LEAST_WIDTH)
    lines: list[_Line] = []
    for result in results:
        if lines:
            lines.append(_Line(""))
        lines += _file_lines(result, width)
    lines += _summary(results, width)
    paint = _painted if colour else _plain
    return "".join(f"{paint(line)}\n" for line in lines)


def _plain(line: _Line) -> str:
    return line.text


def _painted(line: _Line) -> str:
    if not line.code:
        return line.text
    return f"{line.code}{line.text[: line.coloured]}{_RESET}{line.text[line.coloured :]}"


def _file_lines(result: FileResult, width: int) -> Iterator[_Line]:
    for text in wrap(_printable(result.file), width):
        yield _Line(text, _BOLD, len(text))
    if result.error:
        yield from _block(result.error, width, _INDENT)
    elif not result.findings:
        yield _Line(_INDENT + CLEAN)
    for sheet, group in groupby(result.findings, lambda finding: finding.sheet):
        yield _Line("")
        for text in wrap(f"【{_printable(sheet) or NO_SHEET}】", width):
            yield _Line(text, _BOLD, len(text))
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


def _finding_lines(finding: Finding, cell: str, width: int) -> Iterator[_Line]:
    word = SEVERITY_WORDS[finding.severity]
    coloured = f"{_INDENT}{word} {finding.code}"
    head, labels = f"{coloured} {cell}" if cell else coloured, _printable(" › ".join(finding.labels))
    one_line = f"{head}  {labels}"
    fits = display_width(one_line) <= width
    yield _Line((one_line if fits else head).rstrip(), _COLOURS[finding.severity], len(coloured))
    if not fits:
        yield from _block(labels, width, _INDENT * 3)
    yield from _block(finding.message, width, _INDENT * 3)
    if finding.hint:
        yield from _block(f"→ {finding.hint}", width, _INDENT * 3)


def _block(text: str, width: int, indent: str) -> Iterator[_Line]:
    for line in wrap(_printable(text), width - len(indent)):
        yield _Line(indent + line)


def _summary(results: Sequence[FileResult], width: int) -> Iterator[_Line]:
    """Yield the last lines; a single file without findings has said all already."""
    findings = [finding for result in results for finding in result.findings]
    if not findings and len(results) == 1:
        return
    yield _Line("")
    if findings:
        gravest = min(findings, key=lambda finding: SEVERITIES.index(finding.severity))
        yield from _block(f"为什么、怎么改：xxgk explain {gravest.code}", width, "")
    yield from _block("，".join(_counts(results, bool(findings))), width, "")


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


def _printable(text: str) -> str:
    """Return ``text`` without line breaks and control characters, which could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
