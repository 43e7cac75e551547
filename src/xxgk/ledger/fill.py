"""A counted ledger as figures for a report: what is new, what stays as staff typed it, what is not certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xxgk.checks.finding import ERROR, SEVERITY_WORDS
from xxgk.figures import is_stated
from xxgk.formats import Form
from xxgk.ledger.counting import CARRIED_IN, CARRIED_OUT, NEW, Tally
from xxgk.ledger.plan import APPLICATIONS
from xxgk.ledger.read import Ledger
from xxgk.records import Record
from xxgk.report import Figure, Report

LISTED = 6  # cells that one sentence names


class LedgerFigures(Record):
    """``new`` are the figures to write. ``kept`` has the count where the report says something else already.

    ``unsure`` are addresses whose number the ledger does not tell.
    """

    new: Mapping[str, Figure]
    kept: Mapping[str, int]
    unsure: tuple[str, ...]


def figures_from(base: Report, tally: Tally, *, over: bool) -> LedgerFigures:
    """Return what the counted ledger says about the figures of ``base``; ``over`` lets it replace what was typed."""
    new: dict[str, Figure] = {}
    kept: dict[str, int] = {}
    for address, number in tally.known().items():
        typed = base.figures.get(address)
        if typed is None or not is_stated(typed) or over:
            new[address] = Figure(number)
        elif typed.value != number:
            kept[address] = number
    return LedgerFigures(new, kept, tuple(tally.unsure))


def summary(ledger: Ledger, form: Form) -> Iterator[str]:
    """Yield what the ledger amounts to, then a line on each thing in it that is no error."""
    table = form.tables[APPLICATIONS]
    rows = {NEW: (NEW,), CARRIED_IN: (CARRIED_IN,), "processed": table.sets["items"], CARRIED_OUT: (CARRIED_OUT,)}
    told = []
    for label, parts in rows.items():
        ends = [f"{APPLICATIONS}.{part}.{one}" for part in parts for one in table.sets["applicants"]]
        number = sum(len(ledger.tally.rows[address]) for address in ends)
        doubt = "（不全）" if any(address in ledger.tally.unsure for address in ends) else ""
        told.append(f"{table.member_label('rows', label).split(' ')[-1]} {number} 件{doubt}")
    yield f"台账里 {ledger.year} 年：{'，'.join(told)}。"
    for note in ledger.notes:
        if note.severity != ERROR:
            yield f"{SEVERITY_WORDS[note.severity]}　{note.text}"


def kept_lines(form: Form, base: Report, found: LedgerFigures) -> Iterator[str]:
    """Yield a line for each figure that stays as staff typed it though the ledger says something else."""
    for address, number in found.kept.items():
        typed = base.figures[address]
        seen = typed.seen if typed.value is None else str(typed.value)
        yield f"{_where(form, address)}：填的是 {seen}，台账里是 {number}。"


def unsure_lines(form: Form, ledger: Ledger, found: LedgerFigures) -> Iterator[str]:
    """Yield the errors of the ledger, then the cells that were left alone because of them."""
    for note in ledger.errors:
        yield note.text
    if found.unsure:
        cells = "；".join(_where(form, address) for address in found.unsure[:LISTED])
        more = f"……共 {len(found.unsure)} 格" if len(found.unsure) > LISTED else ""
        yield f"因为这些行，下面的格子没有填，改好台账再填一次：{cells}{more}。"


def _where(form: Form, address: str) -> str:
    table = form.table_of(address)
    assert table is not None
    return f"{table.name} {' › '.join(table.labels[address])}"
