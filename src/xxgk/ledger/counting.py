"""Applications counted into tables 三 and 四 of one year, by the dates on which they came and went.

An application of which something is not known may belong to several cells; those are not certain then, and all others
are. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

from xxgk.formats import Form
from xxgk.ledger.entries import Entry
from xxgk.ledger.plan import APPLICATIONS, DISPUTES, PENDING, REVIEW, UNDECIDED
from xxgk.records import Record

NEW, CARRIED_IN, CARRIED_OUT = "new", "carried_in", "carried_out"
SUIT = "suit"
CASES = (REVIEW, SUIT)
CASE_COLUMNS = {kind: frozenset(f"{kind}_{what}" for what in ("filed", "decided", "outcome")) for kind in CASES}
SUIT_DIRECT, SUIT_AFTER_REVIEW = "suit_direct", "suit_after_review"


class Tally(Record):
    """What was counted. ``rows`` has the applications of every cell of the tables that is no total, by address.

    ``unsure`` has those that may belong to a cell; its number is not known then. ``concerned`` are all
    applications that have to do with the year.
    """

    rows: Mapping[str, tuple[Entry, ...]]
    unsure: Mapping[str, tuple[Entry, ...]]
    concerned: tuple[Entry, ...]

    def known(self) -> dict[str, int]:
        """Return the numbers that are certain, by address; a cell without applications has 0."""
        return {address: len(rows) for address, rows in self.rows.items() if address not in self.unsure}


class Share(Record):
    """The rows of a table to which an application belongs for certain, and those to which it may."""

    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()


def count(entries: Iterable[Entry], form: Form, year: int, cases: frozenset[str]) -> Tally:
    """Return how ``entries`` fill tables 三 and 四 of the report of ``year``.

    ``cases`` tells which kinds of case the ledger has columns for: ``review``, ``suit``; of the others nothing is
    known, so their cells are absent.
    """
    applications, disputes = form.tables[APPLICATIONS], form.tables[DISPUTES]
    items, applicants = applications.sets["items"], applications.sets["applicants"]
    rows: dict[str, list[Entry]] = {
        f"{APPLICATIONS}.{row}.{one}": [] for row in (NEW, CARRIED_IN, *items, CARRIED_OUT) for one in applicants
    }
    for row in disputes.rows:
        if (REVIEW if row.id == REVIEW else SUIT) in cases:
            rows.update({f"{DISPUTES}.{row.id}.{one}": [] for one in disputes.sets["outcomes"]})
    unsure: dict[str, list[Entry]] = {}
    concerned = []
    for entry in entries:
        certain, possible = _cells(entry, form, year, rows)
        for address in certain:
            rows[address].append(entry)
        for address in possible:
            unsure.setdefault(address, []).append(entry)
        if certain or possible:
            concerned.append(entry)
    return Tally(
        {address: tuple(found) for address, found in rows.items()},
        {address: tuple(unsure[address]) for address in rows if address in unsure},
        tuple(concerned),
    )


def contradictory(entry: Entry) -> bool:
    """Tell whether an application was answered before it came."""
    received, answered = entry.dates.get("received"), entry.dates.get("answered")
    return answered is not None and received is not None and answered < received


def outcome_of(entry: Entry) -> str | None:
    """Return the row of the outcome: None where it is not known, "" while the application is open."""
    if entry.unclear("outcome"):
        return None
    outcome = entry.choices.get("outcome", UNDECIDED)
    return None if outcome == UNDECIDED and "answered" in entry.dates else outcome


def share_of(entry: Entry, items: Iterable[str], year: int) -> Share:
    """Return the rows of 表三 to which an application belongs in ``year``, whoever applied."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    received, answered = entry.dates.get("received"), entry.dates.get("answered")
    outcome = outcome_of(entry)
    outcomes = frozenset(items) if outcome is None else frozenset((outcome,)) if outcome else frozenset()
    # Something says that it was answered, but not when.
    undated = answered is None and (entry.unclear("answered") or bool(outcome) or entry.unclear("outcome"))
    if answered is not None and received is not None and answered < received and start <= received and answered <= end:
        return Share(possible=frozenset((NEW, CARRIED_IN, CARRIED_OUT)) | outcomes)
    if (answered is not None and answered < start) or (received is not None and received > end):
        return Share()
    coming = frozenset((NEW, CARRIED_IN) if received is None else (NEW,) if received >= start else (CARRIED_IN,))
    if undated:
        # Of last year's, nobody knows whether it was still open on 1 January.
        certain = coming if coming == {NEW} else frozenset()
        return Share(certain, (coming - certain) | (outcomes or frozenset(items)) | {CARRIED_OUT})
    if answered is None or answered > end:
        both = coming | {CARRIED_OUT}
        # Without a day of receipt it may not even have come before the end of the year.
        return Share(possible=both) if received is None else Share(both)
    done, maybe = (outcomes, frozenset[str]()) if outcome else (frozenset[str](), outcomes)
    return Share(done, coming | maybe) if received is None else Share(coming | done, maybe)


