"""Which applications of a ledger stand behind a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xxgk.formats import Form
from xxgk.ledger.entries import Entry
from xxgk.ledger.plan import DATE, Choices, choices_of
from xxgk.ledger.read import Ledger

WHAT = ("filed", "decided", "outcome")  # what a case consists of


def applications_behind(ledger: Ledger, form: Form, address: str) -> Iterator[str]:
    """Yield how many applications the ledger has for the number at ``address``, then a line on each.

    Of a total they are those of its parts. A number that no ledger tells, such as one of 表二, gives one sentence.
    """
    parts = list(_parts(form, address))
    tally = ledger.tally
    if not all(part in tally.rows for part in parts):
        yield "台账里数不出这个数。"
        return
    found = [entry for part in parts for entry in tally.rows[part]]
    unsure = dict.fromkeys(entry.spot for part in parts for entry in tally.unsure.get(part, ()))
    yield f"台账里有 {len(found)} 件{'：' if found else '。'}"
    for entry in sorted(found, key=lambda entry: entry.spot):
        number = entry.number or "（没有编号）"
        yield f"  {ledger.told.row(entry.spot)}　{number}　{_story(ledger, form, address, entry)}"
    if unsure:
        yield f"  还有 {len(unsure)} 件看不出要不要计在这里：{ledger.told.rows(unsure)}。"


def _parts(form: Form, address: str) -> Iterator[str]:
    total = form.totals.get(address)
    if total is None:
        yield address
    else:
        for part in total.parts:
            yield from _parts(form, part)


def _story(ledger: Ledger, form: Form, address: str, entry: Entry) -> str:
    """Return the dates and choices of an application that matter for ``address``, each with the office's caption."""
    kind = next((kind for kind in ("review", "suit") if address.split(".")[1].startswith(kind)), None)
    wanted = ("received", "answered", "outcome") if kind is None else tuple(f"{kind}_{what}" for what in WHAT)
    columns = [ledger.told.plan.column(column_id) for column_id in wanted]
    lists: Mapping[str, Choices] = {c.id: choices_of(form, str(c.choices)) for c in columns if c.choices}
    shown = []
    for column in columns:
        if column.kind == DATE and column.id in entry.dates:
            shown.append(f"{ledger.told.caption(column.id, entry.spot)} {entry.dates[column.id]}")
        elif entry.choices.get(column.id):
            shown.append(lists[column.id].labels[entry.choices[column.id]])
    return "，".join(shown)
