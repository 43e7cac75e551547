"""Two reports made one: what the new one says, over what the base already has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from xxgk.figures import is_stated, known_values
from xxgk.formats import Form, load_form
from xxgk.records import replace
from xxgk.report import UNKNOWN_LEVEL, Figure, Reading, Report

TEXTS = ("unit", "short_name", "title", "signature")
_T = TypeVar("_T")


def merge_reports(base: Report, new: Report) -> Report:
    """Return ``base`` with everything that ``new`` has: values, remarks, whole parts of text, last year's figures.

    What ``new`` leaves out stays. Form, places and reader's remarks are the base's, since that is the
    file to be written. A total that ``base`` states goes when ``new`` brings a sum of its own for it.
    """
    return _merged(load_form(base.form), base, new)


def _merged(form: Form, base: Report, new: Report) -> Report:
    texts = {key: getattr(new, key) or getattr(base, key) for key in TEXTS}
    return replace(
        base,
        **texts,
        year=base.year if new.year is None else new.year,
        level=base.level if new.level == UNKNOWN_LEVEL else new.level,
        figures=_figures(form, base.figures, new.figures),
        table_notes={**base.table_notes, **new.table_notes},
        narrative={**base.narrative, **{part: text for part, text in new.narrative.items() if text}},
        fields=_over(base.fields, new.fields),
        date=new.date or base.date,
        previous=_previous(form, base.previous, new.previous),
        explanations=_listed(base.explanations, new.explanations, lambda entry: entry.address),
        waivers=_listed(base.waivers, new.waivers, lambda entry: entry.code),
    )


def _figures(form: Form, base: Mapping[str, Figure], new: Mapping[str, Figure]) -> dict[str, Figure]:
    computed = {a for a in known_values(form, new) if a in form.totals and not is_stated(new.get(a))}
    kept = {}
    for address, figure in base.items():
        if address not in computed:
            kept[address] = figure
        elif figure.note:
            kept[address] = Figure(None, figure.note, place=figure.place)
    return _over(kept, new)


def _over(base: Mapping[str, Figure], new: Mapping[str, Figure]) -> dict[str, Figure]:
    """Return the figures of both; where both have one, the new value and the new remark count if there is any.

    What the new file has instead of a number ("/", 见附件) is never taken.
    """
    merged = dict(base)
    for address, figure in new.items():
        old = base.get(address)
        if figure.value is None and not figure.note:
            continue
        if old is None:
            merged[address] = replace(figure, seen="", reading=Reading.NUMBER, place=None)
        elif figure.value is None or (figure.value == old.value and old.reading is Reading.NUMBER):
            merged[address] = replace(old, note=figure.note or old.note)
        else:
            # What was remarked on the old number does not hold for another one.
            note = figure.note or (old.note if figure.value == old.value else "")
            merged[address] = Figure(figure.value, note, place=old.place)
    return merged


def _previous(form: Form, base: Report | None, new: Report | None) -> Report | None:
    """Return last year's report: of both when they are of the same year and form, else the new one.

    ``form`` is this year's, in whose addresses last year's figures are kept.
    """
    if new is None:
        return base
    if base is None or (base.year, base.form) != (new.year, new.form):
        return replace(new, figures=_over({}, new.figures))
    return _merged(form, base, new)


def _listed(base: Iterable[_T], new: Collection[_T], key: Callable[[_T], str]) -> tuple[_T, ...]:
    """Return the entries of both lists, without those of ``base`` that ``new`` has by the same key."""
    newer = {key(entry) for entry in new}
    return (*(entry for entry in base if key(entry) not in newer), *new)
