"""V: single values. What is blank, what is no number, what a number may be (R5, T7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xxgk.checks.finding import ERROR, WARNING, Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Spot, Subject
from xxgk.figures import folded_addresses, is_stated, judge_kinds
from xxgk.formats import Table
from xxgk.report import Figure, Reading

FIRST_FEW = 3

READING_CODES = {
    Reading.TEXT_NUMBER: "V104",
    Reading.PLACEHOLDER: "V105",
    Reading.UNREADABLE: "V106",
    Reading.ANNOTATED: "V108",
}


def check_values(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about single values of this year, and what could not be read of last year's."""
    yield from _blank_tables(subject)
    yield from _blank_fields(subject)
    report = subject.report
    yield from _readings(subject, report.figures, subject.figure)
    yield from _readings(subject, report.fields, subject.field)
    if report.previous is not None:
        yield from _readings(subject, report.previous.figures, subject.previous_figure, at_most=WARNING)
    yield from _kinds(subject)
    yield from _regulations(subject)


def _blank_tables(subject: Subject) -> Iterator[Finding]:
    report, form = subject.report, subject.form
    folded = folded_addresses(form, report.figures)

    def asked(address: str) -> bool:
        return address not in form.totals and address not in folded and not subject.lost(address)

    for section in form.sections:
        if not section.table:
            continue
        table = form.tables[section.table]
        blank = [a for a in table.addresses if not is_stated(report.figures.get(a)) and asked(a)]
        if not blank:
            continue
        if len(blank) == sum(map(asked, table.addresses)):
            message = f"{table.name}一格都没有填，共 {len(blank)} 格。"
        else:
            message = f"{table.name}还有 {len(blank)} 格没有填：{_first_few(table, blank)}。"
        first = subject.figure(blank[0])
        yield subject.finding("V101", Spot(first.address, (section.heading,), first.place), message)


def _first_few(table: Table, blank: list[str]) -> str:
    # The last two labels, row and column, tell the cells of one table apart.
    names = "；".join(" › ".join(table.labels[address][-2:]) for address in blank[:FIRST_FEW])
    return f"{names}；等等" if len(blank) > FIRST_FEW else names


def _blank_fields(subject: Subject) -> Iterator[Finding]:
    fields: Mapping[str, Figure] = subject.report.fields
    for section in subject.form.sections:
        own = [f for f in subject.form.fields if f.section == section.id and not subject.lost(f.id)]
        blank = [f for f in own if not is_stated(fields.get(f.id))]
        if blank:
            first = subject.field(blank[0].id)
            names = "；".join(field.label for field in blank)
            yield subject.finding("V107", Spot(first.address, (section.heading,), first.place), f"没有填：{names}。")


def _readings(
    subject: Subject, figures: Mapping[str, Figure], locate: Callable[[str], Spot], at_most: str = ERROR
) -> Iterator[Finding]:
    for address, figure in figures.items():
        if figure.reading is Reading.NUMBER:
            continue
        code, seen = READING_CODES[figure.reading], quote(figure.seen)
        message = {
            Reading.TEXT_NUMBER: f"这里是文字{seen}，不是数字，已读作 {figure.value}。",
            Reading.PLACEHOLDER: f"这里填的是{seen}，不是数字。",
            Reading.UNREADABLE: f"读不懂{seen}，这里应是一个数字。",
            Reading.ANNOTATED: f"数字和说明写在一起：{seen}，已读作 {figure.value}。",
        }[figure.reading]
        own = subject.entries[code].severity
        severity = at_most if own == ERROR else own
        value = figure.seen if figure.value is None else figure.value
        yield subject.finding(code, locate(address), message, value=value, severity=severity)


def _kinds(subject: Subject) -> Iterator[Finding]:
    report, form = subject.report, subject.form
    for verdict in judge_kinds(form, report):
        for address in verdict.wrong:
            if address in form.totals and not is_stated(report.figures.get(address)):
                continue  # wrong only because a part is, and the part has its own finding
            in_table = address in report.figures
            value = (report.figures if in_table else report.fields)[address].value
            spot = subject.figure(address) if in_table else subject.field(address)
            message = f"这里是 {value}，不符合“{verdict.check.sentence}”。"
            yield subject.finding(verdict.check.kind.code, spot, message, value=value)


def _regulations(subject: Subject) -> Iterator[Finding]:
    level = subject.level
    if level is None or level.makes_regulations:
        return
    reserved = {f"{table.id}.{row.id}" for table in subject.form.tables.values() for row in table.rows if row.reserved}
    for address, figure in subject.report.figures.items():
        if address.rpartition(".")[0] in reserved and figure.value:
            message = f"{level.label}没有规章制定权，这里填了 {figure.value}。"
            yield subject.finding("V109", subject.figure(address), message, value=figure.value, expected=0)