def case_share(entry: Entry, kind: str, outcomes: Iterable[str], year: int) -> Share:
    """Return the columns of 表四 to which an application's case of ``kind`` (review, suit) belongs in ``year``.

    A case counts by its outcome in the year in which it was decided, and as pending where it was not decided by
    31 December. Of an application that came in that very year no case is older, so that an outcome without a
    date is one of that year.
    """
    start, end = date(year, 1, 1), date(year, 12, 31)
    column = f"{kind}_outcome"
    filed, decided = entry.dates.get(f"{kind}_filed"), entry.dates.get(f"{kind}_decided")
    outcome = entry.choices.get(column, UNDECIDED)
    if not has_case(entry, kind):
        return Share()
    if (filed is not None and filed > end) or (decided is not None and decided < start):
        return Share()
    unclear = not CASE_COLUMNS[kind].isdisjoint(entry.doubts)
    if decided is not None and not unclear and (filed is None or filed <= decided):
        if decided > end:
            return Share(frozenset((PENDING,))) if filed is not None else Share(possible=frozenset((PENDING,)))
        if outcome not in (UNDECIDED, PENDING):
            return Share(frozenset((outcome,)))
    elif decided is None and not unclear:
        received = entry.dates.get("received")
        of_year = received is not None and start <= received <= end
        if outcome in (UNDECIDED, PENDING) and (filed is not None or of_year):
            return Share(frozenset((PENDING,)))
        if outcome not in (UNDECIDED, PENDING) and of_year:
            return Share(frozenset((outcome,)))
        if received is not None and received > end:
            return Share()
    return Share(possible=frozenset(outcomes))


def has_case(entry: Entry, kind: str) -> bool:
    """Tell whether anything is filled in of a case of ``kind``."""
    columns = CASE_COLUMNS[kind]
    if not (columns.isdisjoint(entry.dates) and columns.isdisjoint(entry.doubts)):
        return True
    return entry.choices.get(f"{kind}_outcome", UNDECIDED) != UNDECIDED


def suit_rows(entry: Entry) -> tuple[str, ...]:
    """Return the row of 表四 for an application's lawsuit; both where that is not known."""
    if entry.unclear("suit_kind"):
        return (SUIT_DIRECT, SUIT_AFTER_REVIEW)
    kind = entry.choices.get("suit_kind")
    return (kind,) if kind else (SUIT_AFTER_REVIEW if has_case(entry, REVIEW) else SUIT_DIRECT,)


def _cells(entry: Entry, form: Form, year: int, known: Container[str]) -> tuple[list[str], list[str]]:
    """Return those of the ``known`` addresses to which ``entry`` belongs for certain, and those to which it may."""
    certain: list[str] = []
    possible: list[str] = []
    items, applicants = (form.tables[APPLICATIONS].sets[name] for name in ("items", "applicants"))
    share = share_of(entry, items, year)
    applicant = entry.choices.get("applicant")
    for one in (applicant,) if applicant else applicants:
        (certain if applicant else possible).extend(f"{APPLICATIONS}.{row}.{one}" for row in share.certain)
        possible += (f"{APPLICATIONS}.{row}.{one}" for row in share.possible)
    for kind in CASES:
        case = case_share(entry, kind, form.tables[DISPUTES].sets["outcomes"], year)
        rows = (REVIEW,) if kind == REVIEW else suit_rows(entry)
        for row in rows:
            (certain if len(rows) == 1 else possible).extend(f"{DISPUTES}.{row}.{one}" for one in case.certain)
            possible += (f"{DISPUTES}.{row}.{one}" for one in case.possible)
    return [a for a in certain if a in known], [a for a in possible if a in known]
