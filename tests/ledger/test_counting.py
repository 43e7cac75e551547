"""Counting against a plain implementation, and: what is not known of a row never makes a number wrong in silence."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xxgk.figures import State, judge
from xxgk.ledger.counting import Tally
from xxgk.report import Figure, Report

from support.ledgers import CASES, FORM, KINDS, RESULTS, SUIT_KINDS, Row, count_rows, row

YEAR = 2023
START, END = date(YEAR, 1, 1), date(YEAR, 12, 31)
# Around the ends of the year, where it matters.
DAYS = st.one_of(
    st.dates(date(2021, 1, 1), date(2024, 12, 31)),
    st.sampled_from([START - timedelta(days=1), START, END, END + timedelta(days=1)]),
)
quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@st.composite
def applications(draw: st.DrawFn) -> dict[str, object]:
    received = draw(DAYS)
    answered = draw(st.one_of(st.none(), st.integers(0, 400).map(lambda n: received + timedelta(days=n))))
    outcome = draw(st.sampled_from(list(RESULTS))) if answered else None
    made: dict[str, object] = {"received": received, "answered": answered, "outcome": outcome}
    made["applicant"] = draw(st.sampled_from(list(KINDS)))
    for kind in ("review", "suit"):
        if draw(st.booleans()):
            filed = received + timedelta(days=draw(st.integers(0, 300)))
            decided = draw(st.one_of(st.none(), st.integers(0, 300).map(lambda n, day=filed: day + timedelta(days=n))))
            made[f"{kind}_filed"], made[f"{kind}_decided"] = filed, decided
            choices = [one for one in CASES if one != "pending"] if decided else ["pending"]
            made[f"{kind}_outcome"] = draw(st.sampled_from(choices))
    if "suit_filed" in made:
        made["suit_kind"] = draw(st.sampled_from(list(SUIT_KINDS)))
    return made


def as_rows(made: list[dict[str, object]]) -> list[Row]:
    labels = {
        "applicant": KINDS,
        "outcome": RESULTS,
        "review_outcome": CASES,
        "suit_outcome": CASES,
        "suit_kind": SUIT_KINDS,
    }
    rows = []
    for number, one in enumerate(made, 1):
        shown = {name: labels[name][value] if name in labels and value else value for name, value in one.items()}  # type: ignore[index]
        rows.append(row(f"2023-{number}", **shown))
    return rows


def plain_count(made: list[dict[str, object]]) -> Counter[str]:
    """Count as a clerk would: what came in, what was open on both ends of the year, what was answered in it."""
    counted: Counter[str] = Counter()
    for one in made:
        received, answered = one["received"], one["answered"] or date.max
        assert isinstance(received, date)
        assert isinstance(answered, date)
        end = f".{one['applicant']}"
        counted["applications.new" + end] += received.year == YEAR
        counted["applications.carried_in" + end] += received < START <= answered
        counted["applications.carried_out" + end] += received <= END < answered
        if answered.year == YEAR:
            counted[f"applications.{one['outcome']}{end}"] += 1
        for kind in ("review", "suit"):
            if f"{kind}_filed" in one:
                filed, decided = one[f"{kind}_filed"], one[f"{kind}_decided"] or date.max
                assert isinstance(filed, date)
                assert isinstance(decided, date)
                line = "review" if kind == "review" else one["suit_kind"]
                counted[f"disputes.{line}.pending"] += filed <= END < decided
                if decided.year == YEAR:
                    counted[f"disputes.{line}.{one[f'{kind}_outcome']}"] += 1
    return counted


def numbers(tally: Tally) -> Counter[str]:
    return Counter(tally.known())


@quiet
@given(made=st.lists(applications(), max_size=15))
def test_counts_what_a_plain_count_counts(made: list[dict[str, object]], tmp_path: Path) -> None:
    made.append({"received": START, "answered": None, "outcome": None, "applicant": "person"})
    tally = count_rows(tmp_path, as_rows(made)).tally
    assert not tally.unsure
    assert +numbers(tally) == +plain_count(made)
    inputs = {a for table in ("applications", "disputes") for a in FORM.tables[table].addresses} - FORM.totals.keys()
    assert set(tally.known()) == inputs
    # What comes in goes out.
    report = Report(FORM.id, year=YEAR, figures={address: Figure(number) for address, number in tally.known().items()})
    states = {verdict.state for verdict in judge(FORM, report) if verdict.instance.rule.code.startswith("A1")}
    assert states == {State.PASS}


SPOILED = {
    "applicant": ("", "甲类"),
    "outcome": ("什么也不是",),
    "received": ("", "上周", "2023.13.40"),
    "answered": ("上周", "2203-05-06"),
    "review_outcome": ("什么也不是",),
    "review_decided": ("上周",),
    "review_filed": ("上周", ""),
    "suit_kind": ("什么也不是",),
    "suit_outcome": ("什么也不是",),
    "suit_decided": ("上周",),
}


@quiet
@given(made=st.lists(applications(), min_size=1, max_size=8), data=st.data())
def test_a_spoiled_cell_never_makes_a_number_wrong(
    made: list[dict[str, object]], data: st.DataObject, tmp_path: Path
) -> None:
    made.append({"received": START, "answered": None, "outcome": None, "applicant": "person"})
    rows = [dict(one) for one in as_rows(made)]
    for one in rows:
        filled = [name for name in SPOILED if one.get(name)]
        for name in data.draw(st.lists(st.sampled_from(filled), max_size=3)):
            one[name] = data.draw(st.sampled_from(SPOILED[name]))
    ledger = count_rows(tmp_path, rows)
    truth = plain_count(made)
    for address, number in ledger.tally.known().items():
        assert number == truth[address], address
    assert bool(ledger.tally.unsure) <= bool(ledger.errors)


def test_answered_without_outcome_leaves_one_column_open(tmp_path: Path) -> None:
    rows = [row("1", answered=date(2023, 4, 1), outcome=None), row("2", applicant=KINDS["legal"])]
    tally = count_rows(tmp_path, rows).tally
    assert {address.rpartition(".")[2] for address in tally.unsure} == {"person"}
    assert set(tally.unsure) == {f"applications.{item}.person" for item in RESULTS}
    assert tally.known()["applications.new.person"] == 1


@pytest.mark.parametrize("kind", ["review", "suit"])
def test_a_case_without_dates_counts_in_the_year_of_its_application_only(kind: str, tmp_path: Path) -> None:
    column = f"{kind}_outcome"
    line = "review" if kind == "review" else "suit_direct"
    this = count_rows(tmp_path, [row("1", answered=date(2023, 4, 1), **{column: CASES["upheld"]})])
    assert this.tally.known()[f"disputes.{line}.upheld"] == 1
    older = row("1", received=date(2022, 12, 20), answered=date(2023, 1, 5), **{column: CASES["upheld"]})
    assert f"disputes.{line}.upheld" in count_rows(tmp_path, [older]).tally.unsure


def test_a_lawsuit_of_unsaid_kind_follows_from_the_review(tmp_path: Path) -> None:
    suit = {"suit_filed": date(2023, 9, 1)}
    reviewed = {"review_filed": date(2023, 5, 1), "review_decided": date(2023, 6, 1), "review_outcome": CASES["upheld"]}
    known = count_rows(tmp_path, [row("1", **suit), row("2", **suit, **reviewed)]).tally.known()
    assert known["disputes.suit_direct.pending"] == 1
    assert known["disputes.suit_after_review.pending"] == 1


def test_cases_are_not_counted_where_the_ledger_has_no_column_for_them(tmp_path: Path) -> None:
    from xxgk.ledger.read import read_ledger

    from support.ledgers import CAPTIONS, TODAY, write_ledger

    captions = {name: text for name, text in CAPTIONS.items() if not name.startswith("suit")}
    ledger = read_ledger(write_ledger(tmp_path, [row()], captions), FORM, YEAR, TODAY)
    lines = {address.split(".")[1] for address in ledger.tally.known() if address.startswith("disputes")}
    assert lines == {"review"}
