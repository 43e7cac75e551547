"""All files of a run put together: units, standings, sums, and what is found about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xxgk.consolidate.findings import find, left_out
from xxgk.consolidate.model import Adjustment, Gathered, Handed, Roster, Source, Taken, Unit, id_of
from xxgk.consolidate.standing import common_year, found_roster, stand
from xxgk.consolidate.store import Shelf, shelved
from xxgk.consolidate.sums import LastYear, add_up
from xxgk.consolidate.tree import Tree, due_by_law, tree_of
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
    """The files of a run with their units, before anything is added up; see ``Gathered``."""

    year: int
    form: str
    units: Shelf[Unit]
    given: bool
    tree: Tree
    handed: Shelf[Handed]
    problems: tuple[str, ...]


def gather(taken: Iterable[Taken], wanted: Wanted, adjustments: Iterable[Adjustment] = ()) -> Gathered:
    """Return what comes of all files, in whatever order they are given; see ``arrange`` and ``summed``."""
    return summed(arrange(shelved(taken, by_name), wanted), adjustments)


def by_name(taken: Taken) -> str:
    """Return the key of a file on the shelf that ``arrange`` takes."""
    return taken.source.shown


def arrange(files: Shelf[Taken], wanted: Wanted) -> Arranged:
    """Return whose file each is and whether it counts. ``files``, with ``by_name`` as key, are off their shelf then.

    Raise ``UsageProblem`` with the question to answer where the year, or who belongs under whom, cannot be told.
    """
    year = wanted.year or common_year(_others(files, wanted.own))
    try:
        form = form_for_year(year)
    except FormError as error:
        raise UsageProblem(f"没有 {year} 年度用的格式，请核对年度。") from error
    roster = wanted.roster or found_roster(_others(files, wanted.own))
    units = shelved((due_by_law(unit, form, year) for unit in roster.units), id_of, files.store)
    own = next((one.unit for one in files if one.source == wanted.own), "") if wanted.own else ""
    tree = tree_of(units, wanted.name or own, form)
    known = units if units.has(tree.top.id) else shelved((tree.top, *units), id_of, files.store)
    handed = stand(_named(files.by_key(), wanted.own, tree.top), known, year, form)
    files.clear()
    return Arranged(year, form.id, units, roster.given, tree, handed, roster.problems)


def summed(arranged: Arranged, adjustments: Iterable[Adjustment] = ()) -> Gathered:
    """Return the sums, with ``adjustments``, and the findings on them.

    An adjustment whose unit is "" is one of the unit at the top.
    """
    year, form, tree = arranged.year, load_form(arranged.form), arranged.tree
    own = (replace(one, unit=one.unit or tree.top.id) for one in adjustments)
    added = add_up(tree, arranged.handed, form, LastYear(year - 1, _form_id(year - 1)), own)
    aside = left_out(arranged.handed, tree)
    for place in range(len(added.sums)):
        one = added.sums[place]
        found = find(one, aside.keyed(one.unit.id), form, year)
        added.sums.put(replace(one, findings=found), one.unit.id, place)
    stray = (f"{unit.name} 没有写上级单位，没有算进去。" for unit in tree.stray)
    problems = (*arranged.problems, *stray)
    return Gathered(year, form.id, arranged.units, arranged.given, arranged.handed, added.sums, added.alone, problems)


def _form_id(year: int) -> str:
    try:
        return form_for_year(year).id
    except FormError:
        return ""


def _others(files: Iterable[Taken], own: Source | None) -> Iterator[Taken]:
    return (one for one in files if one.source != own)


def _named(files: Iterable[Taken], own: Source | None, top: Unit) -> Iterator[Taken]:
    """Yield the files; the one that is given as the top unit's own report is its, whatever it calls itself."""
    return (replace(one, unit=top.name) if one.source == own else one for one in files)
