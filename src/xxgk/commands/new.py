"""``xxgk new``: a fresh workbook for a unit and a year."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from xxgk.carrying import carry, report_of_year_before
from xxgk.checks.unread import unread
from xxgk.errors import UsageProblem
from xxgk.files import file_stem, quoted, replace_file
from xxgk.formats import Form, FormError, form_for_year, load_form, oldest_form
from xxgk.report import Report
from xxgk.sources import read_report
from xxgk.suffixes import XLSM, XLSX
from xxgk.workbook.reading.dates import FIRST_YEAR, LAST_YEAR
from xxgk.workbook.template import new_workbook


def run(arguments: Namespace) -> int:
    """Write the workbook and say what to do next; return 1 when anything of last year's report stayed unsure."""
    form = form_of(arguments.year)
    last = _last_year(Path(arguments.source), arguments.year) if arguments.source else None
    unit = " ".join((last.unit if arguments.unit is None and last else arguments.unit or "").split())
    if not unit:
        raise UsageProblem("请写 --unit 和单位全称，如：--unit 和平镇人民政府。")
    path = Path(arguments.output or f"{file_stem(unit)}{arguments.year}年政府信息公开年报{XLSM}")
    suffix = path.suffix.lower()
    if suffix not in (XLSM, XLSX):
        raise UsageProblem("-o 后面的文件名请以 .xlsm（带按钮）或者 .xlsx（不带按钮）结尾。")
    if path.exists():
        raise UsageProblem(f"已经有 {path} 这个文件，没有覆盖。请换一个名字，或先把它移走。")
    report = Report(form=form.id, unit=unit, year=arguments.year, level=level_id(form, arguments.level))
    unsure: tuple[str, ...] = ()
    if last is not None:
        carried = carry(form, report, last, overwrite=False)
        report, unsure = carried.report, (*carried.kept, *unread(last, load_form(last.form)))
    filled = new_workbook(form, report, suffix)
    if filled.problems and last is None:
        raise UsageProblem("\n".join(filled.problems))
    replace_file(path, filled.data)
    print(f"已新建：{path}")
    if last is not None:
        _tell(arguments.source, report, (*unsure, *filled.problems))
    print(f"请打开它填写，填好后存盘，再运行：xxgk check {quoted(path)}")
    return 1 if unsure or filled.problems else 0


def _last_year(source: Path, year: int) -> Report:
    return report_of_year_before(year, read_report(source), source.name)


def _tell(source: str, report: Report, unsure: Sequence[str]) -> None:
    """Say what came from last year's report, and what staff must look at."""
    headings = "，照搬了文字部分的小标题" if report.narrative else ""
    print(f"已从 {source} 填入上年数据、上年结转{headings}。")
    if unsure:
        print("\n".join((f"有 {len(unsure)} 处请核对：", *(f"  {line}" for line in unsure))))


def form_of(year: int) -> Form:
    """Return the form that reports of ``year`` use. Raise ``UsageProblem`` when that is no year or none is known."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageProblem(f"年度 {year} 不对：请写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的四位数字。")
    try:
        return form_for_year(year)
    except FormError as error:
        oldest = oldest_form().since
        raise UsageProblem(f"没有 {year} 年度用的格式：本程序能做 {oldest} 年度及以后的年报。") from error


def level_id(form: Form, text: str) -> str:
    """Return the id of the level that ``text`` names by id or label."""
    for level in form.levels:
        if text in (level.id, level.label):
            return level.id
    known = "、".join(f"{level.id}（{level.label}）" for level in form.levels)
    raise UsageProblem(f"没有“{text}”这个级别，可用的有：{known}。")
