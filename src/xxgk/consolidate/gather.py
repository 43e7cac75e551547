"""All files of a run put together: units, standings, sums, and what is found about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xxgk.consolidate.findings import find
from xxgk.consolidate.model import Adjustment, Gathered, Handed, Roster, Source, Taken, Unit
from xxgk.consolidate.standing import common_year, found_roster, stand
from xxgk.consolidate.sums import LastYear, add_up
from xxgk.consolidate.tree import Tree, tree_of, with_due
from xxgk.errors import UsageProblem
from xxgk.formats import FormError, form_for_year, load_form
from xxgk.records import Record, replace


class Wanted(Record):
    """What the office has said about a run: the list of units, the year, the top unit's name, its own report."""

    roster: Roster | None = None
    year: int | None = None
    name: str = ""
    own: Source | None = None


class Arranged(Record):
    """The files of a run with their units, before anything is added up."""

    year: int
    form: str
    roster: Roster
    tree: Tree
    handed: tuple[Handed, ...]


def gather(taken: Iterable[Taken], wanted: Wanted, adjustments: Iterable[Adjustment] = ()) -> Gathered:
    """Return what comes of all files, in whatever order they are given; see ``arrange`` and ``summed``."""
    return summed(arrange(taken, wanted), adjustments)


def arrange(taken: Iterable[Taken], wanted: Wanted) -> Arranged:
    """Return whose file each is and whether it counts.

    Raise ``UsageProblem`` with the question to answer where the year, or who belongs under whom, cannot be told.
    """
    files = sorted(taken, key=lambda one: one.source.shown)
    others = [one for one in files if one.source != wanted.own]
    year = wanted.year or common_year(others)
    try:
        form = form_for_year(year)
    except FormError as error:
        raise UsageProblem(f"没有 {year} 年度用的格式，请核对年度。") from error
    roster = with_due(wanted.roster or found_roster(others), form, year)
    own = next((one.unit for one in files if one.source == wanted.own), "")
    tree = tree_of(roster, wanted.name or own, form)
    known = replace(roster, units=_with(roster.units, tree.top))
    handed = stand(_named(files, wanted.own, tree.top), known, year, form)
    return Arranged(year, form.id, roster, tree, handed)


def summed(arranged: Arranged, adjustments: Iterable[Adjustment] = ()) -> Gathered:
    """Return the sums, with ``adjustments``, and the findings on them.

    An adjustment whose unit is "" is one of the unit at the top.
    """
    year, form, tree = arranged.year, load_form(arranged.form), arranged.tree
    own = (replace(one, unit=one.unit or tree.top.id) for one in adjustments)
    added = add_up(tree, arranged.handed, form, LastYear(year - 1, _form_id(year - 1)), own)
    sums = tuple(replace(one, findings=find(one, added, form, year, tree)) for one in added.sums)
    stray = (f"{unit.name} 没有写上级单位，没有算进去。" for unit in tree.stray)
    return Gathered(year, form.id, arranged.roster, added.handed, sums, (*arranged.roster.problems, *stray))


def _form_id(year: int) -> str:
    try:
        return form_for_year(year).id
    except FormError:
        return ""


def _named(files: Sequence[Taken], own: Source | None, top: Unit) -> list[Taken]:
    """Return the files; the one that is given as the top unit's own report is its, whatever it calls itself."""
    return [replace(one, unit=top.name) if one.source == own else one for one in files]


def _with(units: tuple[Unit, ...], top: Unit) -> tuple[Unit, ...]:
    return units if any(unit.id == top.id for unit in units) else (top, *units)
