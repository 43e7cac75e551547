"""What the figures of a report amount to: totals computed, rules judged. Pure functions.

A blank or unreadable figure is unknown, never 0; a sum or a rule that needs it is unknown too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum

from xxgk.formats import Form, Kind, KindCheck, RuleInstance, Term, form_ids, load_form
from xxgk.records import Record, replace
from xxgk.report import Figure, Number, Reading, Report
from xxgk.texts import BLANKS

PLACES = 6  # differences beyond this many decimals are noise of binary fractions
WHOLE_PLACES = 10  # a count that is whole to this many decimals is whole

ERROR_VALUE = r"#(?:N/A|[A-Z0-9/]+[!?])"  # what a cell shows whose formula failed

Values = Mapping[str, Number]


class State(Enum):
    """The outcome of a rule, in the words of the 校验 sheet."""

    PASS = "通过"
    FAIL = "不通过"
    EXPLAINED = "已说明"  # it fails, and the reason is given where the form allows one
    UNJUDGED = "未判"


class Verdict(Record):
    """A judged rule: both sides (None where unknown), their difference, and the outcome."""

    instance: RuleInstance
    state: State
    left: Number | None
    right: Number | None
    difference: Number | None


class KindVerdict(Record):
    """Whether the numbers of one kind in one table are what they may be; ``wrong`` lists those that are not.

    ``count`` is how many are wrong, or None where a cell holds an error value: the workbook cannot count then.
    """

    check: KindCheck
    state: State
    wrong: tuple[str, ...]
    count: int | None


def known_values(form: Form, figures: Mapping[str, Figure]) -> dict[str, Number]:
    """Return every number that is known: typed, stated, or computed from known parts.

    Rows that a fold merges into another count as 0 in sums and are not in the result.
    """
    values = {address: figure.value for address, figure in figures.items() if figure.value is not None}
    absent = folded_addresses(form, figures)
    for total in form.totals.values():
        if not is_stated(figures.get(total.address)) and total.address not in absent:
            value = sum_of(values, absent, total.parts)
            if value is not None:
                values[total.address] = value
    return values


def is_stated(figure: Figure | None) -> bool:
    """Tell whether a cell holds something typed, readable or not, rather than nothing or the formula of a total."""
    return figure is not None and (figure.value is not None or figure.reading is not Reading.NUMBER)


def folded_addresses(form: Form, figures: Mapping[str, Figure]) -> frozenset[str]:
    """Return the addresses that are not asked for, because a fold holds (see ``Fold``)."""
    found: set[str] = set()
    for fold in form.folds:
        marker = figures.get(fold.marker)
        remarked = marker is not None and marker.note == fold.remark
        if remarked and not any(is_stated(figures.get(a)) for a in fold.absent_addresses):
            found.update(fold.absent_addresses)
    return frozenset(found)


def sum_of(values: Values, absent: frozenset[str], addresses: Iterable[str]) -> Number | None:
    """Return the sum of the figures at ``addresses``, or None when one of them is unknown."""
    try:
        return sum([values[address] for address in addresses if address in values or address not in absent])
    except KeyError:
        return None


def sum_known(values: Values, absent: frozenset[str], terms: Iterable[Term]) -> Number | None:
    """Return the signed sum of ``terms``, or None when one of them is unknown."""
    total: Number = 0
    for term in terms:
        value = values.get(term.address)
        if value is None:
            if term.address in absent:
                continue
            return None
        total += term.sign * value
    return total


def without_computed_totals(form: Form, figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """Return ``figures`` less the totals that equal the sum of their parts and have no remark.

    What remains of the totals is stated: a published mistake, or a sum of unknown parts.
    """
    values = {address: figure.value for address, figure in figures.items() if figure.value is not None}
    absent = folded_addresses(form, figures)
    kept = dict(figures)
    for total in form.totals.values():
        figure = figures.get(total.address)
        if figure is None or figure.value is None or figure.reading is not Reading.NUMBER:
            continue
        if figure.value == sum_of(values, absent, total.parts):
            if figure.note:
                kept[total.address] = replace(figure, value=None)
            else:
                del kept[total.address]
    return kept


def values_of_last_year(form: Form, last: Report) -> dict[str, Number]:
    """Return every number of last year's report that is known, at the addresses that both forms share or its own has.

    ``form`` is this year's; last year's own may have fewer rows to add up.
    """
    values = known_values(form, last.figures)
    if last.form != form.id and last.form in form_ids():
        values.update(known_values(load_form(last.form), last.figures))
    return values


def same_as_last_year(form: Form, last_form: str, year: int | None) -> dict[str, str]:
    """Return which figures of the report for ``year`` must equal which of last year's, by the rules of ``form``."""
    same: dict[str, str] = {}
    for instance in form.instances:
        rule, sides = instance.rule, (instance.left, instance.right)
        if rule.op != "=" or not rule.applies(year) or (rule.previous_forms and last_form not in rule.previous_forms):
            continue
        if all(len(side) == 1 and side[0].sign == 1 for side in sides):
            here, before = instance.left[0], instance.right[0]
            if before.previous and not here.previous:
                same[here.address] = before.address
    return same


