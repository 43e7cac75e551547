"""The figures by which units are compared: those that the form names, and their values."""

from __future__ import annotations

from xxgk.consolidate.model import Values
from xxgk.figures import sum_of
from xxgk.formats import Form
from xxgk.narrative.names import Quantity, quantities
from xxgk.report import Number


def key_figures(form: Form) -> tuple[Quantity, ...]:
    """Return the figures that an office looks at first, in the order that ``form`` gives."""
    known = quantities(form)
    return tuple(known[name] for name in form.key_figures)


def figure_of(key: Quantity, values: Values) -> Number | None:
    """Return what ``values`` have of ``key``, None where a part of it is not known."""
    return sum_of(values, frozenset(), key.addresses)
