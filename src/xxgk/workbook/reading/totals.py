"""Totals whose stored results are not the sums: what previews and phones show is not what is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xxgk.figures import PLACES, folded_addresses, sum_of
from xxgk.report import Figure, Number, Remark
from xxgk.workbook.reading.known import place_of
from xxgk.workbook.reading.locate import Places
from xxgk.workbook.reading.numbers import stored_number
from xxgk.xlsx.cells import Holds


def stale_totals(places: Places, figures: Mapping[str, Figure]) -> Iterator[Remark]:
    """Yield a remark, once a table, on a total that is blank or whose stored result is not the sum of ``figures``."""
    form = places.form
    results = dict(_stored_results(places))
    values = {address: figure.value for address, figure in figures.items() if figure.value is not None}
    values.update((address, value) for address, value in results.items() if value is not None)
    absent = folded_addresses(form, figures)
    remarked = set()
    for address, result in results.items():
        table = address.partition(".")[0]
        expected = sum_of(values, absent, form.totals[address].parts)
        if expected is None or table in remarked:
            continue
        if result is None or round(result - expected, PLACES):
            remarked.add(table)
            seen = "" if result is None else str(result)
            place = place_of(places.figures[address])
            yield Remark("S114", seen, str(expected), address, form.labels_of(address), place)


def _stored_results(places: Places) -> Iterator[tuple[str, Number | None]]:
    """Yield what each formula of a total has stored as its result; None for a total's cell that is blank."""
    for address in places.form.totals:
        cell = places.figures.get(address)
        content = None if cell is None else places.content(cell)
        if content is not None and content.formula and content.holds is Holds.NUMBER:
            value = stored_number(content.text)
            if value is not None:
                yield address, value
        elif cell is not None and content is None:
            yield address, None
