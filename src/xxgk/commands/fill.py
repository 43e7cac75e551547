"""``xxgk fill``: values from last year's report, a ledger, JSON, CSV or another workbook, into a workbook."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from xxgk.carrying import carry, report_of_year_before
from xxgk.checks.unread import unread
from xxgk.errors import UsageProblem
from xxgk.files import refuse_open
from xxgk.foreign.gather import is_foreign, read_figures
from xxgk.formats import Form, load_form
from xxgk.merge import merge_reports
from xxgk.records import Record
from xxgk.report import Report
from xxgk.sources import read_report, read_workbook_bytes
from xxgk.suffixes import WORKBOOKS
from xxgk.texts import bare
from xxgk.workbook.writing.save import save_over
from xxgk.workbook.writing.write import fill_workbook

FEW = 6  # blank cells that get a 0, each told by itself
ZERO = "：（空） → 0"


class Wanted(Record):
    """What the workbook is to say: ``read`` tells what was found, ``kept`` what stays, ``unsure`` what nobody read."""

    report: Report
    read: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


def run(arguments: Namespace) -> int:
    """Fill, after a backup; return 1 when anything found no place or could not be read."""
    path = Path(arguments.file)
    if path.suffix.lower() not in WORKBOOKS:
        raise UsageProblem(f"要填的文件应是 .xlsx 或 .xlsm 工作簿，不是 {path.name}。")
    data, base = read_workbook_bytes(path)
    form = load_form(base.form)
    if arguments.ledger:
        wanted = _with_ledger(form, base, Path(arguments.ledger), arguments.overwrite)
    else:
        wanted = _wanted(form, base, Path(arguments.source), arguments.overwrite)
    if not arguments.dry_run:
        refuse_open(path)
    filled = fill_workbook(data, wanted.report, form)
    for line in (*wanted.read, *_shortened(filled.changes)):
        print(line)
    if arguments.dry_run:
        print(f"试填：会改 {len(filled.changes)} 处，文件没有改动。")
    elif filled.changes:
        kept = save_over(path, data, filled.data)
        print(f"已填入 {len(filled.changes)} 处：{path}\n原来的文件备份在：{kept}")
    else:
        print("没有要改的，文件没有改动。")
    _list(f"有 {len(wanted.kept)} 处已经填过，没有改（要用来源的，加 --overwrite）：", wanted.kept)
    unsure = (*wanted.unsure, *filled.problems)
    _list(f"有 {len(unsure)} 处没能填入，或者没有把握，请人工处理：", unsure)
    return 1 if unsure else 0


def _wanted(form: Form, base: Report, source: Path, overwrite: bool) -> Wanted:
    """Return what the workbook, which says ``base``, is to say after ``source``."""
    if is_foreign(source):
        return _with_figures(form, base, source)
    new = read_report(source)
    if not overwrite:
        _refuse_other_unit(base.unit, new.unit, source)
    unsure = tuple(unread(new, load_form(new.form)))
    if new.year is not None and base.year is not None and new.year != base.year:
        carried = carry(form, base, report_of_year_before(base.year, new, source.name), overwrite)
        read = (f"{source.name} 是上年（{new.year} 年度）的报告，用它填上年数据、上年结转等。",)
        return Wanted(carried.report, read, carried.kept, unsure)
    if new.form != base.form:
        raise UsageProblem(f"格式不同：工作簿是 {base.form} 版，{source.name} 是 {new.form} 版，没有填。")
    return Wanted(merge_reports(base, new), unsure=unsure)


def _refuse_other_unit(own: str, other: str, source: Path) -> None:
    """Raise ``UsageProblem`` where both say whose report it is and neither name is the other with a place before it."""
    names = bare(own), bare(other)
    if all(names) and not any(one.endswith(another) for one, another in (names, reversed(names))):
        raise UsageProblem(
            f"工作簿是{own}的，{source.name} 是{other}的，没有填。"
            "请核对是不是拿错了文件；单位确实改了名称的，加 --overwrite。"
        )


def _with_figures(form: Form, base: Report, source: Path) -> Wanted:
    found = read_figures(source, form)
    new = Report(base.form, figures=found.figures)
    return Wanted(merge_reports(base, new), found.read, unsure=found.unsure)


def _with_ledger(form: Form, base: Report, path: Path, overwrite: bool) -> Wanted:
    from xxgk.ledger.fill import figures_from, kept_lines, summary, unsure_lines
    from xxgk.ledger.read import read_ledger

    if base.year is None:
        raise UsageProblem("工作簿的首页没有填报告年度，不知道数台账的哪一年。请填好、存盘，再试。")
    ledger = read_ledger(path, form, base.year, date.today())
    found = figures_from(base, ledger.tally, over=overwrite)
    return Wanted(
        merge_reports(base, Report(base.form, figures=found.new)),
        tuple(summary(ledger, form)),
        tuple(kept_lines(form, base, found)),
        tuple(unsure_lines(form, ledger, found)),
    )


def _shortened(changes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines on changes, those of cells that were blank and get a 0 as one where there are many."""
    zeros = frozenset(line for line in changes if line.endswith(ZERO))
    if len(zeros) <= FEW:
        return changes
    return (*(line for line in changes if line not in zeros), f"另有 {len(zeros)} 格原来空着，填 0。")


def _list(title: str, lines: tuple[str, ...]) -> None:
    if lines:
        print("\n".join((title, *(f"  {line}" for line in lines))))
