"""What a year's figures say in plain words and simple bars: 一图读懂, for the web page and for the picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xxgk.formats import Form, Table
from xxgk.labels import plain
from xxgk.narrative.names import Quantity, quantities
from xxgk.narrative.values import Values, Year, number_of, plain_number, values_of
from xxgk.records import Record, replace
from xxgk.report import Number, Report

APPLICATIONS, DISPUTES = "applications", "disputes"
TOTAL, UPSET = "total", "corrected"
PARTS = 100  # of the longest bar of a topic

# A label, a number, and whether it is last year's.
Measured = tuple[str, Number, bool]


class Bar(Record):
    """A labelled number drawn as a bar. ``length`` is 0 to 100, the longest of its topic being 100.

    ``before`` marks last year's.
    """

    label: str
    number: str
    length: int
    before: bool = False


class Group(Record):
    """Bars that belong together; ``title`` says what they show."""

    title: str
    bars: tuple[Bar, ...]


class Topic(Record):
    """One subject: its number in large print, a sentence or two, and groups of bars, none of which is empty."""

    title: str
    number: str
    sentence: str
    groups: tuple[Group, ...]


class Summary(Record):
    """The year at a glance. ``source`` says where the numbers are found."""

    title: str
    topics: tuple[Topic, ...]
    source: str

    @property
    def digits(self) -> int:
        """The length of the longest number beside a bar."""
        bars = (bar for topic in self.topics for group in topic.groups for bar in group.bars)
        return max((len(bar.number) for bar in bars), default=1)


def summarise(report: Report, form: Form) -> Summary:
    """Return what the figures of ``report`` say; a topic whose figures are not all known is left out."""
    last = report.previous
    if last is not None and report.year and last.year not in (None, report.year - 1):
        report = replace(report, previous=None)
    values = values_of(report, form)
    found = (_received(values, report.year), _answered(values), _disputed(values))
    sections = "".join(f"“{section.heading}”" for section in form.sections if section.table in (APPLICATIONS, DISPUTES))
    return Summary("一图读懂", tuple(topic for topic in found if topic is not None), f"数据来自本报告{sections}。")


def _received(values: Values, year: int | None) -> Topic | None:
    new, carried = (_number(values.now, f"{APPLICATIONS}.{row}.{TOTAL}") for row in ("new", "carried_in"))
    if new is None or carried is None:
        return None
    before = _number(values.last, f"{APPLICATIONS}.new.{TOTAL}")
    when = f"{year}年" if year else "本年"
    sentence = f"{when}收到政府信息公开申请 {plain_number(new)} 件" if new else f"{when}没有收到政府信息公开申请"
    sentence += _compared(new, before)
    if carried:
        sentence += f"；另有上年结转的 {plain_number(carried)} 件，共 {plain_number(new + carried)} 件要办理"
    years: list[Measured] = (
        [] if before is None else [(f"{year - 1}年" if year else "上年", before, True), (when, new, False)]
    )
    table = values.form.tables[APPLICATIONS]
    return Topic("收到的申请", plain_number(new), f"{sentence}。", _groups({
        "与上年相比": years if any(value for _, value, _ in years) else [],
        "谁在申请": _across(values, table, ["new"]),
    }))  # fmt: skip


def _answered(values: Values) -> Topic | None:
    names = ("new", "carried_in", "processed", "carried_out")
    new, carried_in, done, carried_out = (_number(values.now, f"{APPLICATIONS}.{row}.{TOTAL}") for row in names)
    if new is None or carried_in is None or done is None or carried_out is None:
        return None
    before = _number(values.last, f"{APPLICATIONS}.processed.{TOTAL}")
    if new + carried_in + done + carried_out == 0:
        sentence = "没有需要办理的申请"
    else:
        sentence = f"办结 {plain_number(done)} 件{_compared(done, before)}；" + (
            f"还有 {plain_number(carried_out)} 件结转下年度继续办理" if carried_out else "没有结转下年度的"
        )
    return Topic("办理的结果", plain_number(done), f"{sentence}。", _groups({"怎样答复": list(_answers(values))}))


def _answers(values: Values) -> Iterator[Measured]:
    """Yield each kind of answer of the form, rows with a common head together."""
    form, table = values.form, values.form.tables[APPLICATIONS]
    names = {quantity.addresses: quantity.name for quantity in quantities(form).values()}
    heads = dict.fromkeys(row.partition(".")[0] for row in table.sets["items"])
    for head in heads:
        rows = [row for row in table.sets["items"] if row.partition(".")[0] == head]
        addresses = tuple(f"{table.id}.{row}.{TOTAL}" for row in rows)
        value = _number(values.now, *addresses)
        if value:
            yield names[addresses], value, False


def _disputed(values: Values) -> Topic | None:
    table = values.form.tables[DISPUTES]
    kinds: dict[str, list[str]] = {}
    for row in table.rows:
        kinds.setdefault(table.labels[f"{table.id}.{row.id}.{TOTAL}"][0], []).append(row.id)
    totals = {kind: [f"{table.id}.{row}.{TOTAL}" for row in rows] for kind, rows in kinds.items()}
    now = {kind: _number(values.now, *addresses) for kind, addresses in totals.items()}
    known = {kind: number for kind, number in now.items() if number is not None}
    if len(known) < len(now):
        return None
    before = {kind: _number(values.last, *addresses) for kind, addresses in totals.items()}
    if any(known.values()):
        upset = _number(values.now, *(f"{table.id}.{row.id}.{UPSET}" for row in table.rows))
        clauses = [
            (f"{kind} {plain_number(n)} 件" if n else f"没有{kind}") + _compared(n, before[kind])
            for kind, n in known.items()
        ]
        if upset is not None:
            clauses.append(f"其中结果被纠正的 {plain_number(upset)} 件" if upset else "没有结果被纠正的")
        sentence = "；".join(clauses)
    else:
        last = None if None in before.values() else sum(n for n in before.values() if n is not None)
        sentence = f"没有因政府信息公开引起的{'和'.join(known)}{_compared(0, last)}"
    groups = {f"{kind}的结果": _across(values, table, rows) for kind, rows in kinds.items()}
    return Topic("复议和诉讼", plain_number(sum(known.values())), f"{sentence}。", _groups(groups))


def _across(values: Values, table: Table, rows: Sequence[str]) -> list[Measured]:
    """Return the columns of ``rows`` together, but those that are 0 or not known, under their printed names."""
    found = []
    for column in table.columns:
        value = _number(values.now, *(f"{table.id}.{row}.{column.id}" for row in rows))
        if value and column.id != TOTAL:
            found.append((plain(table.member_label("columns", column.id)), value, False))
    return found


def _compared(now: Number, before: Number | None) -> str:
    if before is None:
        return ""
    if now == before:
        return "，与上年相同" if now else "，上年也没有"
    if before == 0:
        return "，上年没有"
    if now == 0:
        return f"，上年有 {plain_number(before)} 件"
    return f"，比上年{'多' if now > before else '少'} {plain_number(max(now, before) - min(now, before))} 件"


def _groups(found: Mapping[str, Iterable[Measured]]) -> tuple[Group, ...]:
    """Return the groups that have bars, all bars to one scale."""
    filled = {title: tuple(bars) for title, bars in found.items()}
    longest = max((value for bars in filled.values() for _, value, _ in bars), default=0)
    return tuple(Group(title, tuple(_bar(one, longest) for one in bars)) for title, bars in filled.items() if bars)


def _bar(measured: Measured, longest: Number) -> Bar:
    label, value, before = measured
    return Bar(label, plain_number(value), _length(value, longest), before)


def _length(value: Number, longest: Number) -> int:
    """Return the length of a bar; what is there at all can be seen."""
    if value <= 0 or longest <= 0:
        return 0
    return max(1, round(value * PARTS / longest))


def _number(year: Year | None, *addresses: str) -> Number | None:
    return None if year is None else number_of(Quantity("", addresses), year)
