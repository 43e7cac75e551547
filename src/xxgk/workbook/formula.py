"""A formula of the workbook with the value it has for a given report; and the sums that formulas are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xxgk.figures import KindVerdict, Values, Verdict, folded_addresses, judge, judge_kinds, known_values
from xxgk.formats import Fold, Form, Term
from xxgk.records import Record
from xxgk.report import Number, Report
from xxgk.workbook.layout import Layout
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.references import ranges, reference

CellValue = Number | str


class Snapshot(Record):
    """What the formulas' values are computed from."""

    report: Report
    values: Values
    previous: Values
    folded: frozenset[str]
    verdicts: dict[str, Verdict]
    kinds: dict[str, KindVerdict]


class Formula(Record):
    """A formula cell: its text with the leading ``=``, and its value for a snapshot."""

    cell: Cell
    text: str
    value: Callable[[Snapshot], CellValue]


def snapshot(form: Form, report: Report) -> Snapshot:
    """Return what the workbook's formulas would find in ``report``."""
    previous: Values = known_values(form, report.previous.figures) if report.previous else {}
    return Snapshot(
        report,
        known_values(form, report.figures),
        previous,
        folded_addresses(form, report.figures),
        {verdict.instance.id: verdict for verdict in judge(form, report)},
        {verdict.check.id: verdict for verdict in judge_kinds(form, report)},
    )


def blank(value: Number | None) -> CellValue:
    """Return what a cell shows for ``value``: nothing where it is unknown."""
    return "" if value is None else value


def _fold_of(folds: Sequence[Fold], addresses: Sequence[str]) -> tuple[Fold, int] | None:
    """Return the fold that may leave some of ``addresses`` blank, and how many of them."""
    for fold in folds:
        count = sum(address in fold.absent_addresses for address in addresses)
        if count:
            return fold, count
    return None


def signed_sum(layout: Layout, terms: Sequence[Term], sheet: str, folds: Sequence[Fold]) -> tuple[str, str]:
    """Return two expressions: whether every term is a number, or may be blank by one of ``folds``; the signed sum."""
    groups: dict[tuple[int, bool], list[Term]] = {}
    for term in terms:
        groups.setdefault((term.sign, term.previous), []).append(term)
    total, known = "", []
    for (sign, previous), group in groups.items():
        where = layout.previous if previous else layout.figures
        text = ranges((where[term.address] for term in group), sheet)
        total += ("-" if sign < 0 else "+" if total else "") + f"SUM({text})"
        count = f"COUNT({text})"
        fold = None if previous else _fold_of(folds, [term.address for term in group])
        if fold:
            count += f"+{fold[1]}*{reference(layout.folds[fold[0].id], sheet)}"
        known.append(f"{count}={len(group)}")
    return (known[0] if len(known) == 1 else f"AND({','.join(known)})"), total
