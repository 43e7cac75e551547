"""Y: this year beside the years before it, where no rule of the form says what must be equal."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from xxgk.checks.finding import Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Spot, Subject
from xxgk.figures import known_values, values_of_last_year
from xxgk.formats import Form, form_ids, load_form
from xxgk.report import Number, Report
from xxgk.texts import bare

# T9: a figure has jumped when it is more than 5 times, or less than a fifth of, last year's, and both differ by 20 or
# more: 1 to 6 is no news in an office with few applications, 10 to 100 may be a digit too many.
JUMP = 5
LEAST_CHANGE = 20
ZERO_YEARS = 3  # years in a row, this one included, of which "all zero" is told


def check_years(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about last year's report as a whole (Y105), about jumps (Y106) and years of zeros (Y107)."""
    yield from _another_report(subject)
    last = subject.report.previous
    if last is not None and not other_year(subject.report):
        yield from _jumps(subject, last)
        yield from _zeros(subject)


def other_year(report: Report) -> bool:
    """Tell whether last year's figures are known to be of another year."""
    last = report.previous
    return last is not None and None not in (report.year, last.year) and last.year != (report.year or 0) - 1


def _another_report(subject: Subject) -> Iterator[Finding]:
    report, last = subject.report, subject.report.previous
    if last is None:
        return
    spot = subject.cell("previous_year")
    if report.year is not None and other_year(report):
        message = f"上年数据是{last.year}年度的，报告年度{report.year}的上一年是{report.year - 1}。"
        yield subject.finding("Y105", spot, message, value=last.year, expected=report.year - 1)
    if report.unit and last.unit and bare(report.unit) != bare(last.unit):
        message = f"上年数据是{quote(last.unit)}的，本报告是{quote(report.unit)}的。"
        yield subject.finding("Y105", spot, message, value=last.unit, expected=report.unit)


def _jumps(subject: Subject, last: Report) -> Iterator[Finding]:
    form = subject.form
    now, before = known_values(form, subject.report.figures), values_of_last_year(form, last)
    for address in _compared(form, last.form):
        old, new = before.get(address), now.get(address)
        if old is not None and new is not None and _jumped(old, new):
            message = f"上年是 {old}，本年是 {new}{_times(old, new)}。"
            yield subject.finding("Y106", subject.figure(address), message, value=new, difference=new - old)


@functools.cache
def _compared(form: Form, last_form: str) -> tuple[str, ...]:
    """Return the figures that stand for their rows and mean the same in a report of ``last_form``.

    A row's total stands for it where the table has a column of totals. Of a form that we do not know none is compared.
    """
    if last_form not in form_ids():
        return ()
    comparable = frozenset(form.comparable(load_form(last_form)))
    found: list[str] = []
    for table in form.tables.values():
        rows = {address: address.rpartition(".")[0] for address in table.addresses}
        totals = {
            address.rpartition(".")[2]
            for address, total in form.totals.items()
            if address in rows and all(rows[part] == rows[address] for part in total.parts)
        }
        found += (a for a in rows if a in comparable and (not totals or a.rpartition(".")[2] in totals))
    return tuple(found)


def _jumped(old: Number, new: Number) -> bool:
    low, high = sorted((old, new))
    return low >= 0 and high - low >= LEAST_CHANGE and high > JUMP * low


def _times(old: Number, new: Number) -> str:
    if not old or not new:
        return ""
    ratio = float(new) / float(old)
    return f"，是上年的 {ratio:.1f} 倍" if new > old else f"，只有上年的 {ratio:.1%}"


def _zeros(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each table that is wholly filled with 0 for some years running."""
    reports = tuple(_years_back(subject.report))
    if len(reports) < ZERO_YEARS:
        return
    for table in subject.form.tables.values():
        zero = [_all_zero(subject.form, report, table.id) for report in reports]
        years = zero.index(False) if False in zero else len(zero)
        if years >= ZERO_YEARS:
            spot = Spot(table.id, (table.name,), subject.figure(table.addresses[0]).place)
            yield subject.finding("Y107", spot, f"{table.name}连续 {years} 年全部是 0。")


def _years_back(report: Report) -> Iterator[Report]:
    """Yield ``report`` and those of the years before it, as far as each is of the year before the other."""
    last: Report | None = report
    while last is not None:
        yield last
        last = None if other_year(last) else last.previous


def _all_zero(form: Form, report: Report, table_id: str) -> bool:
    own = load_form(report.form) if report.form != form.id and report.form in form_ids() else form
    asked = (report.figures.get(a) for a in own.tables[table_id].addresses if a not in own.totals)
    return all(figure is not None and figure.value == 0 for figure in asked)
