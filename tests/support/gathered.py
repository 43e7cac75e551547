"""Many units' reports for the tests of what consolidation gives: made in memory, seeded, with faults where told."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from random import Random

from xxgk.checks import check
from xxgk.consolidate.gather import Wanted, gather
from xxgk.consolidate.model import Gathered, Roster, Source, Taken, Unit
from xxgk.figures import known_values
from xxgk.records import replace
from xxgk.report import Report

from support.reports import FORM, report_of, sound_previous, sound_values, with_figure

YEAR = 2023
COUNTY = Unit("青山县人民政府", "41", "county")
DUE = date(2024, 1, 25)


def unit(number: int) -> Unit:
    """Return a township of the county."""
    return Unit(f"第{number}镇人民政府", f"41{number:04d}", "township", COUNTY.id, f"张三 1380000{number:04d}", DUE)


def report(number: int) -> Report:
    """Return a sound report of that township, with last year's figures."""
    values = sound_values(Random(number))
    made = report_of(values, {**sound_values(Random(number + 1_000_000)), **sound_previous(values)})
    last = made.previous
    assert last is not None
    return replace(made, unit=unit(number).name, previous=replace(last, year=YEAR - 1))


def faulty(sound: Report) -> Report:
    """Return ``sound`` with a total that is not the sum of its parts."""
    return with_figure(sound, "disputes.review.total", 99_999)


def taken(made: Report, name: str, modified: date = date(2024, 1, 20)) -> Taken:
    """Return what a file with the report gives."""
    last = made.previous
    fields = {field: figure.value for field, figure in made.fields.items() if figure.value is not None}
    return Taken(
        Source(Path(name), name),
        digest=hashlib.sha256(name.encode()).hexdigest(),
        modified=modified,
        unit=made.unit,
        level=made.level,
        year=made.year,
        form=made.form,
        signed=made.date,
        values={**known_values(FORM, made.figures), **fields},
        last=known_values(FORM, last.figures) if last else {},
        last_year=last.year if last else None,
        last_form=last.form if last else "",
        findings=check(made, FORM),
    )


def county(units: int) -> Gathered:
    """Return a county of so many townships: of each ten one handed in nothing, one was late, one has a wrong total.

    The last one's file is of the year before.
    """
    members = tuple(unit(number) for number in range(units))
    files = []
    for number in range(units):
        made = faulty(report(number)) if number % 10 == 3 else report(number)
        if number == units - 1:
            made = replace(made, year=YEAR - 1)
        if number % 10 != 1:
            files.append(taken(made, f"报来/{unit(number).name}.xlsx", date(2024, 1, 28 if number % 10 == 2 else 20)))
    return gather(files, Wanted(Roster((COUNTY, *members)), YEAR))
