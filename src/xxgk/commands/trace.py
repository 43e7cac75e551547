"""``xxgk trace``: where a number comes from."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.formats import load_form
from xxgk.output.lines import printable
from xxgk.report import Number, Report
from xxgk.sources import read_report
from xxgk.suffixes import WORKBOOKS
from xxgk.tracing import Origin, Role, find_address, trace
from xxgk.workbook.layout import PREVIOUS

ALONE = {
    Role.TYPED: "填的数",
    Role.COMPUTED: "自动计算：下面各项的和",
    Role.STATED: "填的数，没有用公式；按下面各项计算的见后",
    Role.BLANK: "没有填",
}
BESIDE = {
    Role.LAST_YEAR: "上年的这个数",
    Role.CARRIED: "应当与上年的这个数相同",
}


def run(arguments: Namespace) -> int:
    """Print the number with its place, its parts and last year's number; return 0."""
    report = read_report(Path(arguments.file))
    address = find_address(report, arguments.address)
    for line in lines(trace(report, address)):
        print(printable(line))
    for line in _units(Path(arguments.file), address):
        print(printable(line))
    if arguments.ledger:
        for line in _in_ledger(report, address, Path(arguments.ledger)):
            print(printable(line))
    return 0


def _units(path: Path, address: str) -> Iterator[str]:
    """Yield the units behind the number where the file is the result of a consolidation."""
    if path.suffix.lower() in WORKBOOKS:
        from xxgk.consolidate.trace import member_lines
        from xxgk.xlsx.package import load_file

        yield from member_lines(load_file(path), address)


def _in_ledger(report: Report, address: str, ledger: Path) -> Iterator[str]:
    from xxgk.ledger.read import read_ledger
    from xxgk.ledger.trace import applications_behind

    if report.year is None:
        raise UsageProblem("工作簿的首页没有填报告年度，不知道数台账的哪一年。请填好、存盘，再试。")
    form = load_form(report.form)
    yield from applications_behind(read_ledger(ledger, form, report.year, date.today()), form, address)


def lines(origins: Sequence[Origin]) -> Iterator[str]:
    """Yield what is known about a number, a line each; see ``trace``."""
    number, *others = origins
    yield f"{_name(number)}：{_value(number)}"
    yield f"  地址：{number.address}"
    yield f"  位置：{_place(number)}"
    yield f"  来源：{ALONE[number.role]}"
    if number.formula:
        yield f"  这一格里是公式：{number.formula}"
    if number.note:
        yield f"  备注：{number.note}"
    parts = [origin for origin in others if origin.role is Role.PART]
    for part in parts:
        yield f"    {_value(part)} {_name(part)}（{_place(part)}）"
    if parts and number.role is Role.STATED:
        known = [part.value for part in parts if part.value is not None]
        yield f"  按各项计算：{_shown(sum(known)) if len(known) == len(parts) else '有的项没有填，算不出来'}"
    for origin in others:
        if origin.role in BESIDE:
            place = _place(origin)
            yield f"  {BESIDE[origin.role]}：{_value(origin)} {_name(origin)}{f'（{place}）' if place else ''}"


def _name(origin: Origin) -> str:
    return " › ".join(label for label in origin.labels if label != PREVIOUS)


def _place(origin: Origin) -> str:
    return f"{origin.place.sheet}!{origin.place.cell}" if origin.place.sheet else ""


def _value(origin: Origin) -> str:
    if origin.value is not None:
        return _shown(origin.value)
    return f"“{origin.seen}”（不是数字）" if origin.seen else "（空）"


def _shown(value: Number) -> str:
    return str(value) if isinstance(value, int) else f"{value:f}"
