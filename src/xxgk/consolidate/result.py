"""The report of the unit that adds up: the sums in its tables, everything that its office has written kept."""

from __future__ import annotations

from collections.abc import Mapping

from xxgk.consolidate.model import Sum, Values
from xxgk.consolidate.sums import folded
from xxgk.consolidate.tree import TOP
from xxgk.figures import without_computed_totals
from xxgk.formats import Form, FormError, form_for_year
from xxgk.records import replace
from xxgk.report import UNKNOWN_LEVEL, Figure, Report


def report_of(of: Sum, form: Form, year: int, base: Report | None = None) -> Report:
    """Return the report of the sum ``of``; ``base`` is what the unit's workbook says so far.

    All figures of this year are the sums; where there is none, the cell is blank. Totals are not stated. Last year's
    figures are the sums where every unit has them, else they stay as they are. Texts and remarks stay.
    """
    base = base or Report(form.id)
    name = "" if of.unit.name == TOP else of.unit.name
    figures = _figures(of.totals, base.figures, frozenset(form.totals))
    fields = frozenset(field.id for field in form.fields)
    return replace(
        base,
        unit=base.unit or name,
        year=year,
        level=of.unit.level if base.level == UNKNOWN_LEVEL else base.level,
        figures={a: f for a, f in {**figures, **folded(form, of.absent, figures)}.items() if a not in fields},
        fields={address: figure for address, figure in figures.items() if address in fields},
        previous=_previous(of, form, year, base.previous),
        places={},
        remarks=(),
    )


def _figures(values: Values, base: Mapping[str, Figure], totals: frozenset[str]) -> dict[str, Figure]:
    """Return ``values`` but for totals, with the remarks that stand beside them."""
    figures = {a: Figure(value, _note(base, a)) for a, value in values.items() if a not in totals}
    blank = (address for address, figure in base.items() if figure.note and address not in figures)
    return {**figures, **{address: Figure(None, base[address].note) for address in blank}}


def _note(base: Mapping[str, Figure], address: str) -> str:
    figure = base.get(address)
    return figure.note if figure else ""


def _previous(of: Sum, form: Form, year: int, base: Report | None) -> Report | None:
    """Return last year's figures; what the workbook has of last year's text stays."""
    if not of.last:
        return base
    try:
        last_form = form_for_year(year - 1)
    except FormError:
        return base
    before = base if base is not None and base.year == year - 1 else Report(last_form.id)
    figures = without_computed_totals(last_form, {address: Figure(value) for address, value in of.last.items()})
    return replace(before, form=last_form.id, unit=of.unit.name, year=year - 1, figures=figures)
