"""Findings of several files, as the output tests show them."""

from __future__ import annotations

from decimal import Decimal

from xxgk.checks import Finding, check
from xxgk.output.result import FileResult
from xxgk.records import replace
from xxgk.report import Figure, Reading

from support.reports import FORM, example, with_figure, zero_report


def finding(**changes: object) -> Finding:
    plain = Finding("A104", "error", "disputes.review.total", "四 复议诉讼", "F8", ("行政复议", "总计"), "不相等。")
    return replace(plain, **changes)  # type: ignore[arg-type]


def text_numbers(count: int) -> FileResult:
    """Return the result of a report in which ``count`` zeros are text."""
    report = zero_report()
    figures = dict(report.figures)
    for address in list(figures)[20 : 20 + count]:
        figures[address] = Figure(0, reading=Reading.TEXT_NUMBER, seen="　0 ")
    return FileResult("空格.xlsx", check(replace(report, figures=figures), FORM))


EXAMPLE = FileResult("和平镇.xlsx", check(example(), FORM))
BROKEN = FileResult("d/洪泽.xlsx", check(with_figure(zero_report(), "disclosure.fees.amount", Decimal("-1.5")), FORM))
CLEAN = FileResult("好.xlsx")
UNREADABLE = FileResult("坏.xlsx", error="打不开 坏.xlsx：请核对文件名，并确认有权限读取。")
ALL = (EXAMPLE, BROKEN, CLEAN, UNREADABLE, text_numbers(40))
