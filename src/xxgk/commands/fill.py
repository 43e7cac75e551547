"""``xxgk fill``: values from JSON, or from another workbook, into a workbook."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from xxgk.errors import UnreadableWorkbook, UsageProblem
from xxgk.figures import known_values
from xxgk.files import backup, replace_file
from xxgk.formats import Form, load_form
from xxgk.merge import merge_reports
from xxgk.report import Figure, Number, Reading, Report
from xxgk.sources import read_report
from xxgk.workbook.layout import COVER_FIELDS
from xxgk.workbook.write import fill_workbook


def run(arguments: Namespace) -> int:
    """Fill, after a backup; return 1 when anything found no place or could not be read."""
    path, source = Path(arguments.file), Path(arguments.source)
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise UsageProblem(f"要填的文件应是 .xlsx 或 .xlsm 工作簿，不是 {path.name}。")
    base, new = read_report(path), read_report(source)
    form = load_form(base.form)
    if new.form != base.form:
        raise UsageProblem(f"格式不同：{path.name} 是 {base.form} 版，{source.name} 是 {new.form} 版，没有填。")
    merged = merge_reports(base, new)
    unsure = [*doubts(form, new)]
    changes = list(describe_changes(form, base, merged))
    for line in changes:
        print(line)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableWorkbook(f"打不开 {path}：请确认有权限读取。") from error
    filled = fill_workbook(data, merged, form)
    unsure += filled.problems
    if arguments.dry_run:
        print(f"试填：会改 {len(changes)} 处，文件没有改动。")
    elif changes:
        kept = backup(path)
        replace_file(path, filled.data)
        print(f"已填入 {len(changes)} 处：{path}\n原来的文件备份在：{kept}")
    else:
        print("没有要改的，文件没有改动。")
    if unsure:
        print(f"有 {len(unsure)} 处没能填入，请人工处理：")
        for problem in unsure:
            print(f"  {problem}")
    return 1 if unsure else 0


def doubts(form: Form, report: Report) -> Iterator[str]:
    """Yield a sentence for each thing of ``report`` that could not be read with certainty."""
    for remark in report.remarks:
        where = f"{remark.place.sheet} {remark.place.cell}：" if remark.place else ""
        yield f"{where}{remark.seen}"
    for address, figure in (*report.figures.items(), *report.fields.items()):
        if figure.reading in (Reading.PLACEHOLDER, Reading.UNREADABLE):
            yield f"{' › '.join(form.labels_of(address))}：“{figure.seen}”不是数字"


def describe_changes(form: Form, old: Report, new: Report) -> Iterator[str]:
    """Yield a line for each value that differs: where, before → after."""
    names = {key: label for key, label, _ in COVER_FIELDS}
    for key, name in names.items():
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield f"{name}：{before or '（空）'} → {after}"
    yield from _figure_changes(form, old.figures, new.figures)
    yield from _figure_changes(form, old.fields, new.fields)
    for table_id, table in form.tables.items():
        if old.table_notes.get(table_id) != new.table_notes.get(table_id):
            yield f"{table.name} 表下注：{new.table_notes.get(table_id, '（空）')}"
    for part in form.parts:
        before, after = (report.narrative.get(part.id, ()) for report in (old, new))
        if before != after:
            yield f"{part.title}：{len(before)} 段 → {len(after)} 段"
    if old.previous != new.previous:
        count = len(known_values(form, new.previous.figures)) if new.previous else 0
        yield f"上年数据：{count} 个数"
    if old.explanations != new.explanations:
        yield f"差异说明：{len(new.explanations)} 条"
    if old.waivers != new.waivers:
        yield f"不再提示：{len(new.waivers)} 条"


def _figure_changes(form: Form, old: Mapping[str, Figure], new: Mapping[str, Figure]) -> Iterator[str]:
    for address in (*new, *(address for address in old if address not in new)):
        before, after = old.get(address), new.get(address)
        if before != after:
            yield f"{' › '.join(form.labels_of(address))}：{_shown(before)} → {_shown(after)}"


def _shown(figure: Figure | None) -> Number | str:
    if figure is None or (figure.value is None and not figure.note and not figure.seen):
        return "（空）"
    value = figure.seen if figure.value is None else figure.value
    return f"{value}（{figure.note}）" if figure.note else value
