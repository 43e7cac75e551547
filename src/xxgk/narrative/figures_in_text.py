"""Claims of the narrative compared with the tables: what every customary reading of a sentence amounts to.

A claim that agrees with one reading is right. One that needs a figure which is blank or unreadable is not judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from xxgk.narrative.claims import Change, Claim, Count, Nothing, Share, Subject, Trend, Uniform
from xxgk.narrative.readings import Reading, Tables
from xxgk.records import Record, replace
from xxgk.report import Number

LEAST_SLIP = 5  # smaller numbers are equal by chance
NEARLY, NEARLY_CASES = Decimal("0.1"), 3  # how much less or more 基本持平 may be: a share, and in cases


class Contradiction(Record):
    """A claim that no reading bears out, and what was tried; ``slip`` is the part that was taken for the whole."""

    claim: Claim
    readings: tuple[Reading, ...]
    slip: Reading | None = None


def contradictions(tables: Tables, claims: Sequence[Claim]) -> Iterator[Contradiction]:
    """Yield the claims that the tables contradict, in order. What follows from a wrong count is not told again."""
    wrong: set[Claim | Subject] = set()
    for claim in claims:
        found = _judged(tables, claim, wrong)
        if found is not None:
            if isinstance(claim, Count):
                wrong.update((claim, claim.subject))
            yield found


def _judged(tables: Tables, claim: Claim, wrong: Collection[Claim | Subject]) -> Contradiction | None:
    if isinstance(claim, Count):
        return _count(tables, claim)
    if isinstance(claim, Nothing):
        return _nothing(tables, claim)
    if isinstance(claim, Uniform):
        return _uniform(tables, claim)
    if isinstance(claim, Share):
        return None if wrong and claim.part in wrong else _share(tables, claim)
    if isinstance(claim, Change):
        return None if wrong and claim.subject in wrong else _change(tables, claim)
    if isinstance(claim, Trend):
        return None if wrong and claim.subject in wrong else _trend(tables, claim)
    raise TypeError(claim)


def _count(tables: Tables, claim: Count) -> Contradiction | None:
    readings = [one for one in tables.readings(claim.subject) if _same_unit(one.unit, claim.unit)]
    if claim.last_year:
        readings = [_of_last_year(one) for one in readings if one.before is not None]
    if not readings or any(one.holds(claim.value, claim.step) for one in readings):
        return None
    return Contradiction(claim, tuple(readings), _slip(tables, claim, readings[0]))


def _nothing(tables: Tables, claim: Nothing) -> Contradiction | None:
    found = [tables.readings(subject) for subject in claim.subjects]
    broken = [readings[0] for readings in found if readings and not any(one.holds(0) for one in readings)]
    return Contradiction(claim, tuple(broken)) if broken else None


def _uniform(tables: Tables, claim: Uniform) -> Contradiction | None:
    """T4: 均维持 is wrong where a case was corrected or is pending; 其他结果 (withdrawn, say) is let pass."""
    wholes = tables.exact(claim.subject)
    columns = claim.columns
    if claim.subject.table == "disputes":
        columns = tuple((*one, "other") for one in columns)
    parts = tables.exact(Subject(claim.subject.table, claim.subject.rows, columns))
    if not wholes or not parts or any(part.value == whole.value for part, whole in zip(parts, wholes, strict=False)):
        return None
    own = tables.exact(Subject(claim.subject.table, claim.subject.rows, claim.columns))
    return Contradiction(claim, (wholes[0], own[0]))


def _share(tables: Tables, claim: Share) -> Contradiction | None:
    wholes = [one for subject in claim.wholes for one in tables.exact(subject)]
    whole_values = {one.value for one in wholes if one.value}
    tolerance = Decimal(1).scaleb(-claim.decimals)
    exact = [Decimal(part) * 100 / Decimal(whole) for part in parts(tables, claim) for whole in whole_values]
    if not exact or any(abs(one - Decimal(claim.percent)) < tolerance for one in exact):
        return None
    return Contradiction(claim, tuple(dict.fromkeys(one for one in wholes if one.value)))


def parts(tables: Tables, claim: Share) -> tuple[Number, ...]:
    """Return what the part of a share amounts to, by its customary readings where the text gives no number."""
    if isinstance(claim.part, Count):
        return (claim.part.value,)
    return tuple(one.value for one in tables.exact(claim.part))


def _readings_of_both_years(tables: Tables, claim: Change | Trend) -> list[Reading]:
    """Return the readings of the claim's subject that last year has too, and that hold this year's number if given."""
    readings = [one for one in tables.exact(claim.subject) if one.before is not None]
    return readings if claim.now is None else [one for one in readings if one.holds(claim.now)]


def _change(tables: Tables, claim: Change) -> Contradiction | None:
    readings = _readings_of_both_years(tables, claim)
    if not readings or any(_changed_so(one, claim) for one in readings):
        return None
    return Contradiction(claim, tuple(readings))


def _trend(tables: Tables, claim: Trend) -> Contradiction | None:
    readings = _readings_of_both_years(tables, claim)
    if not readings or any(_went_so(one, claim) for one in readings):
        return None
    return Contradiction(claim, tuple(readings))


def _went_so(reading: Reading, claim: Trend) -> bool:
    before = reading.before
    assert before is not None
    difference = reading.value - before
    if claim.nearly:
        return abs(Decimal(difference)) <= max(Decimal(NEARLY_CASES), NEARLY * before)
    return difference == 0 if claim.direction == 0 else difference * claim.direction > 0


def _changed_so(reading: Reading, claim: Change) -> bool:
    before = reading.before
    assert before is not None
    difference = reading.value - before
    if not claim.percent:
        return difference == claim.value
    if not before:
        return True  # from nothing to something: no percentage says that
    exact = Decimal(difference) * 100 / Decimal(before)
    return abs(exact - Decimal(claim.value)) < Decimal(1).scaleb(-claim.decimals)


def _of_last_year(reading: Reading) -> Reading:
    before = reading.before
    assert before is not None
    return replace(reading, value=before, stated=before)


def _same_unit(unit: str, claimed: str) -> bool:
    """Tell whether a claim in ``claimed`` ("" after 为零) can be about a figure in ``unit``."""
    return not claimed or claimed.endswith("元") == unit.endswith("元")


def _slip(tables: Tables, claim: Count, reading: Reading) -> Reading | None:
    """Return the column or row whose number was written in place of the sum (258, only those of 自然人)."""
    if claim.value < LEAST_SLIP or claim.last_year:
        return None
    return next((part for part in tables.parts(reading) if part.value == claim.value), None)
