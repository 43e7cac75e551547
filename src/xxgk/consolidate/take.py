"""One file read, checked, and boiled down to what consolidation needs of it."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from xxgk.checks import check
from xxgk.consolidate.lean import figures_of
from xxgk.consolidate.model import Source, Taken, Values
from xxgk.consolidate.places import Place, Url
from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.figures import folded_addresses, is_stated, known_values, values_of_last_year
from xxgk.formats import Form, load_form
from xxgk.report import Report
from xxgk.sources import read_report
from xxgk.suffixes import WORKBOOKS


def take(source: Source) -> Taken:
    """Return what ``source`` gives; a file that cannot be read, or that our program fails on, gives an ``error``.

    Raise ``UsageProblem`` when something that is needed for such files is not installed.
    """
    try:
        data, modified = content(source)
        return taken_from(source, data, modified)
    except UnreadableWorkbook as error:
        return Taken(source, error=f"读不了 {source.shown}：{_reason(error, source.path)}。")
    except UsageProblem:  # not of this file: of the computer that is to read it
        raise
    except Exception:
        from xxgk.faults import log_fault

        return Taken(source, error=f"程序内部出错，没有读完 {source.shown}。请把这个记录发给维护人员：{log_fault()}")


def content(source: Source) -> tuple[bytes, date | None]:
    """Return the bytes of ``source`` and the day of its last change. Raise ``UnreadableWorkbook``, reason only."""
    if source.entry:
        from xxgk.consolidate.zips import read_entry

        return read_entry(source.path, source.entry)
    if isinstance(source.path, Url):
        from xxgk.consolidate.remote import read

        return read(source.path)
    from xxgk.xlsx.package import load_file

    data = load_file(source.path)
    return data, date.fromtimestamp(source.path.stat().st_mtime)


def taken_from(source: Source, data: bytes, modified: date | None) -> Taken:
    """Return what ``data``, the bytes of ``source``, give. Raise ``UnreadableWorkbook`` when they hold no report."""
    return boiled_down(source, _report(source, data), hashlib.sha256(data).hexdigest(), modified)


def boiled_down(source: Source, report: Report, digest: str, modified: date | None) -> Taken:
    """Return what consolidation needs of ``report``, which was read from ``source``."""
    form = load_form(report.form)
    last = report.previous
    return Taken(
        source,
        digest,
        modified,
        unit=report.unit,
        level=report.level,
        year=report.year,
        form=report.form,
        signed=report.date,
        values=figures_of(_values(form, report)),
        absent=folded_addresses(form, report.figures),
        wrong_totals=_wrong_totals(form, report),
        last=figures_of(values_of_last_year(form, last)) if last else figures_of({}),
        last_year=last.year if last else None,
        last_form=last.form if last else "",
        findings=check(report, form),
    )


def lost(source: Source, late: bool) -> Taken:
    """Return what comes of a source whose process took too long (``late``) or died."""
    reason = "打开它用的时间太长，已放弃" if late else "打开它的时候程序意外中止（可能是内存不够）"
    return Taken(source, error=f"读不了 {source.shown}：{reason}。")


def _report(source: Source, data: bytes) -> Report:
    name = Path(source.entry or source.path.name).name
    if Path(name).suffix.lower() in WORKBOOKS:
        from xxgk.workbook.reading.read import read_report as read_workbook

        return read_workbook(data)
    if isinstance(source.path, Path) and not source.entry:
        return read_report(source.path)
    # The readers of published reports take files; only their suffix tells what kind of file it is.
    with TemporaryDirectory() as folder:
        path = Path(folder, f"报告{Path(name).suffix}")
        path.write_bytes(data)
        try:
            return read_report(path)
        except UnreadableWorkbook as error:
            raise UnreadableWorkbook(_reason(error, path)) from error


def _reason(error: UnreadableWorkbook, path: Place) -> str:
    """Return why ``path`` could not be read, without its name."""
    return str(error).removeprefix(f"读不了 {path}：").replace(f"{path} ", "").rstrip("。")


def _values(form: Form, report: Report) -> Values:
    fields = {field.id: figure.value for field in form.fields if (figure := report.fields.get(field.id)) is not None}
    return {**known_values(form, report.figures), **{a: value for a, value in fields.items() if value is not None}}


def _wrong_totals(form: Form, report: Report) -> Values:
    """Return the totals that are stated otherwise than their parts add up to, with what these add up to."""
    if not any(is_stated(report.figures.get(address)) for address in form.totals):
        return {}
    stated = known_values(form, report.figures)
    typed = {address: figure for address, figure in report.figures.items() if address not in form.totals}
    computed = known_values(form, typed)
    return {a: computed[a] for a in form.totals if a in computed and stated.get(a) != computed[a]}
