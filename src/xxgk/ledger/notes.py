"""What there is to say of a ledger's applications: what is missing, contradictory, late, or there twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xxgk.checks.finding import ERROR, INFO, WARNING
from xxgk.formats import Form
from xxgk.ledger.counting import CARRIED_IN, CASE_COLUMNS, CASES, Tally, case_share, contradictory, has_case, outcome_of
from xxgk.ledger.entries import KEY_COLUMNS, Doubt, Entry, Spot, nearest
from xxgk.ledger.period import clock_of, used_days
from xxgk.ledger.plan import APPLICATIONS, DISPUTES, PENDING, UNDECIDED, Plan, choices_of
from xxgk.ledger.told import Note, Told
from xxgk.ledger.workdays import WorkDays

SEEN = 20  # characters of a cell that are quoted


def notes_on(told: Told, form: Form, tally: Tally, year: int, days: WorkDays) -> Iterator[Note]:
    """Yield what is to be said of the applications that have to do with ``year``, row by row, then of many at once."""
    for entry in tally.concerned:
        yield from _doubts(told, form, entry)
        yield from _gaps(told, form, entry, year)
        yield from _order(told, entry)
        yield from _period(told, entry, year, days)
    yield from _unjudged(told, tally.concerned, year, days)
    yield from _duplicates(told, tally.concerned)
    yield from _together(told, tally, year)


# ------------------------------------------------------------------ one row


def _doubts(told: Told, form: Form, entry: Entry) -> Iterator[Note]:
    for column_id, doubt in entry.doubts.items():
        severity = ERROR if column_id in _counted() else WARNING
        yield Note(severity, f"{told.at(entry, column_id)}：{_doubt(told.plan, form, doubt)}")


def _doubt(plan: Plan, form: Form, doubt: Doubt) -> str:
    """Return what is wrong with a cell. It is quoted only where it resembles what belongs there.

    In a row whose cells have slipped, any cell may hold the applicant's name.
    """
    name = plan.column(doubt.column).choices
    shown = f"“{doubt.seen[:SEEN]}{'…' if len(doubt.seen) > SEEN else ''}”"
    if doubt.reason or not isinstance(name, str):
        return f"{shown if any(map(str.isdigit, doubt.seen)) else ''}{doubt.reason}。"
    choices = choices_of(form, name)
    near = nearest(choices, doubt.seen)
    if near is None:
        return "不认识，请从列表中选。"
    return f"不认识{shown}，是不是“{choices.labels[near] if near else '还没有办结（应当空着）'}”？"


def _counted() -> frozenset[str]:
    """Return the columns without which an application cannot be counted."""
    return frozenset((*KEY_COLUMNS, "suit_kind")).union(*CASE_COLUMNS.values())


def _gaps(told: Told, form: Form, entry: Entry, year: int) -> Iterator[Note]:
    for column_id, filled in (("received", entry.dates), ("applicant", entry.choices)):
        if column_id not in filled and not entry.unclear(column_id):
            yield Note(ERROR, f"{told.at(entry, column_id)}：没有填，数不进表三。")
    outcome = outcome_of(entry)
    if outcome is None and not entry.unclear("outcome"):
        yield Note(ERROR, f"{told.at(entry, 'outcome')}：已经答复，没有填结果。")
    if outcome and "answered" not in entry.dates and not entry.unclear("answered"):
        yield Note(ERROR, f"{told.at(entry, 'answered')}：填了处理结果，没有填日期，不知道是不是本年办结的。")
    for kind in CASES:
        yield from _case_gaps(told, form, entry, kind, year)


def _case_gaps(told: Told, form: Form, entry: Entry, kind: str, year: int) -> Iterator[Note]:
    if not has_case(entry, kind) or not CASE_COLUMNS[kind].isdisjoint(entry.doubts):
        return
    filed, decided, outcome = (f"{kind}_{what}" for what in ("filed", "decided", "outcome"))
    share = case_share(entry, kind, form.tables[DISPUTES].sets["outcomes"], year)
    if filed in entry.dates and decided in entry.dates and entry.dates[decided] < entry.dates[filed]:
        yield Note(ERROR, f"{told.at(entry, decided)}：比“{told.caption(filed, entry.spot)}”还早。")
    elif not share.possible:
        return
    elif decided in entry.dates and entry.choices.get(outcome, UNDECIDED) in (UNDECIDED, PENDING):
        yield Note(ERROR, f"{told.at(entry, outcome)}：已经审结，没有填结果。")
    elif entry.choices.get(outcome, UNDECIDED) in (UNDECIDED, PENDING) or decided in entry.dates:
        yield Note(ERROR, f"{told.at(entry, filed)}：没有填日期，不知道年底时有没有这个案件。")
    else:
        yield Note(ERROR, f"{told.at(entry, decided)}：填了结果，没有填日期，不知道是哪一年审结的。")


def _order(told: Told, entry: Entry) -> Iterator[Note]:
    if contradictory(entry):
        received, answered = entry.dates["received"], entry.dates["answered"]
        text = f"{told.at(entry, 'answered')}：{answered} 答复，比收到的日期 {received} 还早。"
        yield Note(ERROR, text)
    for later, earlier in (
        ("correction_sent", "received"),
        ("correction_received", "correction_sent"),
        ("consulted", "received"),
        ("consulted_until", "consulted"),
        ("fee_notice", "received"),
        ("fee_paid", "fee_notice"),
    ):
        if later in entry.dates and earlier in entry.dates and entry.dates[later] < entry.dates[earlier]:
            text = f"{told.at(entry, later)}：比“{told.caption(earlier, entry.spot)}”还早，请核对。"
            yield Note(WARNING, text)


def _period(told: Told, entry: Entry, year: int, days: WorkDays) -> Iterator[Note]:
    clock = clock_of(entry, year)
    used = used_days(clock, days) if clock else None
    if clock is None or used is None or used <= clock.limit:
        return
    answered = "answered" in entry.dates and entry.dates["answered"] <= clock.end
    what = f"{clock.end} 答复" if answered else f"到 {clock.end} 还没有答复"
    extended = "（已延期）" if entry.extended else ""
    pause = "，已扣除征求意见的时间" if clock.pause else ""
    text = f"从 {clock.start} 起算，{what}，用了 {used} 个工作日，超过 {clock.limit} 个工作日{extended}{pause}。"
    yield Note(WARNING, f"{told.at(entry, 'answered')}：{text}")


# ------------------------------------------------------------------ many rows at once


def _unjudged(told: Told, entries: Iterable[Entry], year: int, days: WorkDays) -> Iterator[Note]:
    missing: dict[str, list[Spot]] = {}
    for entry in entries:
        clock = clock_of(entry, year)
        if clock and used_days(clock, days) is None:
            unknown = {day.year for day in (clock.start, clock.end)} - set(range(days.first, days.last + 1))
            missing.setdefault("、".join(map(str, sorted(unknown))), []).append(entry.spot)
    for years, spots in missing.items():
        text = f"没有 {years} 年的放假安排，{len(spots)} 件不能判断答复是否超过期限：{told.rows(spots)}。"
        yield Note(INFO, text)
    waiting = [
        entry.spot
        for entry in entries
        if "answered" in entry.dates and ("consulted" in entry.dates) != ("consulted_until" in entry.dates)
    ]
    if waiting:
        text = f"征求意见的开始和结束日期只填了一个，{len(waiting)} 件不能判断答复是否超过期限：{told.rows(waiting)}。"
        yield Note(INFO, text)


def _duplicates(told: Told, entries: Iterable[Entry]) -> Iterator[Note]:
    """Yield a note on each number that two applications have; where numbers begin anew each year, within a year."""
    same: dict[tuple[str, int], list[Spot]] = {}
    for entry in entries:
        if entry.number and "received" in entry.dates:
            same.setdefault((entry.number, entry.dates["received"].year), []).append(entry.spot)
    for (number, _), spots in same.items():
        if len(spots) > 1:
            text = f"申请编号 {number} 有 {len(spots)} 件：{told.rows(spots)}，都计入了；如果是同一件，请删去多余的行。"
            yield Note(WARNING, text)


def _together(told: Told, tally: Tally, year: int) -> Iterator[Note]:
    unusual = [entry.spot for entry in tally.concerned if entry.unusual]
    if unusual:
        text = f"{len(unusual)} 行的日期是文字或者没有格式的数字，已按年月日读懂：{told.rows(unusual)}。"
        yield Note(INFO, text)
    undated = [entry.spot for entry in tally.concerned if any(_is_undated(entry, kind) for kind in CASES)]
    if undated:
        text = f"{len(undated)} 件 {year} 年收到的申请，复议、诉讼没有填日期，按 {year} 年计入：{told.rows(undated)}。"
        yield Note(INFO, text)
    carried = (rows for address, rows in tally.rows.items() if address.startswith(f"{APPLICATIONS}.{CARRIED_IN}."))
    if tally.concerned and not any(carried):
        text = f"台账里没有 {year} 年以前收到、{year} 年还在办的申请，上年结转按 0 件计；如果有，请补进台账。"
        yield Note(INFO, text)


def _is_undated(entry: Entry, kind: str) -> bool:
    return has_case(entry, kind) and not any(f"{kind}_{what}" in entry.dates for what in ("filed", "decided"))
