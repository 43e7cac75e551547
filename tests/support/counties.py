"""A county of two towns that reports to nobody else's knowledge: its files as they are read, with changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from xxgk.checks import explain
from xxgk.consolidate.gather import Wanted, gather
from xxgk.consolidate.model import Adjustment, Gathered, Roster, Source, Taken, Unit
from xxgk.consolidate.take import boiled_down
from xxgk.records import replace
from xxgk.report import Figure, Number, Report

from support.reports import FORM, with_figure, zero_report

COUNTY = Unit("清江县人民政府", level="county")
TOWNS = ("石桥镇", "河口镇")
IN_TIME = date(2024, 1, 20)
ZEROS = {
    address: Figure(0) for table in FORM.tables.values() for address in table.addresses if address not in FORM.totals
}


def town(name: str) -> Unit:
    """Return the roster's line of a town."""
    return Unit(f"{name}人民政府", level="township", parent=COUNTY.id)


ROSTER = Roster((COUNTY, *map(town, TOWNS)))


def town_report(name: str, figures: Mapping[str, Number] | None = None) -> Report:
    """Return the complete report of a town whose figures are 0 but for ``figures``."""
    report = replace(
        zero_report(), unit=town(name).name, previous=Report(FORM.id, town(name).name, 2022, figures=ZEROS)
    )
    for address, value in (figures or {}).items():
        report = with_figure(report, address, value)
    return report


def taken(report: Report, shown: str = "", *, digest: str = "", modified: date = IN_TIME) -> Taken:
    """Return what the file ``shown`` gives, which holds ``report``."""
    shown = shown or f"{report.unit}.xlsx"
    return boiled_down(Source(Path(shown), shown), report, digest or shown, modified)


def county(cells: Iterable[tuple[str, str]]) -> Gathered:
    """Return the consolidation of the example on a page of docs/rules: two towns, changed as ``cells`` say."""
    reports = {name: town_report(name) for name in TOWNS}
    handed = dict.fromkeys(TOWNS, "按时交")
    own: Report | None = None
    adjustments = []
    for path, value in cells:
        if path.startswith(explain.ADJUST):
            adjustments.append(Adjustment("", path.removeprefix(explain.ADJUST), int(value), "联合发文只计一次"))
        elif path.startswith(explain.OWN):
            base = own or replace(zero_report(), unit=COUNTY.name, level=COUNTY.level)
            own = with_figure(base, path.removeprefix(explain.OWN), int(value))
        else:
            name, _, what = path.removeprefix(explain.MEMBER).partition(".")
            if what == "handed":
                handed[name] = value
            else:
                reports[name] = _changed(reports[name], what, value)
    files = [file for name in TOWNS for file in _files(reports[name], f"{name}.xlsx", handed[name])]
    files += [taken(own, "县政府.xlsx")] if own else []
    return gather(files, Wanted(ROSTER, 2023), adjustments)


def _changed(report: Report, what: str, value: str) -> Report:
    if what == "unit":
        return replace(report, unit=value)
    if what == "year":
        return replace(report, year=int(value))
    if what == "previous":
        return replace(report, previous=None) if value == "没有" else report
    return with_figure(report, what, int(value) if value else None)


def _files(report: Report, shown: str, handed: str) -> Sequence[Taken]:
    if handed == "没有交":
        return ()
    if handed == "文件损坏":
        return (Taken(Source(Path(shown), shown), error=f"读不了 {shown}：文件已损坏。"),)
    if handed == "交了两个相同的文件":
        return (taken(report, shown, digest="一"), taken(report, f"再交/{shown}", digest="一"))
    if handed == "交了两个不同的文件":
        other = with_figure(report, next(iter(ZEROS)), 1)
        return (taken(report, shown), taken(other, f"再交/{shown}"))
    return (taken(report, shown, modified=IN_TIME if handed == "按时交" else date.fromisoformat(handed)),)
