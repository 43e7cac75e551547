"""The sums, from the bottom up. A blank is not 0: where a unit that counts has one, there is no sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import count

from xxgk.consolidate.lean import figures_of
from xxgk.consolidate.model import Adjustment, Handed, Member, Standing, Sum, Unit, Values
from xxgk.consolidate.standing import VERTICAL
from xxgk.consolidate.store import Shelf
from xxgk.consolidate.tree import Tree
from xxgk.figures import known_values
from xxgk.formats import Form
from xxgk.records import Record, replace
from xxgk.report import Figure, Number


class LastYear(Record):
    """Which reports of the year before count: their year, and the id of the form of that year."""

    year: int
    form: str


class Added(Record):
    """Every sum, from the top down, and the units that have none; see ``Gathered``."""

    sums: Shelf[Sum]
    alone: Shelf[Member]


def add_up(
    tree: Tree, handed: Shelf[Handed], form: Form, last: LastYear, adjustments: Iterable[Adjustment] = ()
) -> Added:
    """Return the sum of every unit that has others under it. ``handed`` are the files by the id of their unit.

    A unit with others under it counts with the sum of those; with its own report only where nothing of them counts.
    Of a file that is only compared with such a sum, ``handed`` says so afterwards.
    """
    adder = _Adder(tree, handed, form, last, tuple(adjustments))
    adder.member(tree.top)
    return Added(adder.sums, adder.members)


def parts_of(form: Form) -> tuple[str, ...]:
    """Return the addresses that are added up: of the tables what is no total, and the single fields."""
    typed = (address for table in form.tables.values() for address in table.addresses if address not in form.totals)
    return (*typed, *(field.id for field in form.fields))


class _Adder:
    """Remembers the sums of the units below."""

    def __init__(
        self, tree: Tree, handed: Shelf[Handed], form: Form, last: LastYear, adjustments: tuple[Adjustment, ...]
    ) -> None:
        self.tree, self.handed, self.form, self.last, self.adjustments = tree, handed, form, last, adjustments
        self.parts = parts_of(form)
        self.sums: Shelf[Sum] = Shelf(handed.store)
        self.members: Shelf[Member] = Shelf(handed.store)
        self.missing: dict[str, tuple[Unit, ...]] = {}  # of sums that are not yet in one themselves
        self.places = count()

    def member(self, unit: Unit) -> Member | None:
        """Return ``unit`` as it counts for the one above it; None for 垂直系统, which counts nowhere."""
        places = self.handed.places(unit.id)
        files = [self.handed[place] for place in places]
        if unit.level == VERTICAL or any(one.standing is Standing.VERTICAL for one in files):
            return None
        at, own = next(
            ((at, one) for at, one in zip(places, files, strict=True) if one.standing is Standing.COUNTED), (0, None)
        )
        if unit.id not in self.tree.children:
            alone = self.alone(unit, own)
            self.members.put(alone, unit.id)
            return alone
        place = next(self.places)  # before those below
        found = self.sum(unit, own)
        self.sums.put(found, unit.id, place)
        if found.own is not None:
            self.handed.put(found.own, unit.id, at)
        if not any(member.counted for member in found.members):
            return replace(self.alone(unit, own), complete=False)
        return Member(unit, found.totals, found.absent, found.last, True, own, found.complete)

    def alone(self, unit: Unit, own: Handed | None) -> Member:
        """Return a unit that counts with its own report, or with nothing."""
        if own is None:
            return Member(unit, {}, frozenset(), {}, complete=False)
        taken = own.taken
        usable = (taken.last_year, taken.last_form) == (self.last.year, self.last.form)
        return Member(unit, taken.values, taken.absent, taken.last if usable else {}, handed=own)

    def sum(self, unit: Unit, own: Handed | None) -> Sum:
        members = tuple(member for child in self.tree.children[unit.id] if (member := self.member(child)) is not None)
        counted = [member for member in members if member.counted]
        values, lacking = self.added(counted)
        absent = frozenset.intersection(*(member.absent for member in counted)) if counted else frozenset()
        adjustments = tuple(one for one in self.adjustments if one.unit == unit.id)
        adjusted = dict(values)
        for one in adjustments:
            if one.address in adjusted:
                adjusted[one.address] = _plain(adjusted[one.address] + one.amount)
        without_last = tuple(member.unit.id for member in counted if not member.last)
        self.missing[unit.id] = self.those_missing(members)
        return Sum(
            unit,
            members,
            figures_of(values),
            figures_of(self.of_last_year([member.last for member in counted])),
            figures_of(self.with_totals(adjusted, absent)),
            absent,
            lacking,
            without_last,
            adjustments,
            replace(own, standing=Standing.OWN) if own and counted else None,
            self.missing[unit.id],
        )

    def added(self, counted: Sequence[Member]) -> tuple[dict[str, Number], dict[str, tuple[str, ...]]]:
        """Return the sums, and who lacks what."""
        values: dict[str, Number] = {}
        lacking: dict[str, tuple[str, ...]] = {}
        for address in self.parts:
            known = [member.values[address] for member in counted if address in member.values]
            asked = [member for member in counted if address not in member.absent]
            without = tuple(member.unit.id for member in asked if address not in member.values)
            if without:
                lacking[address] = without
            elif known:
                values[address] = _plain(sum(known))
        return values, lacking

    def of_last_year(self, members: Sequence[Values]) -> dict[str, Number]:
        """Return the sums of last year's figures that all have."""
        if not members:
            return {}
        shared = [address for address in members[0] if all(address in one for one in members)]
        return {address: _plain(sum(one[address] for one in members)) for address in shared}

    def with_totals(self, values: Mapping[str, Number], absent: frozenset[str]) -> Values:
        """Return ``values`` with the totals that follow from them; what is ``absent`` counts as 0 in these."""
        figures = {address: Figure(value) for address, value in values.items()}
        figures.update(folded(self.form, absent, figures))
        return known_values(self.form, figures)

    def those_missing(self, members: Sequence[Member]) -> tuple[Unit, ...]:
        """Return the units of which nothing came: those right below, and those below these."""
        found: list[Unit] = []
        for member in members:
            if member.unit.id in self.missing:
                found += self.missing.pop(member.unit.id)
            elif not member.counted:
                found.append(member.unit)
        return tuple(found)


def folded(form: Form, absent: frozenset[str], figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """Return the figures that say that rows are not asked for (see ``Fold``), as no unit below was asked for them."""
    markers = {}
    for fold in form.folds:
        if absent and absent.issuperset(fold.absent_addresses) and fold.marker in figures:
            markers[fold.marker] = replace(figures[fold.marker], note=fold.remark)
    return markers


def _plain(value: Number) -> Number:
    """Return a whole number as an integer."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value
