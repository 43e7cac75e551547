"""What goes back to the units and to the office's desk: 退改单, 催报名单, 审核表."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from xxgk.checks.finding import ERROR, SEVERITY_WORDS
from xxgk.consolidate.keyfigures import figure_of, key_figures
from xxgk.consolidate.model import Gathered, Sum, Unit
from xxgk.consolidate.page import environment, slices
from xxgk.consolidate.page_lines import State, UnitLine, unit_lines
from xxgk.consolidate.returns_sheets import reminder_sheet, returned_sheet
from xxgk.consolidate.sums import folded
from xxgk.figures import known_values
from xxgk.files import backup, file_stem, make_folder, publish
from xxgk.formats import Form, load_form
from xxgk.output.html import file_line, sheets_of
from xxgk.output.result import FileResult, counted
from xxgk.records import Record
from xxgk.report import Figure, Number

RETURNED = "退改单"  # the folder, and what the names of its files end with
REMINDERS = "催报名单"
APPROVAL = "审核表"
HEADINGS = ("序号", "单位", "代码", "上级单位", "联系人和电话", "交来期限", "情况", "可以发给单位的话")


class Written(Record):
    """What was written: how many units something goes back to and how many are reminded, and copies of older files."""

    returned: int
    reminded: int
    kept: tuple[Path, ...]


class TotalRow(Record):
    """A figure of the 审核表: added up, what was adjusted, the two together, and last year's."""

    name: str
    added: Number | None
    adjusted: Number | None
    total: Number | None
    last: Number | None


def write_returns(folder: Path, gathered: Gathered) -> Written:
    """Write all forms into ``folder``; raise ``FileProblem`` where one cannot be written.

    A 退改单 of an earlier run for a unit that has nothing to mend any more goes to 备份, as does each that changed.
    """
    make_folder(folder)
    kept: list[Path | None] = []
    missing: list[UnitLine] = []
    states: Counter[State] = Counter()
    wrong = 0
    often = Counter(file_stem(line.unit.name) for line in unit_lines(gathered) if line.to_send_back)
    current: set[str] = set()
    for line in unit_lines(gathered):
        states[line.state] += 1
        wrong += any(finding.severity == ERROR for finding in line.findings)
        if line.state in (State.MISSING, State.NOT_COUNTED):
            missing.append(line)
        if line.to_send_back:
            name = _name(line.unit, often)
            current.add(name)
            kept.append(publish(folder / f"{name}.html", render_returned(line, gathered).encode(errors="replace")))
            kept.append(publish(folder / f"{name}.xlsx", returned_sheet(line, gathered)))
    for path in sorted(folder.glob(f"*-{RETURNED}.*")):
        if path.suffix in (".html", ".xlsx") and path.stem not in current:
            kept.append(backup(path))
            path.unlink()
    rows = list(reminder_rows(missing, gathered))
    kept.append(publish(folder / f"{REMINDERS}.html", _reminders(rows, gathered).encode(errors="replace")))
    kept.append(publish(folder / f"{REMINDERS}.xlsx", reminder_sheet(REMINDERS, HEADINGS, rows)))
    approval = render_approval(gathered, states, wrong)
    kept.append(publish(folder / f"{APPROVAL}.html", approval.encode(errors="replace")))
    return Written(len(current), len(missing), tuple(path for path in kept if path is not None))


def render_returned(line: UnitLine, gathered: Gathered) -> str:
    """Return the 退改单 of a unit as a page to print."""
    result = FileResult(f"{line.unit.name}的报告", line.findings)
    return (
        environment()
        .get_template("returned.html.j2")
        .render(
            line=line,
            gathered=gathered,
            office=gathered.top.unit.name,
            request=request_of(line),
            result=result,
            file=file_line(result),
            sheets=sheets_of(result),
            words=SEVERITY_WORDS,
            must_be_mended=ERROR,
        )
    )


def request_of(line: UnitLine) -> str:
    """Return in words what a unit is asked for."""
    if not line.findings:
        return "贵单位交来的年度报告没有计入汇总，原因如下。"
    return (
        f"贵单位交来的年度报告经校验，有{counted(line.findings)}。"
        f"“错误”必须改正；“警告”“提示”请逐条核对，确实不用改的写明理由。"
    )


def reminder_rows(lines: Sequence[UnitLine], gathered: Gathered) -> Iterator[tuple[str, ...]]:
    """Yield a row of the 催报名单 for each unit, in the order of ``HEADINGS``."""
    office = gathered.top.unit.name
    for number, line in enumerate(lines, 1):
        due = line.unit.due.isoformat() if line.unit.due else ""
        words = f"{line.unit.name}：请尽快向{office}报送 {gathered.year} 年度政府信息公开工作年度报告"
        words += f"（期限 {due}）。" if due else "。"
        if line.reasons:
            words += "交来的没有计入：" + "".join(line.reasons)
        parent = line.parent.name if line.parent else ""
        unit = line.unit
        yield str(number), unit.name, unit.code, parent, unit.contact, due, line.state.value, words


def render_approval(gathered: Gathered, states: Counter[State], wrong: int) -> str:
    """Return the 审核表, the page on which the consolidation is signed off.

    ``states`` are those of all units, of which so many are ``wrong``: errors were found in their reports.
    """
    form = load_form(gathered.form)
    leaves = states - Counter({State.SUMMED: states[State.SUMMED]})
    return (
        environment()
        .get_template("approval.html.j2")
        .render(
            gathered=gathered,
            form=form,
            office=gathered.top.unit.name,
            units=leaves.total() - leaves[State.OUTSIDE],
            slices=slices(leaves),
            wrong=wrong,
            totals=list(_totals(form, gathered.top)),
            words=SEVERITY_WORDS,
        )
    )


def _totals(form: Form, of: Sum) -> Iterator[TotalRow]:
    figures = {address: Figure(value) for address, value in of.values.items()}
    before = known_values(form, {**figures, **folded(form, of.absent, figures)})
    for key in key_figures(form):
        added, total = figure_of(key, before), figure_of(key, of.totals)
        adjusted = total - added if total is not None and added is not None else None
        yield TotalRow(key.name, added, adjusted, total, figure_of(key, of.last))


def _name(unit: Unit, often: Counter[str]) -> str:
    """Return the name of a unit's files, of its own also where two units go by one name, as ``often`` tells."""
    name = file_stem(unit.name)
    return f"{name if often[name] == 1 else file_stem(f'{name} {unit.id}')}-{RETURNED}"


def _reminders(rows: Sequence[Sequence[str]], gathered: Gathered) -> str:
    template = environment().get_template("reminders.html.j2")
    return template.render(rows=rows, headings=HEADINGS, gathered=gathered, office=gathered.top.unit.name)
