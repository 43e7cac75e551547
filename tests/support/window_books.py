"""Workbook files for the tests of the window."""

from __future__ import annotations

from pathlib import Path

from xxgk.records import replace
from xxgk.report import Paragraph, Report

from support.reports import SOUND_TEXT, with_figure, zero_report
from support.workbooks import filled

NAME = "年报 2023.xlsx"
UNMENDED = "1、 " + SOUND_TEXT["problems"]
MENDED = "1、" + SOUND_TEXT["problems"]


def mendable_report() -> Report:
    """Return a report with one fault, a space, which 填充 mends."""
    report = zero_report()
    return replace(report, narrative={**report.narrative, "problems": (Paragraph(UNMENDED),)})


def faulty_report() -> Report:
    """Return one with errors besides."""
    return with_figure(mendable_report(), "applications.new.person", 7)


def written(folder: Path, report: Report) -> Path:
    """Write a workbook of ``report`` and return its path."""
    path = folder / NAME
    path.write_bytes(filled(report))
    return path
