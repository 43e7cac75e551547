"""Sound and random reports, of the 2021 form where no other is named."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from xxgk.figures import sum_known
from xxgk.formats import Form, Term, form_for_year, load_form, parse_form
from xxgk.formats.loader import FOLDER
from xxgk.jsonio import load_json
from xxgk.records import replace
from xxgk.report import Explanation, Figure, Number, Paragraph, Report, Waiver
from xxgk.workbook.layout import WAIVER_ROWS, layout_of

FORM = load_form("2021")
OLD_FORM = load_form("2019")
UNPAID = "applications.other.unpaid."
EXAMPLE_PATH = Path(__file__).parents[2] / "examples" / "heping-2023.json"
# A text of each part with nothing to be found in it, of any unit and year.
SOUND_TEXT = {
    "preface": "现将政府信息公开工作情况报告如下：",
    "overview": "本年度主动公开有序推进，依申请公开按期答复，信息发布前逐条审查，网站专栏及时更新，"
    "考核、评议和责任追究的结果都已通报。",
    "problems": "存在的问题是公开内容还不够详细，更新还不够及时；"
    "下一步将细化公开内容，明确更新的时限，安排专人每周检查。",
    "matters": "本年度没有收取信息处理费。",
}


def example() -> Report:
    """Return the running example."""
    report, problems = load_json(EXAMPLE_PATH.read_text(encoding="utf-8"))
    assert not problems
    return report


def city() -> Report:
    """Return the report of a made-up city with large figures and a long text."""
    report, problems = load_json(Path(__file__).with_name("yunling-2024.json").read_text(encoding="utf-8"))
    assert not problems
    return report


def changed_form(code: str, **changes: Any) -> Form:
    """Return the form with one rule changed."""
    data = tomllib.loads((FOLDER / f"{FORM.id}.toml").read_text(encoding="utf-8"))
    next(rule for rule in data["rules"] if rule["code"] == code).update(changes)
    return parse_form(data, "changed")


def sound_values(random: Random, form: Form = FORM) -> dict[str, Number]:
    """Return input figures that satisfy every rule within one year."""
    values: dict[str, Number] = {}
    for table in form.tables.values():
        for address in table.addresses:
            if address not in form.totals:
                values[address] = random.choice((0, 0, 1, random.randint(0, 40), random.randint(0, 9_999)))
                if address.startswith(UNPAID):
                    values[address] = 0  # no notice of a fee was sent, see report_of
    balance = next(rule for rule in form.rules if rule.source == "R1")
    for instance in form.instances:
        if instance.rule == balance:
            _balance(values, form, [t.address for t in instance.left], [t.address for t in instance.right])
    for instance in form.instances:
        if instance.rule.source == "R8" and not any(term.previous for term in instance.terms):
            in_force, repealed = (term.address for term in instance.left)
            values[in_force] = max(values[in_force], values[instance.right[0].address] - values[repealed])
    return values


def _balance(values: dict[str, Number], form: Form, received: list[str], settled: list[str]) -> None:
    if received[0] in form.totals:
        return
    done = sum_known(values, frozenset(), (Term(part) for part in form.totals[settled[0]].parts))
    assert done is not None
    values[received[0]] = max(0, done - values[received[1]])
    values[settled[1]] = values[received[0]] + values[received[1]] - done


def sound_previous(values: Mapping[str, Number], form: Form = FORM) -> dict[str, Number]:
    """Return last year's figures that this year's ``values`` follow from."""
    last: dict[str, Number] = {}
    for instance in form.instances:
        before = [term for term in instance.right if term.previous]
        if instance.rule.op == "=" and before and before[0].address not in form.totals:
            here = sum_known(values, frozenset(), instance.left)
            other = sum_known(values, frozenset(), (term for term in instance.right if not term.previous))
            if here is not None and other is not None:
                last[before[0].address] = here - other
    return last


def report_of(values: Mapping[str, Number], previous: Mapping[str, Number] | None = None, form: Form = FORM) -> Report:
    """Return a complete report around ``values``: text, unit, year and date filled in."""
    year = next(year for year in range(2023, form.since - 1, -1) if form_for_year(year).id == form.id)
    last = None
    if previous is not None:
        last = Report(form=form.id, year=year - 1, figures={a: Figure(v) for a, v in previous.items()})
    return Report(
        form=form.id,
        unit="青石镇人民政府",
        year=year,
        level="township",
        figures={address: Figure(value) for address, value in values.items()},
        narrative={part.id: (Paragraph(SOUND_TEXT[part.id]),) for part in form.parts},
        fields={field.id: Figure(0) for field in form.fields},
        date=date(year + 1, 1, 20),
        previous=last,
    )


def zero_report(form: Form = FORM) -> Report:
    """Return a complete report whose figures are all 0."""
    values = {a: 0 for table in form.tables.values() for a in table.addresses if a not in form.totals}
    return report_of(values, form=form)


def with_figure(report: Report, address: str, value: Number | None) -> Report:
    """Return ``report`` with one figure changed, or blank."""
    figures = dict(report.figures)
    figures.pop(address, None)
    if value is not None:
        figures[address] = Figure(value)
    return replace(report, figures=figures)


def texts_everywhere(texts: Sequence[str]) -> Report:
    """Return a report that has one of ``texts``, in turn, in every cell of the workbook that may hold any text."""
    text = cycle(texts)
    sound = report_of(sound_values(Random(4)))
    return replace(
        sound,
        unit=next(text),
        short_name=next(text),
        title=next(text),
        signature=next(text),
        figures={address: Figure(figure.value, next(text)) for address, figure in sound.figures.items()},
        fields={field.id: Figure(0, next(text)) for field in FORM.fields},
        table_notes={table: next(text) for table in FORM.tables},
        narrative={part.id: tuple(Paragraph(next(text)) for _ in range(part.rows)) for part in FORM.parts},
        explanations=tuple(Explanation(address, next(text)) for address in layout_of(FORM).explanations),
        waivers=tuple(Waiver("W101", next(text)) for _ in range(WAIVER_ROWS)),
    )