def judge(form: Form, report: Report) -> tuple[Verdict, ...]:
    """Return a verdict for every rule of ``form``, in the form's order.

    A rule that does not hold for the report's year is not judged.
    """
    this = known_values(form, report.figures)
    absent = folded_addresses(form, report.figures)
    last: Values = {}
    if report.previous is not None:
        last = known_values(form, report.previous.figures)
    last_form = report.previous.form if report.previous is not None else ""
    explained = frozenset(entry.address for entry in report.explanations if entry.reason.strip(BLANKS))
    return tuple(
        _judge_one(instance, this, last, last_form, absent, explained)
        if instance.rule.applies(report.year)
        else Verdict(instance, State.UNJUDGED, None, None, None)
        for instance in form.instances
    )


def judge_kinds(form: Form, report: Report) -> tuple[KindVerdict, ...]:
    """Return a verdict for every kind of number in every table (R5), in the form's order.

    Computed totals count too, as they do in the workbook; unreadable cells do not. A check with an
    error value (#N/A) among its cells is not judged, though ``wrong`` still lists what is wrong.
    """
    figures = {**report.figures, **report.fields}
    values = known_values(form, report.figures)
    values.update({field: figure.value for field, figure in report.fields.items() if figure.value is not None})
    errors = {address for address, figure in figures.items() if _is_error(figure)}
    verdicts = []
    for check in form.kind_checks:
        known = [address for address in check.addresses if address in values]
        wrong = tuple(a for a in known if not _is_of_kind(values[a], check.kind))
        if not errors.isdisjoint(check.addresses):
            verdicts.append(KindVerdict(check, State.UNJUDGED, wrong, None))
        else:
            state = State.FAIL if wrong else State.PASS if known else State.UNJUDGED
            verdicts.append(KindVerdict(check, state, wrong, len(wrong)))
    return tuple(verdicts)


def _is_error(figure: Figure) -> bool:
    return figure.reading is Reading.UNREADABLE and re.fullmatch(ERROR_VALUE, figure.seen) is not None


def _is_of_kind(value: Number, kind: Kind) -> bool:
    whole = isinstance(value, int) or not kind.integer or round(value, WHOLE_PLACES) == int(value)
    return whole and (kind.signed or value >= 0)


def _judge_one(
    instance: RuleInstance,
    this: Values,
    last: Values,
    last_form: str,
    absent: frozenset[str],
    explained: frozenset[str],
) -> Verdict:
    rule = instance.rule
    if rule.previous_forms and last_form not in rule.previous_forms:
        last = {}
    left, right = _side(instance.left, this, last, absent), _side(instance.right, this, last, absent)
    if left is None or right is None:
        return Verdict(instance, State.UNJUDGED, left, right, None)
    difference = _rounded(left - right)
    holds = {"=": difference == 0, "<=": difference <= 0, ">=": difference >= 0}[rule.op]
    failed = State.EXPLAINED if rule.explainable and instance.left[0].address in explained else State.FAIL
    return Verdict(instance, State.PASS if holds else failed, left, right, difference)


def _side(terms: tuple[Term, ...], this: Values, last: Values, absent: frozenset[str]) -> Number | None:
    total: Number = 0
    for term in terms:
        value = (last if term.previous else this).get(term.address)
        if value is not None:
            total += term.sign * value
        elif term.previous or term.address not in absent:
            return None
    return total


def _rounded(value: Number) -> Number:
    if isinstance(value, Decimal):
        value = round(value, PLACES)
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value
