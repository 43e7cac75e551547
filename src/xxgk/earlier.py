"""Reports of earlier years from other files, for ``check --previous``: each year with the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from xxgk.checks.finding import INFO, Finding
from xxgk.checks.subject import Spot, subject_of
from xxgk.checks.years import ZERO_YEARS
from xxgk.errors import UnreadableWorkbook
from xxgk.formats import load_form
from xxgk.inputs import find_inputs
from xxgk.records import Record, field, replace
from xxgk.report import Place, Report
from xxgk.sources import read_report
from xxgk.texts import bare

Key = tuple[str, int]  # a unit's name and a year


class Earlier(Record):
    """Where the reports of earlier years are. ``only`` is the one file that was named: whatever it says, it counts.

    Otherwise ``files`` has them by unit and year, and ``problems`` says which files of those named are not used;
    ``doubled`` are units and years of which there are several.
    """

    only: Report | None = None
    files: Mapping[Key, Path] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    doubled: frozenset[Key] = frozenset()


def find_earlier(names: Sequence[str]) -> Earlier:
    """Return what ``names``, files or folders, have of earlier years.

    Raise ``UnreadableWorkbook`` when a single file cannot be read.
    """
    inputs = find_inputs(names)
    if len(names) == 1 and inputs.files == (Path(names[0]),):
        return Earlier(read_report(inputs.files[0]))
    files: dict[Key, Path] = {}
    problems = [reason for _, reason in inputs.barren]
    doubled: set[Key] = set()
    for path in inputs.files:
        try:
            key = _key(read_report(path))
        except UnreadableWorkbook as error:
            problems.append(str(error))
            continue
        if key is None:
            problems.append(f"{path} 没有写单位或者年度，不知道是谁的上年报告，没有用。")
        elif key in files:
            problems.append(f"{files[key]} 和 {path} 都是{key[0]} {key[1]} 年度的，不知道用哪一个，都没有用。")
            doubled.add(key)
        else:
            files[key] = path
    single = {key: path for key, path in files.items() if key not in doubled}
    return Earlier(files=single, problems=tuple(problems), doubled=frozenset(doubled))


def with_earlier(report: Report, earlier: Earlier) -> Report:
    """Return ``report`` with last year's from ``earlier``, and with the years before that, as far as they are there.

    What is not there stays as the report has it itself.
    """
    if earlier.only is not None:
        return replace(report, previous=earlier.only)
    return _chained(report, earlier, ZERO_YEARS)


def not_found(report: Report, earlier: Earlier) -> Iterator[Finding]:
    """Yield a finding when ``earlier`` has no report of the unit for the year before ``report``."""
    key = _key(report)
    if earlier.only is None and key is not None and (key[0], key[1] - 1) not in earlier.files:
        subject = subject_of(report, load_form(report.form))
        own = "，用的是本文件里的上年数据" if report.previous is not None else ""
        last = (key[0], key[1] - 1)
        said = f"没有本单位 {last[1]} 年度的报告"
        if last in earlier.doubled:
            said = f"本单位 {last[1]} 年度的报告不止一份，不知道用哪一份，都没有用"
        message = f"--previous 指定的文件里，{said}{own}。"
        yield subject.finding("Y105", Spot("previous_year", (), Place("", "")), message, severity=INFO)


def _chained(report: Report, earlier: Earlier, years: int) -> Report:
    key = _key(report)
    path = earlier.files.get((key[0], key[1] - 1)) if key is not None and years > 1 else None
    if path is None:
        return report
    return replace(report, previous=_chained(read_report(path), earlier, years - 1))


def _key(report: Report) -> Key | None:
    return (bare(report.unit), report.year) if report.unit and report.year is not None else None
